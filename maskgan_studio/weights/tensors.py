"""State dicts as safetensors files, in shards as the Hugging Face convention has them."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Mapping
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor

from maskgan_studio.errors import WeightsError

log = logging.getLogger(__name__)

#: Shards stay below this, so that they travel through repositories with a limit per file. A single tensor is never
#: cut: one that is larger by itself gets a shard of its own.
SHARD_BYTES = 19 * 1024 * 1024


def halve(tensor: Tensor) -> Tensor:
    """Return ``tensor`` on the CPU as float16, or as it is where it is no float or exceeds the range of float16."""
    tensor = tensor.detach().cpu().contiguous()
    if not tensor.is_floating_point() or tensor.dtype == torch.float16:
        return tensor.clone()
    half = tensor.half()
    return half if torch.isfinite(half).all() else tensor.float()


def is_finite(tensor: Tensor) -> bool:
    """Whether a tensor holds neither NaN nor infinity."""
    return not tensor.is_floating_point() or bool(torch.isfinite(tensor).all())


def write_tensors(folder: Path, stem: str, tensors: Mapping[str, Tensor], shard_bytes: int = SHARD_BYTES) -> list[Path]:
    """Write ``{stem}.safetensors``, or shards and ``{stem}.safetensors.index.json`` where one file would be too large.

    Returns:
        the paths written; each tensor is stored in float16 where its values allow it.
    """
    stored = {name: halve(tensor) for name, tensor in tensors.items()}
    shards: list[dict[str, Tensor]] = [{}]
    used = 0
    for name, tensor in stored.items():
        if shards[-1] and used + tensor.nbytes > shard_bytes:
            shards.append({})
            used = 0
        shards[-1][name] = tensor
        used += tensor.nbytes
    metadata = {"format": "pt"}
    if len(shards) == 1:
        path = folder / f"{stem}.safetensors"
        save_file(stored, path, metadata)
        return [path]
    names = [f"{stem}-{i:05d}-of-{len(shards):05d}.safetensors" for i in range(1, len(shards) + 1)]
    for file_name, shard in zip(names, shards, strict=True):
        save_file(shard, folder / file_name, metadata)
    index = folder / f"{stem}.safetensors.index.json"
    content = {
        "metadata": {"total_size": sum(tensor.nbytes for tensor in stored.values())},
        "weight_map": {key: name for name, shard in zip(names, shards, strict=True) for key in shard},
    }
    index.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    return [*(folder / name for name in names), index]


def read_tensors(paths: list[Path]) -> Iterator[tuple[str, Tensor]]:
    """Yield names and tensors of safetensors files one at a time, floats as float32.

    One at a time, so that loading never holds more than the float32 network and a single stored tensor.

    Raises:
        WeightsError: a file is missing or damaged.
    """
    for path in paths:
        try:
            with safe_open(path, framework="pt") as file:
                for name in file.keys():  # noqa: SIM118 - safe_open is no mapping
                    tensor = file.get_tensor(name)
                    yield name, tensor.float() if tensor.is_floating_point() else tensor
        except (OSError, SafetensorError, ValueError, RuntimeError) as error:
            log.info("%s: %r", path, error)
            raise WeightsError("{path} is missing or damaged; get the set of weights again.", path=path) from error
