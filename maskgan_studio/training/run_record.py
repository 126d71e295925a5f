"""What a stage's folder says of how it came to be, for the model card."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import torch
from lightning_fabric import Fabric

from maskgan_studio.training.recipe import Recipe

__all__ = ["record_run"]


def record_run(
    folder: Path, stage: str, recipe: Recipe, data: Sequence[str], init: str | None, resume: bool, fabric: Fabric
) -> None:
    """Write ``run.json`` into a stage's folder; a resumed run is added to those before it."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "run.json"
    earlier = json.loads(file.read_text(encoding="utf-8"))["history"] if resume and file.is_file() else []
    entry = {
        "command": " ".join(["maskgan-studio", *sys.argv[1:]]),
        "commit": _commit(),
        "device": _device_title(fabric),
        "started": datetime.now(UTC).isoformat(timespec="seconds"),
        "init": init,
    }
    record = {"stage": stage, "recipe": recipe.as_dict(), "data": list(data), "history": [*earlier, entry]}
    file.write_text(json.dumps(record, indent=1), encoding="utf-8")


def _device_title(fabric: Fabric) -> str:
    if fabric.device.type == "cuda":
        return f"{fabric.world_size} x {torch.cuda.get_device_name(fabric.device)}"
    return f"CPU, {torch.get_num_threads()} threads"


def _commit() -> str | None:
    """The checkout's commit, or None where the package does not run from one."""
    folder = Path(__file__).resolve().parent
    command = ["git", "-C", str(folder), "describe", "--always", "--dirty", "--abbrev=12"]
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True, timeout=10).stdout.strip()
    except (OSError, subprocess.SubprocessError):
        return None
