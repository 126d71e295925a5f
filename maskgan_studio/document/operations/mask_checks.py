"""Slips of the pen: specks of a part away from it, and pinholes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import cv2
import numpy as np

from maskgan_studio.document.geometry.rasterize import Cover
from maskgan_studio.document.geometry.rect import Rect
from maskgan_studio.document.geometry.regions import fill_with_nearest, pieces
from maskgan_studio.document.layers import LayerStack
from maskgan_studio.document.operations.painting import FREE, Constraints, paint_patch
from maskgan_studio.document.patch import Patch

__all__ = ["Flaw", "find_flaws", "repair_flaws"]

# Shares of the map: a piece up to the first is a flaw when its part has a much larger one elsewhere; up to the second
# always, as no part is that small.
_SMALL = 80 / 512**2
_SPECK = 6 / 512**2
# An earring is small beside no other earring; a flaw is small beside its part.
_MUCH_LARGER = 5


@dataclass(frozen=True, slots=True, eq=False)
class Flaw:
    """A piece of a part that was painted by accident.

    Attributes:
        part: its class.
        inside: the class all around it when there is just one (it is a hole in that part), else None (an island).
        cover: its pixels.
    """

    part: int
    inside: int | None
    cover: Cover


def find_flaws(mask: np.ndarray) -> list[Flaw]:
    """Find islands and holes in a (H, W) uint8 mask, the largest first."""
    flaws: list[Flaw] = []
    for part in np.flatnonzero(np.bincount(mask.ravel())).tolist():
        region = mask == part
        box = Rect.around(region)
        assert box is not None
        numbers, stats = pieces(np.ascontiguousarray(region[box.slices]))
        areas = stats[1:, cv2.CC_STAT_AREA]
        limit = max(min(_SMALL * mask.size, areas.max() / _MUCH_LARGER), _SPECK * mask.size)
        for number in 1 + np.flatnonzero(areas <= limit):
            left, top, width, height = stats[number, : cv2.CC_STAT_AREA].tolist()
            inner = Rect(top, left, top + height, left + width)
            rect = Rect(box.top + top, box.left + left, box.top + top + height, box.left + left + width)
            cover = Cover(rect, numbers[inner.slices] == number)
            flaws.append(Flaw(part, _surrounding(mask, cover), cover))
    return sorted(flaws, key=lambda flaw: flaw.cover.mask.sum(), reverse=True)


def repair_flaws(
    stack: LayerStack, layer_id: int, flaws: Iterable[Flaw], constraints: Constraints = FREE
) -> Patch | None:
    """Make the patch that gives flaws the class of their neighbours.

    Raises EditError as ``painting.paint_patch`` does.
    """
    wrong = np.zeros(stack.shape, bool)
    for flaw in flaws:
        wrong[flaw.cover.rect.slices] |= flaw.cover.mask
    cover = Cover.of(wrong)
    if cover is None:
        return None
    return paint_patch(
        stack, layer_id, cover, fill_with_nearest(stack.composite(), wrong)[cover.rect.slices], constraints
    )


def _surrounding(mask: np.ndarray, cover: Cover) -> int | None:
    around = cover.rect.padded(1, Rect.of(mask))
    piece = cover.full(mask.shape)[around.slices]
    rim = cv2.dilate(piece.view(np.uint8), np.ones((3, 3), np.uint8)).astype(bool) & ~piece
    classes = np.unique(mask[around.slices][rim])
    return int(classes[0]) if classes.size == 1 else None
