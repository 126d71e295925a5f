"""What the window shows before anything is open: one sentence and one button; the whole window takes drops."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QToolButton, QVBoxLayout, QWidget

from maskgan_studio.app.common.i18n import tr
from maskgan_studio.app.common.images import to_qimage
from maskgan_studio.app.common.theme import GRID
from maskgan_studio.app.common.widgets import configure
from maskgan_studio.paths import resources_dir

_SAMPLE_SIDE = 112
#: How many recent files are offered, and the side of their pictures.
_RECENT = 6
RECENT_SIDE = 96


def sample_portraits() -> list[Path]:
    """Return the shipped portraits, made by our own networks."""
    return sorted((resources_dir() / "samples").glob("*.png"))


class EmptyState(QWidget):
    """The invitation to begin, with the files opened lately.

    Signals: ``open_clicked``, ``sample_chosen`` (Path), ``recent_chosen`` (Path).
    """

    open_clicked = Signal()
    sample_chosen = Signal(Path)
    recent_chosen = Signal(Path)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        configure(self, name="empty")
        self.setAutoFillBackground(True)
        self._sentence = configure(QLabel(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True), name="sentence")
        self._button = configure(QPushButton(tr("Open a photo")), name="primary")
        self._button.clicked.connect(self.open_clicked)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._progress = configure(QProgressBar(minimum=0, maximum=0, textVisible=False), accessible_name=tr("Busy"))
        self._progress.setFixedSize(240, 4)
        self._samples = QWidget()
        samples = QHBoxLayout(self._samples)
        samples.setSpacing(2 * GRID)
        samples.addStretch()
        for number, path in enumerate(sample_portraits(), start=1):
            samples.addWidget(self._sample(number, path))
        samples.addStretch()
        self._hint = configure(
            QLabel(tr("or begin with one of these, which a network made up:"), alignment=Qt.AlignmentFlag.AlignCenter),
            name="muted",
            visible=bool(sample_portraits()),
        )
        self._recent = QWidget()
        self._recent_row = QHBoxLayout(self._recent)
        self._recent_row.setContentsMargins(0, 0, 0, 0)
        self._recent_row.setSpacing(GRID)
        self._recent_hint = configure(
            QLabel(tr("or go on with one of your own:"), alignment=Qt.AlignmentFlag.AlignCenter), name="muted"
        )
        self._recent_tiles: dict[Path, QToolButton] = {}
        self._is_busy = False
        column = QVBoxLayout(self)
        column.setSpacing(2 * GRID)
        column.addStretch(2)
        column.addWidget(self._sentence)
        column.addWidget(self._button, alignment=Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self._progress, alignment=Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self._recent_hint)
        column.addWidget(self._recent)
        column.addWidget(self._hint)
        column.addWidget(self._samples)
        column.addStretch(3)
        self.show_text(None)

    def show_text(self, sentence: str | None) -> None:
        """Show what is going on instead of the invitation; None brings the invitation back."""
        self._sentence.setText(sentence or tr("Drop a portrait photo here to edit the face."))
        if self._button.hasFocus():
            self.setFocus()  # hiding it would hand the focus to the next field that takes letters
        self._is_busy = sentence is not None
        self._progress.setVisible(self._is_busy)
        self._button.setVisible(not self._is_busy)
        self._hint.setVisible(not self._is_busy and bool(sample_portraits()))
        self._samples.setVisible(not self._is_busy)
        self._show_recent_row()

    def show_recent(self, paths: list[Path]) -> None:
        """Offer files opened lately, newest first; their pictures come with ``show_thumbnail``."""
        while self._recent_row.count():
            self._recent_row.takeAt(0)
        for tile in self._recent_tiles.values():
            tile.deleteLater()
        self._recent_tiles = {}
        self._recent_row.addStretch()
        for path in paths[:_RECENT]:
            tile = configure(QToolButton(), name="look", tip=str(path), accessible_name=path.name)
            tile.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            tile.setIconSize(QSize(RECENT_SIDE, RECENT_SIDE))
            blank = QPixmap(RECENT_SIDE, RECENT_SIDE)
            blank.fill(self.palette().mid().color())
            tile.setIcon(QIcon(blank))
            elide = Qt.TextElideMode.ElideMiddle
            tile.setText(tile.fontMetrics().elidedText(path.name, elide, RECENT_SIDE).replace("&", "&&"))
            tile.clicked.connect(lambda _checked=False, path=path: self.recent_chosen.emit(path))
            self._recent_tiles[path] = tile
            self._recent_row.addWidget(tile)
        self._recent_row.addStretch()
        self._show_recent_row()

    def show_thumbnail(self, path: Path, pixels: np.ndarray | None) -> None:
        """Show what a recent file looks like, uint8 (side, side, 3)."""
        tile = self._recent_tiles.get(path)
        if tile is not None and pixels is not None:
            tile.setIcon(QIcon(QPixmap.fromImage(to_qimage(pixels))))

    def _show_recent_row(self) -> None:
        for widget in (self._recent, self._recent_hint):
            widget.setVisible(not self._is_busy and bool(self._recent_tiles))

    def _sample(self, number: int, path: Path) -> QToolButton:
        button = configure(QToolButton(), accessible_name=tr("Sample portrait {number}", number=number))
        side = _SAMPLE_SIDE
        button.setIcon(
            QIcon(
                QPixmap(str(path)).scaled(
                    side, side, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
                )
            )
        )
        button.setIconSize(QSize(side, side))
        button.clicked.connect(lambda: self.sample_chosen.emit(path))
        return button
