"""Pieces of parts in a label map, and what lies next to them."""

from __future__ import annotations

from collections.abc import Collection

import cv2
import numpy as np

from maskgan_studio.document.geometry.rect import Rect
from maskgan_studio.labels import PARTS

__all__ = ["SMALL_PARTS", "fill_hull", "fill_with_nearest", "find_near_part", "find_part_center", "of_parts", "pieces"]

# A piece smaller than this share of the map is a slip of the pen rather than an eye or a brow.
_SMALLEST_FEATURE = 12 / 512**2

_LARGE = ("background", "skin", "hair", "hat", "neck", "cloth")
#: The classes that are easily missed with a pointer; the others surround them.
SMALL_PARTS = frozenset(part.index for part in PARTS if part.name not in _LARGE)


def find_near_part(labels: np.ndarray, point: tuple[float, float], reach: float) -> int | None:
    """The class that is meant by pointing: a small one at the point or near it, else the one at the point.

    Args:
        labels: (H, W) uint8.
        point: (x, y) in pixels, as ``rasterize`` counts them.
        reach: how far from the point a small class may lie, in pixels.

    Returns:
        a class, or None outside the label map.
    """
    x, y = point
    column, row = int(np.floor(x)), int(np.floor(y))
    if not (0 <= row < labels.shape[0] and 0 <= column < labels.shape[1]):
        return None
    at = int(labels[row, column])
    around = Rect(row, column, row + 1, column + 1).padded(int(np.ceil(reach)), Rect.of(labels))
    near = labels[around.slices]
    rows, columns = np.nonzero(of_parts(near, SMALL_PARTS))
    if at in SMALL_PARTS or not len(rows):
        return at
    away = np.hypot(columns + around.left + 0.5 - x, rows + around.top + 0.5 - y)
    nearest = int(away.argmin())
    return int(near[rows[nearest], columns[nearest]]) if away[nearest] <= reach else at


def of_parts(labels: np.ndarray, parts: Collection[int]) -> np.ndarray:
    """Where a label map of any shape has one of the given classes, as bool array."""
    table = np.zeros(256, bool)
    table[list(parts)] = True
    return np.asarray(table[labels])


def pieces(mask: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The connected pieces of a (H, W) bool mask; pixels that touch at a corner are connected.

    Returns:
        (H, W) int32 numbers, 0 outside the mask and from 1 for its pieces; and (N, 5) int32 with left, top, width,
        height and area of each number.
    """
    _, numbers, stats, _ = cv2.connectedComponentsWithStats(mask.view(np.uint8), connectivity=8)
    return numbers, stats


def find_part_center(labels: np.ndarray, parts: Collection[int]) -> tuple[float, float] | None:
    """Centre (x, y) of the largest piece that classes form together, or None when all are too small to count."""
    numbers, stats = pieces(of_parts(labels, parts))
    areas = stats[1:, cv2.CC_STAT_AREA]
    if areas.size == 0 or areas.max() < _SMALLEST_FEATURE * labels.size:
        return None
    rows, columns = np.nonzero(numbers == 1 + areas.argmax())
    return float(columns.mean()) + 0.5, float(rows.mean()) + 0.5


def fill_hull(shape: np.ndarray) -> np.ndarray:
    """The convex hull of what is not 0 in (H, W) uint8, (H, W) bool; empty where that is nothing."""
    hull = np.zeros(shape.shape, np.uint8)
    if shape.any():
        cv2.fillConvexPoly(hull, cv2.convexHull(cv2.findNonZero(shape)), 1)
    return hull > 0


def fill_with_nearest(labels: np.ndarray, unknown: np.ndarray) -> np.ndarray:
    """Give every unknown pixel the class of the nearest known one.

    Args:
        labels: (H, W) uint8.
        unknown: (H, W) bool; the labels there do not matter.

    Returns:
        (H, W) uint8; a copy of ``labels`` when no pixel or every pixel is unknown.
    """
    filled = labels.copy()
    hole = Rect.around(unknown)
    if hole is None or unknown.all():
        return filled
    # The nearest known pixel of a hole lies on its rim, so it is enough to look one pixel beyond.
    around = hole.padded(1, Rect.of(labels)).slices
    unknown, region = unknown[around], filled[around]
    _, nearest = cv2.distanceTransformWithLabels(
        unknown.view(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_5, labelType=cv2.DIST_LABEL_PIXEL
    )
    # OpenCV numbers the known pixels; which of them has which number stands at the pixel itself.
    class_of = np.zeros(nearest.max() + 1, np.uint8)
    class_of[nearest[~unknown]] = region[~unknown]
    region[unknown] = class_of[nearest[unknown]]
    return filled
