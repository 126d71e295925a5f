"""The tour: a bubble points at what it speaks of, and goes on when the user has tried it; nothing is in the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from maskgan_studio.app.common.i18n import tr
from maskgan_studio.app.common.settings import Settings
from maskgan_studio.app.common.theme import GRID, Theme
from maskgan_studio.app.common.widgets import configure

_WIDTH = 320
#: So long a step that was tried is praised before the next one comes, in milliseconds.
_PRAISE_MS = 1200


@dataclass(frozen=True)
class Step:
    """One thing to point at.

    Attributes:
        text: what it is, and what can be tried; English.
        place: the rectangle of the window that is meant.
        tried: signals of which each says that the user has tried it; none where there is nothing to try.
        prepare: brings it into sight.
    """

    text: str
    place: Callable[[], QRect]
    tried: tuple[Any, ...] = ()
    prepare: Callable[[], None] = lambda: None


class Tour(QObject):
    """Goes through the steps: once by itself, and again when asked.

    Args:
        window: what is toured, theme: its colours, settings: say who has seen the tour.
        make_steps: the steps for the window as it is.
        messages: the bar of messages, which bubble and frame never cover.

    Attributes:
        bubble: what speaks; hidden while there is no tour.
    """

    def __init__(
        self,
        window: QWidget,
        theme: Theme,
        settings: Settings,
        make_steps: Callable[[], list[Step]],
        messages: QWidget,
    ) -> None:
        super().__init__(window)
        self._window, self._settings, self._make_steps, self._messages = window, settings, make_steps, messages
        self._steps: list[Step] = []
        self._number = 0
        self._heard: tuple[Any, ...] = ()
        self._frame = _Frame(window, theme)
        self.bubble = Bubble(window)
        self.bubble.next.clicked.connect(lambda: self._go(self._number + 1))
        self.bubble.back.clicked.connect(lambda: self._go(self._number - 1))
        self.bubble.skip.clicked.connect(self.end)
        self._follow = QTimer(self, interval=300)  # panels are moved, tabs come to the front
        self._follow.timeout.connect(self._place)
        self._onwards = QTimer(self, singleShot=True, interval=_PRAISE_MS)
        self._onwards.timeout.connect(lambda: self._go(self._number + 1))
        window.installEventFilter(self)

    def begin_once(self) -> None:
        """Show the tour to someone who has not seen it."""
        if not self._settings.get("tour/seen", False):
            self.begin()

    def begin(self) -> None:
        """Show the first step."""
        self._settings.set("tour/seen", True)
        self.end()
        self._steps = self._make_steps()
        self._go(0)

    def end(self) -> None:
        """Leave the tour."""
        self._disconnect()
        self._steps = []
        self._follow.stop()
        self.bubble.hide()
        self._frame.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay beside what is meant when the window changes its size."""
        if event.type() == QEvent.Type.Resize and self._steps:
            self._place()
        return False

    def _go(self, number: int) -> None:
        self._disconnect()
        if not 0 <= number < len(self._steps):
            self.end()
            return
        self._number = number
        step = self._steps[number]
        step.prepare()
        self.bubble.show_step(tr(step.text), number, len(self._steps))
        self._heard = step.tried
        for signal in self._heard:
            signal.connect(self._tried)
        self._follow.start()
        self._place()

    def _tried(self, *_values: object) -> None:
        """The user did it: say so, and go on in a moment."""
        if not self._onwards.isActive():
            self.bubble.praise()
            self._onwards.start()

    def _disconnect(self) -> None:
        self._onwards.stop()
        for signal in self._heard:
            signal.disconnect(self._tried)
        self._heard = ()

    def _place(self) -> None:
        """Put the frame around what is meant and the bubble beside it, inside the window."""
        if not self._steps:
            return
        meant = self._steps[self._number].place().intersected(self._window.rect())
        message = self._place_of_message()
        if meant.intersects(message):
            meant.setTop(message.bottom() + 1)
        frame = meant.adjusted(-3, -3, 3, 3)
        size, room = self.bubble.size(), self._window.rect().adjusted(GRID, GRID, -GRID, -GRID)
        if meant.right() + size.width() + 2 * GRID < room.right():
            corner = QPoint(meant.right() + 2 * GRID, meant.top())
        elif meant.left() - size.width() - 2 * GRID > room.left():
            corner = QPoint(meant.left() - size.width() - 2 * GRID, meant.top())
        else:
            corner = QPoint(meant.center().x() - size.width() // 2, meant.bottom() + 2 * GRID)
        if QRect(corner, size).intersects(message):
            corner.setY(message.bottom() + GRID)
        corner.setX(max(room.left(), min(corner.x(), room.right() - size.width())))
        corner.setY(max(room.top(), min(corner.y(), room.bottom() - size.height())))
        if self._frame.isVisible() and (self._frame.geometry(), self.bubble.pos()) == (frame, corner):
            return  # what lies below would be painted again
        self._frame.setGeometry(frame)
        self.bubble.move(corner)
        for widget in (self._frame, self.bubble):
            widget.show()
            widget.raise_()

    def _place_of_message(self) -> QRect:
        bar = self._messages
        return QRect(bar.mapTo(self._window, QPoint()), bar.size()) if bar.isVisible() else QRect()


class Bubble(QFrame):
    """One sentence, how far the tour is, and the ways on, back and out."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        configure(self, name="bubble", visible=False, accessible_name=tr("Tour"))
        self.text = configure(QLabel(wordWrap=True))
        self.count = configure(QLabel(), name="muted")
        self.skip = configure(QPushButton(tr("Skip the tour")))
        self.back = configure(QPushButton(tr("Back")))
        self.next = configure(QPushButton(), name="primaryTour")
        line = QHBoxLayout()
        line.addWidget(self.count, 1)
        for button in (self.skip, self.back, self.next):
            line.addWidget(button)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.addWidget(self.text)
        column.addLayout(line)

    def show_step(self, text: str, number: int, count: int) -> None:
        """Say a step."""
        self.text.setText(text)
        self.setAccessibleDescription(text)
        self.count.setText(f"{number + 1} / {count}")
        last = number + 1 == count
        self.back.setVisible(number > 0)
        self.skip.setVisible(not last)
        self.next.setText(tr("Done") if last else tr("Next"))
        # As wide as the buttons need in this language, and as high as the text needs at that width.
        column = self._column
        column.activate()
        width = max(_WIDTH, column.totalMinimumSize().width())
        self.setFixedSize(width, column.totalHeightForWidth(width))

    def praise(self) -> None:
        """What was to be tried was tried."""
        self.text.setText(tr("That is it."))


class _Frame(QWidget):
    """A frame around what is meant; the pointer goes through it."""

    def __init__(self, window: QWidget, theme: Theme) -> None:
        super().__init__(window)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._theme.colors.accent), 3))
        painter.drawRoundedRect(self.rect().adjusted(2, 2, -2, -2), 6, 6)
