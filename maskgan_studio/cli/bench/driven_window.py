"""A real window that a benchmark drives and waits for."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from maskgan_studio.app.rendering.other_faces import request_face
from maskgan_studio.document.session import Session
from maskgan_studio.engine.synthetic_face import draw_sample_crop, draw_sample_mask
from maskgan_studio.engine.target import CROP_SIZE, Target
from maskgan_studio.errors import StudioError
from maskgan_studio.photo.alignment.face_alignment import Alignment
from maskgan_studio.photo.files.loading import Photo

_SCALE = 2.0
#: Seconds to wait for an image before the measurement is given up.
_PATIENCE = 120.0
_WAKE_MS = 20


class DrivenWindow:
    """A window whose events are handled here, so that it can be waited for.

    Args:
        app: the QApplication.
        window: the MainWindow.
    """

    def __init__(self, app: Any, window: Any) -> None:
        self.app, self.window = app, window
        self.canvas = window.canvas
        self._paints = _count_paints(window.canvas)
        # Wakes who waits for events, should none come; the real window's loop sleeps as well.
        self._alarm = window.startTimer(_WAKE_MS)
        self._outdated: Any = None

    def open(self) -> None:
        """Open the drawn face, at twice its size, in the photo-and-mask view."""
        crop = draw_sample_crop()
        target = Target(Photo.from_pixels(crop), Alignment.identity(crop.shape), crop, draw_sample_mask())
        self.window.workspace.open(Session.new(target.mask), target)
        self.window.canvas.set_mode("side")
        self.canvas.zoom_to(_SCALE)
        self.app.processEvents()

    def shows_image(self, sizes: range = range(CROP_SIZE + 1)) -> bool:
        """Whether the present state of the document is shown, at one of these sizes."""
        shown, face = self.window.live.current, self.window.workspace.active_face
        if shown is None or shown is self._outdated or shown.result.request.size not in sizes:
            return False
        request = shown.result.request
        if request == request_face(face, request.weights, request.size):
            return True
        self._outdated = shown  # looking again would only take the window's time
        return False

    def shows_full_image(self) -> bool:
        """Whether the full image of the present state is shown."""
        return self.shows_image(range(CROP_SIZE, CROP_SIZE + 1))

    def wait_until(self, holds: Callable[[], Any], otherwise: str = "no full picture was made") -> None:
        """Handle events until something holds; raises StudioError with ``otherwise`` where it never does."""
        from PySide6.QtCore import QEventLoop

        until = time.monotonic() + _PATIENCE
        while not holds():
            if time.monotonic() > until:
                raise StudioError(f"The editor could not be measured: {otherwise} within {_PATIENCE:.0f} s.")
            self.app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def wait(self, milliseconds: float) -> None:
        """Handle events for so long."""
        until = time.monotonic() + milliseconds / 1000
        self.app.processEvents()
        while time.monotonic() < until:
            time.sleep(0.001)
            self.app.processEvents()

    def wait_for_paint(self, act: Callable[[], object]) -> None:
        """Do something, and handle events until the canvas is painted."""
        painted_before = self._paints.count
        act()
        while self._paints.count == painted_before:
            self.app.processEvents()  # without waiting: the paint that is due may be done with already

    def settle(self) -> None:
        """Handle the events that are due."""
        for _ in range(3):
            self.app.processEvents()


def _count_paints(widget: Any) -> Any:
    """Count the paint events of a widget; each is answered when the call that brings it about returns."""
    from PySide6.QtCore import QEvent, QObject

    class PaintCounter(QObject):
        count = 0

        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
            self.count += event.type() == QEvent.Type.Paint
            return False

    counter = PaintCounter(widget)
    widget.installEventFilter(counter)
    return counter
