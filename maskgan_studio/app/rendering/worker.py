"""Threads beside the window's: one owns the network, another reads and writes files."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from threading import Condition
from typing import Any, Generic

from PySide6.QtCore import QObject, QThread, Signal

from maskgan_studio.app.common.pipeline import AnyPipeline
from maskgan_studio.app.rendering.jobs import Job, Priority, R, Resource, T
from maskgan_studio.engine.malloc_tuning import find_resident_size, return_freed_memory, share_freed_memory
from maskgan_studio.engine.requests import RenderCancelled
from maskgan_studio.errors import StudioError

log = logging.getLogger(__name__)

# Memory that jobs have freed is kept for the next ones, until there has been none for so many seconds, or until the
# process has grown by so many bytes, for free memory fragments.
_REST_S = 4.0
_MOST_GROWTH = 160 << 20

#: Makes an error of a job's kind and its unexpected exception.
Explain = Callable[[Priority, str], StudioError]


class JobThread(QThread, Generic[R]):
    """Runs jobs one after the other.

    Args:
        make_resource: makes what the jobs work with; called on this thread by the first job, again after a failure.
        explain: makes a StudioError of an unexpected exception.
        parent: of the thread's object.
    """

    #: "loading" while the resource is made, "working", "idle".
    state_changed = Signal(str)
    #: How many jobs of kinds that are all done are still to be handed over.
    pending_changed = Signal(int)
    _finished = Signal(object, object, object)

    def __init__(self, make_resource: Callable[[], R], explain: Explain, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._explain = explain
        self._resource = Resource(make_resource)
        self._waiting: list[Job[R, Any]] = []
        self._wake = Condition()
        self._stopping = False
        self._is_rested = True  # no job was done since memory was given back
        self._resident = find_resident_size()  # then
        self._pending: list[Job[R, Any]] = []
        self._finished.connect(self._deliver)

    @property
    def pending(self) -> tuple[Priority, ...]:
        """The priorities of the user's jobs that are not delivered yet."""
        return tuple(job.priority for job in self._pending)

    def submit(
        self,
        priority: Priority,
        work: Callable[[R], T],
        done: Callable[[T], object],
        failed: Callable[[StudioError], object],
        ended: Callable[[], object] = lambda: None,
    ) -> Job[R, T]:
        """Ask for work, see ``Job``; of most kinds a job that still waits is dropped in favour of this one."""
        job = Job(priority, work, done, failed, ended, self._resource if priority.is_bound else None)
        if not priority.keeps_all:
            self.drop(priority)
        with self._wake:
            self._waiting.append(job)
            self._wake.notify()
        if priority.keeps_all:
            self._pending.append(job)
            self.pending_changed.emit(len(self._pending))
        if not self.isRunning():
            self.start(QThread.Priority.LowPriority)
        return job

    def replace_resource(self, make_resource: Callable[[], R], refused: StudioError) -> None:
        """Use another resource from now on.

        Jobs that were asked for with the present one and are all done are still done with it, before all others, and
        then it goes; long ones among them fail, and outdated renders are dropped.

        Args:
            make_resource: as in the constructor.
            refused: what long jobs fail with.
        """
        with self._wake:
            self._resource = Resource(make_resource)
        self.drop(Priority.PREVIEW, Priority.FULL)
        for job in self._take(Priority.MORPH, Priority.FIT):
            self._finished.emit(job, None, refused)

    def drop(self, *priorities: Priority) -> None:
        """Drop the waiting jobs of some priorities; a running job continues."""
        for job in self._take(*priorities):
            job.cancel()
            self._finished.emit(job, None, None)

    def _take(self, *priorities: Priority) -> list[Job[R, Any]]:
        """Take jobs off the list of those that wait."""
        with self._wake:
            taken = [job for job in self._waiting if job.priority in priorities]
            self._waiting = [job for job in self._waiting if job not in taken]
        return taken

    def stop(self) -> None:
        """Drop what waits, let the running job end, and end the thread."""
        with self._wake:
            self._stopping = True
            self._waiting.clear()
            self._wake.notify()
        self.wait()

    def run(self) -> None:
        """The thread: take the most urgent job, work, report."""
        while self._do_next():
            pass

    def has_higher_priority(self, priority: Priority) -> bool:
        """Whether something more urgent waits, so that a job that nobody waits for gives way; on any thread."""
        with self._wake:
            return self._stopping or any(job.priority < priority for job in self._waiting)

    def run_higher_priority(self, priority: Priority, resource: R) -> bool:
        """Do what waits and is more urgent than a long job, which calls this between its steps, on this thread.

        Returns whether the job is to go on: the window may want to close, or may use another resource by now.

        Args:
            priority: the long job's own.
            resource: what it works with.
        """
        while True:
            with self._wake:
                present = self._resource
                if self._stopping or not present.is_made or present.get() is not resource:
                    return False
                job = self._pop(priority)
            if job is None:
                return True
            self._do(job, job.resource or present)
            del job

    def _do_next(self) -> bool:
        """Wait for a job and do it; False when the thread is to end. What a job refers to goes when it is done: it
        may be a photo of a hundred megapixels."""
        with self._wake:
            while not self._stopping:
                job = self._pop()
                if job is not None:
                    break
                self.state_changed.emit("idle")
                if not self._wake.wait(None if self._is_rested else _REST_S):
                    break
            else:
                return False
            resource = self._resource if job is None else job.resource or self._resource
        if job is None:
            self._give_memory_back()
        else:
            self.state_changed.emit("working")
            self._do(job, resource)
        return True

    def _give_memory_back(self) -> None:
        return_freed_memory()
        self._is_rested, self._resident = True, find_resident_size()

    def _do(self, job: Job[R, Any], resource: Resource[R]) -> None:
        value, problem = None, None
        try:
            if not resource.is_made:
                self.state_changed.emit("loading")
                resource.get()
                self.state_changed.emit("working")
            if job.priority.is_large:
                self._give_memory_back()  # else what is free comes on top of what the job needs
            value = job.work(resource.get())
        except RenderCancelled:
            job.cancel()
        except StudioError as error:
            problem = error
        except Exception as error:
            log.exception("a job of the kind %s failed", job.priority.name)
            problem = self._explain(job.priority, str(error).rstrip(".") or type(error).__name__)
        self._finished.emit(job, value, problem)
        self._is_rested = False
        if job.priority.is_large or find_resident_size() > self._resident + _MOST_GROWTH:
            self._give_memory_back()

    def _pop(self, below: Priority | None = None) -> Job[R, Any] | None:
        """Take the job to do next, or the next one more urgent than ``below``; the lock is held.

        Jobs bound to a replaced resource come first: two networks need twice the memory.
        """
        for job in [job for job in self._waiting if job.cancelled]:
            self._waiting.remove(job)
            self._finished.emit(job, None, None)
        urgent = [job for job in self._waiting if below is None or job.priority < below]
        if not urgent:
            return None
        job = min(urgent, key=lambda job: (job.resource in (None, self._resource), job.priority))
        self._waiting.remove(job)
        return job

    def _deliver(self, job: Job[R, Any], value: object, problem: StudioError | None) -> None:
        try:
            if job.cancelled or self._stopping:
                return
            if problem is None:
                job.done(value)
            else:
                job.failed(problem)
        finally:
            job.ended()
            if job in self._pending:
                self._pending.remove(job)
                self.pending_changed.emit(len(self._pending))


class PipelineThread(JobThread[AnyPipeline]):
    """The thread that owns the networks.

    Args:
        make_pipeline: builds the engine's Pipeline from a set of weights; called on this thread.
        weights: name or folder of the set.
        parent: of the thread's object.
    """

    #: Another set of weights is in use.
    weights_changed = Signal()

    def __init__(
        self, make_pipeline: Callable[[str], AnyPipeline], weights: str, parent: QObject | None = None
    ) -> None:
        super().__init__(partial(make_pipeline, weights), _network_failed, parent)
        share_freed_memory()
        self._make_pipeline = make_pipeline
        self._weights = weights

    @property
    def weights(self) -> str:
        """Name or folder of the set that jobs asked for now are done with."""
        return self._weights

    def use_weights(self, weights: str) -> None:
        """Use another set of weights for all that is asked for from now on."""
        self._weights = weights
        self.replace_resource(
            partial(self._make_pipeline, weights),
            StudioError("The weights were changed before it was done; ask for it again."),
        )
        self.weights_changed.emit()


class FileThread(JobThread[None]):
    """The thread that reads and writes large files: an image of a hundred megapixels takes seconds."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(lambda: None, _file_failed, parent)


def _network_failed(_kind: Priority, reason: str) -> StudioError:
    return StudioError("The network failed: {reason}.", reason=reason)


def _file_failed(kind: Priority, reason: str) -> StudioError:
    if kind == Priority.OPEN:
        return StudioError("The file could not be read: {reason}.", reason=reason)
    return StudioError("The file could not be written: {reason}.", reason=reason)
