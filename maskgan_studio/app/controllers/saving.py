"""Saving the open document, asking where and whether."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from maskgan_studio.app.common.i18n import tr
from maskgan_studio.app.common.settings import Settings
from maskgan_studio.app.controllers.documents import DocumentController
from maskgan_studio.app.files import dialogs
from maskgan_studio.app.files.naming import document_name, proposed_path
from maskgan_studio.app.state.workspace import Workspace


def save_document(
    parent: QWidget, workspace: Workspace, documents: DocumentController, settings: Settings, ask: bool = False
) -> bool:
    """Save the project, asking where if it has no file yet or with ``ask``; returns whether it is saved."""
    session = workspace.session
    if session is None:
        return False
    path = session.path
    if path is None or ask:
        path = dialogs.file_to_save(parent, tr("Save project"), proposed_path(workspace, settings, ".ora"), (".ora",))
    return path is not None and documents.save(path)


def may_be_closed(parent: QWidget, workspace: Workspace, documents: DocumentController, settings: Settings) -> bool:
    """Ask what becomes of unsaved work, if there is any; False when the person wants to stay."""
    session = workspace.session
    if session is None or not session.dirty:
        return True
    answer = dialogs.ask_about_unsaved_work(parent, document_name(workspace) or tr("the mask"))
    if answer == "save":
        return save_document(parent, workspace, documents, settings)
    return answer == "discard"
