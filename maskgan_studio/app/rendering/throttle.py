"""Throttle of render requests while the user paints."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

#: Shortest time between two requests, in milliseconds. Also the longest that a change waits.
MAX_WAIT_MS = 60
#: Stillness after which the full-size image is asked for on a machine that previews first, in milliseconds.
REST_MS = 180


class Throttle(QObject):
    """Calls back at once for the first change, then at most every ``interval_ms`` while changes keep coming.

    A trailing debounce would starve as long as the pointer moves; here no change waits longer than one interval, and
    the last change is never lost.
    """

    fired = Signal()

    def __init__(self, interval_ms: int = MAX_WAIT_MS, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pending = False
        self._timer = QTimer(self, singleShot=True, interval=interval_ms)
        self._timer.timeout.connect(self._interval_over)

    @property
    def is_waiting(self) -> bool:
        """Whether a change now would wait for the interval to end."""
        return self._timer.isActive()

    def trigger(self) -> None:
        """Something changed."""
        if self.is_waiting:
            self._pending = True
            return
        self._timer.start()
        self.fired.emit()

    def _interval_over(self) -> None:
        if self._pending:
            self._pending = False
            self._timer.start()
            self.fired.emit()
