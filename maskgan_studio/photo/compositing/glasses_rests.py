"""What masks call otherwise of glasses that are taken off: a bridge is nose or skin, the upper rim often brow."""

from __future__ import annotations

import cv2
import numpy as np

from maskgan_studio.labels import part_named
from maskgan_studio.photo.kernels import disk, find_labels

__all__ = ["find_glasses_rests"]

_GLASSES, _NOSE = part_named("eye_g").index, part_named("nose").index
_GROUND = [_NOSE, part_named("skin").index]
_BROWS = [part_named(name).index for name in ("l_brow", "r_brow")]
_RIM = 10  # pixels of the 512² crop above the glasses where a brow may be a rim
_LEAST = 300  # pixels of glasses
_DOWN_TO = 0.7  # share of the glasses that lies above
_BESIDE = 8  # pixels beside the nose, of the 512² crop


def find_glasses_rests(target_mask: np.ndarray, source_mask: np.ndarray) -> np.ndarray:
    """Find where rests of removed glasses can lie.

    Bridge and pads: on the nose, between the lenses but for their lower part. Rims: on brows that touch them.

    Args:
        target_mask, source_mask: (S, S) uint8, the photo's own mask and the edited one.

    Returns:
        (S, S) bool; empty where no glasses are taken off.
    """
    rests = np.zeros(target_mask.shape, bool)
    glasses = target_mask == _GLASSES
    if glasses.sum() < _LEAST or (source_mask[glasses] == _GLASSES).any():
        return rests
    kept = target_mask == source_mask
    near = cv2.dilate(glasses.astype(np.uint8), disk(_RIM)) > 0
    rests |= near & find_labels(target_mask, _BROWS) & kept
    nose = np.nonzero((target_mask == _NOSE).any(axis=0))[0]
    if not len(nose):
        return rests
    hull = cv2.convexHull(cv2.findNonZero(glasses.astype(np.uint8)))
    inside = cv2.fillConvexPoly(np.zeros(glasses.shape, np.uint8), hull, 1) > 0
    lowest = int(np.quantile(np.nonzero(glasses)[0], _DOWN_TO))
    upper = np.s_[:lowest, max(0, nose[0] - _BESIDE) : nose[-1] + 1 + _BESIDE]
    rests[upper] |= (inside & find_labels(target_mask, _GROUND) & kept)[upper]
    return rests
