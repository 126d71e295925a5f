"""What every tool has: pointer events in crop coordinates, a preview, a cursor."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QCursor, QPainter, QTransform

if TYPE_CHECKING:
    import numpy as np

    from maskgan_studio.app.state.tool_options import ToolOptions
    from maskgan_studio.document.session import Session
    from maskgan_studio.engine.target import Target

Point = tuple[float, float]


@dataclass(frozen=True)
class PointerEvent:
    """A pointer event on the canvas.

    Attributes:
        point: (x, y) in crop pixels, (0, 0) the outer corner of the first pixel.
        position: in the widget's coordinates.
        modifiers: keys held.
        pressure: 0 to 1; 1 for a mouse.
        scale: screen pixels per crop pixel.
    """

    point: Point
    position: QPointF
    modifiers: Qt.KeyboardModifier
    pressure: float
    scale: float

    @property
    def shift(self) -> bool:
        """Whether Shift is held."""
        return bool(self.modifiers & Qt.KeyboardModifier.ShiftModifier)


class Workspace(Protocol):
    """What a tool may use of the open document's surroundings; see ``state.workspace.Workspace``."""

    session: Session | None
    target: Target | None
    options: ToolOptions

    def update_crop(self, rect: QRectF | None = None) -> None:
        """Repaint a rectangle of the crop on the canvas, all of it by default."""

    def choose_part(self, part: int) -> None:
        """Paint with a class from now on."""

    def find_region(self, work: Callable[[], np.ndarray], done: Callable[[np.ndarray], None]) -> None:
        """Look for pixels (H, W) bool beside the window's thread, and hand them over; the newest request counts."""


class Tool:
    """A tool without effect; tools override what they need.

    Attributes:
        name: the second half of the action's id.
        settings: which widgets of the options bar concern it.
        cursor: the pointer's shape over the canvas; it may change in ``hover``.
    """

    name = ""
    settings: tuple[str, ...] = ()
    cursor: Qt.CursorShape | QCursor = Qt.CursorShape.CrossCursor

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace

    @property
    def session(self) -> Session:
        """The open document; tools only get events while there is one."""
        session = self.workspace.session
        assert session is not None
        return session

    @property
    def is_busy(self) -> bool:
        """Whether something was begun that Escape takes back."""
        session = self.workspace.session
        return session is not None and session.is_editing

    @property
    def is_symmetric(self) -> bool:
        """Whether it acts on both sides of the axis while symmetry is on."""
        return "symmetry" in self.settings

    @property
    def parts(self) -> frozenset[int]:
        """The classes that it has taken, on which actions act rather than on the active part; none for most tools."""
        return frozenset()

    def activate(self) -> None:
        """The tool was chosen."""

    def deactivate(self) -> None:
        """Another tool was chosen: keep what was begun."""
        self.accept()

    def reset(self) -> None:
        """Another document was opened: forget what was begun in the one before."""

    def follow_mask(self) -> None:
        """The mask was changed, by this tool or by something else, such as undo."""

    def follow_options(self) -> None:
        """A setting of the tools was changed."""

    def press(self, event: PointerEvent) -> None:
        """The left button or the pen went down."""

    def move(self, event: PointerEvent) -> None:
        """The pointer moved while it is down."""

    def release(self, event: PointerEvent) -> None:
        """The pointer went up."""

    def hover(self, event: PointerEvent) -> None:
        """The pointer moved while it is up."""

    def double_click(self, event: PointerEvent) -> None:
        """The second press of a double click; the first came as ``press``."""
        self.press(event)

    def accept(self) -> None:
        """Return was pressed."""

    def cancel(self) -> None:
        """Escape or the right button was pressed."""

    def cursor_bounds(self, to_screen: QTransform, point: QPointF) -> QRectF:
        """Return the screen rectangle of the cursor's outline at a crop point; an empty one draws none."""
        return QRectF()

    def paint(self, painter: QPainter, to_screen: QTransform, point: QPointF | None) -> None:
        """Draw preview and cursor on a pane; ``point`` is where the pointer is in the crop, None outside."""
