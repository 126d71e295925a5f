"""Trained networks taken out of a run's checkpoints."""

from __future__ import annotations

from pathlib import Path

from torch import nn

from maskgan_studio import networks
from maskgan_studio.errors import TrainingError
from maskgan_studio.training.checkpoint import load_checkpoint
from maskgan_studio.weights.manifest import ROLES


def trained_networks(stage_folder: Path) -> dict[str, nn.Module]:
    """Rebuild a stage's networks, by role, from its newest checkpoint: the moving average where there is one.

    Raises:
        TrainingError: the folder holds no checkpoint.
    """
    state = load_checkpoint(stage_folder)
    if state is None:
        raise TrainingError(f"{stage_folder} holds no checkpoint; train this stage first.")
    stage = state["stage"]
    found = {}
    for role, arguments in stage["arguments"].items():
        network = getattr(networks, ROLES[role])(**arguments)
        network.load_state_dict(stage["averages"].get(role, stage["networks"][role]))
        found[role] = network.eval()
    return found
