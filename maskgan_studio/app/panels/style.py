"""The style panel: a well for a second photo, and how much of its style the result takes."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QIcon, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from maskgan_studio.app.common.i18n import tr
from maskgan_studio.app.common.images import to_qimage
from maskgan_studio.app.common.theme import GRID
from maskgan_studio.app.common.widgets import configure, make_slider, make_tool_button
from maskgan_studio.app.files.drops import dropped_paths
from maskgan_studio.app.panels.fit import FitRow
from maskgan_studio.app.state.style import STYLED_TITLES
from maskgan_studio.app.state.workspace import Workspace
from maskgan_studio.engine.target import Target
from maskgan_studio.recoloring import STYLED_PARTS

_SIDE = 72
#: How long a drag of the slider may go on before its place is taken, in milliseconds.
_MIX_MS = 30


class StylePanel(QWidget):
    """Photo on the left, reference on the right, the mix between them.

    It shows the workspace's style and changes it.

    Signals: ``reference_dropped`` (Path), ``choose_clicked``, ``use_mask`` (use the reference's mask as source
    mask).
    """

    reference_dropped = Signal(Path)
    choose_clicked = Signal()
    use_mask = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(acceptDrops=True)
        configure(self, name="panel")
        self._workspace = workspace
        self._shown: Target | None = None
        self.fit_row = FitRow()
        self._mix_soon = QTimer(self, singleShot=True, interval=_MIX_MS)
        self._mix_soon.timeout.connect(self._set_mix)
        self._photo = configure(QLabel(alignment=Qt.AlignmentFlag.AlignCenter))
        self._photo.setFixedSize(_SIDE, _SIDE)
        self._well = configure(
            make_tool_button(tr("drop a\nphoto")), name="well", tip=tr("A photo whose style the result is to take")
        )
        self._well.setFixedSize(_SIDE + 8, _SIDE + 8)
        self._well.setIconSize(QSize(_SIDE, _SIDE))
        self._well.setAccessibleName(tr("Style reference"))
        self._well.clicked.connect(self.choose_clicked)
        self._mix = configure(make_slider(0, 100), enabled=False)
        self._mix.setAccessibleName(tr("Mix of the two styles"))
        self._mix.valueChanged.connect(lambda _value: self._mix_soon.start())
        self._use_mask = configure(QPushButton(tr("Use its mask")), enabled=False)
        self._use_mask.clicked.connect(self.use_mask)
        self.parts = configure(
            QPushButton(tr("For parts alone…")), enabled=False, tip=tr("Let single parts take this photo's style")
        )
        self._part_menu = QMenu(self.parts)
        for name in STYLED_PARTS:
            action = self._part_menu.addAction(tr(STYLED_TITLES[name]))
            action.setCheckable(True)
            action.setData(name)
            action.toggled.connect(partial(workspace.style.set_part, name))
        self.parts.setMenu(self._part_menu)
        self._clear = configure(QPushButton(tr("Remove")), enabled=False)
        self._clear.clicked.connect(lambda: workspace.style.set_reference(None))
        wells = QHBoxLayout()
        wells.setSpacing(GRID)
        wells.addWidget(self._photo)
        wells.addWidget(self._mix, 1)
        wells.addWidget(self._well)
        buttons = QHBoxLayout()
        buttons.addWidget(self._use_mask)
        buttons.addWidget(self._clear)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID, GRID, GRID, GRID)
        column.setSpacing(GRID)
        column.addLayout(wells)
        column.addLayout(buttons)
        column.addWidget(self.parts)
        column.addWidget(self.fit_row)
        column.addStretch()
        workspace.document_changed.connect(self._document_changed)
        workspace.style.changed.connect(self._show_style)

    def _document_changed(self) -> None:
        target = self._workspace.target
        self._photo.setPixmap(QPixmap() if target is None else _portrait(target))
        self.fit_row.set_photo(target is not None)
        self._show_style()

    def _set_mix(self) -> None:
        self._workspace.style.set_mix(self._mix.value() / 100)

    def _show_style(self) -> None:
        choice = self._workspace.style.choice
        self._mix_soon.stop()  # a place that the slider had before
        self.fit_row.show_fit(choice.fit)
        if choice.reference is not self._shown:
            self._shown = choice.reference
            self._well.setIcon(QIcon() if choice.reference is None else QIcon(_portrait(choice.reference)))
        for widget in (self._mix, self._use_mask, self._clear):
            widget.setEnabled(choice.reference is not None)
        styled = {part for part, _ in choice.parts}
        self.parts.setEnabled(choice.reference is not None or bool(styled))
        for action in self._part_menu.actions():
            with QSignalBlocker(action):
                action.setChecked(action.data() in styled)
                action.setEnabled(choice.reference is not None or action.data() in styled)
        with QSignalBlocker(self._mix):
            self._mix.setValue(round(100 * choice.mix))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take photos."""
        if dropped_paths(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """A photo for its style."""
        event.acceptProposedAction()
        self.reference_dropped.emit(dropped_paths(event.mimeData())[0])


def _portrait(target: Target) -> QPixmap:
    return QPixmap.fromImage(to_qimage(target.crop)).scaled(
        _SIDE, _SIDE, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
