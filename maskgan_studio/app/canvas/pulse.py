"""Lights a class up for a moment, so that one finds it in the image."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

_PULSE_MS = 450


class Pulse(QObject):
    """Which class is lit up, and which were before and are to be drawn again. Signal: ``changed``."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.part: int | None = None
        self.touched: frozenset[int] = frozenset()
        self._timer = QTimer(self, singleShot=True, interval=_PULSE_MS)
        self._timer.timeout.connect(self._end)

    def start(self, part: int) -> None:
        """Light a class up."""
        self.part = part
        self.touched = self.touched | {part}
        self._timer.start()
        self.changed.emit()

    def _end(self) -> None:
        self.part = None
        self.changed.emit()
        self.touched = frozenset()
