"""The parts panel: every class with its colour, visibility, lock and key, made from the class table."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QListWidget,
    QListWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from maskgan_studio.app.common.i18n import tr
from maskgan_studio.app.common.icons import icon, swatch
from maskgan_studio.app.common.theme import GRID, Colors
from maskgan_studio.app.common.widgets import configure
from maskgan_studio.app.state.mask_colors import MaskColors
from maskgan_studio.app.state.workspace import Workspace
from maskgan_studio.labels import PARTS, Part, part_named

_ROW = 26
#: What is painted most stands at the top, and what belongs together beside each other.
ORDER = (
    *("hair", "skin", "u_lip", "mouth", "l_lip", "l_eye", "r_eye", "l_brow", "r_brow", "nose"),
    *("l_ear", "r_ear", "eye_g", "ear_r", "hat", "neck", "neck_l", "cloth", "background"),
)


class PartsPanel(QWidget):
    """The palette of classes. Signal: ``menu_wanted`` (part, place on the screen)."""

    menu_wanted = Signal(int, QPoint)

    def __init__(
        self, workspace: Workspace, mask_colors: MaskColors, colors: Colors, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        configure(self, name="panel")
        self._workspace, self._mask_colors = workspace, mask_colors
        self._colors = colors
        self._locked: frozenset[int] = frozenset()
        self._search = QLineEdit(placeholderText=tr("Find a part"), clearButtonEnabled=True)
        self._search.setAccessibleName(tr("Find a part"))
        self._search.textChanged.connect(self._filter)
        self._list = configure(QListWidget(self), accessible_name=tr("Parts"))
        self._list.setResizeMode(QListView.ResizeMode.Adjust)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._rows: dict[int, _Row] = {}
        for part in map(part_named, ORDER):
            item = QListWidgetItem(self._list)
            item.setSizeHint(QSize(0, _ROW))
            item.setData(Qt.ItemDataRole.UserRole, part.index)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, tr(part.title))
            row = _Row(part)
            row.visible.clicked.connect(lambda _checked, index=part.index: mask_colors.toggle_hidden(index))
            row.lock.clicked.connect(lambda _checked, index=part.index: self._toggle_locked(index))
            self._list.setItemWidget(item, row)
            self._rows[part.index] = row
        self._list.currentItemChanged.connect(self._current_changed)
        self._list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._list.customContextMenuRequested.connect(self._want_menu)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID, GRID, GRID, GRID)
        column.setSpacing(GRID)
        column.addWidget(self._search)
        column.addWidget(self._list)
        workspace.active_changed.connect(self.refresh)
        workspace.document_changed.connect(self.refresh)
        mask_colors.changed.connect(self._draw)
        self.set_colors(colors)

    def sizeHint(self) -> QSize:
        """Tall enough for the parts one paints most."""
        return QSize(264, 12 * _ROW)

    def refresh(self) -> None:
        """Show which part is active and which are locked."""
        session = self._workspace.session
        if session is None:
            return
        self._locked = session.constraints.locked_parts
        self._list.blockSignals(True)
        self._list.setCurrentRow(ORDER.index(PARTS[session.active_part].name))
        self._list.blockSignals(False)
        self._draw()

    def set_keys(self, keys: dict[int, str]) -> None:
        """Show the favourites' keys."""
        for index, row in self._rows.items():
            row.key.setText(keys.get(index, ""))

    def set_colors(self, colors: Colors) -> None:
        """Follow a change of the theme."""
        self._colors = colors
        self._draw()

    def _draw(self) -> None:
        for index, row in self._rows.items():
            shown, locked = index not in self._mask_colors.hidden, index in self._locked
            color = tuple(int(value) for value in self._mask_colors.palette[index])
            row.color.setPixmap(swatch(color, self._colors.border).pixmap(16, 16))
            # What is as usual recedes, so that the one hidden or locked part stands out of the column.
            row.visible.setIcon(icon("eye-outline" if shown else "eye-off-outline", self._colors, faint=shown))
            row.lock.setIcon(
                icon("lock-outline" if locked else "lock-open-variant-outline", self._colors, faint=not locked)
            )
            row.visible.setAccessibleName(tr("Show {part}", part=tr(row.part.title)))
            row.lock.setAccessibleName(tr("Never paint over {part}", part=tr(row.part.title)))
            row.title.setEnabled(shown)

    def _filter(self, text: str) -> None:
        query = text.casefold().strip()
        for position in range(self._list.count()):
            part = PARTS[self._list.item(position).data(Qt.ItemDataRole.UserRole)]
            found = query in tr(part.title).casefold() or query in part.name
            self._list.item(position).setHidden(not found)

    def _current_changed(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self._workspace.choose_part(item.data(Qt.ItemDataRole.UserRole))

    def _want_menu(self, place: QPoint) -> None:
        item = self._list.itemAt(place) or self._list.currentItem()  # the menu key knows no place
        if item is not None:
            self.menu_wanted.emit(item.data(Qt.ItemDataRole.UserRole), self._list.viewport().mapToGlobal(place))

    def _toggle_locked(self, index: int) -> None:
        session = self._workspace.session
        if session is not None:
            session.constrain(replace(session.constraints, locked_parts=self._locked ^ {index}))


class _Row(QWidget):
    """One line: colour, title, eye, lock, key."""

    def __init__(self, part: Part) -> None:
        super().__init__()
        self.part = part
        self.color = configure(QLabel())
        self.title = configure(QLabel(tr(part.title)))
        self.visible = configure(QToolButton(), tip=tr("Show or hide"))
        self.lock = configure(QToolButton(), tip=tr("Never paint over this part"))
        self.key = configure(QLabel(), name="muted")
        self.key.setFixedWidth(16)
        for button in (self.visible, self.lock):
            button.setFixedSize(24, 24)
            button.setIconSize(QSize(16, 16))
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(GRID, 0, GRID // 2, 0)
        row.setSpacing(GRID // 2)
        row.addWidget(self.color)
        row.addSpacing(GRID // 2)
        row.addWidget(self.title, 1)
        row.addWidget(self.visible)
        row.addWidget(self.lock)
        row.addWidget(self.key)
