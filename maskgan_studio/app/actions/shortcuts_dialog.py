"""The sheet of all keys, where each can be found and changed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, QSize, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from maskgan_studio.app.actions.registry import Actions
from maskgan_studio.app.actions.spec import Action
from maskgan_studio.app.actions.table import MENUS
from maskgan_studio.app.common.i18n import tr
from maskgan_studio.app.common.widgets import configure
from maskgan_studio.app.files import dialogs

#: Keys that mean something on the canvas already, whatever the tool.
RESERVED = {
    "Space": "Space moves the picture while it is held.",
    "Tab": "Tab shows the original while it is held, and goes from one control to the next.",
    "Esc": "Esc takes back what was begun.",
    "Return": "Return keeps what was begun.",
    "Enter": "Enter keeps what was begun.",
}
_SIZE = QSize(640, 640)


class ShortcutSheet(QDialog):
    """Every action with its key. One that is free is in use at once; of one that is not the sheet says whose it is."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Keyboard shortcuts"))
        self._actions = actions
        self.fields: dict[str, QKeySequenceEdit] = {}
        self.search = configure(
            QLineEdit(placeholderText=tr("Find an action or a key"), clearButtonEnabled=True),
            accessible_name=tr("Find an action or a key"),
        )
        self.search.textChanged.connect(self._filter)
        self.table = self._make_table()
        self.message = configure(QLabel(wordWrap=True))
        self._take = configure(QPushButton(tr("Take it over")), visible=False)
        self._leave = configure(QPushButton(tr("Leave it there")), visible=False)
        self._answer: Callable[[], None] | None = None
        self._take.clicked.connect(self._take_over)
        self._leave.clicked.connect(self._show_all)
        line = QHBoxLayout()
        line.addWidget(self.message, 1)
        line.addWidget(self._take)
        line.addWidget(self._leave)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.RestoreDefaults | QDialogButtonBox.StandardButton.Close
        )
        restore = buttons.button(QDialogButtonBox.StandardButton.RestoreDefaults)
        restore.setText(tr("Restore all keys"))
        restore.clicked.connect(self._restore)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(self.search)
        column.addWidget(self.table)
        column.addLayout(line)
        column.addWidget(buttons)
        self.resize(_SIZE.boundedTo(self.screen().availableSize() * 0.9))
        self.setWindowModality(Qt.WindowModality.NonModal)

    def _make_table(self) -> QTableWidget:
        table = configure(QTableWidget(len(list(self._actions)), 3), accessible_name=tr("Keyboard shortcuts"))
        table.setHorizontalHeaderLabels([tr("Menu"), tr("Action"), tr("Key")])
        table.verticalHeader().hide()
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        for row, action_id in enumerate(self._actions):
            spec = self._actions.specs[action_id]
            table.setItem(row, 0, QTableWidgetItem(tr(_menu_title(spec))))
            table.setItem(row, 1, QTableWidgetItem(tr(spec.text)))
            field = QKeySequenceEdit(self._key(action_id), maximumSequenceLength=1)
            field.setClearButtonEnabled(True)
            field.setAccessibleName(tr("Key for {action}", action=tr(spec.text)))
            field.keySequenceChanged.connect(lambda keys, action_id=action_id: self._changed(action_id, keys))
            table.setCellWidget(row, 2, field)
            self.fields[action_id] = field
        table.resizeColumnsToContents()
        table.horizontalHeader().setStretchLastSection(True)
        return table

    def _key(self, action_id: str) -> QKeySequence:
        return QKeySequence((self._actions.keys(action_id) or ("",))[0])

    def _filter(self, query: str) -> None:
        words = query.casefold().split()
        for row, action_id in enumerate(self._actions):
            spec, native = self._actions.specs[action_id], QKeySequence.SequenceFormat.NativeText
            keys = [QKeySequence(key).toString(native) for key in self._actions.keys(action_id)]
            text = " ".join([tr(_menu_title(spec)), tr(spec.text), *keys]).casefold()
            self.table.setRowHidden(row, not all(word in text for word in words))

    def _changed(self, action_id: str, keys: QKeySequence) -> None:
        text = keys.toString(QKeySequence.SequenceFormat.PortableText)
        if text in RESERVED:
            self._say(tr(RESERVED[text]))
            self._show_keys()
            return
        owner = self._actions.owner(text) if text else None
        if owner is None or owner == action_id:
            self._bind(action_id, text)
            return
        shown = keys.toString(QKeySequence.SequenceFormat.NativeText)
        self._say(tr("{key} belongs to “{action}”.", key=shown, action=tr(self._actions.specs[owner].text)))
        self._answer = lambda: self._bind(action_id, text)
        for button in (self._take, self._leave):
            button.show()

    def _bind(self, action_id: str, text: str) -> None:
        # Further keys of the same action stay.
        others = [key for key in self._actions.keys(action_id)[1:] if key != text]
        self._actions.rebind(action_id, [text, *others] if text else others)
        self._show_all()

    def _take_over(self) -> None:
        if self._answer is not None:
            self._answer()

    def _restore(self) -> None:
        if dialogs.ask_about_restoring_keys(self):
            self._actions.restore_keys()
            self._show_all()

    def _say(self, sentence: str) -> None:
        self._answer = None
        self.message.setText(sentence)
        for button in (self._take, self._leave):
            button.hide()

    def _show_all(self) -> None:
        self._say("")
        self._show_keys()

    def _show_keys(self) -> None:
        for action_id, field in self.fields.items():
            with QSignalBlocker(field):
                field.setKeySequence(self._key(action_id))


def _menu_title(spec: Action) -> str:
    return dict(MENUS).get(spec.menu, "Parts")
