"""The other faces of the photo: those that are edited as well, and those found once it is open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from PySide6.QtCore import QObject, Signal

from maskgan_studio.app.rendering.jobs import Priority
from maskgan_studio.app.rendering.worker import PipelineThread
from maskgan_studio.app.state.open_face import OpenFace
from maskgan_studio.app.state.workspace import Workspace
from maskgan_studio.photo.alignment.detection import Face, find_faces, start_alignment
from maskgan_studio.photo.alignment.face_alignment import Alignment
from maskgan_studio.photo.files.loading import Photo

# Outlined is the face itself, not all of its crop: the crops of neighbours overlap.
_FACE = 0.5


@dataclass(frozen=True, eq=False)
class Outline:
    """A face that is not the active one.

    Attributes:
        corners: (4, 2), of the square around it in the coordinates of the active face's crop.
        number: as ``find_faces`` counts, for a face that was not edited.
        face: one that was edited before.
    """

    corners: np.ndarray
    number: int | None = None
    face: OpenFace | None = None

    @property
    def is_edited(self) -> bool:
        """Whether something was done in it."""
        return self.face is not None and self.face.session.is_touched


class FaceDetector(QObject):
    """Looks for the faces of the open photo.

    Signal: ``found`` (list of ``Outline``: the faces that are not active; with each new document those that are edited
    first, and all of them once they are found).
    """

    found = Signal(list)

    def __init__(self, workspace: Workspace, worker: PipelineThread, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace, self._worker = workspace, worker
        self._known: tuple[Photo, Sequence[Face]] | None = None
        self.outlines: list[Outline] = []
        workspace.document_changed.connect(self._document_changed)

    def next_face(self) -> Outline | None:
        """The face to the right of the active one, or the leftmost; None where there is no other."""
        if not self.outlines:
            return None
        target = self._workspace.target
        middle = 0.0 if target is None else (target.alignment.size - 1) / 2
        place = {id(each): float(each.corners[:, 0].mean()) for each in self.outlines}
        right = [each for each in self.outlines if place[id(each)] > middle]
        return min(right or self.outlines, key=lambda each: place[id(each)])

    def _document_changed(self) -> None:
        target, known = self._workspace.target, self._known
        self._known = None
        self._tell()
        if target is None:
            return
        photo, faces = target.photo, target.faces
        if faces is None and known is not None and known[0] is photo:
            faces = tuple(known[1])
        if faces is not None:
            self._arrived(photo, faces)
            return
        self._worker.submit(
            Priority.BACKGROUND,
            lambda _pipeline: find_faces(photo.pixels),
            partial(self._arrived, photo),
            lambda _problem: None,
        )

    def _arrived(self, photo: Photo, faces: Sequence[Face]) -> None:
        target = self._workspace.target
        if target is not None and target.photo is photo:
            self._known = photo, faces
            self._tell()

    def _tell(self) -> None:
        """Announce the faces, in the coordinates of the active one."""
        active, others = self._workspace.active_face, self._workspace.others
        self.outlines = []
        if active is not None:
            place = active.target.alignment
            self.outlines = [Outline(_square(place, other.target.alignment), face=other) for other in others]
            for number, face in enumerate(() if self._known is None else self._known[1]):
                square = start_alignment(face)
                if not any(each.lies_at(square) for each in (active, *others)):
                    self.outlines.append(Outline(_square(place, square), number))
        self.found.emit(self.outlines)


def _square(active: Alignment, face: Alignment) -> np.ndarray:
    return active.to_crop(face.widened(_FACE).corners) + 0.5
