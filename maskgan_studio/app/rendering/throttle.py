"""Throttle of render requests while the user paints."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

#: Shortest time between two requests, in milliseconds. Also the longest that a change waits.
MAX_WAIT_MS = 60
#: Stillness after which the full-size image is asked for on a machine that previews first, in milliseconds: one that
#: takes long would hold up the stroke after next.
REST_MS = 180
# The same where little is left to do after a preview, and what counts as little.
_SHORT_REST_MS, _LITTLE_MS = 60, 250.0
# A full image that takes longer than this is announced by a preview, in milliseconds.
_PREVIEW_ABOVE_MS = 120.0


class RenderTimes:
    """How long full images take on this machine, and what follows from it.

    Attributes:
        full_ms: time of the last full image that no preview had gone before, in milliseconds; None before the first.
    """

    def __init__(self) -> None:
        self.full_ms: float | None = None
        self._finishing_ms: float | None = None

    def remember(self, milliseconds: float, after_preview: bool) -> None:
        """A full image took so long; less if there was a preview of it, which may have done the network's work."""
        if after_preview:
            self._finishing_ms = milliseconds
        else:
            self.full_ms = milliseconds

    def is_slow(self) -> bool:
        """Whether a preview should come first."""
        return self.full_ms is not None and self.full_ms > _PREVIEW_ABOVE_MS

    def rest_ms(self) -> int:
        """Stillness after which the full image is asked for."""
        return REST_MS if self._finishing_ms is None or self._finishing_ms > _LITTLE_MS else _SHORT_REST_MS


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
