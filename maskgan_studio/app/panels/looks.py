"""Expressions as tiles that show them on the face at hand, with a strength."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QIcon, QKeySequence, QPixmap
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QMenu, QToolButton, QVBoxLayout, QWidget

from maskgan_studio.app.common.i18n import tr
from maskgan_studio.app.common.theme import GRID
from maskgan_studio.app.common.widgets import caption_tile, configure, make_slider, make_tool_button, take_delete_key
from maskgan_studio.app.panels.thumbnails import photo_icon
from maskgan_studio.document.looks import Look
from maskgan_studio.document.operations.part_transfer import GROUPS

_SIDE, _COLUMNS = 54, 4
_STRONGEST = 150
_BLANK = QColor(128, 128, 128, 64)  # recedes in every theme
#: What of that which is painted can be saved (see ``controllers.looks.Looks.save_painted``), and what it is called.
PAINTED_CHOICES = {"": "All that is painted", "layer": "The active layer", **{title: title for title in GROUPS}}


class LooksView(QWidget):
    """Tiles to click; the strength belongs to the tile that was clicked last.

    Signals: ``look_wanted`` (name, strength, number of the drag), ``save_wanted``, ``load_wanted``,
    ``save_painted_wanted`` (what of it, see ``controllers.looks.Looks.save_painted``), ``remove_wanted`` (name).
    """

    look_wanted = Signal(str, float, int)
    save_wanted = Signal()
    load_wanted = Signal()
    save_painted_wanted = Signal(str)
    remove_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._tiles: dict[str, QToolButton] = {}
        #: What the expressions are called, by name.
        self.titles: dict[str, str] = {}
        self._chosen = ""
        self._drag = 0
        self._grid = QGridLayout()
        self._grid.setSpacing(GRID // 4)
        self.strength = configure(
            make_slider(0, _STRONGEST, 100), accessible_name=tr("Strength of the expression"), enabled=False
        )
        self._percent = configure(
            QLabel("100 %", alignment=Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        )
        self._percent.setFixedWidth(44)
        self.strength.sliderPressed.connect(self._begin)
        self.strength.valueChanged.connect(self._strengthen)
        line = QHBoxLayout()
        line.addWidget(configure(QLabel(tr("Strength")), name="muted"))
        line.addWidget(self.strength, 1)
        line.addWidget(self._percent)
        header = QHBoxLayout()
        header.addWidget(configure(QLabel(tr("Expressions")), name="group"))
        header.addStretch()
        header.addWidget(self._make_presets())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        column.addLayout(header)
        column.addLayout(self._grid)
        column.addLayout(line)

    def _make_presets(self) -> QToolButton:
        """What can be kept for any face, and taken from a file, in one button: the sliders below have the room."""
        self.presets = configure(make_tool_button(tr("Presets")), name="chip", tip=tr("Save and load own expressions"))
        self.presets.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.presets)
        menu.setToolTipsVisible(True)
        save = menu.addAction(tr("Save as a preset…"))
        save.setToolTip(tr("Keep what the sliders say, for any face"))
        save.triggered.connect(self.save_wanted)
        painted = menu.addMenu(tr("Save what is painted…"))
        painted.menuAction().setToolTip(tr("Keep a painted mouth, or all that is painted, for any face"))
        for what, title in PAINTED_CHOICES.items():
            painted.addAction(tr(title)).triggered.connect(partial(self._want_painted, what))
        load = menu.addAction(tr("Load…"))
        load.setToolTip(tr("Set the sliders of a preset's file"))
        load.triggered.connect(self.load_wanted)
        self.presets.setMenu(menu)
        return self.presets

    def tile(self, name: str) -> QToolButton:
        """The tile of an expression."""
        return self._tiles[name]

    def show_looks(self, looks: Sequence[Look]) -> None:
        """Show tiles for these, without previews."""
        for tile in self._tiles.values():
            self._grid.removeWidget(tile)
            tile.deleteLater()
        self._tiles, self.titles = {}, {}
        for number, look in enumerate(looks):
            title = tr(look.title) if look.file is None else look.title
            tile = configure(make_tool_button(icon_side=_SIDE), tip=title, accessible_name=title)
            caption_tile(tile, title, _SIDE)
            tile.clicked.connect(partial(self._choose, look.name))
            if look.file is not None:
                self._let_remove(tile, look.name)
            self._tiles[look.name], self.titles[look.name] = tile, title
            self._grid.addWidget(tile, number // _COLUMNS, number % _COLUMNS, Qt.AlignmentFlag.AlignTop)
            self.show_preview(look.name, None)
        # Tiles that come later would be the last ones that Tab goes to.
        before: QWidget = self.strength
        while before is self.strength or before.focusPolicy() == Qt.FocusPolicy.NoFocus:
            earlier = before.previousInFocusChain()
            if earlier is None or earlier is self.strength:
                return  # nothing else has the focus in this window yet
            before = earlier
        for tile in self._tiles.values():
            QWidget.setTabOrder(before, tile)
            before = tile

    def _let_remove(self, tile: QToolButton, name: str) -> None:
        """Offer to remove an own preset, in its tile's menu and by the Delete key on it."""
        remove = QAction(tr("Remove this preset"), tile)
        remove.setShortcut(QKeySequence(QKeySequence.StandardKey.Delete))
        remove.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        remove.triggered.connect(partial(self._want_removed, name))
        tile.addAction(remove)
        tile.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        take_delete_key(tile, remove.trigger)

    def show_preview(self, name: str, pixels: np.ndarray | None) -> None:
        """Show what an expression makes of the face, uint8 (h, w, 3); an empty tile for None."""
        if (tile := self._tiles.get(name)) is None:
            return
        if pixels is None:
            blank = QPixmap(QSize(_SIDE, _SIDE))
            blank.fill(_BLANK)
            tile.setIcon(QIcon(blank))
        else:
            tile.setIcon(photo_icon(pixels, _SIDE, self.devicePixelRatioF()))

    def choose(self, name: str) -> None:
        """Want an expression as it is, whatever was clicked before."""
        self._chosen = ""  # whose strength it may still be
        self.strength.setValue(100)
        self._choose(name)

    def reset(self) -> None:
        """Another document: none was clicked, and the next one is meant as it is."""
        self._chosen = ""
        self.strength.setValue(100)
        self.strength.setEnabled(False)

    def _want_removed(self, name: str) -> None:
        self.remove_wanted.emit(name)

    def _want_painted(self, what: str) -> None:
        self.save_painted_wanted.emit(what)

    def _begin(self) -> None:
        self._drag += 1

    def _choose(self, name: str) -> None:
        self._chosen = name
        self.strength.setEnabled(True)
        self._begin()
        self._emit()

    def _strengthen(self, percent: int) -> None:
        self._percent.setText(f"{percent} %")
        # A drag began when it was grabbed, and key presses that follow each other belong together.
        if not self.strength.isSliderDown() and not self.strength.hasFocus():
            self._begin()
        self._emit()

    def _emit(self) -> None:
        if self._chosen:
            self.look_wanted.emit(self._chosen, self.strength.value() / 100, self._drag)
