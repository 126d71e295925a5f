"""Where two images differ: results are kept and shown as no more than that."""

from __future__ import annotations

import cv2
import numpy as np

__all__ = ["cut_out_changed", "find_changed"]


def find_changed(before: np.ndarray, after: np.ndarray) -> tuple[slice, slice]:
    """Rows and columns of all that differs between two images uint8 (H, W, 3); empty where nothing does."""
    planes = before.shape[2]
    x, top, width, height = cv2.boundingRect(np.asarray(cv2.absdiff(before, after)).reshape(len(before), -1))
    return slice(top, top + height), slice(x // planes, -(-(x + width) // planes))


def cut_out_changed(before: np.ndarray, after: np.ndarray) -> np.ndarray:
    """The second of two images uint8 (h, w, 3) without what is as in the first, uint8 (h, w, 4) RGBA, premultiplied."""
    if not after.size:
        return np.zeros((*after.shape[:2], 4), np.uint8)
    red, green, blue = cv2.split(cv2.absdiff(before, after))
    shown = np.asarray(cv2.threshold(cv2.max(cv2.max(red, green), blue), 0, 255, cv2.THRESH_BINARY)[1])
    return np.dstack([cv2.copyTo(after, shown), shown])
