"""Shapes that masks are grown by, and the curve that weights fall along."""

from __future__ import annotations

import cv2
import numpy as np

__all__ = ["disk", "smoothstep"]


def disk(radius: int) -> np.ndarray:
    """Return a round structuring element."""
    return cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * radius + 1, 2 * radius + 1))


def smoothstep(x: np.ndarray) -> np.ndarray:
    """Rise from 0 at 0 to 1 at 1 with level ends; float32."""
    x = np.clip(x, 0, 1)
    return np.asarray((x * x * (3 - 2 * x)).astype(np.float32))
