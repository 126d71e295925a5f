"""A file lock that the operating system releases when the process ends, however it ends."""

from __future__ import annotations

import os
import sys
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

__all__ = ["FileLock"]

# Windows refuses to read locked bytes, so the locked one lies where no text is.
_LOCKED_BYTE = 2**24


class FileLock:
    """Holds a file that nobody else can lock; unlike a file with a process number it needs no cleaning up."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    @classmethod
    def acquire(cls, path: Path) -> FileLock | None:
        """Lock a file, creating it if need be; None when a process (this one included) holds it.

        Where the file system knows no locks everything can be locked. Raises OSError when the file cannot be opened.
        """
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            if sys.platform == "win32":
                os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
                msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):
            os.close(descriptor)
            return None
        except OSError:
            pass
        return cls(descriptor)

    def release(self) -> None:
        os.close(self._descriptor)
