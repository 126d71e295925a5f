"""From a run to a set of weights with its model card."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from torch import nn

from maskgan_studio.errors import TrainingError
from maskgan_studio.training.checkpoint import checkpoints, load_checkpoint
from maskgan_studio.training.export.model_card import STAGE_ROLES, sections, write_model_card
from maskgan_studio.training.export.portraits import draw_portrait_grid
from maskgan_studio.training.loop import position_of
from maskgan_studio.training.recipe import TRAINABLE, Recipe
from maskgan_studio.training.trained_networks import trained_networks
from maskgan_studio.weights import WeightSet, save_set
from maskgan_studio.weights.manifest import MANIFEST_NAME, NetworkEntry

#: The grid of sample portraits beside a set's card.
PORTRAITS_NAME = "portraits.jpg"


def export_run(run: Path, target: Path, name: str, update: bool = False, notes: Path | None = None) -> WeightSet:
    """Write the newest networks of every stage in ``run`` as a set of weights.

    Networks that a later stage trained on replace an earlier stage's. Figures are those that the run measured on its
    held-out images at the exported step.

    Args:
        run: the ``--out`` folder of ``train``.
        target: the set's folder.
        name: the set's name.
        update: keep the networks of an existing set that this run did not train; the card records their origin.
        notes: Markdown with sections for the card, such as the set's limits; without it those of the card that is
            replaced stay.

    Raises:
        TrainingError: the run holds no trained stage, or the notes cannot be read.
        WeightsError: the set cannot be written.
    """
    networks: dict[str, nn.Module] = {}
    stages: dict[str, dict[str, Any]] = {}
    for stage in TRAINABLE:
        if checkpoints(run / stage):
            networks.update(trained_networks(run / stage))
            stages[stage] = _describe(run / stage)
    if not networks:
        raise TrainingError(f"{run} holds no trained stage; give the --out folder of a training run.")
    before = WeightSet.open(target) if (target / MANIFEST_NAME).is_file() else None
    written = before.card() if before is not None else ""
    notes_in_card = sections(written if notes is None else _read(notes))
    kept = before.manifest.networks if before is not None and update else {}
    entries = {role: entry for role, entry in kept.items() if role not in networks} | {
        role: _entry(network) for role, network in networks.items()
    }
    picture = draw_portrait_grid(networks, before if update else None)
    card = write_model_card(
        name,
        entries,
        _stages_of(kept, set(networks)) | stages,
        portraits=PORTRAITS_NAME if picture else "",
        notes=notes_in_card,
    )
    files = {PORTRAITS_NAME: picture} if picture else {}
    return save_set(target, networks, name=name, training={"stages": stages}, card=card, files=files, update=update)


def _entry(network: nn.Module) -> NetworkEntry:
    parameters = sum(parameter.numel() for parameter in network.parameters())
    return NetworkEntry(type(network).__name__, cast(dict[str, Any], network.arguments), parameters, "float16", ())


def _stages_of(kept: Mapping[str, NetworkEntry], replaced: set[str]) -> dict[str, dict[str, Any]]:
    """How the networks that stay in a set came to be, by stage."""
    found: dict[str, dict[str, Any]] = {}
    for role, entry in kept.items():
        if role not in replaced:
            stages = entry.training.get("stages", {})
            found |= {stage: facts for stage, facts in stages.items() if role in STAGE_ROLES.get(stage, ())}
    return found


def _read(notes: Path) -> str:
    try:
        return notes.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise TrainingError(f"The notes {notes} cannot be read: {error}.") from None


def _describe(folder: Path) -> dict[str, Any]:
    """What the card says about one stage."""
    record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    state = load_checkpoint(folder)
    assert state is not None
    tables = {key: value for key, value in record["recipe"].items() if key != "name"}
    recipe = Recipe(record["recipe"]["name"], tables)
    position = position_of(recipe.phases(record["stage"]), state["step"])
    metrics = folder / "figures.json"
    return {
        "recipe": recipe.name,
        "settings": tables[record["stage"]],
        # Only the ends of the folders' paths: a published card must not show the training machine's folders.
        "data": [_public(argument) for argument in record["data"]],
        "steps": state["step"],
        "samples": position.samples_before,
        "history": [
            {**entry, "command": _public_command(entry["command"]), "init": entry["init"] and _public(entry["init"])}
            for entry in record["history"]
        ],
        "figures": json.loads(metrics.read_text(encoding="utf-8")) if metrics.is_file() else {},
    }


def _public(argument: str) -> str:
    return ":".join("/".join(piece.rstrip("/").split("/")[-2:]) for piece in argument.split(":"))


def _public_command(command: str) -> str:
    return " ".join(_public(word) if "/" in word else word for word in command.split(" "))
