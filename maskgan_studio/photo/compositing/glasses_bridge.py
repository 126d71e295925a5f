"""The bridge of glasses that are taken off: the mask often calls it nose or skin, and it would stay on the nose."""

from __future__ import annotations

import cv2
import numpy as np

from maskgan_studio.labels import part_named
from maskgan_studio.photo.kernels import find_labels

__all__ = ["find_glasses_bridge"]

_GLASSES, _NOSE = part_named("eye_g").index, part_named("nose").index
_GROUND = [_NOSE, part_named("skin").index]
_LEAST = 300  # pixels of glasses
_DOWN_TO = 0.7  # share of the glasses that lies above
_BESIDE = 8  # pixels beside the nose, of the 512² crop


def find_glasses_bridge(target_mask: np.ndarray, source_mask: np.ndarray) -> np.ndarray:
    """Find where bridge and pads of removed glasses can lie: on the nose, between the lenses but for their lower part.

    Args:
        target_mask, source_mask: (S, S) uint8, the photo's own mask and the edited one.

    Returns:
        (S, S) bool; empty where no glasses are taken off, or no nose is seen.
    """
    bridge = np.zeros(target_mask.shape, bool)
    glasses = target_mask == _GLASSES
    nose = np.nonzero((target_mask == _NOSE).any(axis=0))[0]
    if glasses.sum() < _LEAST or (source_mask[glasses] == _GLASSES).any() or not len(nose):
        return bridge
    hull = cv2.convexHull(cv2.findNonZero(glasses.astype(np.uint8)))
    inside = cv2.fillConvexPoly(np.zeros(glasses.shape, np.uint8), hull, 1) > 0
    lowest = int(np.quantile(np.nonzero(glasses)[0], _DOWN_TO))
    upper = np.s_[:lowest, max(0, nose[0] - _BESIDE) : nose[-1] + 1 + _BESIDE]
    ground = find_labels(target_mask, _GROUND) & (target_mask == source_mask)
    bridge[upper] = (inside & ground)[upper]
    return bridge
