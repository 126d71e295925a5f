"""How far a mask shows a face that stands upright in its crop: what tells a find from a chance hit."""

from __future__ import annotations

import numpy as np

from maskgan_studio.labels import part_named
from maskgan_studio.photo.alignment.landmarks import CANONICAL

__all__ = ["face_evidence"]


def _classes(*names: str) -> list[int]:
    return [part_named(name).index for name in names]


_EYES = (*_classes("l_eye", "r_eye"), *_classes("eye_g"))
_BROWS = _classes("l_brow", "r_brow")
_NOSE = _classes("nose")
_MOUTH = _classes("mouth", "u_lip", "l_lip")
# Where brows and nose lie on average; the other features' places are `CANONICAL`.
_BROW_HEIGHT, _NOSE_TIP = 213.0, (256.0, 310.0)
# Classes, place in a crop of 512, and what it counts: brows little, which hair often covers.
_FEATURES = (
    (_EYES, CANONICAL.left_eye, 1.0),
    (_EYES, CANONICAL.right_eye, 1.0),
    (_BROWS, (CANONICAL.left_eye[0], _BROW_HEIGHT), 0.25),
    (_BROWS, (CANONICAL.right_eye[0], _BROW_HEIGHT), 0.25),
    (_NOSE, _NOSE_TIP, 1.0),
    (_MOUTH, (256.0, CANONICAL.mouth_left[1]), 1.0),
)
_MIDDLE = 256.0
# Shares of the crop's width: a feature within the first is in its place, one beyond the second is another thing.
_IN_PLACE, _ELSEWHERE = 0.06, 0.16
_SMALLEST_PART = 12 / 512**2


def face_evidence(mask: np.ndarray) -> float:
    """Say how many of eyes, brows, nose and mouth lie where an upright face has them.

    Args:
        mask: (S, S) uint8 label map of a crop.

    Returns:
        0 (nothing of a face) to 1 (everything in its place). Glasses count as eyes.
    """
    size = mask.shape[0]
    halves = np.arange(size) < size / 2
    total = 0.0
    for classes, (x, y), weight in _FEATURES:
        plane = np.isin(mask, classes)
        if x != _MIDDLE:
            plane &= halves if x < _MIDDLE else ~halves
        rows, columns = np.nonzero(plane)
        if len(rows) >= _SMALLEST_PART * size * size:
            away = float(np.hypot(columns.mean() - x * size / 512, rows.mean() - y * size / 512)) / size
            total += weight * float(np.clip((_ELSEWHERE - away) / (_ELSEWHERE - _IN_PLACE), 0.0, 1.0))
    return total / sum(weight for _, _, weight in _FEATURES)
