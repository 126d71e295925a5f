"""Which face is edited: another one of the photo, or one that a user places by hand."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QScrollArea

from maskgan_studio.app.canvas.alignment_view import ManualAlignmentView
from maskgan_studio.app.canvas.face_outlines import FaceOutlines
from maskgan_studio.app.common.i18n import tr
from maskgan_studio.app.common.messages import Message
from maskgan_studio.app.common.theme import Colors
from maskgan_studio.app.controllers.face_detection import Outline
from maskgan_studio.app.editor import Editor
from maskgan_studio.app.window.central_area import CentralArea
from maskgan_studio.document.face_group import FaceGroup
from maskgan_studio.photo.alignment.face_alignment import Alignment


class FaceSelection(QObject):
    """Connects the outlines of faces and the view for manual alignment to the editor."""

    def __init__(self, editor: Editor, area: CentralArea, colors: Colors, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._editor, self._area = editor, area
        self.outlines = FaceOutlines(area.canvas)
        self.placing = ManualAlignmentView(colors)
        self._scrolled = QScrollArea(widgetResizable=True)
        self._scrolled.setWidget(self.placing)
        area.stack.addWidget(self._scrolled)
        self._told: FaceGroup | None = None
        editor.faces.found.connect(self._show_faces)
        self.outlines.chosen.connect(self._choose)
        editor.documents.faces.alignment_requested.connect(self._ask)
        editor.workspace.document_changed.connect(self._leave)
        self.placing.accepted.connect(self._placed)
        self.placing.whole_photo_requested.connect(lambda: self._placed(None))
        self.placing.cancelled.connect(self._leave)
        self.placing.cancelled.connect(editor.documents.faces.forget_placing)

    def set_colors(self, colors: Colors) -> None:
        """Follow a change of the theme."""
        self.placing.set_colors(colors)

    def _show_faces(self, faces: list[Outline]) -> None:
        self.outlines.show_faces([(face.corners, face.is_edited) for face in faces])
        session = self._editor.workspace.session
        group = None if session is None else session.group
        if faces and group is not self._told:
            self._told = group
            message = tr("{count} faces: click another to edit it too.", count=len(faces) + 1)
            show_all = self._area.canvas.show_photo
            self._editor.reporter.show(Message(message, tr("Show all faces"), show_all, notice=True))

    def _choose(self, place: int) -> None:
        self._editor.choose_face(self._editor.faces.outlines[place])

    def _ask(self, pixels: np.ndarray, alignment: Alignment | None) -> None:
        self._area.message_bar.clear()
        self.placing.show_photo(pixels, alignment)
        self._area.stack.setCurrentWidget(self._scrolled)
        self.placing.frame.setFocus()

    def _placed(self, alignment: Alignment | None) -> None:
        self._leave()
        self._editor.documents.faces.placed(alignment)

    def _leave(self) -> None:
        self.placing.frame.forget_photo()
        self._area.show_document(self._editor.workspace.session is not None)
