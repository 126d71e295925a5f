"""How much memory decoded images may take."""

from __future__ import annotations

import os
import re
from pathlib import Path

from maskgan_studio.errors import TrainingError

_UNITS = {"": 1, "K": 2**10, "M": 2**20, "G": 2**30, "T": 2**40}
_SHARE = 4
#: Where the system does not tell what is free.
_FALLBACK = 4 * 2**30


def parse_memory(text: str | None) -> int | None:
    """Bytes of ``4G``, ``500M`` and the like (powers of 1024); None for None.

    Raises:
        TrainingError: it is no such size.
    """
    if text is None:
        return None
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([KMGT]?)(?:i?B)?", text.strip(), re.IGNORECASE)
    if match is None or not float(match[1]):
        raise TrainingError(f"'{text}' is no amount of memory; give one such as 4G or 500M.")
    return int(float(match[1]) * _UNITS[match[2].upper()])


def choose_limit(given: int | None, processes: int = 1) -> int:
    """Bytes that each of ``processes`` on this machine may fill: what was given, else a quarter of what is free."""
    return (given or measure_free_memory() // _SHARE) // max(1, processes)


def measure_free_memory() -> int:
    """Bytes that new work can have without anything being swapped, also inside a container's limit."""
    return min(_free_of_machine(), _free_of_group())


def _free_of_machine() -> int:
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:"))
    except (OSError, StopIteration, ValueError):
        pass
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2
    except (AttributeError, OSError, ValueError):
        return _FALLBACK


def _free_of_group() -> int:
    """What a container's control group leaves; beyond any machine where there is no limit."""
    folder = Path("/sys/fs/cgroup")
    try:
        limit = (folder / "memory.max").read_text(encoding="ascii").strip()
        used = int((folder / "memory.current").read_text(encoding="ascii"))
        statistics = dict(line.split() for line in (folder / "memory.stat").read_text(encoding="ascii").splitlines())
        # Cached files give way.
        return int(limit) - used + int(statistics.get("inactive_file", 0))
    except (OSError, ValueError):
        return 2**62
