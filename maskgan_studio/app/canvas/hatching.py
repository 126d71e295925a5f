"""Hatching over a part of the mask."""

from __future__ import annotations

import cv2
import numpy as np
from PySide6.QtGui import QImage

# Finer than the crop, so that the lines are smooth; period and width of a line in these pixels.
_FINER = 2
_PERIOD, _WIDTH = 16, 5
_WHITE, _BLACK = 0xFFFFFFFF, 0xFF000000


def draw_hatching(pixels: np.ndarray) -> QImage:
    """Draw slanting white lines with a dark side, which show on anything, and an outline.

    Args:
        pixels: bool (H, W), what is hatched.

    Returns:
        an image with transparency, twice as wide and high.
    """
    covered = np.repeat(np.repeat(pixels, _FINER, axis=0), _FINER, axis=1)
    y, x = np.indices(covered.shape, np.int32)
    phase = (x + y) % _PERIOD
    rim = covered & (cv2.erode(covered.astype(np.uint8), np.ones((3, 3), np.uint8), borderValue=0) == 0)
    image = np.zeros(covered.shape, np.uint32)
    image[covered & (phase < _WIDTH)] = _WHITE
    image[covered & (phase >= _WIDTH) & (phase < 2 * _WIDTH - 1)] = _BLACK
    image[rim] = _WHITE
    height, width = covered.shape[0], covered.shape[1]
    return QImage(image.data, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied).copy()
