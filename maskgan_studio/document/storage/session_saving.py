"""Saving a document: what it takes now, and a function that writes it on another thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from maskgan_studio.document.face_group import FaceGroup
from maskgan_studio.document.project import Project
from maskgan_studio.document.session import Session
from maskgan_studio.document.storage.history_record import HISTORY_NAME, FrozenHistory
from maskgan_studio.document.storage.openraster import save_project

__all__ = ["prepare_saving"]


def prepare_saving(document: FaceGroup) -> Callable[[Path], None]:
    """Take a document as it is, with its history where that is kept; returns ``save_project`` for it."""
    project = document.project()
    faces = (*project.others, project)
    histories = [_freeze(session, face) for session, face in zip(document.kept, faces, strict=True)]

    def save(path: Path) -> None:
        *others, active = (_add(history, face) for history, face in zip(histories, faces, strict=True))
        save_project(path, replace(active, others=tuple(others)))

    return save


def _freeze(session: Session, face: Project) -> FrozenHistory | None:
    # What is being painted is no step yet: the history would not lead to it.
    is_kept = HISTORY_NAME in session.extras and not session.is_editing
    return FrozenHistory(session, face) if is_kept else None


def _add(history: FrozenHistory | None, face: Project) -> Project:
    if history is None:
        return face
    return replace(face, extras={**face.extras, HISTORY_NAME: history.to_bytes()})
