"""Masks that were scaled or turned smoothly: along the borders of two parts lie thin rims of classes that are neither.

Between hair (13) and skin (1) interpolation writes 7, 4, 10: a brow, an eye, a mouth. Such a pixel belongs to no area
of its own class, and its number lies between those of the areas on both sides.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from maskgan_studio.labels import UNSET

__all__ = ["SoftEdges", "fill_from_nearest", "find_soft_edges", "snap_edges"]

# Share of the pixels at borders that are phantoms. Over the 900 masks of CelebAMask-HQ it is at most 0.4 % at 512 and
# 5.5 % at 64 pixels; in masks that were scaled smoothly, at any of these sizes, at least 9 %.
_SHARE = 0.07
_FEWEST = 40
# So many different phantom classes occur in no clean mask, however little of it was softened.
_CLASSES, _FEWEST_OF_MANY = 8, 60
# In a mask that is being mended, a share that does not matter any more.
_LEFT = 0.003
_MOST_ROUNDS = 8


@dataclass(frozen=True, slots=True)
class SoftEdges:
    """What was found in a mask.

    Attributes:
        count: number of phantom pixels.
        classes: number of different classes among them.
        soft: whether that is too much for a mask that was never scaled smoothly.
    """

    count: int
    classes: int
    soft: bool


def find_soft_edges(labels: np.ndarray) -> SoftEdges:
    """Look for rims of unrelated classes in a label map (H, W) uint8."""
    phantoms, borders = _phantoms(labels, 1, 3)
    count = int(phantoms.sum())
    if count < _FEWEST:
        return SoftEdges(count, 0, False)
    classes = len(np.unique(labels[phantoms]))
    soft = count >= _SHARE * borders or (classes >= _CLASSES and count >= _FEWEST_OF_MANY)
    return SoftEdges(count, classes, bool(soft))


def snap_edges(labels: np.ndarray) -> np.ndarray:
    """Give every phantom the class of the nearest area; for masks in which `find_soft_edges` finds many.

    Thin parts that look like a rim go too, so this is nothing for masks that are not soft.
    """
    width = 1
    for _ in range(_MOST_ROUNDS):
        phantoms, borders = _phantoms(labels, width, 2 * width + 3, beyond=True)
        if phantoms.sum() <= _LEFT * borders:
            if width == 3:
                break
            width += 1  # enlarged four times and more, the rims are stripes
        else:
            labels = fill_from_nearest(labels, phantoms)
    for _ in range(_MOST_ROUNDS):
        phantoms, _ = _phantoms(labels, 1, 3)
        if not phantoms.any():
            break
        labels = fill_from_nearest(labels, phantoms)
    return labels


def fill_from_nearest(labels: np.ndarray, unknown: np.ndarray) -> np.ndarray:
    """Give every unknown pixel, (H, W) bool, the label of the known one that is nearest; background where none is."""
    if unknown.all():
        return np.zeros_like(labels)
    _, nearest = cv2.distanceTransformWithLabels(
        unknown.astype(np.uint8), cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL
    )
    table = np.zeros(int(nearest.max()) + 1, np.uint8)
    table[nearest[~unknown]] = labels[~unknown]
    return np.asarray(table[nearest])


def _phantoms(labels: np.ndarray, width: int, reach: int, beyond: bool = False) -> tuple[np.ndarray, int]:
    """Pixels (H, W) bool that look like interpolated ones, and the number of pixels where such could be.

    Args:
        labels: (H, W) uint8.
        width: areas are what a square of 2 width + 1 pixels fits into.
        reach: how far from the areas on both sides a pixel may lie.
        beyond: count numbers beyond those of both sides too: bicubic scaling overshoots.
    """
    areas = _areas(labels, width)
    near = np.ones((2 * reach + 1, 2 * reach + 1), np.uint8)
    in_areas = areas.view(np.uint8) * np.uint8(UNSET)
    lowest = cv2.erode(labels | ~in_areas, near)
    highest = cv2.dilate(labels & in_areas, near)
    borders = (lowest != UNSET) & (cv2.subtract(highest, lowest) >= 2)
    rims = ~areas & (borders if beyond else (labels > lowest) & (labels < highest))
    phantoms = np.zeros(labels.shape, bool)
    for part in np.unique(labels[rims]):
        own_area_near = cv2.dilate((areas & (labels == part)).astype(np.uint8), near) > 0
        phantoms |= rims & (labels == part) & ~own_area_near
    return phantoms, int(borders.sum())


def _areas(labels: np.ndarray, width: int) -> np.ndarray:
    """Pixels (H, W) bool that some square of 2 width + 1 pixels of one class covers."""
    square = np.ones((2 * width + 1, 2 * width + 1), np.uint8)
    inner = cv2.dilate(labels, square) == cv2.erode(labels, square)
    return cv2.dilate(inner.astype(np.uint8), square) > 0
