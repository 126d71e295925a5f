"""The bar over the top of the canvas: one sentence and what to do about it, never a dialog."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from maskgan_studio.app.common.i18n import tr
from maskgan_studio.app.common.icons import icon
from maskgan_studio.app.common.messages import Message
from maskgan_studio.app.common.theme import GRID, Colors
from maskgan_studio.app.common.widgets import configure


class MessageBar(QFrame):
    """Shows the newest message until it is closed, acted upon, or the next one comes.

    It lies over its parent's upper edge, so that nothing below it moves when it comes or goes. Messages that stay come
    back when those after them are gone.
    """

    def __init__(self, colors: Colors, parent: QWidget) -> None:
        super().__init__(parent)
        configure(self, name="errorBar")
        self.problem: Message | None = None
        self._staying: list[Message] = []
        self._text = QLabel(wordWrap=True, textInteractionFlags=Qt.TextInteractionFlag.TextSelectableByMouse)
        # A file's name may look like markup.
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._action = QPushButton()
        self._action.clicked.connect(lambda: self._act())
        self._others: list[QPushButton] = []
        self._close = configure(QToolButton(), tip=tr("Close"), accessible_name=tr("Close message"))
        self._close.clicked.connect(self.close_message)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(2 * GRID, GRID, GRID, GRID)
        self._row.addWidget(self._text, 1)
        self._row.addWidget(self._action)
        self._row.addWidget(self._close)
        self.set_colors(colors)
        self.hide()

    def show_message(self, message: Message) -> None:
        """Say what happened."""
        self.problem = message
        if message.stays and message not in self._staying:
            self._staying.append(message)
        self._text.setText(message.message)
        self._action.setText(message.action_text)
        self._action.setVisible(message.action is not None)
        for button in self._others:
            button.hide()
            button.deleteLater()
        self._others = [QPushButton(title) for title, _ in message.other_actions]
        for number, button in enumerate(self._others):
            button.clicked.connect(partial(self._act, number))
            self._row.insertWidget(2 + number, button)
        self.setProperty("kind", "notice" if message.notice else "problem")
        for widget in (self, self._text, self._action, *self._others):
            self.style().unpolish(widget)
            self.style().polish(widget)
        self.setAccessibleName(message.message)
        self.place()
        self.show()
        self.raise_()

    def place(self) -> None:
        """Take as much of the parent's upper edge as the text needs."""
        parent = self.parentWidget()
        assert parent is not None
        width = parent.width()
        self._row.invalidate()
        self.setGeometry(0, 0, width, max(self._row.totalHeightForWidth(width), self._row.totalMinimumSize().height()))

    def clear(self) -> None:
        """Take away what concerns the present moment; a message that stays is shown, or shown again."""
        self.problem = None
        self.hide()
        if self._staying:
            self.show_message(self._staying[-1])

    def close_message(self) -> None:
        """Remove the message permanently."""
        if self.problem in self._staying:
            self._staying.remove(self.problem)
        self.clear()

    def set_colors(self, colors: Colors) -> None:
        """Follow a change of the theme."""
        self._close.setIcon(icon("close", colors))

    def _act(self, other: int | None = None, _checked: bool = False) -> None:
        message = self.problem
        if message is None:
            return
        action = message.action if other is None else message.other_actions[other][1]
        if other is None:
            self.close_message()  # what else it offers can still be had after a look at the log
        if action is not None:
            action()
