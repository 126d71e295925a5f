"""Recovery files: unsaved work survives a crash, a kill or a power cut.

Each open document has a recovery file, an ordinary project, and beside it a lock file that says where the document
belongs. The lock ends with the process: a recovery file without one was left behind.
"""

from __future__ import annotations

import contextlib
import json
import time
import uuid
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from maskgan_studio.document.events import Signal
from maskgan_studio.document.project import Project
from maskgan_studio.document.session import Session
from maskgan_studio.document.storage.file_lock import FileLock
from maskgan_studio.document.storage.openraster import load_project, save_project
from maskgan_studio.errors import ProjectError

__all__ = ["Autosave", "Recovery", "recoverable"]

#: Seconds without a change after which a burst of strokes is over.
QUIET = 1.5
#: Seconds after which work is written although strokes go on.
PERIOD = 8.0


@dataclass(frozen=True, slots=True)
class Recovery:
    """A document that was not closed.

    Attributes:
        file: the recovery file.
        title: file name of the project, else of the photo; empty when there is neither.
        path: the project file that it belongs to, None when it was never saved.
        written: when the recovery file was written, seconds since the epoch.
    """

    file: Path
    title: str
    path: Path | None
    written: float

    def load(self) -> Project:
        """Read the document; open it as ``Session(project, path, saved=False)``. Raises ProjectError."""
        return load_project(self.file)

    def discard(self) -> None:
        """Delete the recovery file for good."""
        self.file.unlink(missing_ok=True)
        _lock_file(self.file).unlink(missing_ok=True)


def recoverable(directory: Path) -> list[Recovery]:
    """Documents in a folder of recovery files that no running program has open, the newest first."""
    found = []
    for lock_file in directory.glob("*.lock"):
        file = lock_file.with_suffix(".ora")
        lock = FileLock.acquire(lock_file)
        if lock is None:
            continue
        lock.release()
        if not file.exists():
            lock_file.unlink(missing_ok=True)  # ended before there was anything to recover
            continue
        title, path = _read_lock_file(lock_file)
        found.append(Recovery(file, title, path, file.stat().st_mtime))
    return sorted(found, key=lambda recovery: recovery.written, reverse=True)


class Autosave:
    """Writes the recovery file of one document.

    Call ``tick`` about once a second from the thread that owns the session. It takes a snapshot there and writes it on
    another thread, so that painting never waits for the disk.

    Attributes:
        failed: (message) emitted by ``tick`` when work could not be written, once until it can be again.
    """

    def __init__(
        self,
        session: Session,
        directory: Path,
        *,
        recovery: Recovery | None = None,
        clock: Callable[[], float] = time.monotonic,
        executor: Executor | None = None,
    ) -> None:
        """Begin to watch a document.

        Args:
            session: the document.
            directory: where recovery files are kept; created if need be.
            recovery: what the document was recovered from; its file is written on, so that it is never gone before
                there is a newer one.
            clock: seconds from any moment.
            executor: runs one job at a time, in order, and is shut down by ``close``; a thread by default.

        Raises:
            ProjectError: nothing can be written there.
        """
        self.failed = Signal()
        self._session, self._clock = session, clock
        self._executor = executor or ThreadPoolExecutor(1, thread_name_prefix="autosave")
        try:
            directory.mkdir(parents=True, exist_ok=True)
            self._file, self._lock = _claim(directory, recovery)
            self._describe()
        except OSError as error:
            raise ProjectError(f"Unsaved work cannot be backed up in “{directory}” ({error.strerror}).") from error
        self._changed_at: float | None = clock() if session.dirty else None
        self._waiting_since = self._changed_at
        self._writing: Future | None = None
        self._failing = False
        session.events.history_changed.connect(self._note_change)
        session.events.saved.connect(self._note_change)

    def tick(self) -> None:
        """Write a snapshot if one is due, and report how the last one went."""
        if self._writing is not None:
            if not self._writing.done():
                return
            self._report(self._writing)
            self._writing = None
        if self._changed_at is None or self._waiting_since is None:
            return
        now = self._clock()
        if now - self._changed_at >= QUIET or now - self._waiting_since >= PERIOD:
            self._changed_at = self._waiting_since = None
            self._writing = self._executor.submit(save_project, self._file, self._session.project())

    def close(self) -> None:
        """Stop watching: the document was closed on purpose, whether it was saved or not."""
        self._session.events.history_changed.disconnect(self._note_change)
        self._session.events.saved.disconnect(self._note_change)
        self._executor.submit(self._discard).result()
        self._executor.shutdown()
        self._lock.release()
        _lock_file(self._file).unlink(missing_ok=True)

    def _note_change(self) -> None:
        if self._session.dirty:
            self._changed_at = self._clock()
            if self._waiting_since is None:
                self._waiting_since = self._changed_at
            return
        self._changed_at = self._waiting_since = None
        # After a snapshot that may still be on its way to the disk.
        self._executor.submit(self._discard)
        with contextlib.suppress(OSError):  # it only names the document
            self._describe()

    def _discard(self) -> None:
        self._file.unlink(missing_ok=True)

    def _report(self, written: Future) -> None:
        problem = written.exception()
        if problem is None:
            self._failing = False
            return
        if not isinstance(problem, ProjectError):
            raise problem
        self._note_change()  # try again
        if not self._failing:
            self._failing = True
            self.failed.emit(f"Unsaved work is not being backed up: {problem}")

    def _describe(self) -> None:
        path, target = self._session.path, self._session.target
        title = path.name if path else target.name if target else ""
        text = json.dumps({"title": title, "path": str(path) if path else None})
        _lock_file(self._file).write_text(text, encoding="utf-8")


def _claim(directory: Path, recovery: Recovery | None) -> tuple[Path, FileLock]:
    """A recovery file that is nobody else's: the one recovered from, unless another window was quicker."""
    file = recovery.file if recovery else directory / f"{uuid.uuid4().hex}.ora"
    lock = FileLock.acquire(_lock_file(file))
    return (file, lock) if lock is not None else _claim(directory, None)


def _lock_file(file: Path) -> Path:
    return file.with_suffix(".lock")


def _read_lock_file(lock_file: Path) -> tuple[str, Path | None]:
    try:
        values = json.loads(lock_file.read_text(encoding="utf-8"))
        return str(values["title"]), Path(values["path"]) if values["path"] else None
    except (OSError, ValueError, KeyError, TypeError):
        return "", None  # the program ended while it wrote them: the work itself is still there
