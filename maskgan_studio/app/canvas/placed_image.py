"""Images that stay sharp and cheap to draw at every zoom."""

from __future__ import annotations

import math

import cv2
import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter, QTransform

from maskgan_studio.app.common.images import shared_qimage, to_qimage, to_translucent_qimage

# Images from so many pixels on are drawn from the array itself: a copy in Qt's own format would take more than that.
_LARGE = 4_000_000
#: Scale from which an image shows its pixels as squares instead of smoothing them.
PIXELATED_SCALE = 6.0
# An image this close to one pixel per pixel is drawn so; over ten thousand pixels it makes a pixel.
_SAME = 1e-4


class PlacedImage:
    """An image of any size placed in the crop's coordinates.

    Args:
        pixels: uint8 (H, W, 3) RGB, or (H, W, 4) RGBA, premultiplied; not to be changed afterwards.
        placement: (2, 3) matrix from the image's points to the crop's, with pixel centres at whole numbers as in
            OpenCV; None for an image that covers the crop exactly.
        size: width and height of the crop.
    """

    def __init__(self, pixels: np.ndarray, placement: np.ndarray | None = None, size: int = 512) -> None:
        self._pixels = np.ascontiguousarray(pixels)
        large = pixels.shape[0] * pixels.shape[1] >= _LARGE and pixels.shape[2] == 3
        self._full = shared_qimage(self._pixels) if large else _qimage(self._pixels)
        self._halved: dict[int, QImage] = {}  # by how often
        if placement is None:
            height, width = pixels.shape[:2]
            self._transform = QTransform.fromScale(size / width, size / height)
        else:
            (a, c, e), (b, d, f) = placement.tolist()
            # From pixel centres at whole numbers to corners at whole numbers, on both sides.
            centred = QTransform(a, b, c, d, e, f)
            self._transform = QTransform.fromTranslate(-0.5, -0.5) * centred * QTransform.fromTranslate(0.5, 0.5)

        self._to_image, _ = self._transform.inverted()
        self._covered = QRectF(self._full.rect()).adjusted(-_SAME, -_SAME, _SAME, _SAME)

    @property
    def scale(self) -> float:
        """Pixels of the image per pixel of the crop."""
        return 1 / math.hypot(self._transform.m11(), self._transform.m12())

    @property
    def bounds(self) -> QRectF:
        """The rectangle of the crop's coordinates that holds the image."""
        return self._transform.mapRect(QRectF(self._full.rect()))

    def covers(self, rect: QRectF) -> bool:
        """Whether all of a rectangle of the crop's coordinates shows this image."""
        return self._covered.contains(self._to_image.mapRect(rect))

    def draw(self, painter: QPainter, to_screen: QTransform) -> None:
        """Draw with a painter whose clip says what is needed; ``to_screen`` maps crop to screen."""
        whole = self._transform * to_screen
        scale = math.hypot(whole.m11(), whole.m12()) * painter.device().devicePixelRatioF()
        level = self._level_for(scale)
        full, image = self._full, level
        step = QTransform.fromScale(full.width() / image.width(), full.height() / image.height())
        painter.save()
        painter.setTransform(_snapped(step * whole, painter.device().devicePixelRatioF()))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, scale < PIXELATED_SCALE)
        painter.drawImage(0, 0, image)
        painter.restore()

    def _level_for(self, scale: float) -> QImage:
        """Halve the image until drawing it shrinks by less than two: bilinear sampling would alias beyond."""
        halvings = 0
        while scale < 0.5 and min(self._full.width(), self._full.height()) >> (halvings + 1) >= 64:
            scale *= 2
            halvings += 1
        if halvings and halvings not in self._halved:
            smaller = self._pixels
            for _ in range(halvings):
                size = (smaller.shape[1] // 2, smaller.shape[0] // 2)
                smaller = cv2.resize(smaller, size, interpolation=cv2.INTER_AREA)
            self._halved[halvings] = _qimage(smaller)
        return self._halved[halvings] if halvings else self._full


def _qimage(pixels: np.ndarray) -> QImage:
    return to_qimage(pixels) if pixels.shape[2] == 3 else to_translucent_qimage(pixels)


def _snapped(whole: QTransform, ratio: float) -> QTransform:
    """A map of pixels one to one puts them onto the screen's own: between two of them each would be blurred."""
    unchanged = max(abs(whole.m11() * ratio - 1), abs(whole.m22() * ratio - 1), abs(whole.m12()), abs(whole.m21()))
    if unchanged > _SAME:
        return whole
    return QTransform(
        1 / ratio,
        0,
        0,
        1 / ratio,
        math.floor(whole.dx() * ratio + 0.5) / ratio,
        math.floor(whole.dy() * ratio + 0.5) / ratio,
    )
