"""Drags that move what is seen and not what is painted: pan, turn, and the split slider."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt

from maskgan_studio.app.canvas.panes import on_split_line
from maskgan_studio.app.canvas.viewport import Viewport


class ViewDrag:
    """Follows one drag. The middle button or Space pans, Space with Shift turns."""

    def __init__(self, canvas: Viewport) -> None:
        self._canvas = canvas
        self._kind = ""
        self._last = QPointF()

    @property
    def is_panning(self) -> bool:
        """Whether the image is being moved."""
        return self._kind == "pan"

    def press(self, position: QPointF, button: Qt.MouseButton, space: bool, shift: bool) -> bool:
        """Begin, where this press means the view; returns whether it does."""
        is_left, canvas = button == Qt.MouseButton.LeftButton, self._canvas
        if button == Qt.MouseButton.MiddleButton or (is_left and space):
            self._kind = "turn" if space and shift else "pan"
        elif is_left and on_split_line(canvas.scene, QRectF(canvas.rect()), position):
            self._kind = "split"
        else:
            return False
        self._last = position
        return True

    def move(self, position: QPointF) -> bool:
        """Drag on; returns whether the view is dragged."""
        canvas, last, self._last = self._canvas, self._last, position
        if self._kind == "pan":
            canvas.view.pan(position.x() - last.x(), position.y() - last.y())
            canvas.view_changed()
        elif self._kind == "turn":
            middle = canvas.pane_at(position).frame.center()
            canvas.turn_view(_direction(position - middle) - _direction(last - middle))
        elif self._kind == "split":
            canvas.set_split(position.x() / max(1, canvas.width()))
        return bool(self._kind)

    def end(self) -> None:
        """The button was released."""
        self._kind = ""


def _direction(offset: QPointF) -> float:
    """Degrees clockwise from the right."""
    return math.degrees(math.atan2(offset.y(), offset.x()))
