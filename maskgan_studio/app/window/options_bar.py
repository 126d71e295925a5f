"""The tool's options in one row above the canvas: brush size, what it paints, what it may paint over."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QPushButton, QSpinBox, QToolBar, QWidget

from maskgan_studio.app.common.i18n import tr
from maskgan_studio.app.common.icons import swatch
from maskgan_studio.app.common.theme import GRID, Colors
from maskgan_studio.app.common.widgets import configure, make_slider
from maskgan_studio.app.state.mask_colors import MaskColors
from maskgan_studio.app.state.tool_options import MAX_SIZE, MIN_SIZE
from maskgan_studio.app.state.workspace import Workspace
from maskgan_studio.app.tools.base import Tool
from maskgan_studio.labels import PARTS

#: Stands in the list of parts for the one under the point where a stroke or shape begins.
_FIRST = -1


class OptionsBar(QToolBar):
    """Shows the settings that the chosen tool has. Signals: ``accepted``, ``cancelled`` (what the tool has begun)."""

    accepted = Signal()
    cancelled = Signal()

    def __init__(
        self, workspace: Workspace, mask_colors: MaskColors, colors: Colors, parent: QWidget | None = None
    ) -> None:
        super().__init__(tr("Tool options"), parent, movable=False)
        configure(self, name="options")
        self._workspace, self._mask_colors, self._colors = workspace, mask_colors, colors
        self._groups: dict[str, list] = {}
        options = workspace.options

        self.size_slider = make_slider(MIN_SIZE, MAX_SIZE)
        self.size_slider.setFixedWidth(136)
        self.size_slider.setAccessibleName(tr("Brush size"))
        self.size_box = QSpinBox(minimum=MIN_SIZE, maximum=MAX_SIZE, suffix=" px")
        self.size_box.setKeyboardTracking(False)
        self.size_box.setAccessibleName(tr("Brush size in pixels"))
        self._add("size", configure(QLabel(tr("Size")), name="muted"), self.size_slider, self.size_box)
        self.size_slider.valueChanged.connect(self._set_size)
        self.size_box.valueChanged.connect(self._set_size)

        self.pressure = self._check("pressure", tr("Pen width"), tr("A pen's pressure narrows the brush"))
        self.pressure.setChecked(options.pressure_width)
        self.pressure.toggled.connect(lambda on: setattr(options, "pressure_width", on))
        self.contiguous = self._check("fill", tr("Contiguous"), tr("Fill only the area under the pointer"))
        self.contiguous.setChecked(options.contiguous)
        self.contiguous.toggled.connect(lambda on: setattr(options, "contiguous", on))
        self.holes = self._check("fill", tr("Fill holes"), tr("Also fill what the area encloses"))
        self.holes.setChecked(options.fill_holes)
        self.holes.toggled.connect(lambda on: setattr(options, "fill_holes", on))

        self._swatch, self._part = configure(QLabel()), configure(QLabel())
        self._add("paints", _lead(tr("paints")), self._swatch, self._part)
        self.only_over = configure(QComboBox(), accessible_name=tr("Paint only over"))
        self.only_over.addItem(tr("anything"), None)
        self.only_over.addItem(tr("the part first touched"), _FIRST)
        for part in PARTS:
            self.only_over.addItem(tr(part.title), part.index)
        self.only_over.activated.connect(self._set_only_over)
        self._add("only_over", _lead(tr("only over")), self.only_over)

        self.outlines = self._check(
            "outlines", tr("Fill outlines"), tr("A stroke that closes an outline paints its inside as well")
        )
        self.outlines.toggled.connect(lambda on: setattr(options, "fills_outlines", on))
        self.thaws = self._check("freeze", tr("Thaw"), tr("Thaw what is painted over, as Shift does"))
        self.thaws.toggled.connect(lambda on: setattr(options, "thaws", on))

        self.excludes = self._check("select", tr("Leave out"), tr("Mark what does not belong, as Shift does"))
        self.excludes.toggled.connect(lambda on: setattr(options, "excludes", on))

        self.takes = configure(QComboBox(), accessible_name=tr("What the transform takes"))
        for takes, title in (
            ("part", tr("the part alone")),
            ("feature", tr("both eyes, mouth and lips…")),
            ("face", tr("the whole face")),
        ):
            self.takes.addItem(title, takes)
        self.takes.activated.connect(lambda _row: setattr(options, "takes", self.takes.currentData()))
        self._add("takes", configure(QLabel(tr("takes")), name="muted"), self.takes)

        for title, tip, signal in (
            (tr("Apply"), tr("Keep what was begun, as Return does"), self.accepted),
            (tr("Discard"), tr("Take back what was begun, as Escape does"), self.cancelled),
        ):
            button = configure(QPushButton(title), tip=tip)
            button.clicked.connect(signal)
            self._add("accept", button)

        self._shown: set[str] = set()

        options.changed.connect(self.refresh)
        workspace.active_changed.connect(self.refresh)
        workspace.document_changed.connect(self.refresh)
        mask_colors.changed.connect(self._redraw)
        self._redraw()

    def changeEvent(self, event: QEvent) -> None:
        """Another style has other heights."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._fix_height()

    def showEvent(self, event: QShowEvent) -> None:
        """The heights are known once the style is."""
        super().showEvent(event)
        self._fix_height()

    def _fix_height(self) -> None:
        """Be as high as the highest setting, shown or not: the canvas stays where it is when they come and go."""
        margins = self.contentsMargins() if (layout := self.layout()) is None else layout.contentsMargins()
        heights = [self.widgetForAction(action).sizeHint().height() for action in self.actions()]
        self.setFixedHeight(max([5 * GRID, *(margins.top() + height + margins.bottom() for height in heights)]))

    def show_tool(self, tool: Tool) -> None:
        """Show the settings of a tool."""
        self._shown = {*tool.settings, *(("paints",) if "only_over" in tool.settings else ())}
        self.refresh()

    def refresh(self) -> None:
        """Show the present settings."""
        size = self._workspace.options.size
        for control in (self.size_slider, self.size_box):
            control.blockSignals(True)
            control.setValue(size)
            control.blockSignals(False)
        self.takes.setCurrentIndex(self.takes.findData(self._workspace.options.takes))
        session = self._workspace.session
        for name, actions in self._groups.items():
            for action in actions:
                action.setVisible(session is not None and name in self._shown)
        if session is None:
            return
        part = PARTS[session.active_part]
        color = tuple(int(value) for value in self._mask_colors.palette[part.index])
        self._swatch.setPixmap(swatch(color, self._colors.border).pixmap(QSize(16, 16)))
        if self._part.text() != tr(part.title):
            self._part.setText(tr(part.title))
        constraints = session.constraints
        over = min(constraints.only_over) if constraints.only_over else None
        self.only_over.setCurrentIndex(self.only_over.findData(_FIRST if constraints.only_first else over))

    def set_colors(self, colors: Colors) -> None:
        """Follow a change of the theme."""
        self._colors = colors
        self._redraw()

    def _redraw(self) -> None:
        for part in PARTS:
            color = tuple(int(value) for value in self._mask_colors.palette[part.index])
            self.only_over.setItemIcon(self.only_over.findData(part.index), swatch(color, self._colors.border))
        self.refresh()

    def add_button(self, group: str, action) -> None:
        """Show an action of the window among the settings of a group."""
        self.addAction(action)
        self._groups.setdefault(group, []).append(action)

    def _add(self, group: str, *widgets: QWidget) -> None:
        self._groups.setdefault(group, []).extend(self.addWidget(widget) for widget in widgets)

    def _check(self, group: str, title: str, tip: str) -> QCheckBox:
        box = configure(QCheckBox(title), tip=tip)
        self._add(group, box)
        return box

    def _set_size(self, size: int) -> None:
        self._workspace.options.size = size

    def _set_only_over(self, _index: int) -> None:
        session = self._workspace.session
        if session is not None:
            part: int | None = self.only_over.currentData()
            only = None if part in (None, _FIRST) else frozenset({part})
            session.constrain(replace(session.constraints, only_over=only, only_first=part == _FIRST))


def _lead(text: str) -> QLabel:
    """A muted word before a setting, set off from the one before."""
    label = configure(QLabel(text), name="muted")
    label.setContentsMargins(2 * GRID, 0, 0, 0)
    return label
