"""The other faces of the photo: outlined on the canvas, each with a button that edits it instead."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF, QTransform
from PySide6.QtWidgets import QPushButton, QWidget

from maskgan_studio.app.canvas.canvas import Canvas
from maskgan_studio.app.common.i18n import tr
from maskgan_studio.app.rendering.jobs import Priority
from maskgan_studio.app.rendering.worker import PipelineThread
from maskgan_studio.app.state.workspace import Workspace
from maskgan_studio.photo.detection import Face, find_faces, start_alignment
from maskgan_studio.photo.face_alignment import Alignment

# Of a crop's width: so near the edited face, a found one is the same.
_SAME = 0.35
# Outlined is the face itself, not all of its crop: the crops of neighbours overlap.
_FACE = 0.5
# Smaller outlines are not worth a button, in screen pixels.
_SMALLEST = 28


class FaceDetector(QObject):
    """Looks for faces once a photo is open, and shows those that are not being edited.

    ``chosen`` carries a face's number as ``find_faces`` counts them; ``found`` how many others there are.
    """

    chosen = Signal(int)
    found = Signal(int)

    def __init__(
        self, workspace: Workspace, worker: PipelineThread, canvas: Canvas, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._workspace, self._worker = workspace, worker
        self.outlines = FaceOutlines(canvas, self.chosen.emit)
        workspace.document_changed.connect(self._document_changed)

    def _document_changed(self) -> None:
        self.outlines.show_faces([])
        target = self._workspace.target
        if target is not None:
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
        if target is None or target.photo is not photo or len(faces) < 2:
            return
        outlines = []
        for number, face in enumerate(faces):
            square = start_alignment(face)
            apart = np.hypot(square.center_x - alignment.center_x, square.center_y - alignment.center_y)
            if apart > _SAME * alignment.scale * alignment.size:
                corners = alignment.to_crop(square.widened(_FACE).corners) + 0.5
                outlines.append((number, QPolygonF([QPointF(*corner) for corner in corners])))
        self.outlines.show_faces(outlines)
        if outlines:
            self.found.emit(len(outlines))


class FaceOutlines(QWidget):
    """Lies over the canvas and lets the pointer through; the buttons are the canvas's own."""

    def __init__(self, canvas: Canvas, choose) -> None:
        super().__init__(canvas)
        self._canvas, self._choose = canvas, choose
        self._faces: list[tuple[int, QPolygonF]] = []
        self.buttons: list[QPushButton] = []
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        canvas.installEventFilter(self)
        canvas.zoomed.connect(lambda _scale: self._place())
        self.hide()

    def show_faces(self, faces: list[tuple[int, QPolygonF]]) -> None:
        """Outline faces, given by number and as polygons in the crop's coordinates."""
        self._faces = faces
        for button in self.buttons:
            button.deleteLater()
        self.buttons = []
        for number, _ in faces:
            button = QPushButton(tr("Edit"), self._canvas, objectName="face")
            button.setToolTip(tr("Edit this face instead"))
            button.setAccessibleName(tr("Edit face {number}", number=number + 1))
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.clicked.connect(partial(self._choose, number))
            self.buttons.append(button)
        self.setVisible(bool(faces))
        self._place()

    def _place(self) -> None:
        self.setGeometry(self._canvas.rect())
        frame = self._canvas.panes()[0]
        to_screen = self._canvas.view.transform(frame.frame)
        for button, (_, polygon) in zip(self.buttons, self._faces, strict=True):
            box = _mapped(to_screen, polygon).boundingRect()
            seen = box.intersected(frame.visible)
            button.adjustSize()
            place = QRectF(0, 0, button.width(), button.height())
            place.moveCenter(QPointF(box.center().x(), box.top() + button.height() / 2))
            button.move(place.topLeft().toPoint())
            button.setVisible(seen.width() > _SMALLEST and frame.visible.contains(place))
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the canvas's size."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self._place()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the outlines twice, dark and light, so that they show on anything."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for pane in self._canvas.panes():
            painter.setClipRect(pane.visible)
            to_screen = self._canvas.view.transform(pane.frame)
            for color, width in ((QColor(0, 0, 0, 170), 4.0), (QColor(255, 255, 255, 230), 1.6)):
                painter.setPen(QPen(color, width))
                for _, polygon in self._faces:
                    painter.drawPolygon(_mapped(to_screen, polygon))


def _mapped(to_screen: QTransform, polygon: QPolygonF) -> QPolygonF:
    return to_screen.map(polygon)  # type: ignore[return-value]  # the stubs know other overloads only
