"""Carry a label map along with a deformation."""

from __future__ import annotations

import math

import cv2
import numpy as np

from maskgan_studio.document.deformation.deformation import Deformation
from maskgan_studio.document.deformation.sampling import sample_at
from maskgan_studio.labels import UNSET, part_named

__all__ = ["deform_labels", "label_moved_photo"]

_SKIN, _LIP = part_named("skin").index, part_named("l_lip").index
# A class that keeps less than this share of the area that it should cover has been lost to its neighbours.
_LOST = 0.8
# Points of the source that lie farther apart than this do not see everything between them; in pixels.
_CLOSE, _MOST_SAMPLES = 1.5, 3
_ROW = 1024  # OpenCV samples no more than 32767 points a row


def deform_labels(labels: np.ndarray, deformation: Deformation) -> np.ndarray:
    """Move the classes of a label map.

    Each class is sampled with interpolation and a pixel takes the class that covers most of it. Thin parts, which cover
    nowhere most of a pixel once they are pressed together, keep as many pixels as they cover, where they are strongest.

    Args:
        labels: (S, S) uint8; ``UNSET`` is carried along like a class.
        deformation: of the same size.

    Returns:
        (S, S) uint8; a copy where nothing moves.
    """
    result = labels.copy()
    rect = deformation.rect
    if rect is None:
        return result
    points = deformation.sources()[rect.slices]
    spacing = _spacing(points)
    # Most pixels see one class however they are sampled; only the others have to be weighed.
    x, y = (np.rint(points[..., axis]).astype(int).clip(0, len(labels) - 1) for axis in (0, 1))
    moved = labels[y, x]
    doubtful = ~_uniform(labels, 1 + math.ceil(spacing))[y, x]
    if doubtful.any():
        _weigh(labels, points, spacing, moved, doubtful)
    region = result[rect.slices]
    touched = deformation.touched[rect.slices]
    region[touched] = moved[touched]
    revealed = deformation.revealed[rect.slices]
    np.copyto(region, revealed, where=revealed != UNSET)
    return result


def label_moved_photo(labels: np.ndarray, deformation: Deformation) -> np.ndarray:
    """What a photo shows once its pixels have moved: arguments and result as of ``deform_labels``.

    It does not show what is revealed, even where its stretched pixels have the same class (the inside of a mouth that
    was open before): these count as something else, so that they are drawn anew.
    """
    shown = deform_labels(labels, deformation.without_revealed())
    hidden = (deformation.revealed != UNSET) & (shown == deformation.revealed)
    shown[hidden] = np.where(deformation.revealed[hidden] == _SKIN, _LIP, _SKIN)
    return shown


def _spacing(points: np.ndarray) -> float:
    """How far neighbouring points of the source lie apart at most, in pixels."""
    if min(points.shape[:2]) < 2:
        return 1.0
    return max(float(np.abs(np.diff(points, axis=axis)).max()) for axis in (0, 1))


def _uniform(labels: np.ndarray, radius: int) -> np.ndarray:
    """Where all labels within a radius are the same, bool."""
    kernel = np.ones((2 * radius + 1, 2 * radius + 1), np.uint8)
    uniform: np.ndarray = cv2.dilate(labels, kernel) == cv2.erode(labels, kernel)
    return uniform


def _weigh(labels: np.ndarray, points: np.ndarray, spacing: float, moved: np.ndarray, doubtful: np.ndarray) -> None:
    """Give the doubtful pixels of ``moved`` the class that covers most of them."""
    samples = _samples(points, np.argwhere(doubtful), spacing)
    seen = labels[
        tuple(
            slice(max(0, math.floor(samples[..., axis].min()) - 1), math.ceil(samples[..., axis].max()) + 2)
            for axis in (1, 0)
        )
    ]
    indices = np.unique(seen)
    shares = np.array([_share(labels == index, samples) for index in indices])
    winners = indices[np.argmax(shares, axis=0)]
    for index, share in zip(indices, shares, strict=True):
        certain = int(((moved == index) & ~doubtful).sum())
        due, kept = certain + round(float(share.sum())), certain + int((winners == index).sum())
        if due and kept < _LOST * due:
            candidates = np.flatnonzero((share > 0) & (winners != index))
            order = np.argsort(share[candidates], kind="stable")[::-1]
            winners[candidates[order[: due - kept]]] = index
    moved[doubtful] = winners


def _samples(points: np.ndarray, pixels: np.ndarray, spacing: float) -> np.ndarray:
    """The points of the source at which some pixels (n, row and column) are looked up, (n, k, 2) float32.

    Where the picture shrinks, a line can pass between the points: there each pixel is looked up at several.
    """
    several = min(_MOST_SAMPLES, math.ceil(spacing)) if spacing > _CLOSE else 1
    if several == 1:
        single: np.ndarray = points[pixels[:, 0], pixels[:, 1]][:, None]
        return single
    steps = (np.arange(several) + 0.5) / several - 0.5
    places = np.stack(np.meshgrid(steps, steps), axis=-1).reshape(-1, 2)
    at = pixels[:, None, ::-1].astype(np.float32) + places.astype(np.float32)
    return _look_up(points, at)


def _share(plane: np.ndarray, samples: np.ndarray) -> np.ndarray:
    """How much of each pixel a class covers, (n,) from 0 to 1, sampled at (n, k, 2) points of its plane."""
    share: np.ndarray = _look_up(plane.astype(np.float32), samples).mean(axis=1)
    return share


def _look_up(picture: np.ndarray, points: np.ndarray) -> np.ndarray:
    """``sample_at`` for any number of points (..., 2)."""
    flat = points.reshape(-1, 2)
    padded = np.zeros((-(-len(flat) // _ROW) * _ROW, 2), np.float32)
    padded[: len(flat)] = flat
    sampled = sample_at(picture, padded.reshape(-1, _ROW, 2))
    return sampled.reshape(len(padded), *picture.shape[2:])[: len(flat)].reshape(*points.shape[:-1], *picture.shape[2:])
