"""Worker processes that go when the process they work for is gone, even where that was killed."""

from __future__ import annotations

import os
import threading
from multiprocessing import parent_process
from multiprocessing.connection import wait

__all__ = ["exit_with_parent"]


def exit_with_parent() -> None:
    """Let this worker process end as soon as the one that started it has ended.

    A pool's processes wait for work on a pipe that they all hold open themselves: without this they would wait for
    ever, with all their memory. Does nothing in a process that no pool started.
    """
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_watch, args=(parent.sentinel,), name="parent watch", daemon=True).start()


def _watch(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)  # from a thread; nobody is left to hand anything over to
