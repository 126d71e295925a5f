"""Carry a label map along with a deformation."""

from __future__ import annotations

import cv2
import numpy as np

from maskgan_studio.document.deformation.deformation import Deformation
from maskgan_studio.document.deformation.sampling import sample_at
from maskgan_studio.labels import UNSET

__all__ = ["deform_labels"]

# A class that keeps less than this share of the area that it should cover has been lost to its neighbours.
_LOST = 0.8
# Points of the source that lie farther apart than this do not see everything between them; in pixels.
_CLOSE, _MOST_SAMPLES = 1.5, 3


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
    sources = deformation.sources()[rect.slices]
    # Only what is looked at: the classes of the region and of what comes into it.
    low = np.floor(sources.min(axis=(0, 1))).astype(int) - 1
    high = np.ceil(sources.max(axis=(0, 1))).astype(int) + 2
    left, top = np.clip(low, 0, len(labels) - 1)
    right, bottom = np.clip(high, 1, len(labels))
    part = labels[top:bottom, left:right]
    points = sources - np.array([left, top], np.float32)
    shares = {index: _share(part == index, points) for index in np.unique(part)}
    indices = list(shares)
    moved = np.array(indices, np.uint8)[np.argmax([shares[index] for index in indices], axis=0)]
    _keep_thin_parts(moved, shares)
    region = result[rect.slices]
    touched = deformation.touched[rect.slices]
    region[touched] = moved[touched]
    revealed = deformation.revealed[rect.slices]
    np.copyto(region, revealed, where=revealed != UNSET)
    return result


def _share(plane: np.ndarray, points: np.ndarray) -> np.ndarray:
    """How much of each pixel a class covers, 0 to 255, sampled at (h, w, 2) points of its plane."""
    pixels = plane.astype(np.uint8) * np.uint8(255)
    share = sample_at(pixels, points)
    height, width = points.shape[:2]
    if min(height, width) < 2:
        return share
    # Where the picture shrinks, a line can pass between the points: there several are averaged per pixel.
    spacing = max(float(np.abs(np.diff(points, axis=axis)).max()) for axis in (0, 1))
    if spacing > _CLOSE and plane.any() and not plane.all():
        several = min(_MOST_SAMPLES, int(np.ceil(spacing)))
        dense = cv2.resize(points, (width * several, height * several), interpolation=cv2.INTER_LINEAR)
        samples = sample_at(pixels, dense)
        share = cv2.resize(samples, (width, height), interpolation=cv2.INTER_AREA)
    return share


def _keep_thin_parts(moved: np.ndarray, shares: dict[int, np.ndarray]) -> None:
    for index, share in shares.items():
        due = round(float(share.sum(dtype=np.float64)) / 255)
        kept = int((moved == index).sum())
        if due and kept < _LOST * due:
            candidates = np.flatnonzero((share > 0) & (moved != index))
            order = np.argsort(share.ravel()[candidates], kind="stable")[::-1]
            moved.ravel()[candidates[order[: due - kept]]] = index
