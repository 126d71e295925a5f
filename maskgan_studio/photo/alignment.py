"""Align a face: from a detected box to the crop that its own eyes and mouth ask for."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from .detection import Face, start_alignment
from .frame import CROP_SIZE, Alignment
from .landmarks import Landmarks, landmarks_from_mask

__all__ = ["CROP_SIZE", "Alignment", "Landmarks", "align_face", "landmarks_from_mask"]

_MAX_STEPS = 4
# Shares of the crop's width.
_STILL = 0.004
_LARGEST_JUMP = 0.75
_WIDER = 1.5


def align_face(
    pixels: np.ndarray, face: Face, parse: Callable[[np.ndarray], np.ndarray]
) -> tuple[Alignment, np.ndarray]:
    """Align a face by its own eyes and mouth, as the parser finds them, until they no longer move.

    Args:
        pixels: (H, W, 3) uint8 photo.
        face: where to start.
        parse: takes a (512, 512, 3) uint8 crop, returns its (512, 512) uint8 mask.

    Returns:
        The alignment and the mask of its crop. Where the parser finds no face in the first crop, a wider one is tried;
        where it finds none there either, or loses the face on the way, the last alignment that showed more is kept.
    """
    alignment = start_alignment(face)
    mask, better = _look(alignment, pixels, parse)
    if better is None:
        wide = alignment.widened(_WIDER)
        wide_mask, better = _look(wide, pixels, parse)
        if better is None:
            return alignment, mask
        alignment, mask = wide, wide_mask
    for _ in range(_MAX_STEPS - 1):
        if _movement(alignment, better) < _STILL:
            break
        next_mask, even_better = _look(better, pixels, parse)
        if even_better is None:
            break
        alignment, mask, better = better, next_mask, even_better
    return alignment, mask


def _look(
    alignment: Alignment, pixels: np.ndarray, parse: Callable[[np.ndarray], np.ndarray]
) -> tuple[np.ndarray, Alignment | None]:
    """Parse a crop; also the alignment its features ask for, None if there are none or they cannot be this face's."""
    mask = parse(alignment.crop(pixels))
    landmarks = landmarks_from_mask(mask)
    if landmarks is None:
        return mask, None
    better = Alignment.from_landmarks(Landmarks.from_points(alignment.to_photo(landmarks.points())), CROP_SIZE)
    believable = _movement(alignment, better) < _LARGEST_JUMP and 0.3 < better.scale / alignment.scale < 3
    return mask, better if believable else None


def _movement(one: Alignment, other: Alignment) -> float:
    """Mean distance that the crop's corners move, as a share of its width."""
    return float(np.hypot(*(other.corners - one.corners).T).mean() / (one.scale * one.size))
