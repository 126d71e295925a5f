"""A batch in several processes of this machine."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from maskgan_studio.batch import processes


def test_one_pool_takes_every_job_once_and_in_order(tmp_path, monkeypatch):
    pools, taken = [], []

    class Pool(ProcessPoolExecutor):
        def __init__(self, *args, **options):
            pools.append(self)
            super().__init__(*args, **options)

        def submit(self, function, job):
            taken.append(job)
            return super().submit(function, job)

    monkeypatch.setattr(processes, "ProcessPoolExecutor", Pool)
    files = [tmp_path / str(number) for number in range(20)]
    found = list(processes.work_in_processes(files, partial(getattr, Path, "touch"), workers=2))
    assert taken == files and len(pools) == 1
    assert sorted(found) == sorted((file, None) for file in files)
    assert all(file.is_file() for file in files)
