"""The style panel: a well for a second photo, and how much of its style the result takes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QIcon, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSlider, QToolButton, QVBoxLayout, QWidget

from maskgan_studio.app.common.i18n import tr
from maskgan_studio.app.common.images import to_qimage
from maskgan_studio.app.common.theme import GRID
from maskgan_studio.app.files.drops import dropped_paths
from maskgan_studio.app.panels.fit import FitRow
from maskgan_studio.app.state.style_choice import StyleChoice
from maskgan_studio.app.state.workspace import Workspace
from maskgan_studio.engine.fit import Fit
from maskgan_studio.engine.target import Target

_SIDE = 72


class StylePanel(QWidget):
    """Photo on the left, reference on the right, the mix between them.

    Signals: ``reference_dropped`` (Path), ``choose_clicked``, ``changed`` (StyleChoice), ``use_mask`` (the reference's
    mask is wanted as source mask).
    """

    reference_dropped = Signal(Path)
    choose_clicked = Signal()
    changed = Signal(object)
    use_mask = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(objectName="panel", acceptDrops=True)
        self._workspace = workspace
        self.reference: Target | None = None
        self.fit_row = FitRow()
        self._fit: Fit | None = None
        self._tell_soon = QTimer(self, singleShot=True, interval=30)
        self._tell_soon.timeout.connect(lambda: self.changed.emit(self.choice))
        self._photo = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._photo.setFixedSize(_SIDE, _SIDE)
        self._well = QToolButton(text=tr("drop a\nphoto"), toolTip=tr("A photo whose style the result is to take"))
        self._well.setObjectName("well")
        self._well.setFixedSize(_SIDE + 8, _SIDE + 8)
        self._well.setIconSize(QSize(_SIDE, _SIDE))
        self._well.setAccessibleName(tr("Style reference"))
        self._well.clicked.connect(self.choose_clicked)
        self._mix = QSlider(Qt.Orientation.Horizontal, minimum=0, maximum=100, enabled=False)
        self._mix.setAccessibleName(tr("Mix of the two styles"))
        self._mix.valueChanged.connect(lambda _value: self._tell_soon.start())
        self._use_mask = QPushButton(tr("Use its mask"), enabled=False)
        self._use_mask.clicked.connect(self.use_mask)
        self._clear = QPushButton(tr("Remove"), enabled=False)
        self._clear.clicked.connect(lambda: self.show_reference(None))
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
        column.addWidget(self.fit_row)
        column.addStretch()
        workspace.document_changed.connect(self._document_changed)

    @property
    def choice(self) -> StyleChoice:
        """The style that is chosen."""
        return StyleChoice(self.reference, self._mix.value() / 100 if self.reference is not None else 0.0, self._fit)

    def set_fit(self, fit: Fit | None) -> None:
        """Use the photo's style as fitted from now on, or as read."""
        self.fit_row.show_fit(fit)
        if fit is not self._fit:
            self._fit = fit
            self._tell_soon.start()

    def show_reference(self, reference: Target | None, mix: float = 1.0) -> None:
        """Use another reference, wholly at first, or none."""
        self.reference = reference
        self._well.setIcon(QIcon() if reference is None else QIcon(_portrait(reference)))
        for widget in (self._mix, self._use_mask, self._clear):
            widget.setEnabled(reference is not None)
        self._mix.blockSignals(True)
        self._mix.setValue(0 if reference is None else round(100 * mix))
        self._mix.blockSignals(False)
        self.changed.emit(self.choice)

    def _document_changed(self) -> None:
        target = self._workspace.target
        self._photo.setPixmap(QPixmap() if target is None else _portrait(target))
        self.fit_row.set_photo(target is not None)
        if self.reference is not None or self._fit is not None:
            self._tell_soon.start()

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
