"""The other faces of a photo in a project: each is an OpenRaster file inside the project's, without the photo."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import BinaryIO

from maskgan_studio.document.project import Project
from maskgan_studio.document.storage.ora_archive import Archive, read_archive

__all__ = ["pack_faces", "unpack_faces"]

_NAME = "face{number:03d}.ora"


def pack_faces(others: Sequence[Project], folder: str, write: Callable[[BinaryIO, Project], None]) -> dict[str, bytes]:
    """Write each face as a file of its own.

    Args:
        others: faces of one photo, bottom first.
        folder: where they lie in the project.
        write: writes a project into a file.

    Returns:
        the files by name, in the same order.
    """
    files = {}
    for number, other in enumerate(others):
        target = other.target and replace(other.target, photo=b"")
        buffer = io.BytesIO()
        write(buffer, replace(other, target=target))
        files[folder + _NAME.format(number=number)] = buffer.getvalue()
    return files


def unpack_faces(
    archive: Archive, names: Sequence[str], project: Project, read: Callable[[Archive], Project]
) -> Project:
    """Add the other faces to a project that was read without them.

    Args:
        archive: the project's; what it may hold at most, it may hold with all of its faces.
        names: of the files in it, bottom first.
        project: the active face; the others are of the same photo.
        read: reads a project that has no others.

    Raises:
        ProjectError: a face is damaged, or there is too much of it.
        ValueError: it is no face of the photo.
    """
    others = []
    for name in names:
        other = read(read_archive(io.BytesIO(archive.read(name)), archive.usage))
        if (
            project.target is None
            or other.target is None
            or other.layers[0].labels.shape != (project.layers[0].labels.shape)
        ):
            raise ValueError("no face of the photo")
        target = replace(other.target, photo=project.target.photo, name=project.target.name)
        others.append(replace(other, target=target))
    notices = (each.notice for each in (project, *others) if each.notice is not None)
    return replace(project, others=tuple(others), notice=next(notices, None))
