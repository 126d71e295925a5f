"""How far a render is, by the clock."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, QTimer, Signal

_TICK_MS = 60
# What is not there yet is never shown as all but done.
_MOST = 0.95


class RenderProgress(QObject):
    """Tells the share of the expected time that has gone by.

    Signals: ``changed`` (0 to 1, or None when nothing is rendered).
    """

    changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._expected = 1.0
        self._started_at = 0.0
        self._tick = QTimer(self, interval=_TICK_MS)
        self._tick.timeout.connect(self._emit)

    def start(self, expected_ms: float) -> None:
        """Something is asked for that should take so long; nothing changes where a render is under way."""
        self._expected = expected_ms / 1000
        if not self._tick.isActive():
            self._started_at = time.monotonic()
            self._tick.start()

    def finish(self) -> None:
        """All is up to date."""
        self._tick.stop()
        self.changed.emit(None)

    def _emit(self) -> None:
        self.changed.emit(min(_MOST, (time.monotonic() - self._started_at) / self._expected))
