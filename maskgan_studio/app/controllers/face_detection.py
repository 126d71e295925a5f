"""The other faces of the photo, found once it is open."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
from PySide6.QtCore import QObject, Signal

from maskgan_studio.app.rendering.jobs import Priority
from maskgan_studio.app.rendering.worker import PipelineThread
from maskgan_studio.app.state.workspace import Workspace
from maskgan_studio.photo.alignment.detection import Face, find_faces, start_alignment
from maskgan_studio.photo.alignment.face_alignment import Alignment

# Of a crop's width: so near the edited face, a found one is the same.
_SAME = 0.35
# Outlined is the face itself, not all of its crop: the crops of neighbours overlap.
_FACE = 0.5

#: Number of a face, as ``find_faces`` counts, and the corners (4, 2) of the square around it in the crop's coordinates.
Outline = tuple[int, np.ndarray]


class FaceDetector(QObject):
    """Looks for the faces of the open photo.

    Signal: ``found`` (list of ``Outline``: the faces that are not being edited; an empty one with each new document).
    """

    found = Signal(list)

    def __init__(self, workspace: Workspace, worker: PipelineThread, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace, self._worker = workspace, worker
        workspace.document_changed.connect(self._document_changed)

    def _document_changed(self) -> None:
        self.found.emit([])
        target = self._workspace.target
        if target is None:
            return
        photo, alignment = target.photo, target.alignment
        if target.faces is not None:
            self._arrived(photo, alignment, target.faces)
            return
        self._worker.submit(
            Priority.BACKGROUND,
            lambda _pipeline: find_faces(photo.pixels),
            partial(self._arrived, photo, alignment),
            lambda _problem: None,
        )

    def _arrived(self, photo: object, alignment: Alignment, faces: Sequence[Face]) -> None:
        target = self._workspace.target
        if target is None or target.photo is not photo:
            return
        outlines: list[Outline] = []
        for number, face in enumerate(faces):
            square = start_alignment(face)
            apart = np.hypot(square.center_x - alignment.center_x, square.center_y - alignment.center_y)
            if apart > _SAME * alignment.scale * alignment.size:
                outlines.append((number, alignment.to_crop(square.widened(_FACE).corners) + 0.5))
        self.found.emit(outlines)
