"""Autosave of the open document, and the offer to recover what a crash left behind."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from maskgan_studio.app.common.i18n import tr
from maskgan_studio.app.common.messages import Message, Reporter
from maskgan_studio.app.controllers.documents import DocumentController
from maskgan_studio.app.files.project_file import Opened, open_document
from maskgan_studio.app.rendering.jobs import Priority
from maskgan_studio.app.rendering.worker import FileThread
from maskgan_studio.app.state.workspace import Workspace
from maskgan_studio.document.storage.autosave import Autosave, Recovery, find_recoverable, load_newest
from maskgan_studio.errors import StudioError

_TICK_MS = 1000


class RecoveryController(QObject):
    """Keeps a recovery file of the open document in a folder."""

    def __init__(
        self,
        workspace: Workspace,
        documents: DocumentController,
        files: FileThread,
        reporter: Reporter,
        folder: Path,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._workspace, self._documents, self._files, self._folder = workspace, documents, files, folder
        self._reporter = reporter
        self._autosave: Autosave | None = None
        self._recovering: Recovery | None = None
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self.tick)
        workspace.document_changed.connect(self._document_changed)

    def offer(self, *also: tuple[str, Callable[[], None]]) -> None:
        """Look beside the window's thread for documents that were not closed, and offer the newest readable one.

        Args:
            also: what else the message offers, such as the log of a crash; where there is nothing to recover, it says
                that the program ended unexpectedly.
        """
        self._files.submit(
            Priority.BACKGROUND,
            lambda _nothing: load_newest(find_recoverable(self._folder)),
            partial(self._found, also),
            self._reporter.report,
        )

    def _found(
        self, also: tuple[tuple[str, Callable[[], None]], ...], found: tuple[Recovery | None, list[Recovery]]
    ) -> None:
        newest, damaged = found
        for recovery in damaged:
            self._set_aside(recovery)
        if newest is not None:
            message = tr("“{title}” was not closed properly; its last changes are kept.", title=_title(newest))
            recover = partial(self.recover, newest)
            self._reporter.show(Message(message, tr("Recover"), recover, True, other_actions=also, stays=True))
        elif also:
            (title, action), *others = also
            message = tr("The program ended unexpectedly last time.")
            self._reporter.show(Message(message, title, action, True, other_actions=tuple(others), stays=True))

    def _set_aside(self, recovery: Recovery) -> None:
        try:
            kept = recovery.set_aside()
        except OSError:
            return  # it is looked at again at the next start
        message = tr(
            "The last changes to “{title}” are damaged and cannot be recovered; their file is kept as “{file}”.",
            title=_title(recovery),
            file=kept,
        )
        self._reporter.show(Message(message, stays=True))

    def recover(self, recovery: Recovery) -> None:
        """Open a document from its recovery file."""

        def arrived(opened: Opened) -> None:
            self._recovering = recovery
            self._documents.show_opened(opened)
            self.offer()  # the next one, if there are more

        self._documents.load_document(_title(recovery), partial(_read, recovery), arrived)

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
        recovery, self._recovering = self._recovering, None
        session = self._workspace.session
        if self._autosave is not None and session is not None and self._autosave.document is session.group:
            return  # another face of it
        self.close()
        if session is None:
            return
        try:
            self._autosave = Autosave(session.group, self._folder, recovery=recovery)
        except StudioError as problem:
            self._reporter.report(problem)
            return
        self._autosave.failed.connect(self._reporter.report)
        self._timer.start()


def _read(recovery: Recovery) -> Opened:
    return open_document(recovery.load(), recovery.path, saved=False, stamp=recovery.stamp)


def _title(recovery: Recovery) -> str:
    return recovery.title or tr("an untitled document")
