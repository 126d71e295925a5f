"""Steps between a photo's mask and its edit, for a morph: what was changed grows, everything else stays."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np

from maskgan_studio.document.face_layers import MovedPhoto
from maskgan_studio.document.layers import Layer, LayerStack
from maskgan_studio.gaze import Gaze
from maskgan_studio.recoloring import Recoloring

__all__ = ["EditStep", "interpolate_edit", "interpolate_masks", "signed_depth"]

_MARGIN = 4  # pixels around what differs, so that outlines are known on both sides


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


def interpolate_masks(start: np.ndarray, end: np.ndarray, share: float) -> np.ndarray:
    """A label map (S, S) uint8 between two: ``start`` at 0, ``end`` at 1.

    Signed distances of each class are interpolated (shape interpolation, Raya and Udupa 1990, section 3), so that
    outlines move, and each pixel gets the class that it lies deepest in.
    """
    differs = start != end
    if share <= 0 or share >= 1 or not differs.any():
        return np.array(start if share <= 0 else end)
    x, y, width, height = cv2.boundingRect(differs.astype(np.uint8))
    window = np.s_[max(0, y - _MARGIN) : y + height + _MARGIN, max(0, x - _MARGIN) : x + width + _MARGIN]
    before, after = start[window], end[window]
    classes = np.union1d(before, after)
    depths = [_interpolate_depth(before == index, after == index, share) for index in classes]
    between = np.array(start)
    # Classes that are the same in both keep their pixels: only what differs may change.
    nearest = classes[np.argmax(depths, axis=0)].astype(np.uint8)
    between[window] = np.where(differs[window], nearest, before)
    return between


def _weakened(layer: Layer, share: float) -> Layer:
    if layer.face is None:
        return layer
    return replace(layer, labels=layer.labels.copy(), opacity=layer.opacity * share)


def _interpolate_depth(before: np.ndarray, after: np.ndarray, share: float) -> np.ndarray:
    """How deep each pixel lies in a shape on its way from one to another; from nothing it grows out of its middle."""
    if not before.any():
        depth = signed_depth(after)
        return np.asarray(depth - (1 - share) * depth.max())
    if not after.any():
        depth = signed_depth(before)
        return np.asarray(depth - share * depth.max())
    return (1 - share) * signed_depth(before) + share * signed_depth(after)


def signed_depth(inside: np.ndarray) -> np.ndarray:
    """Signed distance of (S, S) bool pixels to a shape's outline, positive inside."""
    if inside.all():
        return np.full(inside.shape, float(max(inside.shape)), np.float32)
    shape = inside.astype(np.uint8)
    return np.asarray(cv2.distanceTransform(shape, cv2.DIST_L2, 5) - cv2.distanceTransform(1 - shape, cv2.DIST_L2, 5))
