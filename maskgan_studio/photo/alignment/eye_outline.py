"""The outlines of an eye's opening as smooth curves."""

from __future__ import annotations

import cv2
import numpy as np

from maskgan_studio.photo.kernels import smoothstep

__all__ = ["Lids", "fit_lids"]

# Pixels of the 512² crop: what stays of the photo beside the upper lid with its lashes, and beside the lower one, whose
# mask ends a little too early.
_UPPER, _LOWER, _LOWER_BEYOND, _CORNER = 2.5, 1.5, 0.8, 2.0
_BESIDE = 10


def fit_lids(inside: np.ndarray, columns: np.ndarray, beside: float) -> tuple[np.ndarray, np.ndarray]:
    """Rows of the upper and the lower rim of an eye.

    Args:
        inside: (S, S) bool, the opening, which is not empty.
        columns: (n,) where the rims are wanted.
        beside: over how many columns beside the eye both rims come to run along its axis.

    Returns:
        (n,) float64 each, the upper one never below the lower one.
    """
    there = np.flatnonzero(inside.any(axis=0))
    left, right = int(there[0]), int(there[-1])
    first = inside[:, there].argmax(axis=0).astype(float)
    last = len(inside) - 1 - inside[::-1, there].argmax(axis=0).astype(float)
    middle = np.polyval(np.polyfit(there, (first + last) / 2, min(1, len(there) - 1)), columns)
    curves = []
    for rim in (first, last):
        curve = np.polyval(np.polyfit(there, rim, min(4, len(there) - 1)), columns)
        away = np.maximum(left - columns, columns - right).clip(0, None) / beside
        curves.append(curve * (away == 0) + middle * (away > 0))
    upper, lower = (cv2.GaussianBlur(curve[None], (0, 0), 2.5)[0] for curve in curves)
    return np.minimum(upper, lower), np.maximum(upper, lower)


class Lids:
    """The opening of an eye between its lids.

    Args:
        inside: (S, S) bool, the opening, which is not empty.
    """

    def __init__(self, inside: np.ndarray) -> None:
        there = np.flatnonzero(inside.any(axis=0))
        self.first, self.last = int(there[0]), int(there[-1])
        upper, lower = fit_lids(inside, np.arange(self.first, self.last + 1), _BESIDE)
        self.upper = upper.astype(np.float32)
        self.lower = np.maximum(lower, upper + 2).astype(np.float32)

    def weight(self, points: np.ndarray) -> np.ndarray:
        """How far (h, w, 2) points of the crop lie between the lids, from 0 at these to 1, float32."""
        x, y = points[..., 0], points[..., 1]
        upper, lower = self._rims(x)
        corner = np.minimum(x - np.float32(self.first), np.float32(self.last) - x) + 1
        return np.asarray(
            smoothstep((y - upper) / np.float32(_UPPER))
            * smoothstep((lower + np.float32(_LOWER_BEYOND) - y) / np.float32(_LOWER))
            * smoothstep(corner / np.float32(_CORNER))
        )

    def height(self, points: np.ndarray) -> np.ndarray:
        """Where (h, w, 2) points lie between the lids, from 0 at the upper to 1 at the lower one and beyond."""
        upper, lower = self._rims(points[..., 0])
        return np.asarray(np.clip((points[..., 1] - upper) / (lower - upper), 0, 1))

    def _rims(self, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        columns = np.clip(x - np.float32(self.first), 0, self.last - self.first).astype(np.float32)
        rows = np.zeros_like(columns)
        upper, lower = (
            cv2.remap(line[None], columns, rows, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
            for line in (self.upper, self.lower)
        )
        return upper, lower
