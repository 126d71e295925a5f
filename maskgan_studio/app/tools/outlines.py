"""Outlines that show on anything, for cursors and previews."""

from __future__ import annotations

from functools import lru_cache

import qtawesome
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QCursor, QPainter, QPainterPath, QPen, QPixmap

_CURSOR = 24


def draw_outline(painter: QPainter, path: QPainterPath) -> None:
    """Draw a cursor's outline twice, dark and light, so that it shows on anything."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for color, width in ((QColor(0, 0, 0, 200), 3.0), (QColor(255, 255, 255, 240), 1.0)):
        painter.setPen(QPen(color, width))
        painter.drawPath(path)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


@lru_cache(maxsize=1)
def turning_cursor() -> QCursor:
    """The cursor over what turns when it is dragged: light with a dark rim."""
    pixmap = QPixmap(_CURSOR + 2, _CURSOR + 2)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    for color, places in (("black", ((0, 1), (2, 1), (1, 0), (1, 2))), ("white", ((1, 1),))):
        drawn = qtawesome.icon("mdi6.rotate-right", color=color).pixmap(_CURSOR, _CURSOR)
        for place in places:
            painter.drawPixmap(QPoint(*place), drawn)
    painter.end()
    return QCursor(pixmap)
