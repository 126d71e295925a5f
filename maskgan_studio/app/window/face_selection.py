"""Which face is edited: another one of the photo, or one that a person places by hand."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject

from maskgan_studio.app.canvas.alignment_view import ManualAlignmentView
from maskgan_studio.app.canvas.face_outlines import FaceDetector
from maskgan_studio.app.common.i18n import tr
from maskgan_studio.app.common.messages import Message
from maskgan_studio.app.editor import EditorWindow
from maskgan_studio.photo.face_alignment import Alignment


class FaceChoice(QObject):
    """Connects outlines and the placing view to the window."""

    def __init__(self, window: EditorWindow) -> None:
        super().__init__(window)
        self._window = window
        self.others = FaceDetector(window.workspace, window.worker, window.canvas, self)
        self.placing = ManualAlignmentView(window.theme.colors)
        window.area.stack.addWidget(self.placing)
        self.others.chosen.connect(window.documents.open_face)
        self.others.found.connect(self._tell)
        window.documents.alignment_requested.connect(self._ask)
        window.workspace.document_changed.connect(self._leave)
        self.placing.accepted.connect(self._placed)
        self.placing.whole_wanted.connect(lambda: self._placed(None))
        self.placing.cancelled.connect(self._leave)
        self.placing.cancelled.connect(window.documents.forget_placing)

    def show_all(self) -> None:
        """Zoom out until the whole photo is seen."""
        canvas = self._window.canvas
        if canvas.scene.photo is not None:
            bounds, pane = canvas.scene.photo.bounds, canvas.panes()[0].frame
            canvas.zoom_to(0.95 * min(pane.width() / bounds.width(), pane.height() / bounds.height()))
            canvas.view.center_x, canvas.view.center_y = bounds.center().x(), bounds.center().y()
            canvas.view_changed()

    def _tell(self, count: int) -> None:
        message = tr("{count} faces were found in this photo; the others are outlined.", count=count + 1)
        self._window.area.message_bar.show_message(Message(message, tr("Show all faces"), self.show_all, notice=True))

    def _ask(self, pixels: np.ndarray, alignment: Alignment | None) -> None:
        self._window.area.message_bar.clear()
        self.placing.show_photo(pixels, alignment)
        self._window.area.stack.setCurrentWidget(self.placing)
        self.placing.frame.setFocus()

    def _placed(self, alignment: Alignment | None) -> None:
        self._leave()
        self._window.documents.placed(alignment)

    def _leave(self) -> None:
        self._window.area.show_document(self._window.workspace.session is not None)
