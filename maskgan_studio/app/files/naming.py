"""What the open document is called, and where its files are proposed to go."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths

from maskgan_studio.app.common.i18n import tr
from maskgan_studio.app.common.settings import Settings
from maskgan_studio.app.state.workspace import Workspace


def document_name(workspace: Workspace) -> str:
    """Return what the open document is called, empty when nothing is open."""
    session = workspace.session
    if session is None:
        return ""
    if session.path is not None:
        return session.path.name
    return session.target.name if session.target is not None else tr("mask")


def propose_path(workspace: Workspace, settings: Settings, suffix: str, ending: str = "") -> Path:
    """Propose a file beside the one opened last, named after the document."""
    folder = Path(recent_folder(settings))
    stem = Path(document_name(workspace)).stem
    return folder / (f"{stem}-{ending}{suffix}" if ending else f"{stem}{suffix}")


def recent_folder(settings: Settings) -> str:
    """Return the folder of the file opened last, or the one that the system keeps for images."""
    recent = settings.recent_files()
    if recent:
        return str(recent[0].parent)
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
