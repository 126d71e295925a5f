"""Part of the style panel: fit the style to the photo, with progress, time left and a way out."""

from __future__ import annotations

import math

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from maskgan_studio.app.common.i18n import tr
from maskgan_studio.app.common.theme import GRID
from maskgan_studio.app.common.widgets import configure
from maskgan_studio.engine.fit import Fit


class FitRow(QWidget):
    """Two ways to fit; while one is in progress, how far it is; afterwards, what it gave.

    Signals: ``fit_requested`` (mode), ``cancelled``, ``forgotten``.
    """

    fit_requested = Signal(str)
    cancelled = Signal()
    forgotten = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._running = self._has_photo = False
        self._fit: Fit | None = None
        self._quick = QPushButton(tr("Fit to photo"))
        self._quick.setToolTip(tr("Let the network learn how this photo looks; at most a minute"))
        self._quick.clicked.connect(lambda: self.fit_requested.emit("quick"))
        self._full = QPushButton(tr("Fit longer"))
        self._full.setToolTip(tr("The same with all of the style, in more steps; some minutes without a graphics card"))
        self._full.clicked.connect(lambda: self.fit_requested.emit("full"))
        self._cancel = QPushButton(tr("Cancel"))
        self._cancel.setAccessibleName(tr("Cancel the fit"))
        self._cancel.clicked.connect(self.cancelled)
        self._forget = QPushButton(tr("Undo the fit"))
        self._forget.clicked.connect(self.forgotten)
        self._bar = QProgressBar(minimum=0, maximum=100, textVisible=False)
        self._bar.setFixedHeight(GRID)
        self._bar.setAccessibleName(tr("Progress of the fit"))
        self._text = configure(QLabel(wordWrap=True), name="muted")
        buttons = QHBoxLayout()
        for button in (self._quick, self._full, self._forget, self._cancel):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        column.addLayout(buttons)
        column.addWidget(self._bar)
        column.addWidget(self._text)
        self._show()

    def set_photo(self, there: bool) -> None:
        """Say whether there is a photo to fit to."""
        self._has_photo = there
        self._show()

    def set_running(self, running: bool) -> None:
        """Set whether a fit is in progress."""
        self._running = running
        self._show()

    def set_progress(self, share: float, left: float) -> None:
        """Show the share done, 0 to 1, and the seconds left (infinite while unknown)."""
        self._bar.setValue(round(100 * share))
        if self._running:
            known = math.isfinite(left)
            self._text.setText(tr("{seconds} s left", seconds=math.ceil(left)) if known else tr("Fitting…"))

    def show_fit(self, fit: Fit | None) -> None:
        """Show what the document's fit is like, if it has one."""
        self._fit = fit
        self._show()

    def _show(self) -> None:
        for button in (self._quick, self._full):
            button.setVisible(not self._running and self._fit is None)
            button.setEnabled(self._has_photo)
        self._forget.setVisible(not self._running and self._fit is not None)
        for widget in (self._cancel, self._bar):
            widget.setVisible(self._running)
        if self._running:
            self._text.setText(tr("Fitting…"))
        elif self._fit is not None:
            self._text.setText(_describe(self._fit.error_before, self._fit.error_after))
        self._text.setVisible(self._running or self._fit is not None)


def _describe(before: float, after: float) -> str:
    """What a fit gave, from the mean differences of result and photo before and after, in grey levels."""
    percent = round(100 * (1 - after / before)) if before > 0 else 0
    return tr("The result is {percent} % closer to your photo than before.", percent=max(0, percent))
