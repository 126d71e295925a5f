"""What is being opened: at most one thing at a time, and nothing takes the document's place unasked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QTimer

from maskgan_studio.app.rendering.jobs import Job, Priority
from maskgan_studio.app.rendering.worker import JobThread
from maskgan_studio.app.state.activities import Activities, Activity
from maskgan_studio.errors import StudioError

R = TypeVar("R")
T = TypeVar("T")

#: How often a file that has arrived looks whether the hand rests, in milliseconds.
_LOOK_MS = 50


class Opening(QObject):
    """The one owner of what is being opened. Whoever asks for another thing to be opened, or closes the document,
    takes back what was asked for before.

    Unsaved work is asked about when what was asked for arrives, which may be seconds later, and never in the middle of
    a stroke: what is painted meanwhile is asked about like all the rest.

    Args:
        activities: shows what is being opened.
        settle: calls one of two functions once it is known what becomes of unsaved work: the first when the document
            may go, the second when the user wants to keep it.
        is_drawing: whether the hand is at work on the canvas.
    """

    def __init__(
        self,
        activities: Activities,
        settle: Callable[[Callable[[], None], Callable[[], None]], None],
        is_drawing: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._activities, self._settle, self._is_drawing = activities, settle, is_drawing
        self._job: Job[Any, Any] | None = None
        self._activity: Activity | None = None

    @property
    def is_active(self) -> bool:
        """Whether something is being opened."""
        return self._activity is not None

    def begin(
        self,
        thread: JobThread[R],
        text: str,
        work: Callable[[R], T],
        arrived: Callable[[T], None],
        failed: Callable[[StudioError], None],
        replaces: bool = True,
        asks: bool = True,
    ) -> None:
        """Begin to open something.

        Args:
            thread: where the work is done.
            text: status to show.
            work: reads it.
            arrived: called with it, unless something else was asked for meanwhile.
            failed: called where it cannot be read.
            replaces: it takes the place of what is shown, which it does not in the middle of a stroke.
            asks: the open document goes, so that unsaved work is asked about.
        """
        self.cancel()
        activity = self._activity = self._activities.begin(text)

        def done(value: T) -> None:
            if self._activity is activity:
                self._arrived(activity, lambda: arrived(value), replaces, asks)

        def refused(problem: StudioError) -> None:
            if self._activity is activity:
                self.cancel()
                failed(problem)

        self._job = thread.submit(Priority.OPEN, work, done, refused)

    def cancel(self) -> None:
        """Take back what was asked for, if anything was."""
        job, activity = self._job, self._activity
        self._job = self._activity = None
        if job is not None:
            job.cancel()
        if activity is not None:
            activity.end()

    def _arrived(self, activity: Activity, show: Callable[[], None], replaces: bool, asks: bool) -> None:
        if self._activity is not activity:
            return
        if not replaces:
            self.cancel()
            show()
            return
        if self._is_drawing():
            QTimer.singleShot(_LOOK_MS, self, lambda: self._arrived(activity, show, replaces, asks))
            return

        def proceed() -> None:
            if self._activity is activity:
                self.cancel()
                show()

        def stay() -> None:
            if self._activity is activity:
                self.cancel()

        if asks:
            self._settle(proceed, stay)
        else:
            proceed()
