"""Tab on the canvas: held it shows the original, and a tap goes on to the next control, as everywhere."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer
from PySide6.QtGui import QKeyEvent

from maskgan_studio.app.canvas.viewport import Viewport

#: What is let go sooner is a tap, in milliseconds.
_TAP_MS = 250


class OriginalKey:
    """Follows one key of the canvas."""

    def __init__(self, canvas: Viewport) -> None:
        self._canvas = canvas
        self._held = QElapsedTimer()

    def press(self, event: QKeyEvent) -> None:
        """It went down, or repeats itself."""
        if not event.isAutoRepeat():
            self._canvas.show_original(True)
            self._held.start()

    def release(self) -> None:
        """It went up."""
        self._canvas.show_original(False)
        tapped = self._held.isValid() and self._held.elapsed() < _TAP_MS
        self._held.invalidate()
        if tapped:
            self._canvas.leave_forwards()
