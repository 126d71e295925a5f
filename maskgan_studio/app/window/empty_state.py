"""What the window shows before anything is open: one sentence and one button; the whole window takes drops."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QToolButton, QVBoxLayout, QWidget

from maskgan_studio.app.common.i18n import tr
from maskgan_studio.app.common.theme import GRID
from maskgan_studio.app.common.widgets import configure
from maskgan_studio.paths import resources_dir

_SAMPLE_SIDE = 128


def sample_portraits() -> list[Path]:
    """Return the shipped portraits, made by our own networks."""
    return sorted((resources_dir() / "samples").glob("*.png"))


class EmptyState(QWidget):
    """The invitation to begin. ``open_clicked`` and ``sample_chosen`` (Path)."""

    open_clicked = Signal()
    sample_chosen = Signal(Path)

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
        column = QVBoxLayout(self)
        column.setSpacing(3 * GRID)
        column.addStretch(2)
        column.addWidget(self._sentence)
        column.addWidget(self._button, alignment=Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self._progress, alignment=Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self._hint)
        column.addWidget(self._samples)
        column.addStretch(3)
        self.show_text(None)

    def show_text(self, sentence: str | None) -> None:
        """Show what is going on instead of the invitation; None brings the invitation back."""
        self._sentence.setText(sentence or tr("Drop a portrait photo here to edit the face."))
        if self._button.hasFocus():
            self.setFocus()  # hiding it would hand the focus to the next field that takes letters
        self._progress.setVisible(sentence is not None)
        self._button.setVisible(sentence is None)
        self._hint.setVisible(sentence is None and bool(sample_portraits()))
        self._samples.setVisible(sentence is None)

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
