"""More room for the image: the canvas alone, and the whole screen."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QObject, Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QToolBar, QWidget


class ScreenMode(QObject):
    """Hides the panels and bars around the canvas and brings them back as they were."""

    def __init__(self, window: QMainWindow, canvas: QWidget) -> None:
        super().__init__(window)
        self._window, self._canvas = window, canvas
        self._arrangement: QByteArray | None = None

    def show_canvas_only(self, alone: bool) -> None:
        """Hide everything but menus, canvas and status bar, or show again what was there before."""
        window = self._window
        if alone and self._arrangement is None:
            self._arrangement = window.saveState()
            for widget in (*window.findChildren(QDockWidget), *window.findChildren(QToolBar)):
                widget.hide()
            self._canvas.setFocus()
        elif not alone and self._arrangement is not None:
            window.restoreState(self._arrangement)
            self._arrangement = None

    def show_full_screen(self, full: bool) -> None:
        """Take the whole screen, or go back to a window of the size before."""
        state = self._window.windowState()
        flag = Qt.WindowState.WindowFullScreen
        self._window.setWindowState(state | flag if full else state & ~flag)

    def restore(self) -> None:
        """Bring everything back, before the arrangement is remembered for the next start."""
        self.show_canvas_only(False)
        self.show_full_screen(False)
