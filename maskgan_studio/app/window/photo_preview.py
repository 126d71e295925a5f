"""A photo while its face is looked for."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from maskgan_studio.app.canvas.painting import caption_box, draw_caption
from maskgan_studio.app.common.i18n import tr
from maskgan_studio.app.common.images import to_qimage
from maskgan_studio.app.common.theme import GRID, Colors
from maskgan_studio.app.common.widgets import configure


class PhotoPreview(QWidget):
    """The whole photo, what is going on, and a bar that moves."""

    def __init__(self, colors: Colors, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        configure(self, accessible_name=tr("Photo that is being opened"))
        self.colors = colors
        self._image = QImage()
        self._text = ""
        bar = configure(QProgressBar(minimum=0, maximum=0, textVisible=False), accessible_name=tr("Busy"))
        bar.setFixedHeight(GRID // 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addStretch()
        column.addWidget(bar)

    @property
    def is_empty(self) -> bool:
        """Whether there is no photo."""
        return self._image.isNull()

    def show_photo(self, pixels: np.ndarray | None, text: str = "") -> None:
        """Show a photo uint8 (H, W, 3), None for none."""
        self._image = QImage() if pixels is None else to_qimage(pixels)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Say what is going on."""
        self._text = text
        self.setAccessibleDescription(text)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the photo in the middle, and the sentence over its upper end."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self.colors.surround))
        if self._image.isNull():
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        room = QRectF(self.rect()).adjusted(GRID, 5 * GRID, -GRID, -2 * GRID)
        size = self._image.size().toSizeF().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        box = QRectF(room.center().x() - size.width() / 2, room.center().y() - size.height() / 2, *size.toTuple())
        painter.drawImage(box, self._image)
        if self._text:
            corner = room.topLeft()
            corner.setY(GRID)
            draw_caption(painter, self._text, caption_box(painter, self._text, corner))
