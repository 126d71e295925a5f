"""A window that is closed while exports are under way waits for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer

from maskgan_studio.app.common.i18n import tr
from maskgan_studio.app.common.messages import Message
from maskgan_studio.app.rendering.worker import Worker
from maskgan_studio.app.window.message_bar import MessageBar


class CloseGuard(QObject):
    """Puts closing off until what somebody asked for is written.

    Args:
        workers: whose queues are waited for.
        bar: says that the window waits, and offers not to.
        close: closes the window.
    """

    def __init__(
        self, workers: Sequence[Worker], bar: MessageBar, close: Callable[[], object], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._workers, self._bar, self._close = workers, bar, close
        self._notice: Message | None = None
        self._given_up = False
        for worker in workers:
            worker.owed_changed.connect(self._owed_changed)

    @property
    def _owed(self) -> int:
        return sum(worker.pending_count for worker in self._workers)

    def defer_close(self) -> bool:
        """Whether the window has to stay for now; it is closed when the exports are written, if all of them are."""
        if self._given_up or not self._owed:
            return False
        message = tr("The window closes as soon as the export is written.")
        self._notice = Message(message, tr("Close without it"), self._give_up, notice=True)
        self._bar.show_message(self._notice)
        return True

    def _give_up(self) -> None:
        self._given_up = True
        self._close()
        self._given_up = False  # closing may have been called off

    def _owed_changed(self) -> None:
        if self._owed == 0 and self._notice is not None:
            notice, self._notice = self._notice, None
            # Another message, such as that the file could not be written, keeps the window open.
            if self._bar.problem is notice:
                self._bar.clear()
                QTimer.singleShot(0, self._close)
