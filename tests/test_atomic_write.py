"""A file is replaced as a whole or not at all, and nothing is left beside it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from maskgan_studio.atomic_write import atomic_path, atomic_write

HANGING = """
import sys, time
from pathlib import Path
from maskgan_studio.atomic_write import atomic_write

with atomic_write(Path(sys.argv[1])) as file:
    file.write(b"half")
    file.flush()
    print("begun", flush=True)
    time.sleep(60)
"""


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path):
    path = tmp_path / "a.png"
    path.write_bytes(b"old")
    with pytest.raises(OSError), atomic_write(path) as file:
        file.write(b"new")
        raise OSError(28, "full")
    assert path.read_bytes() == b"old" and list(tmp_path.iterdir()) == [path]


def test_a_link_is_followed(tmp_path):
    path, link = tmp_path / "a.png", tmp_path / "link.png"
    path.write_bytes(b"old")
    link.symlink_to(path)
    with atomic_path(link) as draft:
        draft.write_bytes(b"new")
    assert link.is_symlink() and path.read_bytes() == b"new"


@pytest.mark.skipif(os.name == "nt", reason="kills a process by signal")
def test_what_a_killed_process_left_goes_with_the_next_file_and_a_running_one_s_stays(tmp_path):
    processes = []
    for name in ("killed.png", "running.png"):
        command = [sys.executable, "-c", HANGING, str(tmp_path / name)]
        processes.append(subprocess.Popen(command, stdout=subprocess.PIPE))
        assert processes[-1].stdout.readline() == b"begun\n"
    try:
        processes[0].send_signal(signal.SIGKILL)
        processes[0].communicate()
        mine = tmp_path / ".somebody.part"
        mine.write_bytes(b"not ours")
        elsewhere = tmp_path / ".x.png.1@another-machine.part"
        elsewhere.write_bytes(b"being written")
        with atomic_write(tmp_path / "other.png") as file:
            file.write(b"done")
        left = sorted(path.name for path in tmp_path.iterdir())
        assert left[0].startswith(f".running.png.{processes[1].pid}@")
        assert left[1:] == [".somebody.part", elsewhere.name, "other.png"]
    finally:
        processes[1].kill()
        processes[1].communicate()
