"""What the window is busy with: each piece of work has a text of its own, and takes only that one away when it ends."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class Activity:
    """One piece of work that is in progress."""

    def __init__(self, activities: Activities, text: str) -> None:
        self._activities = activities
        self.text = text

    def update(self, text: str) -> None:
        """Say how far it is; nothing happens after its end."""
        self.text = text
        self._activities.refresh()

    def end(self) -> None:
        """It is over, however it ended; calling it twice does no harm."""
        self._activities.remove(self)


class Activities(QObject):
    """All pieces of work that are in progress; the text of the one that began last is shown.

    Signal: ``changed`` (sentence, empty when nothing is in progress).
    """

    changed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._active: list[Activity] = []
        self._shown = ""

    @property
    def text(self) -> str:
        """What the window is busy with, empty when it is not."""
        return self._active[-1].text if self._active else ""

    def begin(self, text: str) -> Activity:
        """Say that a piece of work begins."""
        activity = Activity(self, text)
        self._active.append(activity)
        self.refresh()
        return activity

    def remove(self, activity: Activity) -> None:
        """Say that a piece of work is over."""
        if activity in self._active:
            self._active.remove(activity)
            self.refresh()

    def refresh(self) -> None:
        """Emit the text to show, if it has changed."""
        if self.text != self._shown:
            self._shown = self.text
            self.changed.emit(self._shown)
