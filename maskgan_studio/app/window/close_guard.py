"""A window that is closed while exports are in progress waits for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, QTimer

from maskgan_studio.app.common.i18n import tr
from maskgan_studio.app.common.messages import Message
from maskgan_studio.app.rendering.jobs import Priority
from maskgan_studio.app.rendering.worker import JobThread
from maskgan_studio.app.window.message_bar import MessageBar


class CloseGuard(QObject):
    """Defers closing until pending exports are written.

    Args:
        workers: whose queues are waited for.
        bar: shows that the window waits, and offers to close at once.
        close: closes the window.
    """

    def __init__(
        self, workers: Sequence[JobThread[Any]], bar: MessageBar, close: Callable[[], object], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._workers, self._bar, self._close = workers, bar, close
        self._notice: Message | None = None
        self._given_up = False
        for worker in workers:
            worker.pending_changed.connect(self._pending_changed)

    @property
    def _pending(self) -> list[Priority]:
        return [kind for worker in self._workers for kind in worker.pending]

    def defer_close(self) -> bool:
        """Whether the window has to stay for now; it is closed when the exports are written, if all of them are."""
        pending = self._pending
        if self._given_up or not pending:
            return False
        if Priority.EXPORT in pending or Priority.MORPH in pending:
            message = tr("The window closes as soon as the export is written.")
        elif Priority.SAVE in pending:
            message = tr("The window closes as soon as the project is saved.")
        else:
            message = tr("The window closes as soon as the picture is copied.")
        self._notice = Message(message, tr("Close without it"), self._give_up, notice=True)
        self._bar.show_message(self._notice)
        return True

    def _give_up(self) -> None:
        self._given_up = True
        self._close()
        self._given_up = False  # closing may have been called off

    def _pending_changed(self) -> None:
        if not self._pending and self._notice is not None:
            notice, self._notice = self._notice, None
            # Another message, such as that the file could not be written, keeps the window open.
            if self._bar.problem is notice:
                self._bar.clear()
                QTimer.singleShot(0, self._close)
