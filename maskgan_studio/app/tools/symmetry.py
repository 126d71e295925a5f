"""The axis of symmetric painting: shown over the face, and moved to any place and angle."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QTransform

from maskgan_studio.app.tools.base import PointerEvent, Tool, Workspace
from maskgan_studio.document.geometry.symmetry import Axis, find_axis

_HANDLE = 6.0
#: Distance of the turning handle from the axis's own point, in crop pixels.
_ARM = 140.0


class SymmetryTool(Tool):
    """Drag the axis to move it, its lower handle to turn it; a double click finds it again from the face."""

    name = "symmetry"
    settings = ("symmetry",)
    cursor = Qt.CursorShape.ArrowCursor

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._turning = False
        self._grabbed: tuple[float, float] | None = None

    def activate(self) -> None:
        """Choosing the tool switches symmetry on."""
        if self.workspace.session is not None and self.session.axis is None:
            self.session.mirror(find_axis(self.session.stack.composite()))

    def press(self, event: PointerEvent) -> None:
        """Take the axis or its handle."""
        axis = self.session.axis or find_axis(self.session.stack.composite())
        handle_x, handle_y = _handle(axis)
        near = max(abs(event.point[0] - handle_x), abs(event.point[1] - handle_y)) * event.scale
        self._turning = near <= 2 * _HANDLE
        self._grabbed = (event.point[0] - axis.x, event.point[1] - axis.y)
        self.session.mirror(axis)

    def move(self, event: PointerEvent) -> None:
        """Turn or move the axis."""
        axis = self.session.axis
        if axis is None or self._grabbed is None:
            return
        x, y = event.point
        if self._turning:
            angle = float(np.rad2deg(np.arctan2(x - axis.x, y - axis.y)))
            self.session.mirror(replace(axis, angle=angle))
        else:
            self.session.mirror(replace(axis, x=x - self._grabbed[0], y=y - self._grabbed[1]))
        self.workspace.update_crop()

    def double_click(self, event: PointerEvent) -> None:
        """Find the axis from the face."""
        self._grabbed = None
        self.session.mirror(find_axis(self.session.stack.composite()))
        self.workspace.update_crop()

    def paint(self, painter: QPainter, to_screen: QTransform, point: QPointF | None) -> None:
        """The handles; the line itself shows with every tool."""
        axis = self.session.axis
        if axis is not None:
            painter.setPen(QPen(QColor(0, 0, 0, 200), 1))
            painter.setBrush(QColor(255, 255, 255))
            for x, y in ((axis.x, axis.y), _handle(axis)):
                painter.drawEllipse(to_screen.map(QPointF(x, y)), _HANDLE, _HANDLE)


def draw_axis(painter: QPainter, to_screen: QTransform, axis: Axis) -> None:
    """Draw the axis as a long dashed line, dark and light."""
    radians = np.deg2rad(axis.angle)
    along = QPointF(float(np.sin(radians)), float(np.cos(radians))) * 2000
    path = QPainterPath(to_screen.map(QPointF(axis.x, axis.y) - along))
    path.lineTo(to_screen.map(QPointF(axis.x, axis.y) + along))
    painter.setPen(QPen(QColor(0, 0, 0, 120), 1))
    painter.drawPath(path)
    painter.setPen(QPen(QColor(255, 255, 255, 200), 1, Qt.PenStyle.DashLine))
    painter.drawPath(path)


def _handle(axis: Axis) -> tuple[float, float]:
    radians = np.deg2rad(axis.angle)
    return axis.x + _ARM * float(np.sin(radians)), axis.y + _ARM * float(np.cos(radians))
