"""Freehand warp: drag to pull the mask along."""

from __future__ import annotations

from maskgan_studio.app.tools.base import PointerEvent
from maskgan_studio.app.tools.brush import BrushTool
from maskgan_studio.document.operations.transform import Warp


class WarpTool(BrushTool):
    """Pulls the parts under the brush along; nothing outside the circle moves. Symmetry pulls the other side too."""

    name = "warp"
    title = "Warp"
    settings = ("size", "symmetry")

    def __init__(self, workspace) -> None:
        super().__init__(workspace)
        self._warp: Warp | None = None

    def press(self, event: PointerEvent) -> None:
        """Begin to pull."""
        session = self.session
        session.begin_edit(self.title)
        self._warp = Warp(session.stack, session.active_layer, session.constraints)
        self._last = event.point

    def move(self, event: PointerEvent) -> None:
        """Pull."""
        if self._warp is not None and self._last is not None:
            size, axis = float(self.workspace.options.size_of(self.name)), self.session.axis
            self._warp.drag(self._last, event.point, size)
            if axis is not None:
                self._warp.drag(axis.mirror(self._last), axis.mirror(event.point), size)
            self._last = event.point
            self.session.preview(self._warp.patch)

    def reset(self) -> None:
        """Let go."""
        self._warp = None

    def release(self, event: PointerEvent) -> None:
        """Keep what was pulled."""
        self._warp = None
        self.session.finish_edit()

    def cancel(self) -> None:
        """Take the pull back."""
        self._warp = None
        super().cancel()
