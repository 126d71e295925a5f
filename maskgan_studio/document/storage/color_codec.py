"""Label maps as colour images and back."""

from __future__ import annotations

from itertools import combinations

import cv2
import numpy as np

from maskgan_studio.labels import NUM_CLASSES, UNSET, color_table

__all__ = ["labels_from_rgba", "measure_exact_share", "rgba_from_labels"]

_COLORS = color_table()
# A colour this near to that of a class, in 8-bit steps, is that class: exact but for a colour profile.
_SURE_DISTANCE = 24.0
# How far a colour may lie from the line between two class colours to count as a blend of them, in 8-bit steps.
_BLEND_TOLERANCE = 12.0
# Blended pixels lie within this many pixels of the two classes that a soft brush mixed.
_BLEND_REACH = 2


def rgba_from_labels(labels: np.ndarray) -> np.ndarray:
    """Paint a label map in the class colours.

    Args:
        labels: (H, W) uint8, ``UNSET`` allowed.

    Returns:
        (H, W, 4) uint8; unset pixels are transparent, all others opaque.
    """
    table = np.zeros((256, 4), np.uint8)
    table[:NUM_CLASSES, :3] = _COLORS
    table[:NUM_CLASSES, 3] = 255
    return np.asarray(table[labels])


def labels_from_rgba(pixels: np.ndarray) -> np.ndarray:
    """Read an image in the class colours, as painting programs leave it behind.

    A pixel that is less than half opaque is unset. A colour that a soft brush mixed from two classes beside it becomes
    the one that makes up more of it (between skin and background lies the colour of an ear: the nearest class colour
    alone would draw thin rims of other parts). Every other colour becomes the class whose colour is nearest.

    Args:
        pixels: (H, W, 4) uint8, colours not premultiplied with alpha.

    Returns:
        (H, W) uint8 label map with ``UNSET``.
    """
    opaque = pixels[..., 3] >= 128
    labels = _exact_classes(pixels, opaque)
    sure = labels != UNSET
    others = opaque & ~sure
    codes, inverse = np.unique(_codes(pixels[others]), return_inverse=True)
    nearest, distance = _nearest_classes(codes)
    labels[others] = nearest[inverse]
    sure[others] = distance[inverse] <= _SURE_DISTANCE
    _resolve_blends(labels, pixels[..., :3], opaque & ~sure, np.where(sure, labels, UNSET))
    return labels


def measure_exact_share(pixels: np.ndarray) -> float:
    """How much of the opaque part of a (H, W, 4) uint8 image has exactly the colour of a class, 0 to 1."""
    opaque = pixels[..., 3] >= 128
    count = int(opaque.sum())
    return float((_exact_classes(pixels, opaque) != UNSET).sum() / count) if count else 0.0


def _exact_classes(pixels: np.ndarray, opaque: np.ndarray) -> np.ndarray:
    """The class of each opaque pixel that has exactly its colour, (H, W) uint8; ``UNSET`` elsewhere.

    Comparing with every class's colour takes a fifth of the time of sorting all colours, and most pixels need no more.
    """
    labels = np.full(opaque.shape, UNSET, np.uint8)
    alpha = np.array([0, 0, 0, 255], np.uint8).view(np.uint32)
    words = np.ascontiguousarray(pixels).view(np.uint32)[..., 0] | alpha
    for index, color in enumerate(_COLORS):
        labels[words == np.array([*color, 255], np.uint8).view(np.uint32)] = index
    labels[~opaque] = UNSET
    return labels


def _codes(pixels: np.ndarray) -> np.ndarray:
    """One number per colour of (N, 3 or more) uint8 pixels; sorting numbers is much faster than sorting rows."""
    red, green, blue = (pixels[:, channel].astype(np.int32) for channel in range(3))
    return red << 16 | green << 8 | blue


def _nearest_classes(codes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The class with the nearest colour for each of (N,) colour codes, and its distance."""
    colors = np.stack([codes >> 16, codes >> 8 & 255, codes & 255], axis=1).astype(np.float32)
    table = _COLORS.astype(np.float32)
    # |c - t|² without |c|², which does not change which t is nearest: no (N, 19, 3) array.
    nearest = np.argmin((table**2).sum(axis=1) - 2 * colors @ table.T, axis=1).astype(np.uint8)
    return nearest, np.linalg.norm(table[nearest] - colors, axis=1)


def _resolve_blends(labels: np.ndarray, colors: np.ndarray, doubtful: np.ndarray, certain: np.ndarray) -> None:
    """Give doubtful pixels the stronger of two classes nearby that their colour is a mixture of; in place."""
    rows, columns = np.nonzero(doubtful)
    if rows.size == 0:
        return
    kernel = np.ones((2 * _BLEND_REACH + 1,) * 2, np.uint8)
    near = {
        int(part): cv2.dilate((certain == part).astype(np.uint8), kernel)[rows, columns] > 0
        for part in np.unique(certain[certain != UNSET])
    }
    mixed = colors[rows, columns].astype(np.float32)
    smallest = np.full(rows.size, _BLEND_TOLERANCE, np.float32)
    for first, second in combinations(near, 2):
        candidates = np.flatnonzero(near[first] & near[second])
        if candidates.size == 0:
            continue
        start = _COLORS[first].astype(np.float32)
        across = _COLORS[second] - start
        weight = np.clip((mixed[candidates] - start) @ across / (across @ across), 0, 1)
        distance = np.linalg.norm(mixed[candidates] - start - weight[:, None] * across, axis=1)
        better = distance < smallest[candidates]
        chosen = candidates[better]
        smallest[chosen] = distance[better]
        labels[rows[chosen], columns[chosen]] = np.where(weight[better] > 0.5, second, first)
