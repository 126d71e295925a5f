"""Brush and eraser: gap-free strokes with a cursor that is the brush's true outline."""

from __future__ import annotations

import math
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPixmap, QTransform

from maskgan_studio.app.tools.base import Point, PointerEvent, Tool
from maskgan_studio.app.tools.outlines import draw_outline
from maskgan_studio.labels import UNSET

#: Below this diameter on the screen the outline is too small to aim with, and a cross is shown as well.
_SMALLEST_OUTLINE = 6.0
#: Up to this diameter on the screen the outline is drawn once and stamped from then on; stroking a smooth path takes as
#: long as all the rest of a dab's repaint.
_LARGEST_STAMP = 400.0
_STAMP_MARGIN = 8


class BrushTool(Tool):
    """Paints the active part. Shift and a click draw a straight line from where the last stroke ended."""

    name = "brush"
    settings: tuple[str, ...] = ("size", "pressure", "only_over", "outlines", "symmetry")
    cursor = Qt.CursorShape.BlankCursor
    title = "Brush"
    label: int | None = None

    def __init__(self, workspace) -> None:
        super().__init__(workspace)
        self._last: Point | None = None

    def reset(self) -> None:
        """A straight line begins in this document, not in the one before."""
        self._last = None

    def press(self, event: PointerEvent) -> None:
        """Put the brush down."""
        width, fills = self.workspace.options.width(self.name, event.pressure), self.workspace.options.fills_outlines
        if event.shift and self._last is not None:
            self.session.begin_stroke(self.title, self._last, width, self.label, fills)
            self.session.extend_stroke(event.point, width)
        else:
            self.session.begin_stroke(self.title, event.point, width, self.label, fills)
        self._last = event.point

    def move(self, event: PointerEvent) -> None:
        """Drag the brush."""
        self.session.extend_stroke(event.point, self.workspace.options.width(self.name, event.pressure))
        self._last = event.point

    def release(self, event: PointerEvent) -> None:
        """Lift the brush: the stroke becomes one step of the history."""
        self.session.finish_edit()

    def cancel(self) -> None:
        """Take the stroke back."""
        if self.workspace.session is not None:
            self.session.cancel_edit()

    def cursor_bounds(self, to_screen: QTransform, point: QPointF) -> QRectF:
        """The disc's bounding box."""
        diameter = max(_SMALLEST_OUTLINE * 2, self._diameter(to_screen))
        box = QRectF(0, 0, diameter, diameter)
        box.moveCenter(to_screen.map(point))
        return box

    def paint(self, painter: QPainter, to_screen: QTransform, point: QPointF | None) -> None:
        """The brush's true outline, doubled light and dark."""
        if point is None:
            return
        center, diameter = to_screen.map(point), self._diameter(to_screen)
        if diameter > _LARGEST_STAMP:
            draw_outline(painter, _ring(center, diameter))
        else:
            ratio = painter.device().devicePixelRatioF()
            stamp = _stamp(round(diameter * ratio) / ratio, ratio)
            half = stamp.width() / ratio / 2
            painter.drawPixmap(center - QPointF(half, half), stamp)

    def _diameter(self, to_screen: QTransform) -> float:
        """On the screen."""
        return self.workspace.options.size_of(self.name) * math.hypot(to_screen.m11(), to_screen.m12())


class EraserTool(BrushTool):
    """Erases from the active layer, so that the layers below show through."""

    name = "eraser"
    title = "Eraser"
    label = UNSET
    settings = ("size", "pressure", "outlines", "symmetry")


def _ring(center: QPointF, diameter: float) -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(center, diameter / 2, diameter / 2)
    if diameter < _SMALLEST_OUTLINE:
        arm = _SMALLEST_OUTLINE
        for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            path.moveTo(center + QPointF(dx * arm / 2, dy * arm / 2))
            path.lineTo(center + QPointF(dx * arm, dy * arm))
    return path


@lru_cache(maxsize=8)
def _stamp(diameter: float, ratio: float) -> QPixmap:
    """The outline in the middle of a transparent image, for a screen of ``ratio`` physical pixels per pixel."""
    side = max(diameter, 2 * _SMALLEST_OUTLINE) + _STAMP_MARGIN
    pixmap = QPixmap(round(side * ratio), round(side * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    middle = pixmap.width() / ratio / 2
    draw_outline(painter, _ring(QPointF(middle, middle), diameter))
    painter.end()
    return pixmap
