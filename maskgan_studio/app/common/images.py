"""NumPy arrays as QImages, and how large a smaller picture is."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QImage


def to_qimage(pixels: np.ndarray) -> QImage:
    """Return a copy of uint8 (H, W, 3) RGB pixels in the format that QPainter draws fastest."""
    return shared_qimage(np.ascontiguousarray(pixels)).convertToFormat(QImage.Format.Format_RGB32)


def from_qimage(image: QImage) -> np.ndarray:
    """Return the pixels of a QImage as uint8 (H, W, 3) RGB, a copy."""
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).copy()


def to_translucent_qimage(pixels: np.ndarray) -> QImage:
    """Return a copy of uint8 (H, W, 4) RGBA pixels, premultiplied, in the format that QPainter draws fastest."""
    pixels = np.ascontiguousarray(pixels)
    height, width = pixels.shape[:2]
    image = QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGBA8888_Premultiplied)
    return image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)


def shared_qimage(pixels: np.ndarray) -> QImage:
    """Return contiguous uint8 (H, W, 3) RGB pixels as a QImage without a copy; the array has to outlive it."""
    height, width = pixels.shape[:2]
    return QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888)


def fit_size(width: int, height: int, longest: int) -> tuple[int, int]:
    """Width and height of a picture that is made smaller until its longest side has at most so many pixels."""
    share = min(1.0, longest / max(width, height))
    return max(1, round(share * width)), max(1, round(share * height))
