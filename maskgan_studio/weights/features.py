"""Fixed feature networks from files of the user's: SqueezeNet 1.0 or VGG-19, for perceptual loss and distances."""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor

from maskgan_studio.errors import CommandLineOption, WeightsError
from maskgan_studio.networks.perceptual import SqueezeNetFeatures, VGG19Features


def load_features(file: Path) -> SqueezeNetFeatures | VGG19Features:
    """Read a feature network, in evaluation mode and without gradients; which one follows from the tensors' names.

    Args:
        file: safetensors or torch weights of SqueezeNet 1.0 or VGG-19.

    Raises:
        WeightsError: the file is missing or holds another network.
    """
    tensors = _read_tensors(file)
    network: SqueezeNetFeatures | VGG19Features
    if "conv1.weight" in tensors and "fire2.squeeze.weight" in tensors:
        network = SqueezeNetFeatures()
    elif "features.0.weight" in tensors:
        network = VGG19Features()
    else:
        raise WeightsError(
            "{file} holds neither SqueezeNet 1.0 nor VGG-19; give one of these for perceptual loss and distance.",
            file=file,
        )
    wanted = network.state_dict().keys()
    try:
        network.load_state_dict({key: value.float() for key, value in tensors.items() if key in wanted})
    except RuntimeError:
        raise WeightsError("{file} is not a complete SqueezeNet 1.0 or VGG-19; give another file.", file=file) from None
    network.eval().requires_grad_(False)
    return network


def _read_tensors(file: Path) -> dict[str, Tensor]:
    if not file.is_file():
        raise WeightsError(
            "There is no perceptual weights file {file}; choose another one{option}.",
            file=file,
            option=CommandLineOption("--perceptual"),
        )
    try:
        if file.suffix == ".safetensors":
            return load_file(file)
        tensors: dict[str, Tensor] = torch.load(file, map_location="cpu", weights_only=True)
        return tensors
    except (SafetensorError, OSError, RuntimeError, ValueError) as error:
        raise WeightsError("{file} cannot be read as network weights: {reason}.", file=file, reason=error) from None
