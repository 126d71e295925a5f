"""Autosave of the open document, and the offer to recover what a crash left behind."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from maskgan_studio.app.common.i18n import sentence, tr
from maskgan_studio.app.common.messages import Message
from maskgan_studio.app.controllers.documents import DocumentController
from maskgan_studio.app.files.project_file import Opened, opened_from
from maskgan_studio.app.state.workspace import Workspace
from maskgan_studio.document.storage.autosave import Autosave, Recovery, recoverable
from maskgan_studio.errors import StudioError

_TICK_MS = 1000


class RecoveryController(QObject):
    """Keeps a recovery file of the open document in a folder."""

    reported = Signal(object)

    def __init__(
        self, workspace: Workspace, documents: DocumentController, folder: Path, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._workspace, self._documents, self._folder = workspace, documents, folder
        self._autosave: Autosave | None = None
        self._recovering: Recovery | None = None
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self.tick)
        workspace.document_changed.connect(self._document_changed)

    def offer(self) -> None:
        """Offer the newest document that was not closed, if there is one."""
        found = recoverable(self._folder)
        if found:
            title = found[0].title or tr("an untitled document")
            self.reported.emit(
                Message(
                    tr("“{title}” was not closed properly; its last changes are kept.", title=title),
                    tr("Recover"),
                    partial(self.recover, found[0]),
                    notice=True,
                )
            )

    def recover(self, recovery: Recovery) -> None:
        """Open a document from its recovery file."""

        def arrived(opened: Opened) -> None:
            self._recovering = recovery
            self._documents.show_opened(opened)

        title = recovery.title or tr("an untitled document")
        self._documents.load_document(title, lambda: opened_from(recovery.load(), recovery.path, saved=False), arrived)

    def tick(self) -> None:
        """Write what is due."""
        if self._autosave is not None:
            self._autosave.tick()

    def close(self) -> None:
        """The document is closed on purpose: nothing to recover."""
        self._timer.stop()
        if self._autosave is not None:
            self._autosave.close()
            self._autosave = None

    def _document_changed(self) -> None:
        self.close()
        recovery, self._recovering = self._recovering, None
        session = self._workspace.session
        if session is None:
            return
        try:
            self._autosave = Autosave(session, self._folder, recovery=recovery)
        except StudioError as problem:
            self.reported.emit(Message(sentence(problem)))
            return
        self._autosave.failed.connect(lambda message: self.reported.emit(Message(message)))
        self._timer.start()
