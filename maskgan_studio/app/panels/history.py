"""The history panel: every step with a thumbnail, to jump to."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListView,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from maskgan_studio.app.common.i18n import tr, translate_message
from maskgan_studio.app.common.theme import GRID, Colors
from maskgan_studio.app.common.widgets import configure
from maskgan_studio.app.panels.thumbnails import mask_icon
from maskgan_studio.app.state.mask_colors import MaskColors
from maskgan_studio.app.state.workspace import Workspace
from maskgan_studio.document.changes import Title

_THUMBNAIL = 32


class HistoryPanel(QWidget):
    """The steps done, and those that can be done again, paler; below them the states that the user keeps by name.

    Signals: ``snapshot_wanted``, ``state_wanted`` (number of a snapshot), ``saving_wanted`` (whether the project keeps
    them).
    """

    snapshot_wanted = Signal()
    state_wanted = Signal(int)
    saving_wanted = Signal(bool)

    def __init__(self, workspace: Workspace, mask_colors: MaskColors, colors: Colors) -> None:
        super().__init__()
        configure(self, name="panel")
        self._workspace, self._mask_colors, self._colors = workspace, mask_colors, colors
        self._ids: list[int] = []
        self._seen = False
        self._list = configure(QListWidget(), accessible_name=tr("History"))
        self._list.setResizeMode(QListView.ResizeMode.Adjust)
        self._list.setIconSize(QSize(_THUMBNAIL, _THUMBNAIL))
        self._list.setUniformItemSizes(True)
        self._list.currentRowChanged.connect(self._jump)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID, GRID, GRID, GRID)
        column.addWidget(self._list)
        keep = configure(QPushButton(tr("Keep this state…")), tip=tr("Give the present state a name, to go back to it"))
        keep.clicked.connect(self.snapshot_wanted)
        self.states = configure(QPushButton(tr("Kept states")), enabled=False)
        self.states.setMenu(QMenu(self.states))
        buttons = QHBoxLayout()
        buttons.addWidget(keep)
        buttons.addWidget(self.states)
        column.addLayout(buttons)
        self._refresh_soon = QTimer(self, singleShot=True, interval=0)
        self._refresh_soon.timeout.connect(self.refresh)
        workspace.history_changed.connect(self._refresh_soon.start)
        workspace.document_changed.connect(self._refresh_soon.start)
        mask_colors.changed.connect(self._redraw)

    def sizeHint(self) -> QSize:
        """Room for six steps."""
        return QSize(264, 6 * (_THUMBNAIL + 8))

    def show_snapshots(self, titles: Sequence[str], are_saved: bool) -> None:
        """List the states that are kept, and whether the project keeps them."""
        menu = self.states.menu()
        menu.clear()
        for number, title in enumerate(titles):
            menu.addAction(title.replace("&", "&&")).triggered.connect(partial(self._want_state, number))
        menu.addSeparator()
        saved = menu.addAction(tr("Save them in the project"))
        saved.setCheckable(True)
        saved.setChecked(are_saved)
        saved.triggered.connect(self.saving_wanted)
        self.states.setEnabled(bool(titles))

    def _want_state(self, number: int, _checked: bool = False) -> None:
        self.state_wanted.emit(number)

    def set_seen(self, seen: bool) -> None:
        """Follow the history while the panel is seen, and catch up when it comes to the front."""
        self._seen = seen
        self.refresh()

    def set_colors(self, colors: Colors) -> None:
        """Follow a change of the theme."""
        self._colors = colors
        self._redraw()

    def _redraw(self) -> None:
        self._ids = []
        self.refresh()

    def refresh(self) -> None:
        """Show the steps; those that are listed already stay as they are."""
        session = self._workspace.session
        if not self._seen:
            return
        entries = () if session is None else session.history.entries
        self._list.blockSignals(True)
        known = self._common([entry.id for entry in entries])
        if known == 0:
            self._list.clear()
            if session is not None:
                self._list.addItem(tr("Opened"))
        while self._list.count() > known + 1:
            self._list.takeItem(self._list.count() - 1)
        for entry in entries[known:]:
            self._list.addItem(
                QListWidgetItem(mask_icon(entry.thumbnail, self._mask_colors.palette, _THUMBNAIL), _title(entry.title))
            )
        self._ids = [entry.id for entry in entries]
        if session is not None:
            for row in range(self._list.count()):
                done = row <= session.history.position
                self._list.item(row).setForeground(QColor(self._colors.text if done else self._colors.disabled))
            self._list.setCurrentRow(session.history.position)
            self._list.scrollToItem(self._list.currentItem())
        self._list.blockSignals(False)

    def _common(self, ids: list[int]) -> int:
        """How many steps at the beginning are the same as those listed."""
        for position, (here, there) in enumerate(zip(self._ids, ids, strict=False)):
            if here != there:
                return position
        return min(len(self._ids), len(ids))

    def _jump(self, row: int) -> None:
        session = self._workspace.session
        if session is not None and row >= 0:
            session.jump(row)


def _title(title: Title) -> str:
    return tr(title) if isinstance(title, str) else translate_message(title)
