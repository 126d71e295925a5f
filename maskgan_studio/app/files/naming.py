"""What the open document is called, and where its files are proposed to go."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths

from maskgan_studio.app.common.i18n import tr
from maskgan_studio.app.common.settings import Settings
from maskgan_studio.app.state.workspace import Workspace
from maskgan_studio.paths import resources_dir


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
    """Return a folder with something in it: of the file opened last, or the system's for images, or the user's own.

    The program's own samples do not count: nothing is kept beside them.
    """
    pictures = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
    own = [path.parent for path in own_files(settings)]
    for folder in (*own, *([Path(pictures)] if pictures else [])):
        if folder.is_dir() and next(folder.iterdir(), None) is not None:
            return str(folder)
    return str(Path.home())


def own_files(settings: Settings) -> list[Path]:
    """The user's own files opened lately that still exist, newest first."""
    return [path for path in settings.recent_files() if not path.is_relative_to(resources_dir())]
