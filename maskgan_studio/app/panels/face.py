"""The face panel: sliders that reshape the face, group by group."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from maskgan_studio.app.common.i18n import tr
from maskgan_studio.app.common.icons import icon
from maskgan_studio.app.common.theme import GRID, Colors
from maskgan_studio.app.common.widgets import configure, make_tool_button
from maskgan_studio.app.panels.face_slider import SliderRow
from maskgan_studio.app.panels.looks import LooksView
from maskgan_studio.app.state.workspace import Workspace
from maskgan_studio.document.deformation.sliders import GROUP_TITLES, SIDE_SIGNS, SLIDERS, Slider, side_value
from maskgan_studio.document.face_layers import FaceSetting


class FacePanel(QWidget):
    """Shows the sliders of the open document.

    Signals: ``value_wanted`` (name, value, number of the drag), ``joining_wanted`` (group whose left and right are to
    be the same), ``reset_wanted``, ``bake_wanted``, ``carrying_wanted`` (whether the photo moves along).
    """

    value_wanted = Signal(str, float, int)
    joining_wanted = Signal(str)
    reset_wanted = Signal()
    bake_wanted = Signal()
    carrying_wanted = Signal(bool)
    #: The panels with parts of the second photo, and with the network's own proposals.
    copying_wanted = Signal()
    variations_wanted = Signal()

    def __init__(self, workspace: Workspace, colors: Colors, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        configure(self, name="panel")
        self._workspace = workspace
        self._rows: dict[str, SliderRow] = {}
        self._links: dict[str, QToolButton] = {}
        self.carries = configure(
            QCheckBox(tr("Carry the photo along")),
            tip=tr("The photo's own pixels move with the mask; else the network draws what the mask says"),
        )
        self.carries.clicked.connect(self.carrying_wanted)
        self._reset = configure(QPushButton(tr("Reset all")), tip=tr("All sliders back to 0"))
        self._reset.clicked.connect(self.reset_wanted)
        self._bake = configure(
            QPushButton(tr("Bake")),
            tip=tr("Keep what the sliders did, and start again from the face that there is now"),
        )
        self._bake.clicked.connect(self.bake_wanted)
        buttons = QHBoxLayout()
        buttons.addWidget(self._reset)
        buttons.addWidget(self._bake)
        scroll = QScrollArea(self, widgetResizable=True)
        self._content = configure(QWidget(scroll), name="panel")
        self._column = QVBoxLayout(self._content)
        self._column.setContentsMargins(GRID, GRID, GRID, GRID)
        self._column.setSpacing(GRID // 2)
        self.looks = LooksView()
        workspace.document_changed.connect(self.looks.reset)
        self._column.addWidget(self.looks)
        for group in GROUP_TITLES:
            self._add_group(group)
        self._column.addSpacing(GRID // 2)
        self._column.addWidget(self.carries)
        self._column.addLayout(buttons)
        copy = configure(QPushButton(tr("Copy from a second photo…")), tip=tr("Mouth, eyes, hair: in the gallery"))
        copy.clicked.connect(self.copying_wanted)
        vary = configure(QPushButton(tr("Make it natural, variations…")), tip=tr("What the network finds plausible"))
        vary.clicked.connect(self.variations_wanted)
        self._column.addWidget(copy)
        self._column.addWidget(vary)
        self._column.addStretch()
        scroll.setWidget(self._content)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)
        self.set_colors(colors)
        for signal in (workspace.document_changed, workspace.layers_changed):
            signal.connect(self.refresh)
        self.refresh()

    def sizeHint(self) -> QSize:
        """Room for two groups."""
        return QSize(264, 330)

    def set_colors(self, colors: Colors) -> None:
        """Follow a change of the theme."""
        for link in self._links.values():
            link.setIcon(icon("link-variant", colors))

    def row(self, name: str) -> SliderRow:
        """The row of a number, named as on the command line."""
        return self._rows[name]

    def link(self, group: str) -> QToolButton:
        """The button that joins left and right of a group."""
        return self._links[group]

    def refresh(self) -> None:
        """Show what the document says."""
        session = self._workspace.session
        setting = FaceSetting() if session is None else session.face.setting
        values = setting.edit.values
        self._content.setEnabled(session is not None)
        self.carries.setChecked(setting.carries_photo)
        self._reset.setEnabled(any(values.values()))
        self._bake.setEnabled(any(values.values()))
        for slider in SLIDERS:
            self._rows[slider.name].show_value(values.get(slider.name, 0.0))
            for side, sign in SIDE_SIGNS.items() if slider.paired else ():
                self._rows[f"{slider.name}.{side}"].show_value(side_value(values, slider.name, sign))
        for group, link in self._links.items():
            if any(name.endswith((".left", ".right")) and _group_of(name) == group for name in values):
                link.setChecked(False)
            self._show_sides(group)

    def _add_group(self, group: str) -> None:
        sliders = [slider for slider in SLIDERS if slider.group == group]
        header = QHBoxLayout()
        header.addWidget(configure(QLabel(tr(GROUP_TITLES[group])), name="group"))
        header.addStretch()
        self._column.addSpacing(GRID // 2)
        self._column.addLayout(header)
        for slider in sliders:
            self._add_row(slider, slider.name, tr(slider.title))
            if slider.paired:
                self._add_row(slider, f"{slider.name}.left", tr("{slider}, left", slider=tr(slider.title)))
                self._add_row(slider, f"{slider.name}.right", tr("{slider}, right", slider=tr(slider.title)))
        if any(slider.paired for slider in sliders):
            tip = tr("Left and right together")
            link = configure(make_tool_button(icon_side=16), tip=tip)
            link.setAccessibleName(f"{tr(GROUP_TITLES[group])}: {tip}")
            link.setCheckable(True)
            link.setChecked(True)
            link.clicked.connect(lambda joined: self._join(group, joined))
            header.addWidget(link)
            self._links[group] = link

    def _add_row(self, slider: Slider, name: str, title: str) -> None:
        spoken = f"{tr(GROUP_TITLES[slider.group])}: {title}"
        row = self._rows[name] = SliderRow(slider, name, title, tr(slider.meaning), spoken, self._content)
        row.changed.connect(self.value_wanted)
        self._column.addWidget(row)

    def _join(self, group: str, joined: bool) -> None:
        if joined:
            self.joining_wanted.emit(group)
        self._show_sides(group)

    def _show_sides(self, group: str) -> None:
        """One row for both sides of each slider of a group, or one for each of them."""
        joined = self._links[group].isChecked()
        for slider in SLIDERS:
            if slider.group == group and slider.paired:
                self._rows[slider.name].setVisible(joined)
                for side in SIDE_SIGNS:
                    self._rows[f"{slider.name}.{side}"].setVisible(not joined)


def _group_of(name: str) -> str:
    return name.partition(".")[0]
