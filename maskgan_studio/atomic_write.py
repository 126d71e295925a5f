"""Writing a file so that a crash or a full disk leaves the old one."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

__all__ = ["atomic_path", "atomic_write", "remove_abandoned"]

_PART = re.compile(r"\..+\.(\d+)(?:@(.+))?\.part")
# A folder may be shared with other machines, whose processes cannot be asked for.
_HOST = re.sub(r"[^\w-]", "-", socket.gethostname())[:40]
_MANY = 2000
_large: set[Path] = set()


@contextlib.contextmanager
def atomic_write(path: Path) -> Iterator[BinaryIO]:
    """Open a file that takes the place of ``path`` once its contents are safely on the disk.

    Where the block raises, what was at ``path`` is still there; see ``atomic_path``.
    """
    with atomic_path(path) as temporary, temporary.open("wb") as file:
        yield file


@contextlib.contextmanager
def atomic_path(path: Path) -> Iterator[Path]:
    """Give the path of a file beside ``path`` to write to; it takes the place of ``path`` when the block ends.

    A symbolic link is followed, and the permissions of the file that is replaced stay.

    Raises:
        OSError: the file cannot be written; what was at ``path`` is still there.
    """
    path = path.resolve()
    remove_abandoned(path.parent)
    temporary = path.with_name(f".{path.name}.{os.getpid()}@{_HOST}.part")
    try:
        yield temporary
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(path, temporary)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    _sync_folder(path.parent)


def remove_abandoned(folder: Path) -> None:
    """Delete what killed processes have left of files that they were writing to a folder.

    A process lists a large folder once only: reading its names takes longer than writing a file.
    """
    if folder in _large:
        return
    with contextlib.suppress(OSError):
        files = list(folder.iterdir())
        if len(files) > _MANY:
            _large.add(folder)
        for file in files:
            found = _PART.fullmatch(file.name)
            if found and found[2] in (None, _HOST) and not _is_running(int(found[1])):
                with contextlib.suppress(OSError):
                    file.unlink()


def _is_running(process: int) -> bool:
    if os.name != "posix":
        return True  # asking for a process by signal would end it there
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True  # another user's
    return True


def _sync_folder(folder: Path) -> None:
    # Only then the new name survives a power cut. Windows cannot open folders and does not need it.
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
