"""Inference: devices, the face parser, the renderer, and the one path from photo and mask to composite.

``requests`` and ``target`` know no torch, so that the window can describe work before the network is loaded.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from maskgan_studio.engine.device import choose_device
    from maskgan_studio.engine.manifold import MaskManifold
    from maskgan_studio.engine.pipeline import Pipeline
    from maskgan_studio.engine.requests import RenderRequest, RenderResult
    from maskgan_studio.engine.target import CROP_SIZE, Target

__all__ = ["CROP_SIZE", "MaskManifold", "Pipeline", "RenderRequest", "RenderResult", "Target", "choose_device"]

_HOME = {
    "CROP_SIZE": "target",
    "MaskManifold": "manifold",
    "Pipeline": "pipeline",
    "RenderRequest": "requests",
    "RenderResult": "requests",
    "Target": "target",
    "choose_device": "device",
}


def __getattr__(name: str) -> object:
    # Lazy (PEP 562): naming the package does not load torch.
    if name in _HOME:
        return getattr(importlib.import_module(f"{__name__}.{_HOME[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
