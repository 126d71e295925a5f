"""Align a face: from a detected box to the crop that its own eyes and mouth ask for."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from maskgan_studio.photo.detection import Face, start_alignment
from maskgan_studio.photo.frame import CROP_SIZE, Alignment
from maskgan_studio.photo.landmarks import Landmarks, landmarks_from_mask

__all__ = ["CROP_SIZE", "Alignment", "Landmarks", "align_face", "landmarks_from_mask"]

_MAX_STEPS = 4
# Shares of the crop's width.
_STILL = 0.005
_LARGEST_JUMP = 0.75
_WIDER = 1.5

Parse = Callable[[np.ndarray], np.ndarray]


class _View(NamedTuple):
    """A crop that was parsed, and how far its own features would move it; infinite if they make no face."""

    movement: float
    alignment: Alignment
    mask: np.ndarray


def align_face(pixels: np.ndarray, face: Face, parse: Parse) -> tuple[Alignment, np.ndarray]:
    """Align a face by its own eyes and mouth, as the parser finds them, until they no longer move.

    Args:
        pixels: (H, W, 3) uint8 photo.
        face: where to start.
        parse: takes a (512, 512, 3) uint8 crop, returns its (512, 512) uint8 mask.

    Returns:
        The alignment and the mask of its crop: of all that were tried, the one whose features lie best where they
        belong. Where the parser finds no face in the first crop a wider one is tried; where it finds none at all, the
        first comes back.
    """
    start = start_alignment(face)
    views = _approach(start, pixels, parse)
    if math.isinf(views[0].movement):
        views += _approach(start.widened(_WIDER), pixels, parse)
    best = min(views, key=lambda view: view.movement)
    return best.alignment, best.mask


def _approach(alignment: Alignment, pixels: np.ndarray, parse: Parse) -> list[_View]:
    """Parse, move to where the features ask for, and again, until they rest; at least one view."""
    views: list[_View] = []
    for _ in range(_MAX_STEPS):
        mask = parse(alignment.crop(pixels))
        better = _asked_for(alignment, mask)
        views.append(_View(math.inf if better is None else _movement(alignment, better), alignment, mask))
        if better is None or views[-1].movement < _STILL:
            break
        alignment = better
    return views


def _asked_for(alignment: Alignment, mask: np.ndarray) -> Alignment | None:
    """Alignment by the features in a crop's mask; None if there are none or they cannot be this face's."""
    landmarks = landmarks_from_mask(mask)
    if landmarks is None:
        return None
    better = Alignment.from_landmarks(Landmarks.from_points(alignment.to_photo(landmarks.points())), CROP_SIZE)
    believable = _movement(alignment, better) < _LARGEST_JUMP and 0.3 < better.scale / alignment.scale < 3
    return better if believable else None


def _movement(one: Alignment, other: Alignment) -> float:
    """Mean distance that the crop's corners move, as a share of its width."""
    return float(np.hypot(*(other.corners - one.corners).T).mean() / (one.scale * one.size))
