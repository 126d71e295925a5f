"""Ready-made parts, fitted to the face of a mask."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np

from maskgan_studio.document.geometry.face_frame import (
    CENTER,
    EYE_LEVEL,
    SIDE,
    canonical_coordinates,
    face_frame,
    half_widths,
    rectify,
    to_mask,
    widen,
)
from maskgan_studio.document.geometry.rasterize import polygon
from maskgan_studio.document.geometry.regions import of_parts
from maskgan_studio.document.layers import LayerStack
from maskgan_studio.document.operations.gallery_shapes import ITEMS, Item
from maskgan_studio.document.operations.painting import FREE, Constraints
from maskgan_studio.document.operations.removal import without_parts
from maskgan_studio.document.operations.transform import place_patch
from maskgan_studio.document.patch import Patch
from maskgan_studio.labels import UNSET, part_named

__all__ = ["ITEMS", "Item", "fit_item", "put_on"]

_HAIR, _SKIN = part_named("hair").index, part_named("skin").index
_EARS = [part_named(name).index for name in ("l_ear", "r_ear")]
# Where ear lobes hang below the eyes' level, and the area of an ear at least, in pixels of the typical face.
_LOBE_Y = 80.0
_SMALLEST_EAR = 150
# The lenses sit before the eyes; beyond them only the temples follow the width of the face.
_LENSES = 100.0
# Hair comes out from below a hat of this half-width and spreads downwards this steeply.
_HAT_HALF_WIDTH, _SPREAD = 140.0, 1.2

Placement = Callable[[np.ndarray], np.ndarray]


def fit_item(item: Item, mask: np.ndarray) -> np.ndarray:
    """Draw a part where it belongs on the face of a mask.

    Args:
        item: one of ``ITEMS``.
        mask: (H, W) uint8.

    Returns:
        (H, W) uint8 with the part's class, ``UNSET`` elsewhere.
    """
    frame = face_frame(mask)
    covered = np.zeros(mask.shape, bool)
    for place in _placements(item, rectify(mask, frame)):
        outlines, openings = (
            _inside([to_mask(place(outline), frame) for outline in shapes], mask.shape)
            for shapes in (item.outlines, item.openings)
        )
        covered |= outlines & ~openings
    covered &= ~of_parts(mask, item.keeps)
    return np.where(covered, np.uint8(item.part), np.uint8(UNSET))


def put_on(stack: LayerStack, layer_id: int, item: Item, constraints: Constraints = FREE) -> Patch | None:
    """The patch that puts a part on the face instead of the one that it wears.

    Args:
        stack: the layers.
        layer_id: the layer that is painted on.
        item: one of ``ITEMS``.
        constraints: what may be painted over; a part of the same class may always be taken off.

    Raises:
        EditError: the part is locked, or as ``painting.paint_patch`` does.
    """
    seen = stack.composite()
    replaced = seen == item.part
    if item.clears_above is not None and _HAIR not in constraints.locked_parts:
        cleared = {_HAIR, _SKIN} - constraints.locked_parts
        replaced |= of_parts(seen, cleared) & _above_brim(item.clears_above, face_frame(seen), stack.shape)
    # Fitted to the face itself: what is worn hides where the eyes are, and whether there are any to keep.
    return place_patch(
        stack, layer_id, fit_item(item, without_parts(stack, layer_id, {item.part})), replaced, constraints
    )


def _placements(item: Item, face: np.ndarray) -> list[Placement]:
    """How to bring an item's outlines to their places on an upright face; earrings have one for each ear."""
    left, right = half_widths(face)
    if item.kind == "earrings":
        return [partial(np.add, _lobe(face, side, width)) for side, width in ((-1, left), (1, right))]
    if item.kind == "glasses":
        return [partial(widen, left=left, right=right, start=_LENSES, both=False)]
    return [partial(widen, left=left, right=right)]


def _lobe(face: np.ndarray, side: int, width: float) -> np.ndarray:
    """The ear lobe on one side, counted from the middle of the eyes; beside the face where the ear is hidden."""
    columns = np.arange(int(SIDE)) + 0.5 - CENTER
    rows, found = np.nonzero(of_parts(face, _EARS) & (columns * side > 0))
    if len(rows) < _SMALLEST_EAR:
        return np.array([side * (width + 4), _LOBE_Y])
    return np.array([columns[found[rows >= rows.max() - 8]].mean(), rows.max() - EYE_LEVEL])


def _inside(outlines: Sequence[np.ndarray], shape: tuple[int, int]) -> np.ndarray:
    """The pixels that lie inside one of several polygons, (H, W) bool."""
    inside = np.zeros(shape, bool)
    for outline in outlines:
        cover = polygon(outline, shape)
        if cover is not None:
            inside[cover.rect.slices] |= cover.mask
    return inside


def _above_brim(y: float, frame: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
    """Where nothing of a head shows that wears a hat with its brim at a level of the typical face, (H, W) bool."""
    across, down = canonical_coordinates(frame, shape)
    return np.asarray(down < y + _SPREAD * np.maximum(np.abs(across) - _HAT_HALF_WIDTH, 0))
