"""Print the field Depends of the Debian package: what Qt's plugins need, and the C library to link with."""

from __future__ import annotations

import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from qt_libraries import PACKAGES

_C_LIBRARY = re.compile(rb"\x00GLIBC_(\d+)\.(\d+)(?:\.\d+)?(?=\x00)")
#: A font that the window can write with; any will do.
_FONTS = "fonts-dejavu-core | fonts-noto-core | fonts-liberation | fonts-liberation2"


def find_newest_c_library(folder: Path) -> tuple[int, int]:
    """The newest version of glibc whose symbols a program or library below ``folder`` asks for."""
    found = [(2, 28)]  # torch's own wheels need that
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink() and (path.suffix == "" or ".so" in path.name):
            content = path.read_bytes()
            if content.startswith(b"\x7fELF"):
                found += [(int(major), int(minor)) for major, minor in _C_LIBRARY.findall(content)]
    return max(found)


if __name__ == "__main__":
    major, minor = find_newest_c_library(Path(sys.argv[1]))
    # On newer releases libglib2.0-0t64 provides the older name.
    print(
        ", ".join(
            [
                f"libc6 (>= {major}.{minor})",
                "libstdc++6",
                "libuuid1",
                "libzstd1",
                "zlib1g",
                *sorted(PACKAGES.values()),
                _FONTS,
            ]
        )
    )
