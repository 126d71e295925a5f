"""Batches: a share of the list, what is missing of it, several processes, and what failed at the end."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Protocol, TypeVar

import typer

from maskgan_studio.cli.console import print_status, progress
from maskgan_studio.errors import StudioError

Item = TypeVar("Item")


class Job(Protocol):
    """One result of a batch."""

    @property
    def about(self) -> Path:
        """The file that stands for it in messages."""

    @property
    def sources(self) -> Sequence[Path]:
        """The files it is made of."""

    @property
    def results(self) -> Sequence[Path]:
        """The files it writes, the one that is printed last and written last."""


#: Builds, in the process where it is called, the function that does one job.
MakeWorker = Callable[[], Callable[[Any], None]]


def select_shard(items: Sequence[Item], shard: str | None) -> list[Item]:
    """Return the share ``i/n`` of a list: every n-th item, beginning with the i-th; all of it for None.

    Raises typer.BadParameter where ``shard`` is no such share.
    """
    if shard is None:
        return list(items)
    first, _, number = shard.partition("/")
    if not (first.isdecimal() and number.isdecimal() and 1 <= int(first) <= int(number)):
        raise typer.BadParameter("give i/n with i from 1 to n, such as 2/4.", param_hint="--shard")
    return list(items[int(first) - 1 :: int(number)])


def is_done(job: Job) -> bool:
    """Whether all results are there and none is older than what it is made of."""
    try:
        made = min(path.stat().st_mtime_ns for path in job.results)
        return all(path.stat().st_mtime_ns <= made for path in job.sources)
    except OSError:
        return False


def run_batch(
    title: str, jobs: Sequence[Job], make_worker: MakeWorker, *, workers: int = 1, again: bool = False
) -> None:
    """Do the jobs whose results are missing, print each result's path, and list at the end what failed.

    Args:
        title: what is being done.
        jobs: in the order wanted; they travel to other processes, so they must be picklable, as ``make_worker``.
        make_worker: see ``MakeWorker``; called once per process.
        workers: number of processes; 1 works in this one.
        again: do also what is done already.

    Raises:
        StudioError: how many failed; the only job's own error passes as it is.
    """
    missing = [job for job in jobs if again or len(jobs) == 1 or not is_done(job)]
    if len(missing) < len(jobs):
        print_status(f"{len(jobs) - len(missing)} of {len(jobs)} are done already (--again does them anew).")
        for job in jobs:
            if job not in missing:
                typer.echo(job.results[-1])
    failures: list[tuple[Job, str]] = []
    outcomes = (
        _in_processes(missing, make_worker, workers) if workers > 1 < len(missing) else _here(missing, make_worker)
    )
    with progress(title, len(missing)) as step:
        for job, problem in outcomes:
            step(str(job.about))
            if problem is None:
                typer.echo(job.results[-1])
            elif len(jobs) == 1:
                raise problem
            else:
                failures.append((job, str(problem) if isinstance(problem, StudioError) else repr(problem)))
    for job, reason in failures:
        print_status(f"{job.about}: {reason}")
    if failures:
        raise StudioError(f"{len(failures)} of {len(jobs)} failed; the others are done.")


def _here(jobs: Sequence[Job], make_worker: MakeWorker) -> Iterator[tuple[Job, Exception | None]]:
    work: Callable[[Any], None] | None = None
    for job in jobs:
        work = work or make_worker()
        yield job, _attempt(work, job)


def _in_processes(jobs: Sequence[Job], make_worker: MakeWorker, workers: int) -> Iterator[tuple[Job, Exception | None]]:
    """Work in several processes; a job that kills its process (out of memory, say) costs itself alone."""
    left = list(jobs)
    while left:
        try:
            for job, problem in _pooled(left, make_worker, min(workers, len(left))):
                left.remove(job)
                yield job, problem
        except BrokenProcessPool:
            if workers == 1:  # then it was the first one
                yield left.pop(0), StudioError("the process that worked on it died; use fewer --workers.")
            workers = 1


def _pooled(jobs: Sequence[Job], make_worker: MakeWorker, workers: int) -> Iterator[tuple[Job, Exception | None]]:
    threads = os.environ.get("OMP_NUM_THREADS")
    os.environ["OMP_NUM_THREADS"] = threads or str(max(1, (os.cpu_count() or 1) // workers))
    pool = ProcessPoolExecutor(workers, get_context("spawn"), _begin, (make_worker,))
    try:
        running: dict[Future[Exception | None], Job] = {}
        waiting = iter(jobs)
        # Few at a time, in order, so that a process that dies points at its job.
        for job in waiting:
            running[pool.submit(_in_worker, job)] = job
            if len(running) >= workers:
                yield from _finished(running)
        while running:
            yield from _finished(running)
    finally:
        pool.shutdown(cancel_futures=True)
        if threads is None:
            del os.environ["OMP_NUM_THREADS"]


def _finished(running: dict[Future[Exception | None], Job]) -> Iterator[tuple[Job, Exception | None]]:
    done, _ = wait(running, return_when=FIRST_COMPLETED)
    for future in done:
        yield running.pop(future), future.result()


_make: MakeWorker | None = None
_work: Callable[[Any], None] | None = None


def _begin(make_worker: MakeWorker) -> None:
    global _make
    _make = make_worker


def _in_worker(job: Job) -> Exception | None:
    global _work
    assert _make is not None
    try:
        _work = _work or _make()
    except Exception as error:
        problem: Exception | None = error
    else:
        problem = _attempt(_work, job)
    # Not every exception can travel between processes; its sentence can.
    return problem and StudioError(str(problem) if isinstance(problem, StudioError) else repr(problem))


def _attempt(work: Callable[[Any], None], job: Job) -> Exception | None:
    """Do a job; a defect that one photo meets must not cost the others."""
    try:
        work(job)
    except Exception as error:
        return error
    return None
