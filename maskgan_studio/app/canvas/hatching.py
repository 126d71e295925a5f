"""Hatching over a part of the mask."""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np
from PySide6.QtGui import QImage

# Doubtful pixels are hatched finer than the crop, so that the lines are smooth.
_FINER = 2
_WHITE, _BLACK, _CLEAR = 0xFFFFFFFF, 0xFF000000, 0
# Premultiplied ARGB of one diagonal after the other: white lines with a dark side; lines on a light blue veil.
_DOUBTFUL = (_WHITE,) * 5 + (_BLACK,) * 4 + (_CLEAR,) * 7
_FROZEN = (0xE6C8DCE6,) * 2 + (0x66335566,) * 6


def draw_doubtful(pixels: np.ndarray) -> QImage:
    """Draw slanting white lines with a dark side, which show on anything, and an outline.

    Args:
        pixels: bool (H, W), what is hatched.

    Returns:
        an image with transparency, twice as wide and high.
    """
    covered = cv2.resize(pixels.astype(np.uint8), None, fx=_FINER, fy=_FINER, interpolation=cv2.INTER_NEAREST)
    rim = covered != cv2.erode(covered, np.ones((3, 3), np.uint8), borderValue=0)
    image = _slanting(_DOUBTFUL, covered.shape) * covered
    image[rim] = _WHITE
    return _to_qimage(image)


def draw_frozen(pixels: np.ndarray) -> QImage:
    """Draw a light blue veil with stripes over pixels bool (H, W), an image of their size with transparency."""
    return _to_qimage(_slanting(_FROZEN, pixels.shape) * pixels)


@lru_cache(maxsize=2)
def _slanting(colors: tuple[int, ...], shape: tuple[int, ...]) -> np.ndarray:
    """Diagonals that have these colours by turns, uint32 (H, W); made once, as a canvas draws them at every stroke."""
    height, width = shape
    stripes = np.array(colors, np.uint32)[np.add.outer(np.arange(height), np.arange(width)) % len(colors)]
    stripes.setflags(write=False)
    return stripes


def _to_qimage(image: np.ndarray) -> QImage:
    height, width = image.shape
    return QImage(image.data, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied).copy()
