"""Ctrl+K: every action, and whatever else can be done, by a few letters of its name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QIcon, QKeyEvent, QKeySequence, QPainter, QPixmap
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from maskgan_studio.app.actions.registry import Actions
from maskgan_studio.app.common.i18n import tr
from maskgan_studio.app.common.theme import GRID
from maskgan_studio.app.common.widgets import configure

_WIDTH = 480
_ROWS = 10
_ROW = 32
_ICON = 16
#: Where an item of the list has its keys.
_KEYS = Qt.ItemDataRole.UserRole + 1
# Rating from which commands are listed whose hints mention what was typed, below those whose titles have the letters.
_MENTIONED = 10_000


@dataclass(frozen=True)
class Command:
    """What the palette lists.

    Attributes:
        title: found by its letters.
        run: what it does.
        hint: found where it has what was typed in it.
        keys: shown at the right.
        icon: shown at the left.
        name: of the action that it is, if it is one.
    """

    title: str
    run: Callable[[], object]
    hint: str = ""
    keys: str = ""
    icon: QIcon = field(default_factory=QIcon)
    name: str = ""


def matches(query: str, title: str) -> int | None:
    """Rate how well a title answers a query: smaller is better, None for not at all.

    The letters of the query appear in the title in this order; those at the beginnings of words and next to each other
    count for more.
    """
    title, rating, position = title.casefold(), 0, -1
    for letter in query.casefold().replace(" ", ""):
        found = title.find(letter, position + 1)
        starts = title.find(" " + letter, position + 1)
        if starts >= 0 and found != position + 1:
            found = starts + 1
        if found < 0:
            return None
        if found == starts + 1 and starts >= 0:
            rating += 1
        elif found != position + 1:
            rating += 2 + min(found - position, 8)
        position = found
    return rating


def mentions(query: str, hint: str) -> int | None:
    """Rate a hint that has the query in it, as it stands: worse than any title that answers, None for not at all."""
    found = hint.casefold().find(query.casefold().strip())
    return None if found < 0 or len(query.strip()) < 2 else _MENTIONED + found


class CommandPalette(QFrame):
    """A field and a list that float over the window.

    Args:
        actions: all of them are listed.
        window: which it floats over.
        others: what else can be chosen now, asked whenever the palette opens.
    """

    def __init__(self, actions: Actions, window: QWidget, others: Callable[[], Iterable[Command]] = tuple) -> None:
        super().__init__(window)
        configure(self, name="palette")
        self._actions, self._window, self._others = actions, window, others
        self._commands: list[Command] = []
        self._listed: list[Command] = []
        room = QPixmap(_ICON, _ICON)  # so that all titles stand below each other
        room.fill(Qt.GlobalColor.transparent)
        self._blank = QIcon(room)
        self._field = configure(QLineEdit(placeholderText=tr("What do you want to do?")), accessible_name=tr("Command"))
        self._list = configure(QListWidget(), accessible_name=tr("Commands"))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setUniformItemSizes(True)
        self._list.setIconSize(QSize(_ICON, _ICON))
        self._list.setItemDelegate(_KeysDelegate(self._list))
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID, GRID, GRID, GRID)
        column.addWidget(self._field)
        column.addWidget(self._list)
        self._field.textChanged.connect(self._fill)
        self._field.installEventFilter(self)
        self._list.itemClicked.connect(self._run)
        self.hide()

    def open(self) -> None:
        """Show the palette over the window's upper middle."""
        top = min(96, self._window.height() // 8)
        width = min(_WIDTH, self._window.width() - 2 * GRID)
        self.resize(width, min(_ROWS * _ROW + 64, self._window.height() - top - GRID))
        self.move((self._window.width() - width) // 2, top)
        self._field.clear()
        self._commands = [self._command(name) for name in self._actions if self._actions[name].isEnabled()]
        self._commands += self._others()
        self._fill("")
        self.show()
        self.raise_()
        self._field.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows choose, Return runs, Escape closes."""
        if event.type() == QEvent.Type.FocusOut:
            self.hide()
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is not None:
            self._list.setCurrentRow((self._list.currentRow() + step) % max(1, self._list.count()))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._run(self._list.currentItem())
        elif event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            return False
        return True

    def _fill(self, query: str) -> None:
        rated = []
        for number, command in enumerate(self._commands):
            rating = matches(query, command.title.rstrip("…"))
            if rating is None:
                rating = mentions(query, command.hint)
            if rating is not None:
                rated.append((rating, len(command.title) if query.strip() else 0, number))
        self._list.clear()
        self._listed = [self._commands[number] for _, _, number in sorted(rated)]
        for command in self._listed:
            item = QListWidgetItem(self._blank if command.icon.isNull() else command.icon, command.title)
            item.setSizeHint(QSize(0, _ROW))
            item.setData(Qt.ItemDataRole.UserRole, command.name)
            item.setData(_KEYS, command.keys)
            self._list.addItem(item)
        if not rated:
            nothing = QListWidgetItem(tr("No command has these letters."), self._list)
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
        self._list.setCurrentRow(0)

    def _run(self, item: QListWidgetItem | None) -> None:
        self.hide()
        if item is not None and (row := self._list.row(item)) < len(self._listed):
            self._listed[row].run()

    def _command(self, name: str) -> Command:
        action, keys = self._actions[name], self._actions[name].shortcut()
        shown = keys.toString(QKeySequence.SequenceFormat.NativeText)
        return Command(action.text(), action.trigger, action.statusTip(), shown, action.icon(), name)


class _KeysDelegate(QStyledItemDelegate):
    """Draws the keys of a command at the right of its title: widgets for all rows would take longer than a look."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Leave the keys their room."""
        super().initStyleOption(option, index)
        if keys := index.data(_KEYS):
            metrics = option.fontMetrics
            room = option.rect.width() - metrics.horizontalAdvance(keys) - _ICON - 5 * GRID
            option.text = metrics.elidedText(option.text, Qt.TextElideMode.ElideRight, room)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """The item as the style draws it, and the keys."""
        super().paint(painter, option, index)
        if keys := index.data(_KEYS):
            painter.setFont(option.font)
            painter.setPen(option.palette.placeholderText().color())
            place = option.rect.adjusted(0, 0, -2 * GRID, 0)
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, keys)
