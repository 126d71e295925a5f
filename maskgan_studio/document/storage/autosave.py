"""Recovery files: unsaved work survives a crash, a kill or a power cut.

Each open document has a recovery file, an ordinary project, and beside it a file that says where the document belongs
and a lock. The lock ends with the process: a recovery file without one was left behind.
"""

from __future__ import annotations

import contextlib
import json
import logging
import time
import uuid
from collections.abc import Callable, Iterable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from maskgan_studio.atomic_write import remove_abandoned
from maskgan_studio.document.events import Signal
from maskgan_studio.document.face_group import FaceGroup, Stamp
from maskgan_studio.document.project import Project
from maskgan_studio.document.storage.file_lock import FileLock
from maskgan_studio.document.storage.openraster import load_project
from maskgan_studio.document.storage.session_saving import prepare_saving
from maskgan_studio.errors import ProjectError

__all__ = ["Autosave", "Recovery", "find_recoverable", "load_newest"]

log = logging.getLogger(__name__)

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
        stamp: of that file, when the document was read from it or saved to it; None where it is unknown.
        written: when the recovery file was written, seconds since the epoch.
    """

    file: Path
    title: str
    path: Path | None
    stamp: Stamp | None
    written: float

    def load(self) -> Project:
        """Read the document; open it as ``Session(project, path, saved=False, stamp=stamp)``. Raises ProjectError."""
        return load_project(self.file)

    def discard(self) -> None:
        """Delete the recovery file permanently."""
        self.file.unlink(missing_ok=True)
        _remove_notes(self.file)

    def set_aside(self) -> Path:
        """Keep a damaged recovery file under another name, so that it is not offered again; returns where it is."""
        kept = self.file.with_suffix(".damaged")
        self.file.replace(kept)
        _remove_notes(self.file)
        return kept


def find_recoverable(directory: Path) -> list[Recovery]:
    """Documents in a folder of recovery files that no running program has open, the newest first.

    What cannot be looked at, such as another user's files, is left alone.
    """
    found = []
    remove_abandoned(directory)
    for lock_file in directory.glob("*.lock"):
        try:
            recovery = _recovery_of(lock_file)
        except OSError as error:
            log.warning("a recovery file is passed over: %s", error)
            continue
        if recovery is not None:
            found.append(recovery)
    return sorted(found, key=lambda recovery: recovery.written, reverse=True)


def _recovery_of(lock_file: Path) -> Recovery | None:
    """What a lock file belongs to; None when it is in use, or of a document in which nothing was done."""
    file = lock_file.with_suffix(".ora")
    title, path, stamp = _read_notes(file)  # before the file is locked: that could empty it
    lock = FileLock.acquire(lock_file)
    if lock is None:
        return None
    lock.release()
    if not file.exists():
        _remove_notes(file)  # ended before there was anything to recover
        return None
    return Recovery(file, title, path, stamp, file.stat().st_mtime)


def load_newest(found: Iterable[Recovery]) -> tuple[Recovery | None, list[Recovery]]:
    """The first recovery file that can be read, and the damaged ones before it; empty ones are deleted on the way."""
    damaged = []
    for recovery in found:
        try:
            recovery.load()
        except ProjectError as error:
            log.warning("the recovery file %s cannot be read: %s", recovery.file, error)
            if recovery.file.is_file() and recovery.file.stat().st_size == 0:
                recovery.discard()
            else:
                damaged.append(recovery)
        else:
            return recovery, damaged
    return None, damaged


class Autosave:
    """Writes the recovery file of one document.

    Call ``tick`` about once a second from the thread that owns the document. It takes a snapshot there and writes it on
    another thread, so that painting never waits for the disk.

    Attributes:
        document: what is watched.
        failed: (ProjectError) emitted by ``tick`` when work could not be written, once until it can be again.
    """

    def __init__(
        self,
        document: FaceGroup,
        directory: Path,
        *,
        recovery: Recovery | None = None,
        clock: Callable[[], float] = time.monotonic,
        executor: Executor | None = None,
    ) -> None:
        """Begin to watch a document.

        Args:
            document: all of its faces.
            directory: where recovery files are kept; created if need be.
            recovery: what the document was recovered from; its file is written on, so that it is never gone before
                there is a newer one.
            clock: seconds from any moment.
            executor: runs one job at a time, in order, and is shut down by ``close``; a thread by default.

        Raises:
            ProjectError: nothing can be written there.
        """
        self.failed = Signal()
        self.document, self._clock = document, clock
        self._executor = executor or ThreadPoolExecutor(1, thread_name_prefix="autosave")
        try:
            directory.mkdir(parents=True, exist_ok=True)
            self._file, self._lock = _claim(directory, recovery)
            self._describe()
        except OSError as error:
            raise ProjectError(
                "Unsaved work cannot be backed up in “{folder}” ({reason}).", folder=directory, reason=error.strerror
            ) from error
        self._changed_at: float | None = clock() if document.dirty else None
        self._waiting_since = self._changed_at
        self._writing: Future[None] | None = None
        self._failing = False
        document.changed.connect(self._note_change)

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
            self._writing = self._executor.submit(prepare_saving(self.document), self._file)

    def close(self) -> None:
        """Stop watching: the document was closed on purpose, whether it was saved or not.

        What is being written is not waited for; its file goes after it.
        """
        self.document.changed.disconnect(self._note_change)
        self._executor.submit(self._end)
        self._executor.shutdown(wait=False)

    def _end(self) -> None:
        self._discard()
        self._lock.release()
        _remove_notes(self._file)

    def _note_change(self) -> None:
        if (self.document.path, self.document.stamp) != self._described:
            with contextlib.suppress(OSError):  # it only names the document
                self._describe()
        if self.document.dirty:
            self._changed_at = self._clock()
            if self._waiting_since is None:
                self._waiting_since = self._changed_at
            return
        self._changed_at = self._waiting_since = None
        # After a snapshot that may still be on its way to the disk.
        self._executor.submit(self._discard)

    def _discard(self) -> None:
        self._file.unlink(missing_ok=True)

    def _report(self, written: Future[None]) -> None:
        problem = written.exception()
        if problem is None:
            self._failing = False
            return
        if not isinstance(problem, ProjectError):
            raise problem
        self._note_change()  # try again
        if not self._failing:
            self._failing = True
            self.failed.emit(ProjectError("Unsaved work is not being backed up: {problem}", problem=problem))

    def _describe(self) -> None:
        path, target = self.document.path, self.document.faces[-1].target
        self._described = path, self.document.stamp
        title = path.name if path else target.name if target else ""
        text = json.dumps({"title": title, "path": str(path) if path else None, "stamp": self.document.stamp})
        _notes_file(self._file).write_text(text, encoding="utf-8")


def _claim(directory: Path, recovery: Recovery | None) -> tuple[Path, FileLock]:
    """A recovery file that no other process owns: the one recovered from, unless another window took it first."""
    file = recovery.file if recovery else directory / f"{uuid.uuid4().hex}.ora"
    lock = FileLock.acquire(_lock_file(file))
    return (file, lock) if lock is not None else _claim(directory, None)


def _lock_file(file: Path) -> Path:
    return file.with_suffix(".lock")


def _notes_file(file: Path) -> Path:
    return file.with_suffix(".json")


def _remove_notes(file: Path) -> None:
    for notes in (_notes_file(file), _lock_file(file)):
        notes.unlink(missing_ok=True)


def _read_notes(file: Path) -> tuple[str, Path | None, Stamp | None]:
    for notes in (_notes_file(file), _lock_file(file)):  # earlier versions wrote them into the lock file
        with contextlib.suppress(OSError, ValueError, LookupError, TypeError, AttributeError):
            values = json.loads(notes.read_text(encoding="utf-8"))
            path, stamp = values["path"], values.get("stamp")
            known = None if stamp is None else (int(stamp[0]), int(stamp[1]))
            return str(values["title"]), Path(path) if path else None, known
    return "", None, None  # the program ended while it wrote them: the work itself is still there
