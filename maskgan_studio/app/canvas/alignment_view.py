"""Placing the crop by hand: the photo with a handle for each eye and for the mouth, and the frame they ask for."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF, QTransform
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from maskgan_studio.app.canvas.placed_image import PlacedImage
from maskgan_studio.app.common.i18n import tr
from maskgan_studio.app.common.theme import GRID, Colors
from maskgan_studio.app.common.widgets import configure
from maskgan_studio.photo.alignment.face_alignment import Alignment, Landmarks
from maskgan_studio.photo.alignment.landmarks import CANONICAL

_REACH = 16.0
# Where the handles begin, in widths of the photo's shorter side about its middle.
_START = (np.array(CANONICAL.points()) - 256) / 512 * 0.7
_KEYS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class ManualAlignmentView(QWidget):
    """Asks where eyes and mouth are. ``accepted`` (Alignment), ``whole_photo_requested``, ``cancelled``."""

    accepted = Signal(object)
    whole_photo_requested = Signal()
    cancelled = Signal()

    def __init__(self, colors: Colors, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.frame = LandmarkEditor(colors)
        words = tr("Drag the three handles onto the eyes and the mouth.")
        sentence = configure(QLabel(words, wordWrap=True), name="sentence")
        sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        use = configure(QPushButton(tr("Edit this face")), name="primary")
        use.clicked.connect(self._accept)
        whole = QPushButton(tr("Use the whole picture"))
        whole.clicked.connect(self.whole_photo_requested)
        cancel = QPushButton(tr("Cancel"))
        cancel.clicked.connect(self.cancelled)
        self.frame.accepted.connect(self._accept)
        self.frame.cancelled.connect(self.cancelled)
        column = QVBoxLayout(self)
        column.setSpacing(GRID)
        column.addWidget(sentence)
        column.addWidget(self.frame, 1)
        for buttons in ((use,), (whole, cancel)):  # side by side they are wider than the canvas of a small window
            row = QHBoxLayout()
            row.addStretch()
            for button in buttons:
                row.addWidget(button)
            row.addStretch()
            column.addLayout(row)

    def show_photo(self, pixels: np.ndarray, alignment: Alignment | None = None) -> None:
        """Show a photo uint8 (H, W, 3), with the handles where an alignment has them."""
        self.frame.show_photo(pixels, alignment)
        self.frame.setFocus()

    def set_colors(self, colors: Colors) -> None:
        """Follow a change of the theme."""
        self.frame.colors = colors
        self.frame.update()

    def _accept(self) -> None:
        alignment = self.frame.alignment
        if alignment is not None:
            self.accepted.emit(alignment)


class LandmarkEditor(QWidget):
    """The photo, three handles and the crop's square. Arrow keys move the handle that was touched last."""

    accepted = Signal()
    cancelled = Signal()

    def __init__(self, colors: Colors, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.colors = colors
        self.forget_photo()
        self.points = np.zeros((3, 2))
        self._held: int | None = None
        self._last = 0
        self._grip = np.zeros(2)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(240, 160)
        self.setAccessibleName(tr("Photo with handles for eyes and mouth"))

    def show_photo(self, pixels: np.ndarray, alignment: Alignment | None) -> None:
        """Show a photo uint8 (H, W, 3), with the handles where an alignment has them, else in its middle."""
        self._image = PlacedImage(pixels, np.eye(2, 3))
        height, width = pixels.shape[:2]
        if alignment is not None:
            marks = alignment.to_photo(CANONICAL.points() * alignment.size / 512)
        else:
            marks = np.array([(width - 1) / 2, (height - 1) / 2]) + _START * min(height, width)
        self.points = np.array([marks[0], marks[1], (marks[2] + marks[3]) / 2])
        self.update()

    def forget_photo(self) -> None:
        """Let the photo go: it may be a large one."""
        self._image = PlacedImage(np.zeros((64, 64, 3), np.uint8), np.eye(2, 3))

    @property
    def alignment(self) -> Alignment | None:
        """The crop that the handles ask for; None while they span no face."""
        eye, other, mouth = ((float(x), float(y)) for x, y in self.points)
        if np.hypot(eye[0] - other[0], eye[1] - other[1]) < 4:
            return None
        try:
            return Alignment.from_landmarks(Landmarks.from_eyes(eye, other, mouth))
        except ValueError:
            return None

    def to_screen(self, points: np.ndarray) -> np.ndarray:
        """Map photo points (N, 2) to the widget."""
        scale, left, top = self._fit()
        return (np.asarray(points) + 0.5) * scale + (left, top)

    def _fit(self) -> tuple[float, float, float]:
        """Scale and offset that show all of the photo, with a margin for frames that reach beyond it."""
        width, height = self._image.bounds.width(), self._image.bounds.height()
        scale = 0.9 * min(self.width() / width, self.height() / height)
        return scale, (self.width() - scale * width) / 2, (self.height() - scale * height) / 2

    def _to_photo(self, position: QPointF) -> np.ndarray:
        scale, left, top = self._fit()
        return np.array([(position.x() - left) / scale - 0.5, (position.y() - top) / scale - 0.5])

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the nearest handle; inside the frame, all of them."""
        position = event.position()
        away = np.hypot(*(self.to_screen(self.points) - (position.x(), position.y())).T)
        alignment = self.alignment
        if away.min() <= _REACH:
            self._held = self._last = int(away.argmin())
        elif alignment is not None and self._polygon(alignment).containsPoint(position, Qt.FillRule.OddEvenFill):
            self._held = -1
        else:
            self._held = None
        self._grip = self._to_photo(position)
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag."""
        if self._held is None:
            return
        here = self._to_photo(event.position())
        self._move(slice(None) if self._held == -1 else slice(self._held, self._held + 1), here - self._grip)
        self._grip = here

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._held = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys move a handle by a screen pixel, Space goes to the next, Return accepts, Escape gives up."""
        key = Qt.Key(event.key())
        if key in _KEYS:
            step = 10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
            self._move(slice(self._last, self._last + 1), np.array(_KEYS[key]) * step / self._fit()[0])
        elif key == Qt.Key.Key_Space:
            self._last = (self._last + 1) % 3
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accepted.emit()
        elif key == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)

    def _move(self, which: slice, by: np.ndarray) -> None:
        moved = self.points[which] + by
        limit = np.array([self._image.bounds.width(), self._image.bounds.height()]) - 1
        if ((moved >= 0) & (moved <= limit)).all():
            self.points[which] = moved
            self.update()

    def _polygon(self, alignment: Alignment) -> QPolygonF:
        return QPolygonF([QPointF(*corner) for corner in self.to_screen(alignment.corners)])

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw photo, frame and handles."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self.colors.surround))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        scale, left, top = self._fit()
        self._image.draw(painter, QTransform.fromScale(scale, scale) * QTransform.fromTranslate(left, top))
        alignment = self.alignment
        for color, extra in ((QColor(0, 0, 0, 180), 2.5), (QColor(255, 255, 255, 240), 0.0)):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(color, 1.5 + extra))
            if alignment is not None:
                painter.drawPolygon(self._polygon(alignment))
            for number, point in enumerate(self.to_screen(self.points)):
                radius = 9.0 if number == self._last else 7.0
                painter.drawEllipse(QPointF(*point), radius, radius)
                if number == 2:  # the mouth is a line, the eyes are dots
                    painter.drawLine(QPointF(point[0] - 4, point[1]), QPointF(point[0] + 4, point[1]))
                else:
                    painter.drawPoint(QPointF(*point))
