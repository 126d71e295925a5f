"""The mask as a translucent tint with crisp outlines, made at the screen's own resolution."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QImage

from maskgan_studio.app.canvas.view import View
from maskgan_studio.labels import BACKGROUND, NUM_CLASSES, color_table

_OUTLINE_ALPHA = 0.9


class MaskOverlay:
    """A buffer of one pane's size in physical pixels that holds the tint, brought up to date by rectangles.

    Sampling the labels at the screen's resolution keeps outlines one pixel thin at any zoom, and makes the cost of a
    dab depend on its own size alone.
    """

    def __init__(self) -> None:
        self._buffer = np.zeros((1, 1), np.uint32)
        self._image = self._wrap()
        self._tint = np.zeros(NUM_CLASSES, np.uint32)
        self._line = np.zeros(NUM_CLASSES, np.uint32)
        self._columns = np.zeros(1, np.intp)
        self._rows = np.zeros(1, np.intp)
        self.set_colors(color_table(), 0.45, frozenset())

    def set_colors(self, colors: np.ndarray, opacity: float, hidden: frozenset[int], bright: int | None = None) -> None:
        """Choose colours uint8 (19, 3), the tint's opacity 0 to 1, the classes not shown, one that is lit up."""
        fill, line = np.full(NUM_CLASSES, opacity), np.full(NUM_CLASSES, _OUTLINE_ALPHA)
        fill[BACKGROUND] = line[BACKGROUND] = 0
        if bright is not None:
            fill[bright], line[bright] = max(0.75, fill[bright]), 1
        fill[list(hidden)] = line[list(hidden)] = 0
        self._tint = _premultiplied(colors, fill)
        # Lines lean towards white: a dark class stays visible on dark hair.
        self._line = _premultiplied(colors * 0.6 + 102.0, line)

    def lay_out(self, view: View, pane: QRectF, ratio: float, size: int) -> None:
        """Take on a pane's size and the view's zoom and pan; everything is stale afterwards."""
        width, height = max(1, round(pane.width() * ratio)), max(1, round(pane.height() * ratio))
        if self._buffer.shape != (height, width):
            self._buffer = np.zeros((height, width), np.uint32)
            self._image = self._wrap()
        left, top = (
            view.center_x - pane.width() / 2 / view.scale,
            view.center_y - pane.height() / 2 / view.scale,
        )
        step = 1 / (view.scale * ratio)
        self._columns = _sample_positions(left, step, width, size)
        self._rows = _sample_positions(top, step, height, size)

    def refresh(self, labels: np.ndarray, crop_rect: QRectF | None = None) -> QRect:
        """Bring a rectangle of the crop up to date, all of it by default.

        Args:
            labels: uint8 (H, W) label map.
            crop_rect: in crop pixels.

        Returns:
            The rectangle of the buffer that changed, in physical pixels relative to the pane.
        """
        everything = crop_rect is None
        if crop_rect is None:
            self._buffer[:] = 0
            crop_rect = QRectF(0, 0, labels.shape[1], labels.shape[0])
        x0, x1 = _span(self._columns, crop_rect.left(), crop_rect.right(), labels.shape[1])
        y0, y1 = _span(self._rows, crop_rect.top(), crop_rect.bottom(), labels.shape[0])
        if x1 <= x0 or y1 <= y0:
            return self._image.rect() if everything else QRect()
        # One sample more on the right and below: the outline of a changed pixel may lie in its neighbour.
        x1 += x1 < len(self._columns) and self._columns[x1] < labels.shape[1]
        y1 += y1 < len(self._rows) and self._rows[y1] < labels.shape[0]
        # One sample more on the left and above, where there is one, to compare with.
        sx, sy = x0 - (x0 > 0 and self._columns[x0 - 1] >= 0), y0 - (y0 > 0 and self._rows[y0 - 1] >= 0)
        rows, columns = self._rows[sy:y1], self._columns[sx:x1]
        sampled = labels.take(rows, axis=0).take(columns, axis=1)
        painted = self._paint(sampled)
        self._buffer[y0:y1, x0:x1] = painted[y0 - sy :, x0 - sx :]
        return self._image.rect() if everything else QRect(x0, y0, x1 - x0, y1 - y0)

    def _paint(self, sampled: np.ndarray) -> np.ndarray:
        """Tint labels, and draw the outline where a pixel differs from its left or upper neighbour."""
        painted = self._tint.take(sampled)
        width, labels, pixels = sampled.shape[1], sampled.ravel(), painted.ravel()
        # Compared as lines, where numpy finds what is true in a fraction of the time.
        for step, in_row in ((1, True), (width, False)):
            edge = np.flatnonzero(labels[step:] != labels[:-step]) + step
            if in_row:
                edge = edge[edge % width != 0]  # a row's first pixel has no left neighbour
            own = labels[edge]
            # The background draws no line of its own: there the line takes the neighbour's colour.
            pixels[edge] = self._line[np.where(own == BACKGROUND, labels[edge - step], own)]
        return painted

    @property
    def image(self) -> QImage:
        """The buffer as a QImage of the pane's size in physical pixels; it shares memory and follows each refresh."""
        return self._image

    def _wrap(self) -> QImage:
        height, width = self._buffer.shape
        return QImage(self._buffer.data, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied)


def _premultiplied(rgb: np.ndarray, alpha: np.ndarray) -> np.ndarray:
    """Return colours (..., 3) of 0 to 255 with opacity (...) of 0 to 1 as QImage stores them, uint32 (...)."""
    channels = np.rint(rgb * alpha[..., None]).astype(np.uint32)
    shifts = np.array([16, 8, 0], np.uint32)
    return (channels << shifts).sum(axis=-1, dtype=np.uint32) | np.rint(255 * alpha).astype(np.uint32) << 24


def _span(positions: np.ndarray, low: float, high: float, size: int) -> tuple[int, int]:
    """Return the screen pixels that show labels of ``low`` to ``high`` (exclusive) within 0 to ``size``."""
    first, last = np.searchsorted(positions, (max(0, math.floor(low)), min(size, math.ceil(high)))).tolist()
    return first, last


def _sample_positions(start: float, step: float, count: int, size: int) -> np.ndarray:
    """Return which label each screen pixel shows: ascending, -1 before the first and ``size`` after the last."""
    positions = np.floor(start + (np.arange(count) + 0.5) * step).astype(np.intp)
    return np.clip(positions, -1, size)
