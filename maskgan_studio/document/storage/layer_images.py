"""Layers of labels as images that painting programs show."""

from __future__ import annotations

import numpy as np

from maskgan_studio.document.layers import Layer
from maskgan_studio.document.project import Project
from maskgan_studio.document.storage.color_codec import rgba_from_labels
from maskgan_studio.document.storage.ora_archive import Raster, encode_png

__all__ = ["BASE", "MASK", "PHOTO", "draw_layer", "merge_layers"]

#: Endings of the layers' names, by which a file is understood that a painting program has rewritten.
PHOTO, BASE, MASK = " [photo]", " [base mask]", " [mask]"


def draw_layer(layer: Layer, is_base: bool, project: Project) -> Raster:
    """A layer in the class colours, unset pixels transparent."""
    return Raster(
        layer.name + (BASE if is_base else MASK),
        encode_png(rgba_from_labels(layer.labels)),
        layer.visible,
        layer.opacity,
        layer.locked,
        selected=layer.id == project.active_layer,
    )


def merge_layers(project: Project) -> np.ndarray:
    """What a painting program shows of all layers, (H, W, 4) uint8."""
    height, width = project.layers[0].labels.shape
    merged = np.zeros((height, width, 3), np.float32)
    if project.target is not None:
        merged[:] = project.target.crop
    for layer in project.layers:
        pixels = rgba_from_labels(layer.labels)
        alpha = pixels[..., 3:] / np.float32(255) * np.float32(layer.opacity * layer.visible)
        merged += alpha * (pixels[..., :3] - merged)
    opaque = np.full((height, width, 1), 255, np.uint8)
    return np.concatenate([np.rint(merged).astype(np.uint8), opaque], axis=2)
