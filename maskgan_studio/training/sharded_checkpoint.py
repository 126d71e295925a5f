"""Checkpoints in parts: every process of a run writes its share of the tensors, so that none has to write them all.

The parts are safetensors files of ``torch.distributed.checkpoint``, in a folder that gets its name when it is complete.
They are read by any number of processes. Nothing is unpickled.
"""

from __future__ import annotations

import json
import shutil
import warnings
from pathlib import Path
from typing import Any

import torch
from lightning_fabric import Fabric
from torch import Tensor

from maskgan_studio.atomic_write import atomic_write
from maskgan_studio.errors import TrainingError

#: Plain values, and where which tensor belongs.
STRUCTURE = "structure.json"


def save_parts(fabric: Fabric, folder: Path, tensors: dict[str, Tensor], structure: Any) -> None:
    """Write a checkpoint's parts to ``folder``; called by all processes of a run at once.

    Args:
        fabric: of the run.
        folder: does not exist yet, on a disk that all machines see.
        tensors: by name, in main memory; the same ones in every process.
        structure: what JSON can hold.

    Raises:
        TrainingError: this PyTorch is too old.
        OSError: a part cannot be written.
    """
    import torch.distributed.checkpoint as dcp
    from torch.distributed.checkpoint.api import CheckpointException

    unfinished = folder.with_name(f".{folder.name}.part")
    if fabric.is_global_zero:
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True)
    fabric.barrier()
    writer = _storage("Writer", unfinished, save_distributed=True)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that a single process is alone
            dcp.save(tensors, storage_writer=writer, no_dist=fabric.world_size == 1)
    except CheckpointException as error:  # raised in all processes; of each that failed it holds what it met
        raise OSError("; ".join(str(problem) for problem, _ in error.failures.values())) from error
    if fabric.is_global_zero:
        with atomic_write(unfinished / STRUCTURE) as out:
            out.write(json.dumps(structure).encode())
        unfinished.rename(folder)
    fabric.barrier()


def load_parts(folder: Path) -> tuple[dict[str, Tensor], Any]:
    """The tensors by name, whole, and the structure, by one process alone.

    Raises:
        OSError, ValueError, KeyError: parts are missing or damaged.
    """
    import torch.distributed.checkpoint as dcp
    from torch.distributed.checkpoint.api import CheckpointException

    structure = json.loads((folder / STRUCTURE).read_text(encoding="utf-8"))
    reader = _storage("Reader", folder)
    found = reader.read_metadata().state_dict_metadata
    tensors = {name: torch.empty(part.size, dtype=part.properties.dtype) for name, part in found.items()}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            dcp.load(tensors, storage_reader=reader, no_dist=True)
    except CheckpointException as error:
        raise OSError(f"{folder} is damaged") from error
    return tensors, structure


def _storage(kind: str, folder: Path, **options: bool) -> Any:
    import torch.distributed.checkpoint as dcp

    found = getattr(dcp, f"HuggingFaceStorage{kind}", None)
    if found is None:
        raise TrainingError("Checkpoints in parts need PyTorch 2.8; set sharded_checkpoints = false in the recipe.")
    return found(str(folder), **options)
