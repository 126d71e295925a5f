"""Batches: a share of the list, what is missing of it, and what failed at the end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import typer

from maskgan_studio.batch import Backend, Job, MakeWorker, is_done
from maskgan_studio.cli.console import print_status, progress
from maskgan_studio.cli.extras import require_extra
from maskgan_studio.errors import StudioError

Item = TypeVar("Item")


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


def choose_backend(workers: int, cluster: str | None, cores: int) -> Backend:
    """Where a batch runs; raises StudioError where a cluster is wanted and its library is missing."""
    if cluster is not None:
        require_extra("cluster")
        if workers > 1:
            raise typer.BadParameter("a cluster has its own number of workers; give --cores.", param_hint="--workers")
    return Backend(workers, cluster, cores)


def run_batch(
    title: str, jobs: Sequence[Job], make_worker: MakeWorker, backend: Backend, *, again: bool = False
) -> None:
    """Do the jobs whose results are missing, print each result's path, and list at the end what failed.

    Args:
        title: what is being done.
        jobs: in the order wanted.
        make_worker: see ``MakeWorker``; called once per process.
        backend: where they are done.
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
    with progress(title, len(missing)) as step:
        for job, problem in backend.run(missing, make_worker, again or len(jobs) == 1):
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
