"""Where the jobs of a batch are done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from maskgan_studio.batch.jobs import Job, MakeWorker, Outcome
from maskgan_studio.batch.processes import work_here, work_in_processes

__all__ = ["Backend"]


@dataclass(frozen=True)
class Backend:
    """Processes of this machine, or a Ray cluster.

    Attributes:
        workers: processes of this machine; 1 works in this one.
        cluster: address of a cluster, "auto" for the one that this machine belongs to; None for this machine.
        cores: that each worker of a cluster has, where it is not given a GPU.
    """

    workers: int = 1
    cluster: str | None = None
    cores: int = 4

    @property
    def is_elsewhere(self) -> bool:
        """Whether jobs are done in other processes than this one."""
        return self.workers > 1 or self.cluster is not None

    def run(self, jobs: Sequence[Job], make_worker: MakeWorker, again: bool = False) -> Iterator[Outcome]:
        """Do jobs, in any order; yields each with what it failed with, as soon as it is known.

        Args:
            jobs: they travel to other processes, so they must be picklable, as ``make_worker``.
            make_worker: called once per process; its attribute ``device`` says whether it may use a GPU.
            again: results that are there are of an earlier batch.

        Raises:
            StudioError: the cluster cannot be reached, or is lost.
        """
        if self.cluster is not None and jobs:
            from maskgan_studio.batch.cluster import work_on_cluster

            return work_on_cluster(jobs, make_worker, self.cluster, self.cores, again)
        if self.workers > 1 and len(jobs) > 1:
            return work_in_processes(jobs, make_worker, self.workers)
        return work_here(jobs, make_worker)
