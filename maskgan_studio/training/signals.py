"""Ending a run on request: the step in progress is finished and a checkpoint written."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def stop_on_signal(quiet: bool = False) -> Iterator[Callable[[], bool]]:
    """Catch Ctrl+C and SIGTERM while the block runs; a second one acts at once, as ever.

    Outside the main thread nothing can be caught, and the answer stays no.

    Args:
        quiet: say nothing on stderr.

    Yields:
        a function that tells whether the run was asked to stop.
    """
    asked = False
    if threading.current_thread() is not threading.main_thread():
        yield lambda: asked
        return
    before = {number: signal.getsignal(number) for number in _SIGNALS}

    def restore() -> None:
        for number, handler in before.items():
            signal.signal(number, handler)

    def ask(number: int, frame: FrameType | None) -> None:
        nonlocal asked
        asked = True
        restore()
        if not quiet:
            print("Stopping after this step, with a checkpoint (again: at once) ...", file=sys.stderr, flush=True)

    for number in _SIGNALS:
        signal.signal(number, ask)
    try:
        yield lambda: asked
    finally:
        restore()
