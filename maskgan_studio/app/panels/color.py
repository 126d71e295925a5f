"""The colour panel: another colour for hair, lips, skin and other parts, on the photo's own pixels."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from maskgan_studio.app.common.i18n import tr
from maskgan_studio.app.common.theme import GRID
from maskgan_studio.app.common.widgets import configure
from maskgan_studio.app.panels.face_slider import SliderRow
from maskgan_studio.app.state.style import COLORED_TITLES
from maskgan_studio.app.state.workspace import Workspace
from maskgan_studio.document.deformation.sliders import Slider
from maskgan_studio.recoloring import COLOR_NUMBERS, Recoloring

#: The colours that are offered for the parts of ``recoloring.COLORED_PARTS``, and the sliders.
_HAIR = {
    "Black": "#1c1714",
    "Dark brown": "#3b271c",
    "Brown": "#5f4029",
    "Auburn": "#7a3b1d",
    "Copper": "#a5552b",
    "Golden blond": "#b98d4f",
    "Light blond": "#d3b98b",
    "Grey": "#9a9691",
}
_LIPS = {
    "Nude": "#b97f70",
    "Rose": "#b8626a",
    "Coral": "#c4574a",
    "Red": "#a61f2b",
    "Berry": "#7b2440",
    "Plum": "#5e2a48",
    "Brown": "#7d4a3a",
    "Pink": "#cf7392",
}
PLAIN_SWATCHES = {
    "White": "#e8e6e2",
    "Grey": "#85837f",
    "Black": "#1d1d1f",
    "Red": "#9c2a2c",
    "Ochre": "#b08637",
    "Green": "#41684a",
    "Blue": "#34557f",
    "Violet": "#5c4478",
}
_SKIN = {
    "Porcelain": "#e6c6b3",
    "Light": "#d9ae93",
    "Medium": "#c08e6d",
    "Olive": "#a98256",
    "Tan": "#9a6b48",
    "Brown": "#74492f",
    "Dark brown": "#523222",
    "Deep": "#3a241b",
}
_IRIS = {
    "Dark brown": "#33221a",
    "Brown": "#5a3d26",
    "Hazel": "#6a5a38",
    "Amber": "#8a6434",
    "Green": "#566a4a",
    "Grey": "#6c7679",
    "Blue": "#4a6580",
    "Light blue": "#6d8aa0",
}
SWATCHES = {"hair": _HAIR, "brows": _HAIR, "lips": _LIPS, "skin": _SKIN, "iris": _IRIS}
# The strength of a colour is the layer's opacity here.
COLOR_SLIDERS = tuple(
    Slider(name, title, *COLOR_NUMBERS[name])
    for name, title in (("hue", "Hue"), ("saturation", "Saturation"), ("lightness", "Lightness"))
)
_COLUMNS, _SIDE = 8, 22


class ColorPanel(QWidget):
    """Shows the colour of one part of the open document.

    Signals: ``property_wanted`` (part, property of a Recoloring, value, number of the drag), ``color_wanted`` (part,
    colour to begin with: the user wants to choose any), ``reset_wanted`` (part).
    """

    property_wanted = Signal(str, str, object, int)
    color_wanted = Signal(str, str)
    reset_wanted = Signal(str)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        configure(self, name="panel")
        self._workspace = workspace
        self.part = configure(QComboBox(), accessible_name=tr("Part whose colour changes"))
        for name, title in COLORED_TITLES.items():
            self.part.addItem(tr(title), name)
        self.part.currentIndexChanged.connect(self._show_part)
        self._grid = QGridLayout()
        self._grid.setSpacing(GRID // 4)
        self._swatches: list[QToolButton] = []
        self.more = configure(QPushButton(tr("Other colour…")), tip=tr("Choose any colour"))
        self.more.clicked.connect(self._want_color)
        self.reset = configure(QPushButton(tr("Own colour")), tip=tr("Give the part its own colour back"))
        self.reset.clicked.connect(lambda: self.reset_wanted.emit(self.part_name))
        buttons = QHBoxLayout()
        buttons.addWidget(self.more)
        buttons.addWidget(self.reset)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID, GRID, GRID, GRID)
        column.setSpacing(GRID // 2)
        line = QHBoxLayout()
        line.addWidget(configure(QLabel(tr("Colour of")), name="muted"))
        line.addWidget(self.part, 1)
        column.addLayout(line)
        column.addLayout(self._grid)
        column.addLayout(buttons)
        self._rows: dict[str, SliderRow] = {}
        for slider in COLOR_SLIDERS:
            row = SliderRow(slider, slider.name, tr(slider.title), tr(slider.meaning), tr(slider.title), self)
            row.changed.connect(lambda name, value, drag: self.property_wanted.emit(self.part_name, name, value, drag))
            self._rows[slider.name] = row
            column.addWidget(row)
        column.addStretch()
        for signal in (workspace.document_changed, workspace.layers_changed):
            signal.connect(self.refresh)
        self._show_part()

    def sizeHint(self) -> QSize:
        """As wide as the other panels."""
        return QSize(264, 220)

    @property
    def part_name(self) -> str:
        """The part that is shown, as on the command line."""
        return str(self.part.currentData())

    def row(self, name: str) -> SliderRow:
        """The row of a property."""
        return self._rows[name]

    def swatch(self, color: str) -> QToolButton:
        """The button of a colour ``#rrggbb`` of the part that is shown."""
        return next(button for button in self._swatches if button.property("color") == color)

    def refresh(self) -> None:
        """Show what the document says."""
        session = self._workspace.session
        self.setEnabled(session is not None)
        colors = {} if session is None else session.face.setting.edit.colors
        color = colors.get(self.part_name, Recoloring())
        self.reset.setEnabled(self.part_name in colors)
        for name, row in self._rows.items():
            row.show_value(getattr(color, name))
        for button in self._swatches:
            button.setChecked(button.property("color") == color.color)

    def _show_part(self) -> None:
        for button in self._swatches:
            self._grid.removeWidget(button)
            button.deleteLater()
        self._swatches = [self._make_swatch(*item) for item in SWATCHES.get(self.part_name, PLAIN_SWATCHES).items()]
        for number, button in enumerate(self._swatches):
            self._grid.addWidget(button, number // _COLUMNS, number % _COLUMNS)
        self.refresh()

    def _make_swatch(self, title: str, color: str) -> QToolButton:
        pixmap = QPixmap(_SIDE, _SIDE)
        pixmap.fill(QColor(color))
        button = configure(QToolButton(), tip=tr(title), accessible_name=tr(title))
        button.setIcon(QIcon(pixmap))
        button.setIconSize(QSize(_SIDE, _SIDE))
        button.setCheckable(True)
        button.setProperty("color", color)
        button.clicked.connect(partial(self._choose, color))
        return button

    def _choose(self, color: str) -> None:
        self.property_wanted.emit(self.part_name, "color", color, 0)

    def _want_color(self) -> None:
        session = self._workspace.session
        colors = {} if session is None else session.face.setting.edit.colors
        now = colors.get(self.part_name, Recoloring()).color
        self.color_wanted.emit(self.part_name, now or self._swatches[0].property("color"))
