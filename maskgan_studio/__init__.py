"""MaskGAN Studio: paint a portrait's face mask and watch a neural network re-render the face."""

from __future__ import annotations

__version__ = "0.1.0"
