"""How the C library hands out memory on the CPU."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path
from typing import Any

# mallopt's parameter numbers in glibc's malloc.h.
_M_TRIM_THRESHOLD, _M_TOP_PAD, _M_MMAP_MAX, _M_ARENA_MAX = -1, -2, -4, -8
_TOP_PAD = 64 << 20


def keep_freed_memory() -> bool:
    """Let glibc keep freed memory for the next allocation instead of giving it back to the system.

    A network on the CPU frees and allocates the same large tensors over and over. By default each goes back to the
    system at once and comes back as pages that are zeroed one fault at a time, which can cost several times what the
    arithmetic does. The process keeps its peak in exchange.

    Returns:
        whether the C library took the settings; False where it is not glibc.
    """
    # -1 is the largest size: never trim.
    settings = ((_M_MMAP_MAX, 0), (_M_TRIM_THRESHOLD, -1), (_M_TOP_PAD, _TOP_PAD))
    return all(_call("mallopt", parameter, value) == 1 for parameter, value in settings)


def share_freed_memory() -> bool:
    """Let all threads take memory from one place; call it before there are threads.

    By default each thread keeps what it has freed for itself. A photo is read on one thread, drawn on another and shown
    by a third, and each would hold its own peak. Returns as ``keep_freed_memory`` does.
    """
    return bool(_call("mallopt", _M_ARENA_MAX, 1) == 1)


def return_freed_memory() -> bool:
    """Give what is free back to the system, at the end of something that needs much memory once.

    It takes some 50 ms, and what follows finds its memory page by page again. Returns whether anything was given back.
    """
    return bool(_call("malloc_trim", 0) == 1)


def find_resident_size() -> int:
    """How many bytes of the process are in memory; 0 where the system is not Linux."""
    try:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGESIZE")
    except (OSError, ValueError, IndexError):
        return 0


def _call(function: str, *arguments: int) -> Any:
    """Call a function of glibc; None where the C library is another one."""
    if not sys.platform.startswith("linux"):
        return None
    try:
        return getattr(ctypes.CDLL(None), function)(*arguments)
    except (OSError, AttributeError):
        return None
