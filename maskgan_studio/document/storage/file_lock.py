"""A file lock that the operating system releases when the process ends, however it ends."""

from __future__ import annotations

from pathlib import Path

import filelock

__all__ = ["FileLock"]


class FileLock:
    """An exclusive lock on a file; unlike a PID file it needs no cleanup."""

    def __init__(self, lock: filelock.BaseFileLock) -> None:
        self._lock = lock

    @classmethod
    def acquire(cls, path: Path) -> FileLock | None:
        """Lock a file, creating it if need be; None when a process (this one included) holds it.

        Raises OSError when the file cannot be opened, as another user's or a folder.
        """
        if path.is_dir():
            raise IsADirectoryError(f"{path} is a folder")
        lock = filelock.FileLock(path, timeout=0, thread_local=False)
        try:
            lock.acquire()
        except filelock.Timeout:
            return None
        return cls(lock)

    def release(self) -> None:
        self._lock.release()
