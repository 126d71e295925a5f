"""The model card of a trained set: its README.md."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from maskgan_studio.weights.manifest import NetworkEntry
from maskgan_studio.weights.terms import OWN_TERMS

_TITLES = {
    "parser": "Face parser (U-Net)",
    "mask-vae": "MaskVAE",
    "dmn": "Dense Mapping Network, stage I",
    "ebst": "Editing Behavior Simulated Training (DMN, Alpha Blender)",
    "completion": "Completion (our extension: continues the photo in the edited region)",
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
    "hair_left": "perceptual distance after hair was hidden and drawn again, relative to the DMN's picture laid in",
    "features_left": "the same for eyes, brows, nose and mouth",
    "weave": "how much the hair of reconstructions repeats every 16 pixels: 0 is none, real hair has -0.014 at 512²",
    "percept_ratio": "perceptual distance photo to reconstruction, relative to that between two people",
}

#: What the generator has beyond the paper, by its argument.
_EXTENSIONS = {
    "style_in_decoder": (
        "`style_in_decoder` (AdaIN in the up-path) is an extension of this project; the paper uses plain",
        "instance norm there.",
    ),
    "noise_in_decoder": ("`noise_in_decoder` (noise at every level of the up-path) is an extension of this project.",),
    "blur_upsampling": (
        "`blur_upsampling` (a fixed blur after every transposed convolution) is an extension of this project.",
    ),
}

#: Which networks a stage trains; a set's card records how each was trained.
STAGE_ROLES = {
    "parser": ("parser",),
    "mask-vae": ("mask_vae",),
    "dmn": ("dmn", "discriminator"),
    "ebst": ("dmn", "discriminator", "alpha_blender"),
    "completion": ("completion", "completion_discriminator"),
    "attributes": ("attributes",),
}
#: Sections that are made again each time; any other is kept.
_WRITTEN = ("Networks", "Portraits", "Training", "Terms")
_PORTRAITS = [
    "Nobody: the program's own sample portraits, rendered by these networks. From left to right: sample portrait,",
    "mask, reconstruction, halfway to the next portrait's shape, the next portrait's shape, wider smile, eyeglasses.",
]


def write_model_card(
    name: str,
    networks: Mapping[str, NetworkEntry],
    stages: Mapping[str, dict[str, Any]],
    *,
    portraits: str = "",
    notes: str = "",
) -> str:
    """The set's README.md: networks, images, data, recipe, command, commit, steps, device, metrics, notes, terms.

    Args:
        name: the set's name.
        networks: by role; class, arguments and parameters of each are listed.
        stages: what ``export`` found out about every stage that trained one of them.
        portraits: file name of a grid of sample portraits beside the card; none is shown where it is empty.
        notes: sections written by hand, from :func:`sections`.
    """
    lines = [f"# {name}", "", "Weights for MaskGAN Studio, trained by `maskgan-studio train`.", "", "## Networks", ""]
    for role, entry in sorted(networks.items()):
        arguments = ", ".join(f"{key}={value}" for key, value in entry.arguments.items())
        lines.append(f"- `{role}`: {entry.class_name}({arguments}), {entry.parameters / 1e6:.2f} M parameters")
    for option, meaning in _EXTENSIONS.items():
        if any(entry.arguments.get(option) for entry in networks.values()):
            lines += ["", *meaning]
    if portraits:
        lines += ["", "## Portraits", "", f"![Portraits of nobody]({portraits})", "", *_PORTRAITS]
    lines += ["", "## Training", ""]
    for stage in (stage for stage in _TITLES if stage in stages):
        facts = stages[stage]
        lines += [f"### {_TITLES[stage]}", ""]
        lines.append(f"- data: {', '.join(facts['data'])}")
        lines.append(
            f"- recipe `{facts['recipe']}`, {facts['steps']} steps, {facts['samples']} samples, "
            f"seed {facts['settings']['seed']}"
        )
        for phase in facts["settings"]["phases"]:
            windows = f", windows of {phase['crop']}²" if phase.get("crop") else ""
            lines.append(
                f"  - {phase['steps']} steps of {phase['batch']} at {phase['size']}²{windows}, learning rate "
                f"{phase['learning_rate']:g} to {phase['final_learning_rate']:g}"
            )
        for entry in facts["history"]:
            started = f"started from `{entry['init']}`" if entry["init"] else "started or went on by itself"
            lines.append(
                f"- `{entry['command']}` on {entry['device']}, commit {entry['commit'] or 'unknown'}, {started}"
            )
        metrics = {key: value for key, value in facts["figures"].items() if key in _MEANING}
        if metrics:
            settings = facts["settings"]
            lines += [
                "",
                f"Measured at step {facts['figures']['step']} by the training run itself, at "
                f"{settings['validation_size']}² on at most {settings['validation_images']} held-out images:",
                "",
            ]
            lines += [f"- {key} **{value:.4f}**: {_MEANING[key]}" for key, value in metrics.items()]
        lines.append("")
    if notes:
        lines += [notes.strip(), ""]
    lines += ["## Terms", "", OWN_TERMS, ""]
    return "\n".join(lines)


def sections(text: str) -> str:
    """What was written into a card by hand: all sections but those that :func:`write_model_card` writes itself.

    Args:
        text: a card, or notes for one; text before the first heading, without a title (#), is put under "Limits".
    """
    pieces = re.split(r"^(?=## )", text.strip(), flags=re.MULTILINE)
    kept = []
    for piece in pieces:
        if piece.startswith("## "):
            if piece.split("\n", 1)[0].removeprefix("## ").strip() not in _WRITTEN:
                kept.append(piece.strip())
        elif piece.strip() and not piece.startswith("# "):
            kept.append(f"## Limits\n\n{piece.strip()}")
    return "\n\n".join(kept)
