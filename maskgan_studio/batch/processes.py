"""Jobs in this process, or in several of this machine."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import Any

from maskgan_studio.batch.jobs import Job, MakeWorker, Outcome, attempt, portable
from maskgan_studio.batch.parent_watch import exit_with_parent
from maskgan_studio.errors import StudioError

__all__ = ["work_here", "work_in_processes"]


def work_here(jobs: Sequence[Job], make_worker: MakeWorker) -> Iterator[Outcome]:
    """Do jobs in this process, one after the other."""
    work: Callable[[Any], None] | None = None
    for job in jobs:
        work = work or make_worker()
        yield job, attempt(work, job)


def work_in_processes(jobs: Sequence[Job], make_worker: MakeWorker, workers: int) -> Iterator[Outcome]:
    """Work in several processes; a job that kills its process (out of memory, say) costs itself alone."""
    left = dict(enumerate(jobs))
    while left:
        try:
            for number, problem in _pooled(dict(left), make_worker, min(workers, len(left))):
                yield left.pop(number), problem
        except BrokenProcessPool:
            if workers == 1:  # then it was the first one
                lost = left.pop(next(iter(left)))
                yield lost, StudioError("the process that worked on it died; use fewer --workers.")
            workers = 1


def _pooled(jobs: Mapping[int, Job], make_worker: MakeWorker, workers: int) -> Iterator[tuple[int, Exception | None]]:
    threads = os.environ.get("OMP_NUM_THREADS")
    os.environ["OMP_NUM_THREADS"] = threads or str(max(1, (os.cpu_count() or 1) // workers))
    pool = ProcessPoolExecutor(workers, get_context("spawn"), _begin, (make_worker,))
    try:
        running: dict[Future[Exception | None], int] = {}
        # In order and, of one process, one at a time, so that it points at its job when it dies. Several have each the
        # next one at hand: on a busy machine this process is not there at once when they want another.
        most = 2 * workers if workers > 1 else 1
        for number, job in jobs.items():
            running[pool.submit(_in_worker, job)] = number
            if len(running) >= most:
                yield from _finished(running)
        while running:
            yield from _finished(running)
    finally:
        pool.shutdown(cancel_futures=True)
        if threads is None:
            del os.environ["OMP_NUM_THREADS"]


def _finished(running: dict[Future[Exception | None], int]) -> Iterator[tuple[int, Exception | None]]:
    done, _ = wait(running, return_when=FIRST_COMPLETED)
    for future in done:
        yield running.pop(future), future.result()


_make: MakeWorker | None = None
_work: Callable[[Any], None] | None = None


def _begin(make_worker: MakeWorker) -> None:
    global _make
    exit_with_parent()
    _make = make_worker


def _in_worker(job: Job) -> Exception | None:
    global _work
    assert _make is not None
    try:
        _work = _work or _make()
    except Exception as error:
        return portable(error)
    return portable(attempt(_work, job))
