"""The paper's networks and completion, one file each. Layers only: no files, no devices, no training."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from maskgan_studio.networks.alpha_blender import AlphaBlender
    from maskgan_studio.networks.attribute_classifier import AttributeClassifier
    from maskgan_studio.networks.completion import CompletionNetwork
    from maskgan_studio.networks.dense_mapping import DenseMappingNetwork
    from maskgan_studio.networks.discriminator import MultiscaleDiscriminator
    from maskgan_studio.networks.face_parser import FaceParser
    from maskgan_studio.networks.mask_vae import MaskVAE

__all__ = [
    "AlphaBlender",
    "AttributeClassifier",
    "CompletionNetwork",
    "DenseMappingNetwork",
    "FaceParser",
    "MaskVAE",
    "MultiscaleDiscriminator",
]

_HOME = {
    "AlphaBlender": "alpha_blender",
    "AttributeClassifier": "attribute_classifier",
    "CompletionNetwork": "completion",
    "DenseMappingNetwork": "dense_mapping",
    "FaceParser": "face_parser",
    "MaskVAE": "mask_vae",
    "MultiscaleDiscriminator": "discriminator",
}


def __getattr__(name: str) -> object:
    # Lazy (PEP 562), so that naming the package does not load torch.
    if name in _HOME:
        return getattr(importlib.import_module(f"{__name__}.{_HOME[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
