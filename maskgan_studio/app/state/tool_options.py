"""The settings that tools share, and what the tool bar shows of them."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

MIN_SIZE = 1
MAX_SIZE = 200


class ToolOptions(QObject):
    """Brush size and the other settings of tools.

    Attributes:
        pressure_width: a pen's pressure narrows the brush.
        contiguous: the fill keeps to the area under the pointer.
        fill_holes: the fill also takes what the area encloses.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._size = 24
        self.pressure_width = True
        self.contiguous = True
        self.fill_holes = False

    @property
    def size(self) -> int:
        """Diameter of the brush in crop pixels, 1 to 200."""
        return self._size

    @size.setter
    def size(self, value: float) -> None:
        size = min(MAX_SIZE, max(MIN_SIZE, round(value)))
        if size != self._size:
            self._size = size
            self.changed.emit()

    def step_size(self, direction: int) -> None:
        """Make the brush a tenth larger (1) or smaller (-1), at least by one pixel."""
        self.size = self._size + direction * max(1, round(self._size / 10))

    def width(self, pressure: float) -> float:
        """Return the brush's diameter for a pen's pressure of 0 to 1; a mouse has 1."""
        return max(1.0, self._size * pressure) if self.pressure_width else float(self._size)
