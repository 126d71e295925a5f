"""Jobs on a Ray cluster. The only module that knows Ray, which is loaded when a batch is given to a cluster.

Every GPU, or every so many cores, of every node has an actor that holds one pipeline. Work goes out in small chunks;
the chunk of an actor that is lost, with its node or alone, is done by others. Nodes that join are used. All nodes must
have this program and see the same files under the same names.
"""

from __future__ import annotations

import contextlib
import io
import logging
import os
import socket
import sys
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from maskgan_studio.batch.jobs import Job, MakeWorker, Outcome, attempt, is_done, portable
from maskgan_studio.errors import StudioError

__all__ = ["work_on_cluster"]

_LARGEST_CHUNK = 8
#: Chunks per actor at least: the last ones end at about the same time.
_CHUNKS_EACH = 4
#: A job that its process has died of so often is given up.
_ATTEMPTS = 3
_SECONDS_BETWEEN_LOOKS = 10.0
_SECONDS_TO_ANSWER = 10.0
#: How long to wait for a node where none is left.
_PATIENCE = 60.0

#: Numbers of jobs.
Chunk = list[int]


class Engine:
    """What an actor is: one worker, which reports what it would have printed."""

    def __init__(self, make_worker: MakeWorker, folder: str, cores: int) -> None:
        self._problem = ""
        try:
            os.chdir(folder)  # paths of jobs may be relative
            if cores:
                import torch

                torch.set_num_threads(cores)
            self._work: Callable[[Any], None] = make_worker()
        except Exception as error:
            self._problem = str(portable(error))

    def find_problem(self) -> str:
        """Why it cannot work, or nothing; answered when the pipeline is there."""
        return self._problem

    def work(self, chunk: Sequence[tuple[int, Job, bool]]) -> list[tuple[int, StudioError | None, str]]:
        """Do jobs; a job's last entry says that it may have been done before its worker was lost."""
        found = []
        for number, job, given_back in chunk:
            said = io.StringIO()
            with contextlib.redirect_stderr(said):
                problem = None if given_back and is_done(job) else attempt(self._work, job)
            found.append((number, portable(problem), said.getvalue()))
        return found


def work_on_cluster(
    jobs: Sequence[Job], make_worker: MakeWorker, address: str, cores: int, again: bool
) -> Iterator[Outcome]:
    """Do jobs on a cluster; see ``Backend.run``."""
    stdout = sys.stdout
    sys.stdout = _OfOneThread(stdout)
    try:
        ray = _connect(address)
        yield from _work(ray, jobs, make_worker, cores, again)
    finally:
        sys.stdout = stdout


class _OfOneThread:
    """Standard output for the thread that makes this: there Ray's own threads would print among the answers whatever
    befalls the cluster."""

    def __init__(self, stream: Any) -> None:
        self._stream, self._silence = stream, io.StringIO()
        self._thread = threading.get_ident()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream if threading.get_ident() == self._thread else self._silence, name)


def _work(ray: Any, jobs: Sequence[Job], make_worker: MakeWorker, cores: int, again: bool) -> Iterator[Outcome]:
    try:
        yield from _Dispatcher(ray, jobs, make_worker, cores, again).run()
    except ray.exceptions.RayError as error:
        message = "The cluster was lost ({error}); what is done is kept: give the same command again to go on."
        raise StudioError(message, error=" ".join(str(error).split())[:200]) from error
    finally:
        with contextlib.redirect_stdout(io.StringIO()):  # it prints what it had kept back, in this thread
            ray.shutdown()


def _connect(address: str) -> Any:
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    import ray

    try:
        host, colon, port = address.rpartition(":")
        if colon and port.isdecimal() and "/" not in host:  # where nobody listens, Ray would try for minutes
            socket.create_connection((host, int(port)), _SECONDS_TO_ANSWER).close()
        ray.init(address=address, log_to_driver=False, logging_level=logging.ERROR)
    except (OSError, RuntimeError, ValueError, AssertionError) as error:
        message = (
            "There is no Ray cluster at {address} ({error}): start one with `ray start --head`, on other machines with "
            "`ray start --address HOST:6379`, or leave --cluster out."
        )
        raise StudioError(message, address=address, error=" ".join(str(error).split())[:120]) from error
    return ray


class _Dispatcher:
    """Keeps the actors, who does what, and what is left."""

    def __init__(self, ray: Any, jobs: Sequence[Job], make_worker: MakeWorker, cores: int, again: bool) -> None:
        self._ray, self._jobs, self._cores, self._again = ray, jobs, cores, again
        self._device = getattr(make_worker, "device", "auto")
        self._make_worker = ray.put(make_worker)
        self._starting: dict[Any, tuple[Any, str]] = {}
        self._idle: list[tuple[Any, str]] = []
        self._busy: dict[Any, tuple[Any, str, Chunk]] = {}
        self._lost = Counter[int]()
        self._deaths = Counter[str]()
        self._told: set[str] = set()
        self._unfit: dict[str, str] = {}
        self._last_look = float("-inf")
        self._start_actors()
        count = max(1, len(self._starting))
        size = max(1, min(_LARGEST_CHUNK, len(jobs) // (_CHUNKS_EACH * count)))
        self._left = deque(list(range(first, min(first + size, len(jobs)))) for first in range(0, len(jobs), size))

    def run(self) -> Iterator[Outcome]:
        alive = time.monotonic()
        while self._left or self._busy:
            if time.monotonic() - self._last_look > _SECONDS_BETWEEN_LOOKS:
                self._start_actors()
            while self._left and self._idle:
                self._assign(*self._idle.pop())
            pending = [*self._busy, *self._starting]
            if pending:
                alive = time.monotonic()
            elif time.monotonic() - alive > _PATIENCE or self._unfit:
                raise StudioError(self._why_nobody_works())
            else:
                time.sleep(1)
                self._last_look = float("-inf")
                continue
            ready, _ = self._ray.wait(pending, num_returns=1, timeout=_SECONDS_BETWEEN_LOOKS)
            for reference in ready:
                if reference in self._starting:
                    self._welcome(reference)
                else:
                    yield from self._collect(reference)

    def _start_actors(self) -> None:
        """Have as many actors on every node as it has GPUs, or shares of cores."""
        self._last_look = time.monotonic()
        workers = [*self._starting.values(), *self._idle, *((actor, node) for actor, node, _ in self._busy.values())]
        present = Counter(node for _, node in workers)
        for node in self._ray.nodes():
            name = node["NodeID"]
            if not node["Alive"] or name in self._unfit:
                continue
            cores, gpus = (int(node["Resources"].get(kind, 0)) for kind in ("CPU", "GPU"))
            wanted = {"num_cpus": 1, "num_gpus": 1} if gpus and self._device != "cpu" else None
            count = gpus if wanted else max(cores // self._cores, min(1, cores))
            options = wanted or {"num_cpus": min(self._cores, cores)}
            for _ in range(count - present[name]):
                self._start_actor(name, options)

    def _start_actor(self, node: str, options: dict[str, int]) -> None:
        from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

        strategy = NodeAffinitySchedulingStrategy(node, soft=False)
        remote = self._ray.remote(Engine).options(scheduling_strategy=strategy, **options)
        cores = 0 if "num_gpus" in options else options["num_cpus"]
        actor = remote.remote(self._make_worker, str(Path.cwd()), cores)
        self._starting[actor.find_problem.remote()] = actor, node

    def _welcome(self, reference: Any) -> None:
        actor, node = self._starting.pop(reference)
        try:
            problem = self._ray.get(reference)
        except self._ray.exceptions.RayError:
            self._deaths[node] += 1
            self._last_look = float("-inf")
            if self._deaths[node] < _ATTEMPTS or not self._is_alive(node):
                return
            problem = "its processes die while they begin; give each more --cores."
        if not problem:
            self._idle.append((actor, node))
        elif node not in self._unfit:
            self._unfit[node] = problem
            print(f"A node of the cluster cannot work: {problem}", file=sys.stderr, flush=True)

    def _assign(self, actor: Any, node: str) -> None:
        chunk = self._left.popleft()
        # Of an earlier batch's results nobody can tell whether they have been made anew.
        content = [(number, self._jobs[number], bool(self._lost[number]) and not self._again) for number in chunk]
        self._busy[actor.work.remote(content)] = actor, node, chunk

    def _collect(self, reference: Any) -> Iterator[Outcome]:
        actor, node, chunk = self._busy.pop(reference)
        try:
            found = self._ray.get(reference)
        except self._ray.exceptions.RayTaskError as error:
            raise StudioError(f"A worker of the cluster failed: {error.cause!r}") from error
        except self._ray.exceptions.RayError:
            yield from self._give_back(chunk, node)
            return
        self._idle.append((actor, node))
        for number, problem, said in found:
            if said:
                print(said, end="", file=sys.stderr, flush=True)
            yield self._jobs[number], problem

    def _give_back(self, chunk: Chunk, node: str) -> Iterator[Outcome]:
        """Put a lost chunk's jobs back, one by one, so that one that kills its process costs itself alone."""
        with_node = not self._is_alive(node)
        if node not in self._told:
            self._told.add(node)
            print("A worker of the cluster was lost; its work is done again.", file=sys.stderr, flush=True)
        for number in reversed(chunk):
            self._lost[number] += 1
            if self._lost[number] >= _ATTEMPTS and not with_node:
                yield self._jobs[number], StudioError("the process that worked on it died; give each more --cores.")
            else:
                self._left.appendleft([number])
        self._last_look = float("-inf")

    def _is_alive(self, node: str) -> bool:
        return any(found["NodeID"] == node and found["Alive"] for found in self._ray.nodes())

    def _why_nobody_works(self) -> str:
        if self._unfit:
            return f"No node of the cluster can work: {next(iter(self._unfit.values()))}"
        return "The cluster has no node with a free core; what is done is kept: give the same command again to go on."
