"""Opening and saving in a window, waited for."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget


def save(window, path: Path, qtbot) -> None:
    """Save the open document and wait until it is saved."""
    answers: list[bool] = []
    window.documents.save(path, answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    assert answers == [True]


def open_file(window, path: Path, qtbot) -> None:
    """Open a photo or a project and wait until it is the open document."""
    before = window.workspace.session
    window.documents.open([path])
    qtbot.waitUntil(lambda: window.workspace.session is not before)


def drop(widget: QWidget, *paths: Path) -> None:
    """Drop files onto a widget, as a file manager does."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    place, buttons, keys = QPoint(10, 10), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(place, Qt.DropAction.CopyAction, data, buttons, keys)
    QApplication.sendEvent(widget, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(widget, QDropEvent(QPointF(place), Qt.DropAction.CopyAction, data, buttons, keys))
