"""How the C library hands out memory on the CPU."""

from __future__ import annotations

import ctypes
import sys

# mallopt's parameter numbers in glibc's malloc.h.
_M_TRIM_THRESHOLD, _M_TOP_PAD, _M_MMAP_MAX = -1, -2, -4
_TOP_PAD = 64 << 20


def keep_freed_memory() -> bool:
    """Let glibc keep freed memory for the next allocation instead of giving it back to the system.

    A network on the CPU frees and allocates the same large tensors over and over. By default each goes back to the
    system at once and comes anew as pages that are zeroed one fault at a time, which can cost several times what the
    arithmetic does. The process keeps its peak in exchange.

    Returns:
        whether the C library took the settings; False where it is not glibc.
    """
    if not sys.platform.startswith("linux"):
        return False
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError):
        return False
    # -1 is the largest size: never trim.
    settings = ((_M_MMAP_MAX, 0), (_M_TRIM_THRESHOLD, -1), (_M_TOP_PAD, _TOP_PAD))
    return all(mallopt(parameter, value) == 1 for parameter, value in settings)
