"""Widgets made in one expression: PySide6's stubs know only a class's own properties as constructor arguments."""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QKeySequence, QTextLayout
from PySide6.QtWidgets import QLabel, QSlider, QToolButton, QWidget

#: Text below tiles, as in the style sheet.
CAPTION_PX = 11

W = TypeVar("W", bound=QWidget)


def configure(
    widget: W,
    *,
    name: str = "",
    tip: str = "",
    accessible_name: str = "",
    enabled: bool = True,
    visible: bool = True,
) -> W:
    """Set what every widget has, and return it; what it shows is text, also where a file's name looks like markup.

    Args:
        widget: freshly made.
        name: object name, by which the style sheet knows it.
        tip: shown when the pointer rests on it.
        accessible_name: read aloud by a screen reader.
        enabled, visible: what it is at first.
    """
    widget.setObjectName(name)
    if isinstance(widget, QLabel):
        widget.setTextFormat(Qt.TextFormat.PlainText)
    widget.setToolTip(escape_markup(tip))
    widget.setAccessibleName(accessible_name)
    widget.setEnabled(enabled)
    if not visible:
        widget.hide()
    return widget


def escape_markup(text: str) -> str:
    """Return a tool tip that shows a text as it is: Qt takes what looks like markup for that."""
    return f"<span>{html.escape(text)}</span>" if "<" in text else text


def make_slider(minimum: int, maximum: int, value: int | None = None) -> QSlider:
    """Return a horizontal slider; it stands at its minimum by default."""
    slider = QSlider(Qt.Orientation.Horizontal)
    slider.setRange(minimum, maximum)
    slider.setValue(minimum if value is None else value)
    return slider


def caption_tile(tile: QToolButton, title: str, side: int) -> None:
    """Write a title below a tile's picture, in two lines where one of this side is too short for it."""
    tile.setObjectName("look")
    tile.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
    font = QFont(tile.font())
    font.setPixelSize(CAPTION_PX)
    tile.setText(wrap_caption(title, font, side + 8).replace("&", "&&"))
    tile.setFixedWidth(side + 12)


def wrap_caption(title: str, font: QFont, width: int) -> str:
    """Return a title in one line, or in two, of so many pixels each; only what then remains is cut."""
    layout = QTextLayout(title, font)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(width)
    layout.endLayout()
    lines = title[: line.textLength()].strip(), title[line.textLength() :].strip()
    metrics = QFontMetrics(font)
    return "\n".join(metrics.elidedText(each, Qt.TextElideMode.ElideRight, width) for each in lines if each)


def make_tool_button(text: str = "", icon_side: int | None = None) -> QToolButton:
    """Return a tool button with a text, or with room for a square icon of so many pixels."""
    button = QToolButton()
    button.setText(text)
    if icon_side is not None:
        button.setIconSize(QSize(icon_side, icon_side))
    return button


def take_delete_key(widget: QWidget, act: Callable[[], object]) -> None:
    """Let the Delete key do something of its own where a widget has the focus, rather than what it does elsewhere."""
    widget.installEventFilter(_DeleteKey(widget, act))


class _DeleteKey(QObject):
    """Takes the key before the window's shortcut gets it; two shortcuts for one key would both be left undone."""

    def __init__(self, widget: QWidget, act: Callable[[], object]) -> None:
        super().__init__(widget)
        self._act = act

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Delete):
            event.accept()
            if event.type() == QEvent.Type.KeyPress:
                self._act()
            return True
        return super().eventFilter(watched, event)
