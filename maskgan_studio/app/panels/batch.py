"""The batch panel: drop a folder on an edit, see how far it is and what failed, find the results."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from maskgan_studio.app.common.i18n import tr
from maskgan_studio.app.common.theme import GRID
from maskgan_studio.app.common.widgets import configure
from maskgan_studio.app.files.drops import dropped_paths
from maskgan_studio.document.looks import Look


class BatchPanel(QWidget):
    """Signals: ``photos_dropped`` (list of Path, name of the expression or nothing for the document's edit),
    ``choose_clicked``, ``cancelled``, ``results_wanted`` (Path of their folder)."""

    photos_dropped = Signal(list, str)
    choose_clicked = Signal()
    cancelled = Signal()
    results_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__(acceptDrops=True)
        configure(self, name="panel")
        self._folder: Path | None = None
        self.edit = configure(QComboBox(), accessible_name=tr("Edit that is done to each photo"))
        # A long title is cut, and does not make the panel wider than its dock.
        self.edit.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.edit.setMinimumContentsLength(8)
        self.show_looks(())
        self.choose = configure(
            QPushButton(tr("Folder of photos…")),
            tip=tr("Choose a folder, or drop one here; its photos stay as they are"),
        )
        self.choose.clicked.connect(self.choose_clicked)
        self.cancel = configure(QPushButton(tr("Cancel")), accessible_name=tr("Cancel the batch"))
        self.cancel.clicked.connect(self.cancelled)
        self.results = QPushButton(tr("Show the results"))
        self.results.clicked.connect(lambda: self.results_wanted.emit(self._folder))
        self.bar = configure(QProgressBar(textVisible=False), accessible_name=tr("Progress of the batch"))
        self.bar.setFixedHeight(GRID)
        self.text = configure(QLabel(wordWrap=True), name="muted")
        self.failures = configure(QListWidget(), accessible_name=tr("Photos that failed"))
        self.failures.setWordWrap(True)
        buttons = QHBoxLayout()
        for button in (self.choose, self.cancel):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID, GRID, GRID, GRID)
        column.setSpacing(GRID // 2)
        column.addWidget(configure(QLabel(tr("Do to each photo")), name="muted"))
        column.addWidget(self.edit)
        column.addLayout(buttons)
        column.addWidget(self.bar)
        column.addWidget(self.text)
        column.addWidget(self.results)
        column.addWidget(self.failures, 1)
        column.addStretch()
        self._show(running=False)
        self.text.setText(tr("Drop a folder of portraits here."))

    def sizeHint(self) -> QSize:
        """As wide as the other panels."""
        return QSize(264, 200)

    @property
    def look(self) -> str:
        """Name of the chosen expression, nothing for the document's edit."""
        return str(self.edit.currentData() or "")

    def show_looks(self, looks: Sequence[Look]) -> None:
        """Offer these beside the document's own edit."""
        chosen = self.edit.currentData()
        self.edit.clear()
        self.edit.addItem(tr("The open document's edit"), "")
        for look in looks:
            self.edit.addItem(tr(look.title) if look.file is None else look.title, look.name)
        self.edit.setCurrentIndex(max(0, self.edit.findData(chosen)))

    def show_progress(self, done: int, count: int, name: str) -> None:
        """A photo is begun."""
        if done == 0:
            self.failures.clear()
            self._folder = None
        self.bar.setRange(0, count)
        self.bar.setValue(done)
        self.text.setText(tr("{number} of {count}: {name}", number=done + 1, count=count, name=name))
        self._show(running=True)

    def show_failure(self, name: str, reason: str) -> None:
        """A photo could not be edited."""
        self.failures.addItem(f"{name}: {reason}")
        self.failures.setVisible(True)

    def show_end(self, folder: Path, written: int, failed: int) -> None:
        """The batch is done, or was stopped."""
        self._folder = folder
        self.text.setText(
            tr("{written} written, {failed} failed: “{name}”", written=written, failed=failed, name=folder.name)
        )
        self._show(running=False)

    def _show(self, running: bool) -> None:
        for widget in (self.cancel, self.bar):
            widget.setVisible(running)
        for control in (self.choose, self.edit):
            control.setEnabled(not running)
        self.results.setVisible(not running and self._folder is not None)
        self.failures.setVisible(self.failures.count() > 0)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take photos and folders."""
        if dropped_paths(event.mimeData()) and self.choose.isEnabled():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Begin with what was dropped."""
        event.acceptProposedAction()
        self.photos_dropped.emit(dropped_paths(event.mimeData()), self.look)
