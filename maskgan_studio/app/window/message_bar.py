"""The bar at the top of the canvas: one sentence and one action, never a dialog."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from maskgan_studio.app.common.i18n import tr
from maskgan_studio.app.common.icons import icon
from maskgan_studio.app.common.messages import Message
from maskgan_studio.app.common.theme import GRID, Colors


class MessageBar(QFrame):
    """Shows the newest problem until it is closed, acted upon, or the next one comes."""

    def __init__(self, colors: Colors, parent: QWidget | None = None) -> None:
        super().__init__(parent, objectName="errorBar")
        self.problem: Message | None = None
        self._text = QLabel(wordWrap=True, textInteractionFlags=Qt.TextInteractionFlag.TextSelectableByMouse)
        self._action = QPushButton()
        self._action.clicked.connect(self._act)
        self._close = QToolButton(toolTip=tr("Close"), accessibleName=tr("Close message"))
        self._close.clicked.connect(self.clear)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GRID, GRID, GRID, GRID)
        row.addWidget(self._text, 1)
        row.addWidget(self._action)
        row.addWidget(self._close)
        self.set_colors(colors)
        self.hide()

    def show_message(self, problem: Message) -> None:
        """Say what happened."""
        self.problem = problem
        self._text.setText(problem.message)
        self._action.setText(problem.action_text)
        self._action.setVisible(problem.action is not None)
        self.setProperty("kind", "notice" if problem.notice else "problem")
        for widget in (self, self._text, self._action):
            self.style().unpolish(widget)
            self.style().polish(widget)
        self.setAccessibleName(problem.message)
        self.show()

    def clear(self) -> None:
        """Close the bar."""
        self.problem = None
        self.hide()

    def set_colors(self, colors: Colors) -> None:
        """Follow a change of the theme."""
        self._close.setIcon(icon("close", colors))

    def _act(self) -> None:
        problem = self.problem
        self.clear()
        if problem is not None and problem.action is not None:
            problem.action()
