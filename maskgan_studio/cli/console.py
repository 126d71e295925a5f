"""What commands say while they work, on stderr: stdout carries the answer alone."""

from __future__ import annotations

import contextlib
import io
import sys
import time
from collections.abc import Callable, Iterator

_SECONDS_BETWEEN_LINES = 5.0


def print_status(line: str) -> None:
    """Print one line on stderr."""
    print(line, file=sys.stderr, flush=True)


def accept_undecodable_names() -> None:
    """Let names of files that are no UTF-8 be printed: on stdout as the bytes that they are, on stderr legibly."""
    for stream, errors in ((sys.stdout, "surrogateescape"), (sys.stderr, "backslashreplace")):
        if isinstance(stream, io.TextIOWrapper):
            is_utf8 = stream.encoding.lower().replace("-", "") == "utf8"
            stream.reconfigure(errors=errors if is_utf8 else "backslashreplace")


@contextlib.contextmanager
def progress(title: str, total: int) -> Iterator[Callable[[str], None]]:
    """Show how far a piece of work is: a bar on a terminal, now and then a line elsewhere, nothing for one step.

    Args:
        title: what is being done.
        total: number of steps.

    Yields:
        a function to call before each step with the step's name.
    """
    if total < 2:
        yield lambda _: None
    elif sys.stderr.isatty():
        with _bar(title, total) as step:
            yield step
    else:
        yield _lines(title, total)


@contextlib.contextmanager
def _bar(title: str, total: int) -> Iterator[Callable[[str], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    # Names of files may look like markup.
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, TextColumn("{task.fields[about]}", markup=False), console=Console(stderr=True)) as bars:
        task = bars.add_task(title, total=total, about="")
        begun = -1

        def step(about: str) -> None:
            nonlocal begun
            begun += 1
            bars.update(task, completed=begun, about=about)

        yield step
        bars.update(task, completed=total, about="")


def _lines(title: str, total: int) -> Callable[[str], None]:
    begun = 0
    last = float("-inf")

    def step(about: str) -> None:
        nonlocal begun, last
        begun += 1
        if begun == total or time.monotonic() - last >= _SECONDS_BETWEEN_LINES:
            last = time.monotonic()
            print_status(f"{title} {begun}/{total}: {about}")

    return step
