"""The irises' matte: a disc between the lids, without its pupil."""

from __future__ import annotations

import numpy as np

from maskgan_studio.photo.alignment.eye_outline import Lids
from maskgan_studio.photo.kernels import smoothstep
from maskgan_studio.photo.masks.matting import PartMatte
from maskgan_studio.photo.retouching.gaze import iris_weight
from maskgan_studio.photo.retouching.irises import find_irises

__all__ = ["find_iris_matte"]

# In radii: within the first there is only pupil, beyond the second only iris.
_PUPIL, _IRIS = 0.22, 0.42
# Towards its rim an iris is darker: from the first radius on its own colour shows through, at the second this much.
_INNER, _OUTER, _RING = 0.72, 1.0, 0.45


def find_iris_matte(crop: np.ndarray, mask: np.ndarray) -> tuple[PartMatte, np.ndarray]:
    """Find what of a face's eyes is iris.

    Args:
        crop: (S, S, 3) uint8, the photo.
        mask: (S, S) uint8, what it shows.

    Returns:
        its matte, and (S, S) bool, the pixels that are certainly iris: none where none was found.
    """
    x, y = np.meshgrid(np.arange(len(crop), dtype=np.float32), np.arange(len(crop), dtype=np.float32))
    alpha = np.zeros(mask.shape, np.float32)
    for iris in find_irises(crop, mask):
        reach = int(iris.radius) + 4
        around = np.s_[
            max(0, int(iris.y) - reach) : int(iris.y) + reach + 1, max(0, int(iris.x) - reach) : int(iris.x) + reach + 1
        ]
        points = np.dstack([x[around], y[around]])
        away = np.hypot(points[..., 0] - np.float32(iris.x), points[..., 1] - np.float32(iris.y)) / iris.radius
        pupil = smoothstep((_IRIS - away) / (_IRIS - _PUPIL))
        weight = iris_weight(points, iris.x, iris.y, iris.radius) * Lids(iris.opening).weight(points)
        ring = _RING * smoothstep((away - _INNER) / (_OUTER - _INNER))
        alpha[around] = np.maximum(alpha[around], weight * (1 - pupil) * (1 - ring))
    return PartMatte.of_shape(alpha), alpha > 0.9
