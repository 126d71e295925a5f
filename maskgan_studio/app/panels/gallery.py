"""The gallery panel: ready-made parts that are fitted to the face, and parts copied from the reference."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from maskgan_studio.app.common.i18n import tr
from maskgan_studio.app.common.theme import GRID
from maskgan_studio.app.common.widgets import caption_tile, configure, make_tool_button
from maskgan_studio.app.panels.thumbnails import mask_icon, photo_icon
from maskgan_studio.app.state.mask_colors import MaskColors
from maskgan_studio.document.operations.gallery import ITEMS, Item, fit_item
from maskgan_studio.document.operations.part_transfer import GROUPS
from maskgan_studio.engine.synthetic_face import draw_sample_mask
from maskgan_studio.labels import UNSET

_THUMBNAIL = 72
_COLUMNS = 3


class GalleryPanel(QWidget):
    """Signals: ``item_chosen`` (gallery.Item), ``group_chosen`` (title of a group of parts to copy)."""

    item_chosen = Signal(object)
    group_chosen = Signal(str)

    def __init__(self, mask_colors: MaskColors, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        configure(self, name="panel")
        self._mask_colors = mask_colors
        self._tiles: list[tuple[QToolButton, Item]] = []
        self._worn: list[np.ndarray] = []
        self._previews: dict[str, np.ndarray | None] = {}
        grid = QGridLayout()
        grid.setSpacing(GRID // 2)
        for number, item in enumerate(ITEMS):
            tile = configure(make_tool_button(icon_side=_THUMBNAIL), tip=tr(item.title))
            tile.setAccessibleName(tr(item.title))
            caption_tile(tile, tr(item.title), _THUMBNAIL)
            tile.clicked.connect(lambda _checked, item=item: self.item_chosen.emit(item))
            self._tiles.append((tile, item))
            grid.addWidget(tile, number // _COLUMNS, number % _COLUMNS, Qt.AlignmentFlag.AlignTop)
        self._copy_hint = configure(QLabel(tr("Copy from the reference photo:"), wordWrap=True), name="muted")
        copies = QGridLayout()
        copies.setSpacing(GRID // 2)
        self._copies = []
        for number, title in enumerate(GROUPS):
            button = configure(make_tool_button(tr(title)), enabled=False, name="chip")
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.clicked.connect(lambda _checked, title=title: self.group_chosen.emit(title))
            self._copies.append(button)
            copies.addWidget(button, number // 3, number % 3)
        content = configure(QWidget(), name="panel")
        column = QVBoxLayout(content)
        column.setContentsMargins(GRID, GRID, GRID, GRID)
        column.setSpacing(GRID)
        column.addLayout(grid)
        column.addWidget(self._copy_hint)
        column.addLayout(copies)
        column.addStretch()
        mask_colors.changed.connect(self._draw)
        scroll = QScrollArea(self, widgetResizable=True)
        scroll.setWidget(content)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)

    def sizeHint(self) -> QSize:
        """Room for two rows and the copies."""
        return QSize(264, 264)

    def set_reference(self, there: bool) -> None:
        """Enable copying when there is a face to copy from."""
        for button in self._copies:
            button.setEnabled(there)

    def set_seen(self, seen: bool) -> None:
        """Draw the tiles when they are first seen: fitting all parts to a face takes longer than the whole window."""
        if seen and not self._worn:
            face = draw_sample_mask()
            for _, item in self._tiles:
                worn = fit_item(item, face)
                # The face's upper part fills the tile.
                self._worn.append(np.where(worn != UNSET, worn, face)[40:472, 40:472])
            self._draw()

    def show_preview(self, title: str, pixels: np.ndarray | None) -> None:
        """Show what a part makes of the open face, uint8 (h, w, 3); a drawing of the part for None."""
        self._previews[title] = pixels
        self._draw()

    def _draw(self) -> None:
        if not self._worn:
            return
        for (tile, item), labels in zip(self._tiles, self._worn, strict=True):
            pixels = self._previews.get(item.title)
            if pixels is None:
                tile.setIcon(mask_icon(labels, self._mask_colors.palette, _THUMBNAIL))
            else:
                tile.setIcon(photo_icon(pixels, _THUMBNAIL, self.devicePixelRatioF()))
