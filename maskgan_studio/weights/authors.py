"""The checkpoints that the paper's authors released (``latest_net_G.pth`` and the like), read into our networks.

Such a file is a pickled state dict. It is read with ``weights_only=True``, so that nothing in it is executed, and the
network's sizes are taken from the shapes of its tensors.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from maskgan_studio.errors import WeightsError
from maskgan_studio.networks import AlphaBlender, DenseMappingNetwork, MaskVAE, MultiscaleDiscriminator

#: Our module's prefix -> the prefix in the authors' file; both are followed by ``.weight``, ``.bias`` and so on.
Prefixes = dict[str, str]
State = Mapping[str, Tensor]

# The released AdaIN layers carry running statistics that no forward pass reads.
_UNUSED = re.compile(r"conv_block\.\d+\.norm\.running_(mean|var)$")


def load_authors_checkpoint(path: str | os.PathLike[str], kind: str | None = None) -> nn.Module:
    """Read a released checkpoint into our network of the same sizes: float32, evaluation mode, on the CPU.

    Args:
        path: a ``.pth`` file of the authors, or one trained with their code.
        kind: ``"dmn"``, ``"alpha_blender"``, ``"discriminator"`` or ``"mask_vae"``; None recognises the file by its
            keys.

    Raises:
        WeightsError: the file is no such checkpoint.
    """
    path = Path(path)
    state = _read_state(path)
    kind = kind or next((name for name, (mark, _) in _KINDS.items() if mark in state), None)
    if kind is None:
        raise WeightsError("{path} holds none of the networks that the authors of MaskGAN released.", path=path)
    if kind not in _KINDS:
        raise WeightsError(
            "There is no kind {kind} of the authors' checkpoints; known: {kinds}.",
            kind=repr(kind),
            kinds=", ".join(_KINDS),
        )
    mark, describe = _KINDS[kind]
    if mark not in state:
        raise WeightsError(
            "{path} is not a checkpoint of kind {kind}: it has no {mark}.", path=path, kind=repr(kind), mark=repr(mark)
        )
    try:
        build, arguments, prefixes = describe(state)
        with torch.device("meta"):
            network = build(**arguments)
        network.load_state_dict(_translate(state, prefixes), strict=True, assign=True)
    except (KeyError, IndexError, ValueError, RuntimeError) as error:
        raise WeightsError(
            "{path} is not the authors' {kind} network: {reason}.",
            path=path,
            kind=repr(kind),
            reason=_in_one_line(error),
        ) from error
    return network.eval()


def _read_state(path: Path) -> dict[str, Tensor]:
    try:
        content = torch.load(path, map_location="cpu", weights_only=True)
    except FileNotFoundError as error:
        raise WeightsError("There is no file {path}.", path=path) from error
    except Exception as error:  # whatever a damaged or hostile pickle provokes
        raise WeightsError(
            "{path} is not a checkpoint of plain tensors, or it is damaged; nothing was run.", path=path
        ) from error
    if not isinstance(content, Mapping) or not all(isinstance(value, Tensor) for value in content.values()):
        raise WeightsError("{path} is not a checkpoint of plain tensors: it holds something else.", path=path)
    # Saved from several GPUs, every key begins with "module.".
    state = {str(name).removeprefix("module."): tensor for name, tensor in content.items()}
    return {
        name: tensor.float() if tensor.is_floating_point() else tensor
        for name, tensor in state.items()
        if not _UNUSED.search(name)
    }


def _in_one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__


def _translate(state: State, prefixes: Prefixes) -> dict[str, Tensor]:
    """Rename the authors' keys to ours; a key that no prefix covers keeps its name and fails the strict loading."""
    ours = {theirs: mine for mine, theirs in prefixes.items()}
    renamed = {}
    for name, tensor in state.items():
        prefix, _, leaf = name.rpartition(".")
        renamed[f"{ours.get(prefix, prefix)}.{leaf}"] = tensor
    return renamed


def _count(state: State, pattern: str, start: int = 0, step: int = 1) -> int:
    """How many consecutive numbers fill ``pattern`` to an existing key."""
    number = start
    while pattern.format(number) in state:
        number += step
    return (number - start) // step


def _backbone(state: State) -> tuple[int, int, Prefixes]:
    """Downsamplings, residual blocks and prefixes of a Pix2PixHD generator, an nn.Sequential named ``model``."""
    # Reflection pad, convolution, norm, activation: the first convolution is 1, the next ones every third from 4.
    downsamplings = _count(state, "model.{}.weight", start=4, step=3)
    first_block = 4 + 3 * downsamplings
    blocks = _count(state, "model.{}.conv_block.0.conv.weight", start=first_block)
    first_up = first_block + blocks
    prefixes = {"backbone.stem": "model.1", "backbone.head": f"model.{first_up + 3 * downsamplings + 1}"}
    for i in range(downsamplings):
        prefixes[f"backbone.down.{i}"] = f"model.{4 + 3 * i}"
        prefixes[f"backbone.up.{i}"] = f"model.{first_up + 3 * i}"
    for i in range(blocks):
        for j in (0, 1):
            prefixes[f"backbone.blocks.{i}.conv{j + 1}"] = f"model.{first_block + i}.conv_block.{j}.conv"
    return downsamplings, blocks, prefixes


def _dmn(state: State) -> tuple[type[nn.Module], dict[str, Any], Prefixes]:
    downsamplings, blocks, prefixes = _backbone(state)
    for i in range(3):
        prefixes[f"label_encoder.first.{i}"] = f"enc_label.model.{i}.conv"
        prefixes[f"label_encoder.second.{i}"] = f"enc_label.model_last.{i + 1}.conv"
        prefixes[f"style_encoder.first.{i}"] = f"enc_style.model.{i}.conv"
        prefixes[f"style_encoder.second.{i}"] = f"enc_style.model_middle.{i}.conv"
    for sft in ("sft1", "sft2"):
        for layer in ("scale1", "scale2", "shift1", "shift2"):
            prefixes[f"style_encoder.{sft}.{layer}"] = f"enc_style.{sft}.SFT_{layer[:-1]}_conv{layer[-1]}"
    prefixes["style_encoder.head"] = "enc_style.model_last.1"
    arguments = {
        "width": state["model.1.weight"].shape[0],
        "classes": state["model.1.weight"].shape[1],
        "downsamplings": downsamplings,
        "blocks": blocks,
        "style_width": state["enc_style.model.0.conv.weight"].shape[0],
    }
    return DenseMappingNetwork, arguments, prefixes


def _alpha_blender(state: State) -> tuple[type[nn.Module], dict[str, Any], Prefixes]:
    downsamplings, blocks, prefixes = _backbone(state)
    width = state["model.1.weight"].shape[0]
    return AlphaBlender, {"width": width, "downsamplings": downsamplings, "blocks": blocks}, prefixes


def _discriminator(state: State) -> tuple[type[nn.Module], dict[str, Any], Prefixes]:
    scales = _count(state, "scale{}_layer0.0.weight")
    convolutions = _count(state, "scale0_layer{}.0.weight")
    width, planes = state["scale0_layer0.0.weight"].shape[:2]
    # The authors number the scales from the coarsest, we from the full resolution.
    prefixes = {
        f"scales.{scales - 1 - scale}.convolutions.{i}": f"scale{scale}_layer{i}.0"
        for scale in range(scales)
        for i in range(convolutions)
    }
    arguments = {"width": width, "layers": convolutions - 2, "scales": scales, "classes": planes - 3}
    return MultiscaleDiscriminator, arguments, prefixes


def _mask_vae(state: State) -> tuple[type[nn.Module], dict[str, Any], Prefixes]:
    steps = _count(state, "e{}.weight", start=1)
    prefixes = {"mean": "fc1", "log_variance": "fc2", "expand": "d1"}
    for i in range(steps):
        prefixes[f"encoder.{i}"] = f"e{i + 1}"
        prefixes[f"encoder_norms.{i}"] = f"bn{i + 1}"
        prefixes[f"decoder.{i}"] = f"d{i + 2}"
        prefixes[f"decoder_norms.{i}"] = f"bn{steps + i + 1}"
    encoder_width, classes = state["e1.weight"].shape[:2]
    arguments = {
        "classes": classes,
        "encoder_width": encoder_width,
        "decoder_width": state[f"d{steps + 1}.weight"].shape[1],
        "latent": state["fc1.weight"].shape[0],
        "size": 2 ** (steps + 2),
    }
    return MaskVAE, arguments, prefixes


Describe = Callable[[State], tuple[type[nn.Module], dict[str, Any], Prefixes]]

#: Kind -> (a key that only this kind has, how to read its sizes). Order matters: the blender's key is also the DMN's.
_KINDS: dict[str, tuple[str, Describe]] = {
    "dmn": ("enc_style.model.0.conv.weight", _dmn),
    "mask_vae": ("e1.weight", _mask_vae),
    "discriminator": ("scale0_layer0.0.weight", _discriminator),
    "alpha_blender": ("model.1.weight", _alpha_blender),
}
