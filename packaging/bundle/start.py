"""What the bundle runs: the command line, as ``python -m maskgan_studio``."""

from __future__ import annotations

import multiprocessing
import os
import sys

# For the bundle's own libraries, which are loaded by now; a browser started from here must not see them.
_LIBRARY_PATHS = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")


def restore_library_paths() -> None:
    """Give programs started from here the environment that this one was started in."""
    for name in _LIBRARY_PATHS:
        original = os.environ.pop(f"{name}_ORIG", None)
        if original is not None:
            os.environ[name] = original
        else:
            os.environ.pop(name, None)


if __name__ == "__main__":
    multiprocessing.freeze_support()
    restore_library_paths()
    if sys.platform == "win32" and sys.stderr is None:  # started by its icon: no terminal, so nothing to write to
        sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115

    from maskgan_studio.cli import main

    main()
