"""What dropping files onto a panel does, said while they hover over it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDragEnterEvent
from PySide6.QtWidgets import QWidget

from maskgan_studio.app.files.drops import dropped_paths
from maskgan_studio.app.window.central_area import DropOverlay


class PanelHint(QObject):
    """Shows a sentence over the picture while files hover over a panel that takes them."""

    def __init__(self, panel: QWidget, overlay: DropOverlay, sentence: str) -> None:
        super().__init__(panel)
        self._overlay, self._sentence = overlay, sentence
        panel.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow a drag; the panel itself takes the files."""
        if isinstance(event, QDragEnterEvent):
            if dropped_paths(event.mimeData()):
                self._overlay.show_text(self._sentence)
        elif event.type() in (QEvent.Type.DragLeave, QEvent.Type.Drop):
            self._overlay.hide()
        return False
