"""Tab on the canvas: held it shows the original, and a tap goes on to the next control, as everywhere."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QTimer
from PySide6.QtGui import QKeyEvent

from maskgan_studio.app.canvas.viewport import Viewport

#: What is let go sooner is a tap, in milliseconds.
_TAP_MS = 250
#: A key that repeats itself is let go and pressed again; on a busy machine Qt does not always see that it repeats.
_REPEAT_MS = 80


class OriginalKey:
    """Follows one key of the canvas."""

    def __init__(self, canvas: Viewport) -> None:
        self._canvas = canvas
        self._held = QElapsedTimer()
        self._was_tapped = False
        self._let_go = QTimer(singleShot=True, interval=_REPEAT_MS)
        self._let_go.timeout.connect(self._end)

    def press(self, event: QKeyEvent) -> None:
        """It went down, or repeats itself."""
        if self._let_go.isActive():
            self._let_go.stop()
        elif not event.isAutoRepeat():
            self._canvas.show_original(True)
            self._held.start()

    def release(self) -> None:
        """It went up, for good unless it goes down at once."""
        self._was_tapped = self._held.isValid() and self._held.elapsed() < _TAP_MS
        self._let_go.start()

    def _end(self) -> None:
        self._canvas.show_original(False)
        self._held.invalidate()
        if self._was_tapped:
            self._canvas.leave_forwards()
