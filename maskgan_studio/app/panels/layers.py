"""The layers panel: name, visibility, strength, lock, order; the base mask from the photo lies at the bottom."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from maskgan_studio.app.common.i18n import tr, translate_message
from maskgan_studio.app.common.icons import icon
from maskgan_studio.app.common.messages import Reporter
from maskgan_studio.app.common.theme import GRID, Colors
from maskgan_studio.app.common.widgets import configure, make_slider, make_tool_button, take_delete_key
from maskgan_studio.app.panels.thumbnails import mask_icon
from maskgan_studio.app.state.mask_colors import MaskColors
from maskgan_studio.app.state.workspace import Workspace
from maskgan_studio.document.layers import Layer
from maskgan_studio.document.session import Session

_ROW = 36
_THUMBNAIL = 28
#: Room for eye and lock.
_SWITCHES = 56


class NameField(QLineEdit):
    """A name that is written over; Escape leaves it as it was.

    Signal: ``named`` (the new name).
    """

    named = Signal(str)

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(name, parent)
        self._before = name
        self.editingFinished.connect(self._end)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return keeps the name, Escape does not; neither means anything to the list below."""
        if event.key() == Qt.Key.Key_Escape:
            self.setText(self._before)
            self._end()
        else:
            super().keyPressEvent(event)
            event.accept()

    def _end(self) -> None:
        if self.isHidden():
            return
        if self.hasFocus() and (below := self.parentWidget()) is not None:
            below.setFocus()
        self.hide()
        self.deleteLater()
        name = self.text().strip()
        if name and name != self._before:
            self.named.emit(name)


class LayersPanel(QWidget):
    """The stack, top layer first.

    Args:
        workspace: what is shown.
        actions: what has a button below the list.
        mask_colors: of the thumbnails.
        reporter: shows what the session refuses.

    Signal: ``menu_wanted`` (id of the layer, place on the screen).
    """

    menu_wanted = Signal(int, QPoint)

    def __init__(
        self,
        workspace: Workspace,
        actions: Sequence[QAction],
        mask_colors: MaskColors,
        colors: Colors,
        reporter: Reporter,
    ) -> None:
        super().__init__()
        configure(self, name="panel")
        self._workspace, self._mask_colors, self._colors = workspace, mask_colors, colors
        self._reporter = reporter
        self._shown: tuple[Layer, ...] = ()
        self._shown_of: Session | None = None
        self._hashes: dict[int, int] = {}
        self._strength = configure(make_slider(0, 100, 100), accessible_name=tr("Strength of the layer"), enabled=False)
        self._strength.setToolTip(tr("How much of this layer's edit is done: at 50 %, outlines go half of the way"))
        self._strength.valueChanged.connect(self._set_strength)
        self._list = configure(QListWidget(), accessible_name=tr("Layers"))
        self._list.setResizeMode(QListView.ResizeMode.Adjust)
        self._list.setIconSize(QSize(_THUMBNAIL, _THUMBNAIL))
        self._list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        # The list's own editor does not open where a row has widgets of its own.
        self._list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._list.itemDoubleClicked.connect(lambda item: self.edit_name(item.data(Qt.ItemDataRole.UserRole)))
        self._list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._list.customContextMenuRequested.connect(self._want_menu)
        self._list.currentItemChanged.connect(self._activate)
        self._list.model().rowsMoved.connect(self._moved)
        remove = next(action for action in actions if action.objectName() == "layer.remove")
        take_delete_key(self._list, remove.trigger)
        self._caption = configure(QLabel(tr("Strength")), name="muted")
        top = QHBoxLayout()
        top.addWidget(self._caption)
        top.addWidget(self._strength)
        self._percent = configure(
            QLabel("100 %", alignment=Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        )
        self._percent.setFixedWidth(44)
        self._strength.valueChanged.connect(self._show_percent)
        top.addWidget(self._percent)
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID // 2)
        for action in actions:
            button = make_tool_button(icon_side=18)
            button.setDefaultAction(action)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
            buttons.addWidget(button)
        buttons.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID, GRID, GRID, GRID)
        column.setSpacing(GRID)
        column.addLayout(top)
        column.addWidget(self._list)
        column.addLayout(buttons)
        self._let_weaken(False)
        # Thumbnails follow when a stroke is over, not with each of its pieces.
        self._refresh_soon = QTimer(self, singleShot=True, interval=0)
        self._refresh_soon.timeout.connect(self.refresh)
        for signal in (
            workspace.layers_changed,
            workspace.document_changed,
            workspace.active_changed,
            workspace.history_changed,
        ):
            signal.connect(self._refresh_soon.start)
        mask_colors.changed.connect(self._redraw)

    def sizeHint(self) -> QSize:
        """Room for four layers."""
        return QSize(264, 4 * _ROW + 72)

    def set_colors(self, colors: Colors) -> None:
        """Follow a change of the theme."""
        self._colors = colors
        self._redraw()

    def _redraw(self) -> None:
        self._shown_of = None
        self.refresh()

    def refresh(self) -> None:
        """Show the stack; rows of layers that are as they were stay, so that a stroke changes one thumbnail."""
        session = self._workspace.session
        layers = () if session is None else tuple(reversed(session.stack.layers))
        self._let_weaken(False)
        self._list.blockSignals(True)
        if layers != self._shown or session is not self._shown_of:
            self._list.clear()
            self._hashes = {}
            for layer in layers:
                item = QListWidgetItem(translate_message(layer.title), self._list)
                item.setSizeHint(QSize(0, _ROW))
                item.setData(Qt.ItemDataRole.UserRole, layer.id)
                self._list.setItemWidget(item, self._switches(layer))
            self._shown, self._shown_of = layers, session
        for row, layer in enumerate(layers):
            self._show_thumbnail(self._list.item(row), layer)
            if session is not None and layer.id == session.active_layer:
                self._list.setCurrentRow(row)
                self._let_weaken(row < len(layers) - 1)  # the base is what the photo shows
                self._strength.blockSignals(True)
                self._strength.setValue(round(100 * layer.opacity))
                self._show_percent(self._strength.value())
                self._strength.blockSignals(False)
        self._list.blockSignals(False)

    def _let_weaken(self, can: bool) -> None:
        for widget in (self._caption, self._strength, self._percent):
            widget.setEnabled(can)

    def edit_name(self, layer_id: int) -> None:
        """Let the user write another name into a layer's row."""
        for row in range(self._list.count()):
            item = self._list.item(row)
            if item.data(Qt.ItemDataRole.UserRole) == layer_id:
                self._list.scrollToItem(item)
                field = NameField(item.text(), self._list.viewport())
                field.setAccessibleName(tr("Name of the layer"))
                field.setGeometry(self._list.visualItemRect(item).adjusted(_THUMBNAIL + GRID, 4, -_SWITCHES, -4))
                field.named.connect(lambda name: self._rename(layer_id, name))
                field.show()
                field.setFocus()
                field.selectAll()

    def _want_menu(self, place: QPoint) -> None:
        item = self._list.itemAt(place) or self._list.currentItem()  # the menu key knows no place
        if item is not None:
            self._list.setCurrentItem(item)  # the commands act on the active layer
            self.menu_wanted.emit(item.data(Qt.ItemDataRole.UserRole), self._list.viewport().mapToGlobal(place))

    def _show_thumbnail(self, item: QListWidgetItem, layer: Layer) -> None:
        checksum = zlib.crc32(layer.labels.data)
        if self._hashes.get(layer.id) != checksum:
            self._hashes[layer.id] = checksum
            item.setIcon(mask_icon(layer.labels, self._mask_colors.palette, _THUMBNAIL))

    def _switches(self, layer: Layer) -> QWidget:
        """Eye and lock at the right end of a row."""
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, GRID // 2, 0)
        line.setSpacing(0)
        line.addStretch()
        session = self._workspace.session
        assert session is not None
        for name, title, change in (
            (
                "eye-outline" if layer.visible else "eye-off-outline",
                tr("Show layer"),
                lambda: session.layers.show(layer.id, not layer.visible),
            ),
            (
                "lock-outline" if layer.locked else "lock-open-variant-outline",
                tr("Lock layer"),
                lambda: session.layers.lock(layer.id, not layer.locked),
            ),
        ):
            usual = name in ("eye-outline", "lock-open-variant-outline")
            button = configure(make_tool_button(icon_side=16), tip=title)
            button.setIcon(icon(name, self._colors, faint=usual))
            button.setFixedSize(24, 24)
            button.setAccessibleName(f"{title} {translate_message(layer.title)}")
            button.clicked.connect(lambda _checked, change=change: self._do(change))
            line.addWidget(button)
        return row

    def _activate(self, item: QListWidgetItem | None) -> None:
        session = self._workspace.session
        if item is not None and session is not None:
            self._do(lambda: session.activate_layer(item.data(Qt.ItemDataRole.UserRole)))

    def _rename(self, layer_id: int, name: str) -> None:
        session = self._workspace.session
        if session is not None and layer_id in session.stack:
            self._do(lambda: session.layers.rename(layer_id, name))

    def _moved(self, *_arguments: object) -> None:
        session = self._workspace.session
        current = self._list.currentItem()
        if session is not None and current is not None:
            position = self._list.count() - 1 - self._list.row(current)
            self._do(lambda: session.layers.move(current.data(Qt.ItemDataRole.UserRole), position))

    def _show_percent(self, percent: int) -> None:
        self._percent.setText(f"{percent} %")

    def _set_strength(self, percent: int) -> None:
        session = self._workspace.session
        if session is not None:
            self._do(lambda: session.layers.set_opacity(session.active_layer, percent / 100))

    def _do(self, change: Callable[[], object]) -> None:
        if not self._reporter.attempt(change):
            self._refresh_soon.start()
