"""What is asked of the C library is a process's own: tried in processes of their own."""

from __future__ import annotations

import subprocess
import sys

import pytest

PROGRAM = """
import threading
import numpy as np
from maskgan_studio.engine.malloc_tuning import (
    find_resident_size, keep_freed_memory, return_freed_memory, share_freed_memory)

def resident():
    return find_resident_size() >> 20

assert share_freed_memory() and keep_freed_memory()
before = resident()

def work():
    pieces = [np.ones(2**20, np.uint8) for _ in range(200)]
    del pieces[::2], pieces

thread = threading.Thread(target=work)
thread.start()
thread.join()
kept = resident() - before
assert return_freed_memory()
print(kept, resident() - before)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks glibc")
def test_freed_memory_is_kept_for_the_next_and_given_back_when_told_to():
    run = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    kept, left = map(int, run.stdout.split())
    assert kept > 150 and left < 50
