"""Reads a project's file into what the workspace opens, on whatever thread."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from maskgan_studio.app.files.style_extras import style_from_extras
from maskgan_studio.app.state.open_face import OpenFace
from maskgan_studio.app.state.style import StyleChoice
from maskgan_studio.document.face_group import Stamp
from maskgan_studio.document.project import Project
from maskgan_studio.document.session import Session
from maskgan_studio.document.storage.file_stamp import read_stamp
from maskgan_studio.document.storage.history_record import restore_history
from maskgan_studio.document.storage.openraster import load_project
from maskgan_studio.document.storage.project_repair import fit_project
from maskgan_studio.engine.target import Target
from maskgan_studio.errors import ProjectError, StudioError, Translatable
from maskgan_studio.photo.alignment.face_alignment import CROP_SIZE, Alignment
from maskgan_studio.photo.files.loading import Photo, load_photo


@dataclass(frozen=True)
class Opened:
    """A document that can be opened at once.

    Attributes:
        session, target, style, others: for the workspace.
        notice: what could not be read, None where all could.
        damaged: what of style and history could not be read, and what to do about it.
    """

    session: Session
    target: Target | None
    style: StyleChoice
    notice: Translatable | None
    damaged: tuple[StudioError, ...]
    others: tuple[OpenFace, ...] = ()


def open_project(path: Path) -> Opened:
    """Read a project's file; raises StudioError when it cannot be read."""
    stamp = read_stamp(path)  # before it is read: what is written meanwhile counts as a change
    return open_document(load_project(path), path, stamp=stamp)


def open_document(project: Project, path: Path | None, saved: bool = True, stamp: Stamp | None = None) -> Opened:
    """Make what the workspace opens of a project; see ``Session`` for the arguments.

    Raises StudioError when it is of a size that cannot be worked at, or the photo in it is damaged.
    """
    project = fit_project(project, CROP_SIZE)
    style, damaged = style_from_extras(project.extras)
    session, target = Session(project, path, saved=saved, stamp=stamp), load_target(project)
    damaged += _restore(session)
    others: list[OpenFace] = []
    for other in project.others:
        own_style, also = style_from_extras(other.extras)
        own_target = load_target(other, None if target is None else target.photo)
        if own_target is not None:
            others.append(OpenFace(Session(other), own_target, own_style))
            damaged += (*also, *_restore(others[-1].session))
            session.group.lay_below(others[-1].session)
    return Opened(session, target, style, project.notice, damaged, tuple(others))


def _restore(session: Session) -> tuple[StudioError, ...]:
    """Give a face the history that the project keeps of it; returns what is wrong with that."""
    try:
        restore_history(session)
    except StudioError as problem:
        return (problem,)
    return ()


def load_target(project: Project, photo: Photo | None = None) -> Target | None:
    """Rebuild the target of a project from the photo inside it, unless that was read before; raises StudioError when it
    is damaged."""
    image = project.target
    if image is None:
        return None
    photo = photo or load_photo(Path(Path(image.name).name or "photo"), image.photo)
    return Target(photo, load_alignment(image.alignment), image.crop, project.layers[0].labels.copy())


def load_alignment(values: dict[str, Any]) -> Alignment:
    """Read the alignment that a project keeps as JSON values; none when the photo is the crop itself.

    Raises ProjectError when it is damaged.
    """
    if not values:
        return Alignment.identity((CROP_SIZE, CROP_SIZE))
    try:
        return Alignment.from_json(json.dumps(values))
    except ValueError as error:
        raise ProjectError("The place of the face in this project is damaged; open the photo again.") from error
