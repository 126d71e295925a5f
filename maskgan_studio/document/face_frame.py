"""Where the face lies in a mask, as a similarity that takes a typical face there.

The typical face has the proportions of a CelebA-HQ crop of 512². Parts are drawn in its frame and carried over from
mask to mask through it.
"""

from __future__ import annotations

import cv2
import numpy as np

from ..labels import part_named
from .regions import part_center
from .symmetry import find_axis

__all__ = ["CENTER", "EYE_LEVEL", "SIDE", "face_frame", "inverse", "then"]

#: Width and height of the typical face's frame.
SIDE = 512.0
#: x of its axis and y of its eyes.
CENTER, EYE_LEVEL = 256.0, 245.0

# Centres of the features, (distance from the axis, y): means over the masks of CelebA-HQ.
_PAIRED = {"eye": (64.0, EYE_LEVEL), "brow": (66.0, 212.5)}
_MIDDLE = {("nose",): 296.0, ("mouth", "u_lip", "l_lip"): 382.0}


def face_frame(mask: np.ndarray) -> np.ndarray:
    """Estimate the similarity from the typical face to the face of a mask.

    Args:
        mask: (H, W) uint8; a swap of left and right classes does not matter.

    Returns:
        (2, 3) float64 matrix that takes points of the typical face to pixels as ``coverage`` counts them. With fewer
        than two features to go by it takes the whole frame to the whole mask, which is where crops have the face.
    """
    axis = find_axis(mask)
    typical: list[tuple[float, float]] = []
    actual: list[tuple[float, float]] = []
    for name, (distance, y) in _PAIRED.items():
        for side in "lr":
            center = part_center(mask, [part_named(f"{side}_{name}").index])
            if center is not None:
                typical.append((CENTER + (distance if axis.distance(center) > 0 else -distance), y))
                actual.append(center)
    for names, y in _MIDDLE.items():
        center = part_center(mask, [part_named(name).index for name in names])
        if center is not None:
            typical.append((CENTER, y))
            actual.append(center)
    if len(set(typical)) < 2:
        scale = max(mask.shape) / SIDE
        return np.array([[scale, 0.0, 0.0], [0.0, scale, 0.0]])
    # x' = a x - b y + u, y' = b x + a y + v
    x, y = np.array(typical).T
    ones, zeros = np.ones_like(x), np.zeros_like(x)
    system = np.block([[np.stack([x, -y, ones, zeros], 1)], [np.stack([y, x, zeros, ones], 1)]])
    a, b, u, v = np.linalg.lstsq(system, np.array(actual).T.ravel(), rcond=None)[0]
    return np.array([[a, -b, u], [b, a, v]])


def inverse(matrix: np.ndarray) -> np.ndarray:
    """The (2, 3) affine matrix that undoes another one."""
    return cv2.invertAffineTransform(matrix)


def then(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """The (2, 3) affine matrix that does ``first`` and then ``second``."""
    return second[:, :2] @ first + np.array([[0, 0, 1]]) * second[:, 2:]
