"""Saving the open document, asking where and whether."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from maskgan_studio.app.common.i18n import tr
from maskgan_studio.app.common.settings import Settings
from maskgan_studio.app.controllers.documents import DocumentController
from maskgan_studio.app.files import dialogs
from maskgan_studio.app.files.naming import document_name, propose_path
from maskgan_studio.app.state.workspace import Workspace
from maskgan_studio.document.session import Session
from maskgan_studio.document.storage.file_stamp import read_stamp


class SaveController(QObject):
    """Asks what saving needs to know, and lets the documents be saved.

    Args:
        window: what dialogs belong to.
        workspace, documents, settings: the editor's.
    """

    def __init__(
        self, window: QWidget, workspace: Workspace, documents: DocumentController, settings: Settings
    ) -> None:
        super().__init__(window)
        self._window, self._workspace, self._documents, self._settings = window, workspace, documents, settings

    def save(self, ask: bool = False, then: Callable[[bool], None] = lambda _saved: None) -> None:
        """Save the project, asking where if it has no file yet or with ``ask``; ``then`` gets whether it is saved."""
        session = self._workspace.session
        path = None if session is None else session.path
        if session is not None and (path is None or ask):
            proposal = propose_path(self._workspace, self._settings, ".ora")
            path = dialogs.choose_save_path(self._window, tr("Save project"), proposal, (".ora",))
        if session is not None and path is not None and _was_changed(session, path):
            answer = dialogs.ask_about_changed_file(self._window, path.name)
            if answer == "other" and not ask:
                self.save(True, then)
                return
            path = path if answer == "replace" else None
        if path is None:
            then(False)
        else:
            self._documents.save(path, then)

    def settle(self, proceed: Callable[[], None], stay: Callable[[], None]) -> None:
        """Ask whether to save, discard or keep unsaved work, if there is any.

        ``proceed`` is called, now or when it is saved, once there is none or it is to be thrown away; else ``stay``.
        What is painted while it is saved is asked about as well.
        """
        if self._documents.is_saving:
            self._documents.after_saving(partial(self.settle, proceed, stay))
            return
        session = self._workspace.session
        if session is not None:
            session.finish_edit()
        if session is None or not session.dirty:
            proceed()
            return

        def saved(done: bool) -> None:
            if done:
                self.settle(proceed, stay)
            else:
                stay()

        name = document_name(self._workspace) or tr("the mask")
        answer = dialogs.ask_about_unsaved_work(self._window, name, session.path is not None)
        if answer == "save":
            self.save(then=saved)
        elif answer == "discard":
            proceed()
        else:
            stay()


def _was_changed(session: Session, path: Path) -> bool:
    """Whether another window or program has written the project since it was opened or saved."""
    present = read_stamp(path)
    return path == session.path and None not in (present, session.group.stamp) and present != session.group.stamp
