"""Writing a file so that a crash or a full disk leaves the old one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

__all__ = ["replace_file"]


def replace_file(path: Path, write: Callable[[BinaryIO], None]) -> None:
    """Write a file beside its final place and move it there once it is safely on the disk.

    Args:
        path: where the file is to be; a symbolic link is followed.
        write: writes the contents to the open file.

    Raises:
        OSError: the file cannot be written; what was at ``path`` is still there.
    """
    path = path.resolve()
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with temporary.open("wb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(path, temporary)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    # Only then the new name survives a power cut. Windows cannot open folders and does not need it.
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
