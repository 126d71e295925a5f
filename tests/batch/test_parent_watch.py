"""Worker processes do not outlive the process that they work for."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest

PATIENCE = 120.0  # seconds that a busy machine may need
#: Starts two workers, says who they are and waits for work that never ends.
PROGRAM = """
import os, sys, time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from maskgan_studio.batch.parent_watch import exit_with_parent

if __name__ == "__main__":
    pool = ProcessPoolExecutor(2, get_context("spawn"), exit_with_parent)
    asked = [pool.submit(time.sleep, 1.0) for _ in range(2)]
    [future.result() for future in asked]
    print(*pool._processes, flush=True)
    time.sleep(600)
"""


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.skipif(sys.platform == "win32", reason="processes are asked for by POSIX signals")
def test_workers_go_when_their_process_is_killed(tmp_path):
    script = tmp_path / "start_workers.py"
    script.write_text(PROGRAM, encoding="utf-8")
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        workers = [int(word) for word in parent.stdout.readline().split()]
        assert len(workers) == 2 and all(map(is_running, workers))
        parent.kill()
    deadline = time.monotonic() + PATIENCE
    while any(map(is_running, workers)):
        assert time.monotonic() < deadline, "a worker waits for ever"
        time.sleep(0.05)
