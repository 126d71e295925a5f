"""What a batch consists of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

from maskgan_studio.errors import StudioError

__all__ = ["Job", "MakeWorker", "Outcome", "PhotoJob", "attempt", "is_done", "portable"]


class Job(Protocol):
    """One result of a batch."""

    @property
    def about(self) -> Path:
        """The file that stands for it in messages."""

    @property
    def sources(self) -> Sequence[Path]:
        """The files it is made of."""

    @property
    def results(self) -> Sequence[Path]:
        """The files it writes, the one that is printed last and written last."""


class PhotoJob:
    """A job that makes one file of a photo, which stands for it in messages; others say what differs."""

    photo: Path
    output: Path

    @property
    def about(self) -> Path:
        return self.photo

    @property
    def sources(self) -> tuple[Path, ...]:
        return (self.photo,)

    @property
    def results(self) -> tuple[Path, ...]:
        return (self.output,)


#: Builds, in the process where it is called, the function that does one job.
MakeWorker = Callable[[], Callable[[Any], None]]
#: A job, and what it failed with.
Outcome = tuple[Any, Exception | None]


def is_done(job: Job) -> bool:
    """Whether all results are there and none is older than what it is made of."""
    try:
        made = min(path.stat().st_mtime_ns for path in job.results)
        return all(path.stat().st_mtime_ns <= made for path in job.sources)
    except OSError:
        return False


def attempt(work: Callable[[Any], None], job: Any) -> Exception | None:
    """Do a job; a defect that one photo meets must not cost the others."""
    try:
        work(job)
    except Exception as error:
        return error
    return None


def portable(problem: Exception | None) -> StudioError | None:
    """What can travel between processes of a problem: not every exception can, its sentence can."""
    if problem is None:
        return None
    return StudioError(str(problem) if isinstance(problem, StudioError) else repr(problem))
