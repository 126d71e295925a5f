"""Brush and eraser: gap-free strokes with a cursor that is the brush's true outline."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QTransform

from maskgan_studio.app.canvas.rendering import draw_outline
from maskgan_studio.app.tools.base import Point, PointerEvent, Tool
from maskgan_studio.labels import UNSET

#: Below this diameter on the screen the outline is too small to aim with, and a cross is shown as well.
_SMALLEST_OUTLINE = 6.0


class BrushTool(Tool):
    """Paints the active part. Shift and a click draw a straight line from where the last stroke ended."""

    name = "brush"
    settings: tuple[str, ...] = ("size", "pressure", "only_over", "symmetry")
    cursor = Qt.CursorShape.BlankCursor
    title = "Brush"
    label: int | None = None

    def __init__(self, workspace) -> None:
        super().__init__(workspace)
        self._last: Point | None = None

    def press(self, event: PointerEvent) -> None:
        """Put the brush down."""
        width = self.workspace.options.width(event.pressure)
        if event.shift and self._last is not None:
            self.session.begin_stroke(self.title, self._last, width, self.label)
            self.session.extend_stroke(event.point, width)
        else:
            self.session.begin_stroke(self.title, event.point, width, self.label)
        self._last = event.point

    def move(self, event: PointerEvent) -> None:
        """Drag the brush."""
        self.session.extend_stroke(event.point, self.workspace.options.width(event.pressure))
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
        diameter = max(_SMALLEST_OUTLINE * 2, self.workspace.options.size * to_screen.m11())
        box = QRectF(0, 0, diameter, diameter)
        box.moveCenter(to_screen.map(point))
        return box

    def paint(self, painter: QPainter, to_screen: QTransform, point: QPointF | None) -> None:
        """The brush's true outline, doubled light and dark."""
        if point is None:
            return
        center = to_screen.map(point)
        radius = self.workspace.options.size * to_screen.m11() / 2
        path = QPainterPath()
        path.addEllipse(center, radius, radius)
        if 2 * radius < _SMALLEST_OUTLINE:
            arm = _SMALLEST_OUTLINE
            for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
                path.moveTo(center + QPointF(dx * arm / 2, dy * arm / 2))
                path.lineTo(center + QPointF(dx * arm, dy * arm))
        draw_outline(painter, path)


class EraserTool(BrushTool):
    """Erases from the active layer, so that the layers below show through."""

    name = "eraser"
    title = "Eraser"
    label = UNSET
    settings = ("size", "pressure", "symmetry")
