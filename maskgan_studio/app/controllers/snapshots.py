"""Named states of the open document: kept, gone back to, and taken along in the project where that is wanted."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject, Signal

from maskgan_studio.app.state.workspace import Workspace
from maskgan_studio.document.changes import ArrangementChange
from maskgan_studio.document.session import Session
from maskgan_studio.document.storage.history_record import HISTORY_NAME
from maskgan_studio.document.storage.snapshot_record import (
    SNAPSHOTS_NAME,
    Snapshot,
    snapshots_from_bytes,
    snapshots_to_bytes,
)
from maskgan_studio.errors import Translatable

# They live as long as their document, which another window may take over.
_of_sessions: WeakKeyDictionary[Session, list[Snapshot]] = WeakKeyDictionary()


class SnapshotController(QObject):
    """The snapshots of the open document. Signal: ``changed``."""

    changed = Signal()

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        workspace.document_changed.connect(self.changed)

    @property
    def snapshots(self) -> list[Snapshot]:
        """Oldest first; those that the project brought along included."""
        session = self._workspace.session
        if session is None:
            return []
        if session not in _of_sessions:
            data = session.extras.get(SNAPSHOTS_NAME, b"[]")
            height, width = session.stack.shape
            _of_sessions[session] = snapshots_from_bytes(data, (height, width))
        return _of_sessions[session]

    @property
    def are_saved(self) -> bool:
        """Whether the project keeps them."""
        session = self._workspace.session
        return session is not None and SNAPSHOTS_NAME in session.extras

    def take(self, title: str) -> None:
        """Keep the present state under a name."""
        session = self._workspace.session
        if session is not None:
            session.finish_edit()
            self.snapshots.append(Snapshot(title, session.project().layers))
            self._keep(self.are_saved or HISTORY_NAME in session.extras)

    def restore(self, number: int) -> None:
        """Go back to a state, as one step of the history that can be undone."""
        session = self._workspace.session
        if session is not None:
            snapshot = self.snapshots[number]
            session.finish_edit()
            step = Translatable("Back to “{name}”", {"name": snapshot.title})
            session.do(step, [ArrangementChange(session.stack.layers, snapshot.copy_layers())])

    def keep_named(self) -> None:
        """Keep those that there are in the project, as its history is kept."""
        if self.snapshots:
            self._keep(True)

    def save_along(self, wanted: bool) -> None:
        """Keep them in the project from now on, or not."""
        self._keep(wanted)

    def _keep(self, wanted: bool) -> None:
        session = self._workspace.session
        if session is not None and (wanted or self.are_saved):
            session.set_extra(SNAPSHOTS_NAME, snapshots_to_bytes(self.snapshots) if wanted else None)
        self.changed.emit()
