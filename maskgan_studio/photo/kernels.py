"""Shapes that masks are grown by, and the curve that weights fall along."""

from __future__ import annotations

from collections.abc import Iterable

import cv2
import numpy as np

__all__ = ["disk", "find_labels", "smoothstep"]


def disk(radius: int) -> np.ndarray:
    """Return a round structuring element."""
    return cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * radius + 1, 2 * radius + 1))


def find_labels(labels: np.ndarray, wanted: Iterable[int]) -> np.ndarray:
    """Where a label map uint8 (H, W) has one of some labels, bool: as `np.isin`, in a tenth of its time."""
    table = np.zeros(256, np.uint8)
    table[list(wanted)] = 1
    return cv2.LUT(labels, table).view(bool)


def smoothstep(x: np.ndarray) -> np.ndarray:
    """Rise from 0 at 0 to 1 at 1 with level ends; float32."""
    x = np.clip(x, 0, 1)
    return np.asarray((x * x * (3 - 2 * x)).astype(np.float32))
