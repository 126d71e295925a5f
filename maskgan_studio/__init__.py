"""MaskGAN Studio: paint a portrait's face mask and watch a neural network re-render the face."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from maskgan_studio.recoloring import Recoloring
    from maskgan_studio.studio import Studio

__all__ = ["Recoloring", "Studio", "__version__"]

__version__ = "0.2.0"


def __getattr__(name: str) -> object:
    # Lazy (PEP 562): importing the package loads neither NumPy nor torch.
    if name == "Studio":
        return importlib.import_module("maskgan_studio.studio").Studio
    if name == "Recoloring":
        return importlib.import_module("maskgan_studio.recoloring").Recoloring
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
