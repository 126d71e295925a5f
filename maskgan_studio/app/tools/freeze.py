"""Freeze brush: what it covers is left alone by all other tools."""

from __future__ import annotations

from PySide6.QtCore import QRectF

from maskgan_studio.app.tools.base import PointerEvent, Workspace
from maskgan_studio.app.tools.brush import BrushTool
from maskgan_studio.document.freezing import FreezeStroke
from maskgan_studio.document.geometry.rect import Rect


class FreezeTool(BrushTool):
    """Freezes what is painted over; Shift, or the option, thaws it again."""

    name = "freeze"
    settings = ("size", "pressure", "freeze", "symmetry")

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._stroke: FreezeStroke | None = None

    def reset(self) -> None:
        """Forget the stroke."""
        self._stroke = None

    def press(self, event: PointerEvent) -> None:
        """Put the brush down."""
        self._stroke = FreezeStroke(self.session, thaws=event.shift != self.workspace.options.thaws)
        self.move(event)

    def move(self, event: PointerEvent) -> None:
        """Drag the brush."""
        if self._stroke is not None:
            self._repaint(self._stroke.extend(event.point, self.workspace.options.width(self.name, event.pressure)))

    def release(self, event: PointerEvent) -> None:
        """Keep the stroke as one step of the history."""
        self.accept()

    def accept(self) -> None:
        """Keep the stroke."""
        stroke, self._stroke = self._stroke, None
        if stroke is not None:
            stroke.finish()

    def cancel(self) -> None:
        """Take the stroke back."""
        stroke, self._stroke = self._stroke, None
        if stroke is not None:
            stroke.cancel()
            self.workspace.update_crop()

    def _repaint(self, rect: Rect | None) -> None:
        if rect is not None:
            self.workspace.update_crop(QRectF(rect.left, rect.top, rect.width, rect.height))
