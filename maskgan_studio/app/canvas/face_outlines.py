"""The other faces of the photo: outlined on the canvas, each with a button that edits it too."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF, QTransform
from PySide6.QtWidgets import QPushButton, QWidget

from maskgan_studio.app.canvas.viewport import Viewport
from maskgan_studio.app.common.i18n import tr
from maskgan_studio.app.common.widgets import configure

# Smaller outlines are not worth a button, in screen pixels.
_SMALLEST = 28


class FaceOutlines(QWidget):
    """Lies over the canvas and lets the pointer through; the buttons are the canvas's own.

    Signal: ``chosen`` (place of the face whose button was pressed, in what was shown).
    """

    chosen = Signal(int)

    def __init__(self, canvas: Viewport) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._faces: list[QPolygonF] = []
        self.buttons: list[QPushButton] = []
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        canvas.installEventFilter(self)
        canvas.zoomed.connect(lambda _scale: self._place())
        self.hide()

    def show_faces(self, faces: Sequence[tuple[np.ndarray, bool]]) -> None:
        """Outline faces, given by corners (N, 2) in the crop's coordinates, and whether something was done in them."""
        self._faces = [QPolygonF([QPointF(*corner) for corner in corners]) for corners, _ in faces]
        for button in self.buttons:
            button.deleteLater()
        self.buttons = []
        for number, (_, is_edited) in enumerate(faces):
            button = configure(QPushButton(tr("Go on") if is_edited else tr("Edit"), self._canvas), name="face")
            button.setToolTip(tr("Go on with this face") if is_edited else tr("Edit this face too"))
            button.setAccessibleName(tr("Edit face {number}", number=number + 2))
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.clicked.connect(partial(self.chosen.emit, number))
            self.buttons.append(button)
        self.setVisible(bool(faces))
        self._place()

    def _place(self) -> None:
        self.setGeometry(self._canvas.rect())
        frame = self._canvas.panes()[0]
        to_screen = self._canvas.view.transform(frame.frame)
        for button, polygon in zip(self.buttons, self._faces, strict=True):
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
                for polygon in self._faces:
                    painter.drawPolygon(_mapped(to_screen, polygon))


def _mapped(to_screen: QTransform, polygon: QPolygonF) -> QPolygonF:
    return to_screen.map(polygon)
