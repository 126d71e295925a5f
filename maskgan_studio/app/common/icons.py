"""One family of icons (Material Design) in the colours of the theme."""

from __future__ import annotations

from collections.abc import Sequence

import qtawesome
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap

from maskgan_studio.app.common.theme import Colors

TOOLBAR_SIZE = QSize(20, 20)


def icon(name: str, colors: Colors, faint: bool = False) -> QIcon:
    """Return the icon ``name`` (of ``mdi6``), on the accent colour where the button is checked; ``faint`` recedes."""
    color = colors.disabled if faint else colors.text
    drawn = qtawesome.icon(
        f"mdi6.{name}",
        color=color,
        color_active=color,
        color_selected=color,  # rows and entries that are chosen keep the colour of text
        color_on=colors.on_accent,
        color_on_active=colors.on_accent,
        color_disabled=colors.disabled,
    )
    return QIcon(_KeptPixmaps(drawn))


class _KeptPixmaps(QIconEngine):
    """Draws each size and state of an icon of glyphs once: every row of every list shows some."""

    def __init__(self, drawn: QIcon) -> None:
        super().__init__()
        self._drawn = drawn
        self._pixmaps: dict[tuple[int, int, float, QIcon.Mode, QIcon.State], QPixmap] = {}

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draw the icon."""
        painter.drawPixmap(rect, self._pixmap(rect.size(), painter.device().devicePixelRatioF(), mode, state))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """The icon at a size in the screen's own pixels."""
        return self._pixmap(size, 1.0, mode, state)

    def clone(self) -> QIconEngine:
        """A copy."""
        return _KeptPixmaps(self._drawn)

    def _pixmap(self, size: QSize, ratio: float, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        key = size.width(), size.height(), ratio, mode, state
        if key not in self._pixmaps:
            self._pixmaps[key] = self._drawn.pixmap(size, ratio, mode, state)
        return self._pixmaps[key]


def swatch(rgb: Sequence[int], border: str, size: int = 16, ratio: float = 1.0) -> QIcon:
    """Return a square of one class's colour with a thin border, ``size`` device-independent pixels wide."""
    pixmap = QPixmap(QSize(size, size) * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(QColor(border))
    painter = QPainter(pixmap)
    painter.fillRect(1, 1, size - 2, size - 2, QColor(*rgb))
    painter.end()
    return QIcon(pixmap)
