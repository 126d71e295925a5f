"""Masks that were scaled or turned smoothly: along the borders of two parts lie thin rims of classes that are neither.

Between hair (13) and skin (1) interpolation writes 7, 4, 10: a brow, an eye, a mouth. Such a pixel belongs to no area
of its own class, and its number lies between those of the areas on both sides.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

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
# Pixels whose surroundings are held in memory at a time.
_AT_ONCE = 16384


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
    area_labels = _area_labels(labels, 1)
    phantoms = _find_phantoms(labels, area_labels, 3)
    count = len(phantoms[0])
    if count < _FEWEST:
        return SoftEdges(count, 0, False)
    classes = len(np.unique(labels[phantoms]))
    soft = count >= _SHARE * _count_borders(area_labels, 3) or (classes >= _CLASSES and count >= _FEWEST_OF_MANY)
    return SoftEdges(count, classes, bool(soft))


def snap_edges(labels: np.ndarray) -> np.ndarray:
    """Give every phantom the class of the nearest area; for masks in which `find_soft_edges` finds many.

    Thin parts that look like a rim go too, so this is nothing for masks that are not soft.
    """
    width = 1
    for _ in range(_MOST_ROUNDS):
        area_labels, reach = _area_labels(labels, width), 2 * width + 3
        phantoms = _find_phantoms(labels, area_labels, reach, beyond=True)
        if len(phantoms[0]) <= _LEFT * _count_borders(area_labels, reach):
            if width == 3:
                break
            width += 1  # enlarged four times and more, the rims are stripes
        else:
            labels = _replace_phantoms(labels, phantoms)
    for _ in range(_MOST_ROUNDS):
        phantoms = _find_phantoms(labels, _area_labels(labels, 1), 3)
        if not len(phantoms[0]):
            break
        labels = _replace_phantoms(labels, phantoms)
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


def _area_labels(labels: np.ndarray, width: int) -> np.ndarray:
    """Labels (H, W) of the areas: of pixels that some square of 2 width + 1 pixels of one class covers; else UNSET."""
    square = _square(width)
    # Planes are used again: at this size making one takes longer than what is done with it.
    plane = cv2.dilate(labels, square)
    inner = cv2.compare(plane, cv2.erode(labels, square), cv2.CMP_EQ)
    outside = np.bitwise_not(cv2.dilate(inner, square, dst=plane), out=plane)
    np.bitwise_or(labels, outside, out=inner)
    return inner


def _find_phantoms(
    labels: np.ndarray, area_labels: np.ndarray, reach: int, beyond: bool = False
) -> tuple[np.ndarray, np.ndarray]:
    """Pixels that look like interpolated ones: of no area, and numbered between two areas nearby.

    Args:
        labels: (H, W) uint8.
        area_labels: the same of its areas, see `_area_labels`.
        reach: how far from the areas on both sides a pixel may lie.
        beyond: count numbers beyond those of both sides too: bicubic scaling overshoots.

    Returns:
        their rows and columns, (N,) each.
    """
    lowest, highest = _extremes_nearby(area_labels, reach)
    places = np.flatnonzero(area_labels == UNSET)
    own, low, high = (plane.ravel()[places] for plane in (labels, lowest, highest))
    between = _differ(low, high) if beyond else (own > low) & (own < high)
    (rows, columns), own = np.divmod(places[between], labels.shape[1]), own[between]
    # They are few of all pixels, so each looks for an area of its own class around itself.
    around = sliding_window_view(np.pad(area_labels, reach, constant_values=UNSET), (2 * reach + 1, 2 * reach + 1))
    alone = np.zeros(len(own), bool)
    for start in range(0, len(own), _AT_ONCE):
        some = slice(start, start + _AT_ONCE)
        alone[some] = (around[rows[some], columns[some]] != own[some, None, None]).all(axis=(1, 2))
    return rows[alone], columns[alone]


def _replace_phantoms(labels: np.ndarray, phantoms: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    unknown = np.zeros(labels.shape, bool)
    unknown[phantoms] = True
    return fill_from_nearest(labels, unknown)


def _count_borders(area_labels: np.ndarray, reach: int) -> int:
    """Number of pixels where phantoms could be: those near two areas with numbers between theirs."""
    return int(np.count_nonzero(_differ(*_extremes_nearby(area_labels, reach))))


def _extremes_nearby(area_labels: np.ndarray, reach: int) -> tuple[np.ndarray, np.ndarray]:
    """The lowest and the highest label of the areas near each pixel; UNSET and 0 where none is near."""
    lowest = cv2.erode(area_labels, _square(reach))
    highest = cv2.dilate(area_labels + np.uint8(1), _square(reach))  # UNSET + 1 is 0
    highest -= highest > 0
    return lowest, highest


def _differ(lowest: np.ndarray, highest: np.ndarray) -> np.ndarray:
    return np.asarray(lowest + np.uint8(1) < highest)  # UNSET + 1 is 0, and less than nothing


def _square(reach: int) -> np.ndarray:
    return np.ones((2 * reach + 1, 2 * reach + 1), np.uint8)
