"""The sheet of all keys, where each can be changed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QKeySequenceEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from maskgan_studio.app.actions.registry import Actions
from maskgan_studio.app.actions.table import MENUS
from maskgan_studio.app.common.i18n import tr


class ShortcutSheet(QDialog):
    """Every action with its key; one typed into a field is in use at once, and the action that had it loses it."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Keyboard shortcuts"))
        self._actions = actions
        self.fields: dict[str, QKeySequenceEdit] = {}
        menus = dict(MENUS)
        self._table = QTableWidget(len(list(actions)), 3)
        self._table.setHorizontalHeaderLabels([tr("Menu"), tr("Action"), tr("Key")])
        self._table.verticalHeader().hide()
        self._table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        for row, action_id in enumerate(actions):
            spec = actions.specs[action_id]
            self._table.setItem(row, 0, QTableWidgetItem(tr(menus.get(spec.menu, "Parts"))))
            self._table.setItem(row, 1, QTableWidgetItem(tr(spec.text)))
            field = QKeySequenceEdit(QKeySequence((actions.keys(action_id) or ("",))[0]), maximumSequenceLength=1)
            field.setClearButtonEnabled(True)
            field.setAccessibleName(tr("Key for {action}", action=tr(spec.text)))
            field.keySequenceChanged.connect(lambda keys, action_id=action_id: self._changed(action_id, keys))
            self._table.setCellWidget(row, 2, field)
            self.fields[action_id] = field
        self._table.resizeColumnsToContents()
        self._table.horizontalHeader().setStretchLastSection(True)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.RestoreDefaults | QDialogButtonBox.StandardButton.Close
        )
        buttons.button(QDialogButtonBox.StandardButton.RestoreDefaults).clicked.connect(self._restore)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(self._table)
        column.addWidget(buttons)
        self.resize(640, 640)
        self.setWindowModality(Qt.WindowModality.NonModal)

    def _changed(self, action_id: str, keys: QKeySequence) -> None:
        text = keys.toString(QKeySequence.SequenceFormat.PortableText)
        # Further keys of the same action stay.
        others = [key for key in self._actions.keys(action_id)[1:] if key != text]
        self._actions.rebind(action_id, [text, *others] if text else others)
        self._show_all()

    def _restore(self) -> None:
        self._actions.restore_keys()
        self._show_all()

    def _show_all(self) -> None:
        for action_id, field in self.fields.items():
            field.blockSignals(True)
            field.setKeySequence(QKeySequence((self._actions.keys(action_id) or ("",))[0]))
            field.blockSignals(False)
