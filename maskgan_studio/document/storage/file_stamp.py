"""Whether a file is still the one that was read."""

from __future__ import annotations

from pathlib import Path

from maskgan_studio.document.face_group import Stamp

__all__ = ["read_stamp"]


def read_stamp(path: Path) -> Stamp | None:
    """Size and modification time of a file: another stamp, another content. None where there is no such file."""
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_size, stat.st_mtime_ns
