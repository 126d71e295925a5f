"""What a thread beside the window's is asked to do, and how urgent it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Generic, TypeVar

from maskgan_studio.errors import StudioError

R = TypeVar("R")
T = TypeVar("T")


class Priority(IntEnum):
    """Kinds of work, most urgent first: a photo that waits to be opened goes before the next image."""

    OPEN = 0
    PREVIEW = 1
    FULL = 2
    SAVE = 3
    EXPORT = 4
    COPY = 5
    REFERENCE = 6
    MASKS = 7
    MORPH = 8
    FIT = 9
    BACKGROUND = 10
    TILE = 11
    ESTIMATE = 12
    BATCH = 13

    @property
    def keeps_all(self) -> bool:
        """Whether every job of the kind is done: two exports asked for in quick succession are two files. Of the
        other kinds only the newest waits."""
        return self in _KEPT

    @property
    def is_bound(self) -> bool:
        """Whether a job of the kind needs the resource that was in use when it was asked for, and no later one."""
        return self in _BOUND

    @property
    def is_large(self) -> bool:
        """Whether a job of the kind needs much memory that those that follow do not."""
        return self in _LARGE


_KEPT = (Priority.SAVE, Priority.EXPORT, Priority.COPY, Priority.MORPH)
_LARGE = (Priority.OPEN, *_KEPT, Priority.REFERENCE, Priority.FIT, Priority.BATCH)
_BOUND = (
    Priority.PREVIEW,
    Priority.FULL,
    Priority.EXPORT,
    Priority.COPY,
    Priority.MASKS,
    Priority.MORPH,
    Priority.FIT,
    Priority.TILE,
)


class Resource(Generic[R]):
    """What jobs work with, made by the first of them; made again by the next one where that failed."""

    def __init__(self, make: Callable[[], R]) -> None:
        self._make = make
        self._made: list[R] = []

    @property
    def is_made(self) -> bool:
        """Whether it is there."""
        return bool(self._made)

    def get(self) -> R:
        """Return it, made now if need be; on the thread that works with it."""
        if not self._made:
            self._made.append(self._make())
        return self._made[0]


@dataclass(eq=False)
class Job(Generic[R, T]):
    """A piece of work: ``work(resource)`` runs on the thread, the rest on the window's.

    ``done`` or ``failed`` is called with the outcome, unless the job was dropped; ``ended`` always, after it.
    """

    priority: Priority
    work: Callable[[R], T]
    done: Callable[[T], object]
    failed: Callable[[StudioError], object]
    ended: Callable[[], object]
    resource: Resource[R] | None = field(repr=False)
    cancelled: bool = False

    def cancel(self) -> None:
        """Drop the job if it waits, and its outcome if it already runs."""
        self.cancelled = True
