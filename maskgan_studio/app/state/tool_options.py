"""The settings that tools share, and what the tool bar shows of them."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

MIN_SIZE = 1
MAX_SIZE = 200


#: What the transform tool takes with the part that was clicked: no other, those that make one feature, the whole face.
TAKES = ("part", "feature", "face")
_FIRST_SIZES = {"warp": 80, "freeze": 40, "select": 12}
_FIRST_SIZE = 24


class ToolOptions(QObject):
    """Brush sizes and the other settings of tools. Each tool has a size of its own.

    Attributes:
        pressure_width: a pen's pressure narrows the brush.
        fills_outlines: a stroke that closes an outline paints its inside as well.
        thaws: the freeze brush thaws.
        excludes: scribbles of a selection mark what does not belong to it.
        contiguous: the fill keeps to the area under the pointer.
        fill_holes: the fill also takes what the area encloses.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sizes: dict[str, int] = {}
        self._tool = "brush"
        self._takes = TAKES[0]
        self.pressure_width = True
        self.fills_outlines = False
        self.thaws = False
        self.excludes = False
        self.contiguous = True
        self.fill_holes = False

    def use_tool(self, name: str) -> None:
        """Make a tool's size the one that ``size`` reads and sets."""
        self._tool = name
        self.changed.emit()

    def size_of(self, name: str) -> int:
        """Diameter of a tool's brush in crop pixels, 1 to 200."""
        return self._sizes.get(name, _FIRST_SIZES.get(name, _FIRST_SIZE))

    @property
    def size(self) -> int:
        """Diameter of the brush of the tool in use in crop pixels, 1 to 200."""
        return self.size_of(self._tool)

    @size.setter
    def size(self, value: float) -> None:
        size = min(MAX_SIZE, max(MIN_SIZE, round(value)))
        if size != self.size:
            self._sizes[self._tool] = size
            self.changed.emit()

    @property
    def takes(self) -> str:
        """What the transform tool takes with a part, one of ``TAKES``."""
        return self._takes

    @takes.setter
    def takes(self, takes: str) -> None:
        if takes != self._takes:
            self._takes = takes
            self.changed.emit()

    def step_size(self, direction: int) -> None:
        """Make the brush a tenth larger (1) or smaller (-1), at least by one pixel."""
        self.size = self.size + direction * max(1, round(self.size / 10))

    def width(self, name: str, pressure: float) -> float:
        """Return the diameter of a tool's brush for a pen's pressure of 0 to 1; a mouse has 1."""
        size = self.size_of(name)
        return max(1.0, size * pressure) if self.pressure_width else float(size)
