"""While files hover over a panel that takes them, the window says what dropping them does."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent
from PySide6.QtWidgets import QApplication


def test_a_panel_that_takes_files_says_what_for_until_they_leave(editor, photo):
    overlay, data = editor.area.drop_overlay, QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(photo))])
    said = set()
    for panel in (editor.panels.style, editor.panels.batch, editor):
        enter = QDragEnterEvent(
            QPoint(10, 10), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        )
        QApplication.sendEvent(panel, enter)
        assert enter.isAccepted() and overlay.isVisible()
        said.add(overlay.sentence)
        QApplication.sendEvent(panel, QDragLeaveEvent())
        assert not overlay.isVisible()
    assert len(said) == 3
