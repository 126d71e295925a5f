"""The middle of the window: message bar, canvas, and the invitation that covers it while nothing is open."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from maskgan_studio.app.canvas.canvas import Canvas
from maskgan_studio.app.common.theme import GRID, Colors
from maskgan_studio.app.window.empty_state import EmptyState
from maskgan_studio.app.window.message_bar import MessageBar
from maskgan_studio.app.window.photo_preview import PhotoPreview


class CentralArea(QWidget):
    """Stacks the parts of the window's middle."""

    def __init__(self, colors: Colors, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.message_bar = MessageBar(colors, self)
        self.canvas = Canvas(colors)
        self.empty = EmptyState()
        self.stack = QStackedWidget()
        beginning = QScrollArea(widgetResizable=True)
        beginning.setWidget(self.empty)
        self._beginning = beginning
        self.stack.addWidget(beginning)
        self.stack.addWidget(self.canvas)
        self.opening = PhotoPreview(colors)
        self.stack.addWidget(self.opening)
        self.drop_overlay = DropOverlay(colors, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.stack, 1)

    def show_document(self, is_open: bool) -> None:
        """Show the canvas, or the invitation."""
        self.stack.setCurrentWidget(self.canvas if is_open else self._beginning)

    def show_opening(self, pixels: np.ndarray, text: str) -> None:
        """Show a photo uint8 (H, W, 3) whose face is being looked for, and say so."""
        self.opening.show_photo(pixels, text)
        self.stack.setCurrentWidget(self.opening)

    def end_opening(self, is_open: bool) -> None:
        """Nothing is being opened any more: show the canvas or the invitation where such a photo was."""
        if self.stack.currentWidget() is self.opening:
            self.show_document(is_open)
        self.opening.show_photo(None)

    def set_colors(self, colors: Colors) -> None:
        """Follow a change of the theme."""
        self.opening.colors = colors
        self.message_bar.set_colors(colors)
        self.canvas.set_colors(colors)
        self.drop_overlay.colors = colors

    def resizeEvent(self, event) -> None:
        """Keep the message at the top, and the drop sign over everything."""
        self.message_bar.place()
        self.drop_overlay.setGeometry(self.rect())


class DropOverlay(QWidget):
    """A frame and one sentence while files hover over the window."""

    def __init__(self, colors: Colors, parent: QWidget) -> None:
        super().__init__(parent)
        self.colors = colors
        self._sentence = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    @property
    def sentence(self) -> str:
        """What is shown."""
        return self._sentence

    def show_text(self, sentence: str) -> None:
        """Show what the drop will do."""
        self._sentence = sentence
        self.raise_()
        self.show()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw frame and sentence."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(0, 0, 0, 150))
        frame = QRectF(self.rect()).adjusted(GRID, GRID, -GRID, -GRID)
        painter.setPen(QPen(QColor(self.colors.accent), 2, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(frame, GRID, GRID)
        font = painter.font()
        font.setPixelSize(20)
        painter.setFont(font)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        text = painter.boundingRect(frame.adjusted(4 * GRID, 0, -4 * GRID, 0), flags, self._sentence)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(20, 20, 20, 235))
        painter.drawRoundedRect(text.adjusted(-3 * GRID, -2 * GRID, 3 * GRID, 2 * GRID), GRID, GRID)
        painter.setPen(QColor("#ffffff"))
        painter.drawText(text, flags, self._sentence)
