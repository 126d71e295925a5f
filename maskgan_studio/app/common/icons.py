"""One family of icons (Material Design) in the colours of the theme."""

from __future__ import annotations

from collections.abc import Sequence

import qtawesome
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

from maskgan_studio.app.common.theme import Colors

TOOLBAR_SIZE = QSize(20, 20)


def icon(name: str, colors: Colors, faint: bool = False) -> QIcon:
    """Return the icon ``name`` (of ``mdi6``), on the accent colour where the button is checked; ``faint`` recedes."""
    color = colors.disabled if faint else colors.text
    return qtawesome.icon(
        f"mdi6.{name}",
        color=color,
        color_active=color,
        color_selected=color,  # rows and entries that are chosen keep the colour of text
        color_on=colors.on_accent,
        color_on_active=colors.on_accent,
        color_disabled=colors.disabled,
    )


def swatch(rgb: Sequence[int], border: str, size: int = 16, ratio: float = 1.0) -> QIcon:
    """Return a square of one class's colour with a thin border, ``size`` device-independent pixels wide."""
    pixmap = QPixmap(QSize(size, size) * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(QColor(border))
    painter = QPainter(pixmap)
    painter.fillRect(1, 1, size - 2, size - 2, QColor(*rgb))
    painter.end()
    return QIcon(pixmap)
