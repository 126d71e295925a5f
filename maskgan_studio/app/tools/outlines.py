"""Outlines that show on anything, for cursors and previews."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen


def draw_outline(painter: QPainter, path: QPainterPath) -> None:
    """Draw a cursor's outline twice, dark and light, so that it shows on anything."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for color, width in ((QColor(0, 0, 0, 200), 3.0), (QColor(255, 255, 255, 240), 1.0)):
        painter.setPen(QPen(color, width))
        painter.drawPath(path)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
