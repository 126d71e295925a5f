"""Count islands and holes in the mask while the pointer rests."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from maskgan_studio.app.state.workspace import Workspace
from maskgan_studio.document.operations.mask_checks import find_flaws

#: Stillness after which the mask is looked through, in milliseconds: never between two moves of a stroke.
_REST_MS = 400


class MaskCheckMonitor(QObject):
    """Counts the slips of the pen that were made since the document was opened.

    The parser's own flaws do not count: only more than the opened mask had are reported.

    Signal: ``counted`` (how many there are now; 0 while there are no more than at the beginning).
    """

    counted = Signal(int)

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._at_first: int | None = None
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._look)
        workspace.history_changed.connect(self._rest.start)
        # Painting on puts the look off: a stroke never waits for it.
        workspace.mask_changed.connect(lambda _rect: self._rest.stop())
        workspace.document_changed.connect(self._begin)

    @property
    def busy(self) -> bool:
        """Whether the mask is still to be looked through."""
        return self._rest.isActive()

    def _begin(self) -> None:
        self._at_first = None
        self._rest.stop()
        self.counted.emit(0)
        if self._workspace.session is not None:
            self._rest.start()

    def _look(self) -> None:
        session = self._workspace.session
        if session is None:
            return
        count = len(find_flaws(session.stack.composite()))
        if self._at_first is None:
            self._at_first = count
        self._at_first = min(self._at_first, count)
        self.counted.emit(count if count > self._at_first else 0)
