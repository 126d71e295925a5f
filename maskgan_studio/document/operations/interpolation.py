"""Steps between a photo's mask and its edit, for a morph: what was changed grows, everything else stays."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from maskgan_studio.document.face_layers import MovedPhoto
from maskgan_studio.document.geometry.mask_interpolation import interpolate_masks
from maskgan_studio.document.layers import Layer, LayerStack
from maskgan_studio.gaze import Gaze
from maskgan_studio.recoloring import Recoloring

__all__ = ["EditStep", "interpolate_edit"]


@dataclass(frozen=True, eq=False)
class EditStep:
    """One step of an edit.

    Attributes:
        mask: (S, S) uint8, what the image is to show.
        moved: how the photo's own pixels move; None where they stay.
        colors: parts that get another colour.
        gaze: how the irises move.
    """

    mask: np.ndarray
    moved: MovedPhoto | None
    colors: dict[str, Recoloring]
    gaze: Gaze


def interpolate_edit(stack: LayerStack, share: float) -> EditStep:
    """The edit of a document at a share of its strength, from 0 (the photo) to 1 (all of it).

    The sliders and colours of the face are weakened; what was painted grows out of the mask below it.
    """
    weakened = [_weakened(layer, share) for layer in stack.layers]
    faces = LayerStack([layer for n, layer in enumerate(weakened) if n == 0 or layer.face is not None])
    painted = LayerStack(weakened)
    mask = interpolate_masks(faces.composite(), painted.composite(), share)
    return EditStep(mask, faces.moved_photo, faces.colors, faces.gaze)


def _weakened(layer: Layer, share: float) -> Layer:
    if layer.face is None:
        return layer
    return replace(layer, labels=layer.labels.copy(), opacity=layer.opacity * share)
