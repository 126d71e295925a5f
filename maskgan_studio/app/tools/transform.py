"""Move, scale and turn parts by a frame with handles."""

from __future__ import annotations

import math

import cv2
import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QCursor, QPainter, QPainterPath, QPen, QPolygonF, QTransform

from maskgan_studio.app.tools.base import Point, PointerEvent, Tool, Workspace
from maskgan_studio.app.tools.outlines import draw_outline, turning_cursor
from maskgan_studio.app.tools.part_groups import group_of
from maskgan_studio.document.geometry.rect import Rect
from maskgan_studio.document.geometry.regions import SMALL_PARTS, find_near_part, of_parts
from maskgan_studio.document.operations.transform import affine, mirror_moves, transform_groups
from maskgan_studio.labels import FLIP

_HANDLE = 5.0
#: How near a handle or a small part has to be to be taken, on the screen.
_REACH = 10.0
#: The same inside the frame, in its shorter sides.
_INNER_REACH = 0.2
#: A side this long on the screen has a handle of its own.
_LONG_SIDE = 36.0
#: How far around the frame a drag turns it, on the screen.
_TURNING_REACH = 36.0
#: A press that moves no further is a click.
_CLICK = 3.0


class TransformTool(Tool):
    """Click a part to take it, Shift and a click for one more; drag inside to move, a handle to scale, outside to turn.

    Return or another tool keeps the change, Escape takes it back. While Shift is held a corner keeps the proportions.
    """

    name = "transform"
    settings = ("takes", "accept", "symmetry")
    cursor: Qt.CursorShape | QCursor = Qt.CursorShape.ArrowCursor

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._parts: frozenset[int] = frozenset()
        self._takes = workspace.options.takes
        self._box = QRectF()
        self._move = (0.0, 0.0)
        self._scale = (1.0, 1.0)
        self._angle = 0.0
        self._grip = ""
        self._begun = self._is_showing = False
        self._from: Point = (0.0, 0.0)
        self._at_start: tuple[tuple[float, float], tuple[float, float], float] = ((0, 0), (1, 1), 0)
        #: What a click takes, where dragging does something else.
        self._clicked: int | None = None

    @property
    def parts(self) -> frozenset[int]:
        """The classes in the frame."""
        return self._parts

    def activate(self) -> None:
        """Take the active part."""
        if self.workspace.session is not None:
            self._take(group_of(self.session.active_part, self.workspace.options.takes))

    def reset(self) -> None:
        """Let the parts go."""
        self._parts, self._begun, self._grip = frozenset(), False, ""

    def follow_mask(self) -> None:
        """Put the frame around the parts where undo, or whatever else, has put them."""
        if self._parts and not self._is_showing:
            self._take(self._parts)

    def follow_options(self) -> None:
        """Take what belongs to the part as well, or no longer."""
        before, self._takes = self._takes, self.workspace.options.takes
        if self._parts and before != self._takes and not self._begun:
            part = self.session.active_part
            self._take(group_of(part if part in self._parts else min(self._parts), self._takes))

    def press(self, event: PointerEvent) -> None:
        """Take a handle, the inside or the outside of the frame, or another part."""
        self._clicked = None
        self._grip = self._grip_at(event)
        self._from = event.point
        if not self._grip.startswith("scale"):
            if event.shift:
                self._grip = ""
                self._toggle(self._part_at(event, _REACH))
            elif not self._begun:
                self._choose(event)
        self._at_start = (self._move, self._scale, self._angle)

    def _choose(self, event: PointerEvent) -> None:
        """Take the part that is pressed, where that is not the frame that is pressed."""
        exact, near = self._part_at(event, 0), self._part_at(event, _REACH)
        part: int | None = None
        if self._grip == "move":
            # What lies in the frame of skin or hair is aimed at as it is without a frame, beside small parts the frame.
            aimed = near if self._parts.isdisjoint(SMALL_PARTS) else exact
            is_inside = aimed in self._parts or not (aimed in SMALL_PARTS or self._parts.isdisjoint(SMALL_PARTS))
            part = None if is_inside else aimed
        elif self._grip == "turn" and near is not None and near not in self._parts and exact not in SMALL_PARTS:
            self._clicked = near
        elif near not in self._parts:
            part = near
        if part is not None:
            self._take(group_of(part, self._takes))
            self._grip = "move"

    def _part_at(self, event: PointerEvent, reach: float) -> int | None:
        return find_near_part(self.session.stack.composite(), event.point, reach / event.scale)

    def _toggle(self, part: int | None) -> None:
        """Take one more part, or let it go again."""
        if part is None:
            return
        if self._begun:
            self._is_showing = True
            try:
                self.session.finish_edit()
            finally:
                self._is_showing = False
        group = group_of(part, self._takes)
        self._take(self._parts - group if group <= self._parts else self._parts | group)

    def move(self, event: PointerEvent) -> None:
        """Change the frame and preview the parts."""
        if not self._parts or not self._grip:
            return
        (dx, dy), (sx, sy), angle = self._at_start
        pivot = self._box.center()
        if self._clicked is not None:
            if math.dist(event.point, self._from) * event.scale <= _CLICK:
                return
            self._clicked = None
        if self._grip == "move":
            self._move = (dx + event.point[0] - self._from[0], dy + event.point[1] - self._from[1])
        elif self._grip == "turn":
            self._angle = angle + math.degrees(
                _direction(event.point, pivot, self._move) - _direction(self._from, pivot, self._move)
            )
        else:
            here, start = self._unturned(event.point), self._unturned(self._from)
            factors = [h / s if abs(s) > 1 else 1.0 for h, s in zip(here, start, strict=True)]
            if self._grip == "scale x":
                factors[1] = 1.0
            elif self._grip == "scale y":
                factors[0] = 1.0
            elif event.shift:
                factors = [max(factors, key=abs)] * 2
            self._scale = (_sized(sx * factors[0]), _sized(sy * factors[1]))
        self._show()

    def release(self, event: PointerEvent) -> None:
        """A click beside the frame takes what was clicked."""
        part, self._clicked = self._clicked, None
        if part is not None:
            self._take(group_of(part, self.workspace.options.takes))

    def hover(self, event: PointerEvent) -> None:
        """Show what a drag would do."""
        grip = self._grip_at(event)
        if grip == "move":
            self.cursor = Qt.CursorShape.SizeAllCursor
        elif grip == "turn":
            self.cursor = turning_cursor()
        else:
            self.cursor = Qt.CursorShape.PointingHandCursor if grip else Qt.CursorShape.ArrowCursor

    def accept(self) -> None:
        """Keep the change, and let the parts go."""
        if self.workspace.session is not None:
            self._parts = frozenset()
            self.session.finish_edit()
            self._take(frozenset())

    def cancel(self) -> None:
        """Take the change back; where nothing was begun, let the parts go."""
        if self.workspace.session is not None:
            parts = self._parts if self._begun else frozenset()
            self.session.cancel_edit()
            self._take(parts)

    def paint(self, painter: QPainter, to_screen: QTransform, point: QPointF | None) -> None:
        """The frame with its handles, and with symmetry the frame of the other side."""
        if not self._parts:
            return
        frame, axis = self._frame(), self.session.axis
        if axis is not None and not self._is_paired:
            mirrored = QPolygonF([QPointF(*axis.mirror((place.x(), place.y()))) for place in _corners(frame)])
            draw_outline(painter, _closed(to_screen.map(mirrored)))
        frame = to_screen.map(frame)
        draw_outline(painter, _closed(frame))
        painter.setPen(QPen(QColor(0, 0, 0, 200), 1))
        painter.setBrush(QColor(255, 255, 255))
        for place in _handles(frame, 1.0).values():
            painter.drawRect(QRectF(place.x() - _HANDLE, place.y() - _HANDLE, 2 * _HANDLE, 2 * _HANDLE))

    @property
    def _is_paired(self) -> bool:
        """Whether the parts are their own mirror image: symmetry keeps them so."""
        return all(FLIP[part] in self._parts for part in self._parts)

    def _take(self, parts: frozenset[int]) -> None:
        self._move, self._scale, self._angle = (0.0, 0.0), (1.0, 1.0), 0.0
        self._begun = False
        seen = self.session.stack.composite()
        self._parts = frozenset(part for part in parts if (seen == part).any())
        rect = Rect.around(of_parts(seen, self._parts))
        self._box = QRectF() if rect is None else QRectF(rect.left, rect.top, rect.width, rect.height)
        self.workspace.update_crop()

    def _show(self) -> None:
        session = self.session
        self._is_showing = True
        try:
            if not self._begun:
                session.begin_edit("Transform")
                self._begun = True
            moves = self._moves()
            session.preview(
                lambda: transform_groups(session.stack, session.active_layer, moves, constraints=session.constraints)
            )
        finally:
            self._is_showing = False
        self.workspace.update_crop()

    def _moves(self) -> list[tuple[frozenset[int], np.ndarray]]:
        """What moves how."""
        axis, center = self.session.axis, self._box.center()
        matrix = affine((center.x(), center.y()), self._move, self._scale, self._angle)
        if axis is None:
            return [(self._parts, matrix)]
        return mirror_moves(self._parts, matrix, affine((center.x(), center.y()), self._move, self._scale), axis)

    def _frame(self) -> QPolygonF:
        (a, c, e), (b, d, f) = self._moves()[-1][1].tolist()
        return QTransform(a, b, c, d, e, f).map(QPolygonF(self._box))

    def _grip_at(self, event: PointerEvent) -> str:
        """What a press takes of the frame: "scale", "scale x", "scale y", "move", "turn", or nothing."""
        if not self._parts:
            return ""
        frame, (x, y) = self._frame(), event.point
        corners = np.array([place.toTuple() for place in _corners(frame)], np.float32)
        outside = -cv2.pointPolygonTest(corners, event.point, True) * event.scale
        # Of a small frame most is left to be moved by.
        reach = _REACH if outside > 0 else min(_REACH, _INNER_REACH * event.scale * min(_sides(frame)))
        for number, place in _handles(frame, event.scale).items():
            if max(abs(place.x() - x), abs(place.y() - y)) * event.scale <= reach:
                return "scale" if number < 4 else ("scale y", "scale x")[number % 2]
        if outside <= 0:
            return "move"
        return "turn" if self._begun or outside <= _TURNING_REACH else ""

    def _unturned(self, point: Point) -> tuple[float, float]:
        """Where a point lies seen from the frame's middle, along the frame's own directions."""
        center = self._box.center()
        x, y = point[0] - center.x() - self._move[0], point[1] - center.y() - self._move[1]
        angle = math.radians(self._angle)
        return x * math.cos(angle) + y * math.sin(angle), -x * math.sin(angle) + y * math.cos(angle)


def _corners(frame: QPolygonF) -> list[QPointF]:
    return [frame.at(number) for number in range(4)]


def _sides(frame: QPolygonF) -> list[float]:
    corners = _corners(frame)
    return [QLineF(corner, corners[(number + 1) % 4]).length() for number, corner in enumerate(corners)]


def _handles(frame: QPolygonF, scale: float) -> dict[int, QPointF]:
    """The corners, 0 to 3, and from 4 on the middles of the sides that follow them, where they are long enough."""
    corners = _corners(frame)
    handles = dict(enumerate(corners))
    for number, length in enumerate(_sides(frame)):
        if length * scale >= _LONG_SIDE:
            handles[4 + number] = (corners[number] + corners[(number + 1) % 4]) / 2
    return handles


def _closed(frame: QPolygonF) -> QPainterPath:
    path = QPainterPath()
    path.addPolygon(frame)
    path.closeSubpath()
    return path


def _direction(point: Point, pivot: QPointF, move: tuple[float, float]) -> float:
    return math.atan2(point[1] - pivot.y() - move[1], point[0] - pivot.x() - move[0])


def _sized(factor: float) -> float:
    """Keep a scale away from nothing, on either side of the mirror."""
    return math.copysign(max(0.05, abs(factor)), factor)
