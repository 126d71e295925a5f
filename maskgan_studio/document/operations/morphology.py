"""Grow, shrink and smooth a part of the composite, on the active layer."""

from __future__ import annotations

import cv2
import numpy as np

from maskgan_studio.document.geometry.rasterize import Cover
from maskgan_studio.document.layers import LayerStack
from maskgan_studio.document.operations.painting import FREE, Constraints, paint_patch
from maskgan_studio.document.operations.removal import fill_removed, relax_constraints
from maskgan_studio.document.patch import Patch

__all__ = ["grow", "shrink", "smooth"]


def grow(stack: LayerStack, layer_id: int, part: int, pixels: float, constraints: Constraints = FREE) -> Patch | None:
    """The patch that widens a part by a number of pixels in every direction, as far as the constraints allow.

    Raises EditError as ``painting.paint_patch`` does.
    """
    region = stack.composite() == part
    if not region.any():
        return None
    return paint_patch(stack, layer_id, Cover.of(~region & (_distance_to(region) <= pixels)), part, constraints)


def shrink(stack: LayerStack, layer_id: int, part: int, pixels: float, constraints: Constraints = FREE) -> Patch | None:
    """The patch that takes a rim of a number of pixels off a part; what lies beside or below it takes its place.

    The border of the image is no rim. Raises EditError when the part is locked, or as ``painting.paint_patch`` does.
    """
    region = stack.composite() == part
    if region.all():
        return None
    return _reshaped(stack, layer_id, part, region & (_distance_to(~region) > pixels), constraints)


def smooth(stack: LayerStack, layer_id: int, part: int, pixels: float, constraints: Constraints = FREE) -> Patch | None:
    """The patch that rounds the outline of a part off and keeps its area.

    A blurred outline cut at one half would eat thin parts such as lips and brows, so it is cut where the area is that
    of before.

    Args:
        stack, layer_id, part, constraints: as for ``grow``.
        pixels: standard deviation of the blur, about the size of the details that vanish.

    Raises:
        EditError: the part is locked, or as ``painting.paint_patch`` does.
    """
    region = stack.composite() == part
    area = int(region.sum())
    if area in (0, region.size):
        return None
    blurred = cv2.GaussianBlur(region.astype(np.float32), (0, 0), pixels, borderType=cv2.BORDER_REPLICATE)
    level = np.partition(blurred.ravel(), -area)[-area]
    return _reshaped(stack, layer_id, part, blurred >= max(level, np.finfo(np.float32).tiny), constraints)


def _reshaped(
    stack: LayerStack, layer_id: int, part: int, region: np.ndarray, constraints: Constraints = FREE
) -> Patch | None:
    """The patch that makes a part cover just the True pixels of a (H, W) bool array.

    Raises EditError when the part is locked, or as ``painting.paint_patch`` does.
    """
    seen = stack.composite() == part
    constraints = relax_constraints(constraints, {part})
    cover = Cover.of(region != seen)
    if cover is None:
        return None
    labels = np.where(region, np.uint8(part), fill_removed(stack, layer_id, seen & ~region, {part}))
    return paint_patch(stack, layer_id, cover, labels[cover.rect.slices], constraints)


def _distance_to(region: np.ndarray) -> np.ndarray:
    """Distance of each pixel to the nearest pixel of a region that is not empty, (H, W) float32."""
    return cv2.distanceTransform((~region).view(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
