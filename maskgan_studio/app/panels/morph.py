"""The morph panel: towards another mask and beyond, eight small variations, and tidying up."""

from __future__ import annotations

from functools import partial

import numpy as np
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from maskgan_studio.app.common.i18n import tr
from maskgan_studio.app.common.theme import GRID
from maskgan_studio.app.common.widgets import caption_tile, configure, make_slider, make_tool_button
from maskgan_studio.app.panels.thumbnails import mask_icon, photo_icon
from maskgan_studio.app.state.mask_colors import MaskColors

_THUMBNAIL = 52
_VARIATIONS = 8


class MorphPanel(QWidget):
    """Asks for masks by the MaskVAE.

    Signals: ``morph_requested`` (share: 0 this mask, 1 the reference, outside of that beyond), ``variations_requested``
    (strength, how many), ``tidy_requested`` (strength 0 to 1), ``variation_chosen`` (labels).
    """

    morph_requested = Signal(float)
    variations_requested = Signal(float, int)
    tidy_requested = Signal(float)
    variation_chosen = Signal(object)

    def __init__(self, mask_colors: MaskColors, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        configure(self, name="panel")
        self._mask_colors = mask_colors
        self.morph = configure(make_slider(-40, 140, 0), enabled=False)
        self.morph.setAccessibleName(tr("Morph towards the reference's mask"))
        self.morph.setToolTip(tr("0 is this mask, 100 the reference's; beyond both ends the difference is exaggerated"))
        self._hint = configure(QLabel(tr("Drop a photo on the style panel to morph towards its mask."), wordWrap=True))
        self._hint.setObjectName("muted")
        self._strength = make_slider(1, 100, 35)
        self._strength.setAccessibleName(tr("How far from this face"))
        self.vary, self.tidy = QPushButton(tr("Variations")), QPushButton(tr("Make it natural"))
        self.vary.setToolTip(tr("Eight faces that differ a little from this one, to choose from"))
        self.tidy.setToolTip(tr("Smooth what was painted by hand towards the shapes that real faces have"))
        self.vary.clicked.connect(lambda: self.variations_requested.emit(self.strength, _VARIATIONS))
        self.tidy.clicked.connect(lambda: self.tidy_requested.emit(self.strength))
        self._share = configure(QLabel(alignment=Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter))
        self._share.setFixedWidth(48)
        self.morph.valueChanged.connect(self._show_share)
        self._show_share()
        self._morph_soon = QTimer(self, singleShot=True, interval=40)
        self._morph_soon.timeout.connect(lambda: self.morph_requested.emit(self.morph.value() / 100))
        self.morph.valueChanged.connect(lambda _value: self._morph_soon.start())
        self._grid = QGridLayout()
        self._grid.setSpacing(GRID // 2)
        # There from the beginning: tiles that came later would push the other panels about under the hand.
        self._tiles = [configure(make_tool_button(icon_side=_THUMBNAIL), enabled=False) for _ in range(_VARIATIONS)]
        self._masks: list[np.ndarray] = []
        for number, tile in enumerate(self._tiles):
            tile.setAccessibleName(tr("Variation {number}", number=number + 1))
            caption_tile(tile, str(number + 1), _THUMBNAIL)
            tile.clicked.connect(partial(self._choose, number))
            self._grid.addWidget(tile, number // 4, number % 4)
        content = configure(QWidget(), name="panel")
        column = QVBoxLayout(content)
        column.setContentsMargins(GRID, GRID, GRID, GRID)
        column.setSpacing(GRID)
        for title, slider in ((tr("Morph"), self.morph), (tr("How far"), self._strength)):
            row = QHBoxLayout()
            label = configure(QLabel(title), name="muted")
            label.setFixedWidth(64)
            row.addWidget(label)
            row.addWidget(slider)
            if slider is self.morph:
                row.addWidget(self._share)
            column.addLayout(row)
        column.insertWidget(1, self._hint)
        buttons = QHBoxLayout()
        buttons.addWidget(self.vary)
        buttons.addWidget(self.tidy)
        column.addLayout(buttons)
        column.addLayout(self._grid)
        column.addStretch()
        scroll = QScrollArea(self, widgetResizable=True)
        scroll.setWidget(content)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)

    @property
    def strength(self) -> float:
        """From just above 0 to 1."""
        return self._strength.value() / 100

    def set_reference(self, there: bool) -> None:
        """Enable the morph slider when there is a mask to morph to."""
        self.morph.setEnabled(there)
        self._hint.setVisible(not there)
        self.reset()

    def reset(self) -> None:
        """The morph was kept or dropped: the slider is back at the mask."""
        self.morph.blockSignals(True)
        self.morph.setValue(0)
        self.morph.blockSignals(False)
        self._show_share()

    def _show_share(self) -> None:
        self._share.setText(f"{self.morph.value()} %")

    def show_variations(self, masks: list[np.ndarray]) -> None:
        """Offer masks to choose from; none takes those away that are offered."""
        self._masks = masks
        for number, tile in enumerate(self._tiles):
            tile.setEnabled(number < len(masks))
            self.show_preview(str(number), None)

    def show_preview(self, number: str, pixels: np.ndarray | None) -> None:
        """Show what a variation makes of the open face, uint8 (h, w, 3); its mask for None."""
        tile, place = self._tiles[int(number)], int(number)
        if pixels is not None:
            tile.setIcon(photo_icon(pixels, _THUMBNAIL, self.devicePixelRatioF()))
        elif place < len(self._masks):
            tile.setIcon(mask_icon(self._masks[place], self._mask_colors.palette, _THUMBNAIL))
        else:
            tile.setIcon(QIcon())

    def _choose(self, number: int) -> None:
        self.variation_chosen.emit(self._masks[number])
