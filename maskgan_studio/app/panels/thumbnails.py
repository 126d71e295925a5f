"""Small images of label maps and photos."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QImage, QPixmap

from maskgan_studio.app.common.images import to_qimage
from maskgan_studio.labels import UNSET


def mask_icon(labels: np.ndarray, palette: np.ndarray, side: int) -> QIcon:
    """Return a label map uint8 (H, W) as an image ``side`` pixels wide; unset pixels are transparent.

    Args:
        labels: with ``UNSET`` allowed.
        palette: uint8 (19, 3).
        side: width and height of the icon.
    """
    step = max(1, labels.shape[0] // (2 * side))
    small = labels[::step, ::step]
    table = np.zeros((256, 4), np.uint8)
    table[: len(palette), :3] = palette
    table[: len(palette), 3] = 255
    table[UNSET, 3] = 0
    pixels = np.ascontiguousarray(table[small])
    height, width = small.shape
    image = QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGBA8888)
    pixmap = QPixmap.fromImage(image).scaled(
        QSize(side, side), Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    return QIcon(pixmap)


def photo_icon(pixels: np.ndarray, side: int, ratio: float) -> QIcon:
    """Return a photo uint8 (h, w, 3) as an image ``side`` pixels wide, sharp on a screen of this pixel ratio."""
    how = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    return QIcon(QPixmap.fromImage(to_qimage(pixels)).scaled(QSize(side, side) * ratio, *how))
