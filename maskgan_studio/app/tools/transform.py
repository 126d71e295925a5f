"""Move, scale and turn a part by a frame with handles."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF, QTransform

from maskgan_studio.app.tools.base import Point, PointerEvent, Tool, Workspace
from maskgan_studio.app.tools.outlines import draw_outline
from maskgan_studio.document.geometry.rect import Rect
from maskgan_studio.document.operations.transform import affine, transform_parts

_HANDLE = 5.0
_REACH = 10.0


class TransformTool(Tool):
    """Click a part to take it; drag inside to move, a corner to scale, outside to turn.

    Return or another tool keeps the change, Escape takes it back. While Shift is held a corner keeps the proportions.
    """

    name = "transform"
    cursor = Qt.CursorShape.ArrowCursor

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._part: int | None = None
        self._box = QRectF()
        self._move = (0.0, 0.0)
        self._scale = (1.0, 1.0)
        self._angle = 0.0
        self._grip = ""
        self._begun = self._is_showing = False
        self._from: Point = (0.0, 0.0)
        self._at_start: tuple[tuple[float, float], tuple[float, float], float] = ((0, 0), (1, 1), 0)

    def activate(self) -> None:
        """Take the active part."""
        if self.workspace.session is not None:
            self._take(self.session.active_part)

    def reset(self) -> None:
        """Let the part go."""
        self._part, self._begun, self._grip = None, False, ""

    def follow_mask(self) -> None:
        """Put the frame around the part where undo, or whatever else, has put it."""
        if self._part is not None and not self._is_showing:
            self._take(self._part)

    def press(self, event: PointerEvent) -> None:
        """Take a handle, the inside or the outside of the frame; a click on another part takes that one."""
        self._grip = self._grip_at(event) if self._part is not None else ""
        if self._grip != "scale" and not self._begun:
            column, row = (int(value // 1) for value in event.point)
            seen = self.session.stack.composite()
            if 0 <= row < seen.shape[0] and 0 <= column < seen.shape[1]:
                if int(seen[row, column]) != self._part:
                    self._take(int(seen[row, column]))
                self._grip = "move"
        self._from = event.point
        self._at_start = (self._move, self._scale, self._angle)

    def move(self, event: PointerEvent) -> None:
        """Change the frame and preview the part."""
        if self._part is None or not self._grip:
            return
        (dx, dy), (sx, sy), angle = self._at_start
        pivot = self._box.center()
        if self._grip == "move":
            self._move = (dx + event.point[0] - self._from[0], dy + event.point[1] - self._from[1])
        elif self._grip == "turn":
            self._angle = angle + math.degrees(
                _direction(event.point, pivot, self._move) - _direction(self._from, pivot, self._move)
            )
        else:
            here, start = self._unturned(event.point), self._unturned(self._from)
            factors = [h / s if abs(s) > 1 else 1.0 for h, s in zip(here, start, strict=True)]
            if event.shift:
                factors = [max(factors, key=abs)] * 2
            self._scale = (_sized(sx * factors[0]), _sized(sy * factors[1]))
        self._show()

    def accept(self) -> None:
        """Keep the change."""
        if self.workspace.session is not None and self._part is not None:
            self.session.finish_edit()
            self._take(self._part)

    def cancel(self) -> None:
        """Take the change back."""
        if self.workspace.session is not None:
            self.session.cancel_edit()
            self._take(self._part)

    def deactivate(self) -> None:
        """Keep the change, let the part go."""
        self.accept()
        self._part = None

    def paint(self, painter: QPainter, to_screen: QTransform, point: QPointF | None) -> None:
        """The frame with its handles."""
        if self._part is None:
            return
        frame = to_screen.map(self._frame())
        path = QPainterPath()
        path.addPolygon(frame)
        path.closeSubpath()
        draw_outline(painter, path)
        painter.setPen(QPen(QColor(0, 0, 0, 200), 1))
        painter.setBrush(QColor(255, 255, 255))
        for corner in _corners(frame):
            painter.drawRect(QRectF(corner.x() - _HANDLE, corner.y() - _HANDLE, 2 * _HANDLE, 2 * _HANDLE))

    def _take(self, part: int | None) -> None:
        self._move, self._scale, self._angle = (0.0, 0.0), (1.0, 1.0), 0.0
        self._begun = False
        rect = None if part is None else Rect.around(self.session.stack.composite() == part)
        self._part = None if rect is None else part
        self._box = QRectF() if rect is None else QRectF(rect.left, rect.top, rect.width, rect.height)
        self.workspace.update_crop()

    def _show(self) -> None:
        session, part = self.session, self._part
        assert part is not None
        self._is_showing = True
        try:
            if not self._begun:
                session.begin_edit("Transform")
                self._begun = True
            matrix = self._matrix()
            session.preview(
                lambda: transform_parts(
                    session.stack, session.active_layer, {part}, matrix, constraints=session.constraints
                )
            )
        finally:
            self._is_showing = False
        self.workspace.update_crop()

    def _matrix(self) -> np.ndarray:
        center = self._box.center()
        return affine((center.x(), center.y()), self._move, self._scale, self._angle)

    def _frame(self) -> QPolygonF:
        (a, c, e), (b, d, f) = self._matrix().tolist()
        return QTransform(a, b, c, d, e, f).map(QPolygonF(self._box))

    def _grip_at(self, event: PointerEvent) -> str:
        frame, place = self._frame(), QPointF(*event.point)
        for corner in _corners(frame):
            if max(abs(corner.x() - place.x()), abs(corner.y() - place.y())) * event.scale <= _REACH:
                return "scale"
        return "move" if frame.containsPoint(place, Qt.FillRule.OddEvenFill) else "turn"

    def _unturned(self, point: Point) -> tuple[float, float]:
        """Where a point lies seen from the frame's middle, along the frame's own directions."""
        center = self._box.center()
        x, y = point[0] - center.x() - self._move[0], point[1] - center.y() - self._move[1]
        angle = math.radians(self._angle)
        return x * math.cos(angle) + y * math.sin(angle), -x * math.sin(angle) + y * math.cos(angle)


def _corners(frame: QPolygonF) -> list[QPointF]:
    return [frame.at(number) for number in range(4)]


def _direction(point: Point, pivot: QPointF, move: tuple[float, float]) -> float:
    return math.atan2(point[1] - pivot.y() - move[1], point[0] - pivot.x() - move[0])


def _sized(factor: float) -> float:
    """Keep a scale away from nothing, on either side of the mirror."""
    return math.copysign(max(0.05, abs(factor)), factor)
