"""Picker: takes the class under the pointer; dragged while Alt is held, it sizes the brush."""

from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication

from maskgan_studio.app.tools.base import PointerEvent, Tool, Workspace


class PickerTool(Tool):
    """Click: paint with the part under the pointer.

    Args:
        workspace: what is painted on.
        sizes_brush: dragging sideways changes the brush's size instead, as Alt-drag does.
    """

    name = "picker"

    def __init__(self, workspace: Workspace, sizes_brush: bool = False) -> None:
        super().__init__(workspace)
        self._sizes_brush = sizes_brush
        self._start: QPointF | None = None
        self._start_size = 0
        self._dragged = False

    def press(self, event: PointerEvent) -> None:
        """Remember where; what it means shows when the pointer moves or goes up."""
        self._start, self._start_size, self._dragged = event.position, self.workspace.options.size, False

    def move(self, event: PointerEvent) -> None:
        """Size the brush by the distance dragged sideways."""
        if not self._sizes_brush or self._start is None:
            return
        distance = event.position.x() - self._start.x()
        self._dragged |= abs(distance) >= QApplication.startDragDistance()
        if self._dragged:
            self.workspace.options.size = self._start_size + distance / event.scale

    def release(self, event: PointerEvent) -> None:
        """Pick, unless the pointer was dragged."""
        column, row = int(event.point[0] // 1), int(event.point[1] // 1)
        composite = self.session.stack.composite()
        if not self._dragged and 0 <= row < composite.shape[0] and 0 <= column < composite.shape[1]:
            self.workspace.choose_part(int(composite[row, column]))
        self._start = None
