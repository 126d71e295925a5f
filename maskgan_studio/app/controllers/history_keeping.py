"""Whether projects keep their history."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from maskgan_studio.app.common.settings import Settings
from maskgan_studio.app.state.workspace import Workspace
from maskgan_studio.document.storage.history_record import HISTORY_NAME

_KEY = "file/keep_history"


class HistoryKeeping(QObject):
    """Says so of new documents as the user wishes; those opened with a history keep it until the user says no.

    Signal: ``switched_on``, also for the states that have a name.
    """

    switched_on = Signal()

    def __init__(self, workspace: Workspace, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace, self._settings = workspace, settings
        workspace.document_changed.connect(self._document_changed)

    @property
    def is_on(self) -> bool:
        """Whether the open document keeps its history, or documents do that are opened."""
        session = self._workspace.session
        return self._settings.get(_KEY, False) if session is None else HISTORY_NAME in session.extras

    def switch(self, on: bool) -> None:
        """Keep it from the next save on, or not: in the open document and in those to come."""
        self._settings.set(_KEY, on)
        for session in () if self._workspace.session is None else self._workspace.session.group.faces:
            if on != (HISTORY_NAME in session.extras):
                session.set_extra(HISTORY_NAME, b"" if on else None)
        if on:
            self.switched_on.emit()

    def _document_changed(self) -> None:
        session = self._workspace.session
        if session is not None and self._settings.get(_KEY, False):
            session.extras.setdefault(HISTORY_NAME, b"")  # no edit, that a user would have to save
