"""Checkpoints: a safetensors file, or a folder of them, with everything a run needs to go on to the same numbers.

A file is written beside its final name, synced and renamed, so that a kill or a full disk at any moment leaves the
last good checkpoint intact. Structure and plain values travel as JSON in the file's metadata: nothing is unpickled.
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

from lightning_fabric import Fabric
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor

from maskgan_studio.atomic_write import atomic_path
from maskgan_studio.errors import TrainingError
from maskgan_studio.training.sharded_checkpoint import load_parts, save_parts

_KEEP = 2
_PATTERN = re.compile(r"checkpoint-(\d{8})(\.safetensors)?")


def _flatten(value: Any, prefix: str, tensors: dict[str, Tensor]) -> Any:
    """Replace every tensor inside nested dictionaries and lists by a reference and collect it in ``tensors``."""
    if isinstance(value, Tensor):
        # A clone: safetensors refuses tensors that share memory, and parameters may be strided channels-last.
        tensors[prefix] = value.detach().to("cpu", copy=True).contiguous()
        return {"$tensor": prefix}
    if isinstance(value, dict):
        # Optimiser states have integer keys, which JSON would turn into strings.
        return {"$items": [[key, _flatten(item, f"{prefix}/{key}", tensors)] for key, item in value.items()]}
    if isinstance(value, (list, tuple)):
        return [_flatten(item, f"{prefix}/{i}", tensors) for i, item in enumerate(value)]
    return value


def _restore(value: Any, tensors: dict[str, Tensor]) -> Any:
    if isinstance(value, dict):
        if "$tensor" in value:
            return tensors[value["$tensor"]]
        return {key: _restore(item, tensors) for key, item in value["$items"]}
    if isinstance(value, list):
        return [_restore(item, tensors) for item in value]
    return value


def checkpoints(folder: Path) -> list[Path]:
    """Checkpoints in a stage's folder, oldest first: files, and folders of those that are in parts."""
    return sorted(file for file in folder.glob("checkpoint-*") if _PATTERN.fullmatch(file.name))


def save_checkpoint(folder: Path, step: int, state: dict[str, Any], parts_of: Fabric | None = None) -> Path:
    """Write ``state`` (nested dictionaries and lists of tensors and plain values) as the checkpoint of ``step``.

    Args:
        folder: of the stage.
        step: number of the step.
        state: what is kept.
        parts_of: the run whose processes all call this, each to write a part; None where one process writes it all.

    Raises:
        TrainingError: the disk is full or not writable; earlier checkpoints are left as they were.
    """
    tensors: dict[str, Tensor] = {}
    structure = _flatten(state, "", tensors)
    file = folder / f"checkpoint-{step:08d}.safetensors"
    try:
        if parts_of is not None:
            file = file.with_suffix("")
            if not file.exists():  # a run that resumes and stops at once
                save_parts(parts_of, file, tensors, structure)
        else:
            folder.mkdir(parents=True, exist_ok=True)
            with atomic_path(file) as temporary:
                save_file(tensors, temporary, metadata={"structure": json.dumps(structure)})
    except (OSError, SafetensorError) as error:
        raise TrainingError(
            f"The checkpoint of step {step} could not be written to {folder}: {error}. Free some space and go on with "
            "--resume; the last good checkpoint is intact."
        ) from None
    if parts_of is None or parts_of.is_global_zero:
        for old in checkpoints(folder)[:-_KEEP]:
            if old.is_dir():
                shutil.rmtree(old, ignore_errors=True)
            else:
                old.unlink(missing_ok=True)
    return file


def load_checkpoint(folder: Path) -> dict[str, Any] | None:
    """Read the newest readable checkpoint of a folder, or None where there is none.

    Raises:
        TrainingError: there are checkpoints, but none can be read.
    """
    files = checkpoints(folder)
    for file in reversed(files):
        try:
            if file.is_dir():
                tensors, structure = load_parts(file)
            else:
                with safe_open(file, framework="pt") as archive:
                    tensors = {key: archive.get_tensor(key) for key in archive.keys()}  # noqa: SIM118
                    structure = json.loads((archive.metadata() or {})["structure"])
            return _restore(structure, tensors)
        except (SafetensorError, OSError, KeyError, ValueError):
            continue
    if files:
        raise TrainingError(f"No checkpoint in {folder} can be read; delete the folder to start this stage anew.")
    return None
