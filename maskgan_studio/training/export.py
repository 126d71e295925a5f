"""From a run to a set of weights with its model card."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from torch import nn

from maskgan_studio.errors import TrainingError
from maskgan_studio.training.checkpoint import checkpoints, load_checkpoint
from maskgan_studio.training.loop import position_of
from maskgan_studio.training.recipe import TRAINABLE, Recipe
from maskgan_studio.training.results import trained_networks
from maskgan_studio.weights import WeightSet, save_set

_TERMS = (
    "The weights are for non-commercial research only: CelebAMask-HQ, which they were trained on, is available for "
    "non-commercial research purposes only and must not be redistributed. The code that made them is under the MIT "
    "licence."
)

_TITLES = {
    "parser": "Face parser (U-Net)",
    "mask-vae": "MaskVAE",
    "dmn": "Dense Mapping Network, stage I",
    "ebst": "Editing Behavior Simulated Training (DMN, Alpha Blender)",
    "attributes": "Attribute classifiers (ResNet-18)",
}

_MEANING = {
    "pixel_accuracy": "share of pixels with the right class, held-out masks",
    "mean_f1": "mean F1 over the non-background classes that occur, held-out masks",
    "l1": "mean absolute error of reconstructions of held-out faces, image range 0 to 1",
    "style_skin": "correlation of skin colour between result and style photo, styles swapped between people",
    "style_hair": "the same for hair",
    "accuracy": "share of held-out faces whose attribute is recognised, mean over the attributes",
    "balanced_accuracy": "mean of the shares among faces with and without the attribute; 0.5 is guessing",
    "percept_ratio": "perceptual distance photo to reconstruction, relative to that between two people",
}


def export_run(run: Path, target: Path, name: str, update: bool = False) -> WeightSet:
    """Write the newest networks of every stage in ``run`` as a set of weights.

    Networks that a later stage trained on replace an earlier stage's. Figures are those that the run measured on its
    held-out images at the exported step.

    Args:
        run: the ``--out`` folder of ``train``.
        target: the set's folder.
        name: the set's name.
        update: keep the networks of an existing set that this run did not train.

    Raises:
        TrainingError: the run holds no trained stage.
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
    return save_set(
        target, networks, name=name, training={"stages": stages}, card=model_card(name, networks, stages), update=update
    )


def _describe(folder: Path) -> dict[str, Any]:
    """What the card says about one stage."""
    record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    state = load_checkpoint(folder)
    assert state is not None
    tables = {key: value for key, value in record["recipe"].items() if key != "name"}
    recipe = Recipe(record["recipe"]["name"], tables)
    position = position_of(recipe.phases(record["stage"]), state["step"])
    figures = folder / "figures.json"
    return {
        "recipe": recipe.name,
        "settings": tables[record["stage"]],
        # Only the ends of the folders' paths: where they lie on the training machine is nobody's business.
        "data": [_public(argument) for argument in record["data"]],
        "steps": state["step"],
        "samples": position.samples_before,
        "history": [{**entry, "command": _public_command(entry["command"])} for entry in record["history"]],
        "figures": json.loads(figures.read_text(encoding="utf-8")) if figures.is_file() else {},
    }


def _public(argument: str) -> str:
    return ":".join("/".join(piece.rstrip("/").split("/")[-2:]) for piece in argument.split(":"))


def _public_command(command: str) -> str:
    return " ".join(_public(word) if "/" in word else word for word in command.split(" "))


def model_card(name: str, networks: dict[str, nn.Module], stages: dict[str, dict[str, Any]]) -> str:
    """The set's README.md: data, recipe, command, commit, steps, device, measured figures, terms."""
    lines = [f"# {name}", "", "Weights for MaskGAN Studio, trained by `maskgan-studio train`.", "", "## Networks", ""]
    for role, network in sorted(networks.items()):
        arguments = ", ".join(f"{key}={value}" for key, value in network.arguments.items())  # type: ignore[union-attr, operator]
        parameters = sum(p.numel() for p in network.parameters()) / 1e6
        lines.append(f"- `{role}`: {type(network).__name__}({arguments}), {parameters:.2f} M parameters")
    if any(network.arguments.get("style_in_decoder") for network in networks.values()):  # type: ignore[union-attr, operator]
        lines += [
            "",
            "`style_in_decoder` (AdaIN in the up-path) is an extension of this project; the paper uses plain",
            "instance norm there.",
        ]
    lines += ["", "## Training", ""]
    for stage, facts in stages.items():
        lines += [f"### {_TITLES[stage]}", ""]
        lines.append(f"- data: {', '.join(facts['data'])}")
        lines.append(
            f"- recipe `{facts['recipe']}`, {facts['steps']} steps, {facts['samples']} samples, "
            f"seed {facts['settings']['seed']}"
        )
        for phase in facts["settings"]["phases"]:
            lines.append(
                f"  - {phase['steps']} steps of {phase['batch']} at {phase['size']}², learning rate "
                f"{phase['learning_rate']:g} to {phase['final_learning_rate']:g}"
            )
        for entry in facts["history"]:
            started = f"started from `{entry['init']}`" if entry["init"] else "started or went on by itself"
            lines.append(
                f"- `{entry['command']}` on {entry['device']}, commit {entry['commit'] or 'unknown'}, {started}"
            )
        figures = {key: value for key, value in facts["figures"].items() if key in _MEANING}
        if figures:
            settings = facts["settings"]
            lines += [
                "",
                f"Measured at step {facts['figures']['step']} by the training run itself, at "
                f"{settings['validation_size']}² on at most {settings['validation_images']} held-out images:",
                "",
            ]
            lines += [f"- {key} **{value:.4f}**: {_MEANING[key]}" for key, value in figures.items()]
        lines.append("")
    lines += ["## Terms", "", _TERMS, ""]
    return "\n".join(lines)
