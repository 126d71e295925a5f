"""One thread beside the window's: it owns the network, and of most kinds of work only the newest piece waits."""

from __future__ import annotations

import logging
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Condition
from typing import Any

from PySide6.QtCore import QObject, QThread, Signal

from maskgan_studio.app.common.i18n import tr
from maskgan_studio.engine.requests import RenderCancelled
from maskgan_studio.errors import StudioError

log = logging.getLogger(__name__)

#: The kinds of work, most urgent first: a photo that waits to be opened goes before the next picture.
SLOTS = ("open", "render", "full", "whole", "reference", "side", "film", "fit", "idle")
#: Kinds of which every piece is wanted: two exports asked for in quick succession are two files.
QUEUES = ("whole", "film")


@dataclass(eq=False)
class Job:
    """A piece of work: ``work(pipeline)`` runs on the worker's thread, ``done`` or ``failed`` on the window's."""

    slot: str
    work: Callable[[Any], Any]
    done: Callable[[Any], None]
    failed: Callable[[StudioError], None]
    cancelled: bool = field(default=False)

    def cancel(self) -> None:
        """Drop the job if it waits, and its outcome if it already runs."""
        self.cancelled = True


class Worker(QThread):
    """Runs jobs one after the other, and of those that wait only the newest of each slot that is no queue.

    Args:
        make_pipeline: builds the engine's Pipeline; called on this thread by the first job, again after a failure.
        parent: of the thread's object.
        explain: makes a sentence of the reason why a job failed that nobody foresaw.
    """

    #: "loading" while the network is built, "working", "idle".
    state_changed = Signal(str)
    #: How many pieces of ``QUEUES`` are still to be handed over.
    owed_changed = Signal(int)
    _finished = Signal(object, object, object)

    def __init__(
        self,
        make_pipeline: Callable[[], Any],
        parent: QObject | None = None,
        explain: Callable[[str], str] = lambda reason: tr("The network failed: {reason}.", reason=reason),
    ) -> None:
        super().__init__(parent)
        self._make_pipeline, self._explain = make_pipeline, explain
        self._pipeline: Any = None
        self._waiting: defaultdict[str, deque[Job]] = defaultdict(deque)
        self._wake = Condition()
        self._stopping = False
        self._owed = 0
        self._finished.connect(self._deliver)

    @property
    def pending_count(self) -> int:
        """How many pieces of ``QUEUES`` are still to be handed over."""
        return self._owed

    def submit(
        self,
        slot: str,
        work: Callable[[Any], Any],
        done: Callable[[Any], None],
        failed: Callable[[StudioError], None],
    ) -> Job:
        """Ask for work; a job of the same slot that still waits is dropped in its favour, except in ``QUEUES``."""
        job = Job(slot, work, done, failed)
        with self._wake:
            if slot not in QUEUES:
                self._waiting[slot].clear()
            self._waiting[slot].append(job)
            self._wake.notify()
        if slot in QUEUES:
            self._count(1)
        if not self.isRunning():
            self.start(QThread.Priority.LowPriority)
        return job

    def replace_pipeline(self, make_pipeline: Callable[[], Any]) -> None:
        """Use other weights or another device from the next job on."""
        with self._wake:
            self._make_pipeline = make_pipeline
            self._pipeline = None

    def drop(self, slot: str) -> None:
        """Forget what waits in a slot; a running job goes on."""
        with self._wake:
            self._waiting.pop(slot, None)

    def stop(self) -> None:
        """Drop what waits, let the running job end, and end the thread."""
        with self._wake:
            self._stopping = True
            self._waiting.clear()
            self._wake.notify()
        self.wait()

    def run(self) -> None:
        """The thread: take the most urgent job, work, report."""
        while (job := self._next()) is not None:
            self._do(job, self._built_pipeline)

    def run_higher_priority(self, slot: str, pipeline: Any) -> bool:
        """Do what waits in slots before this one; a long job calls it between its steps, on the worker's thread.

        Returns whether the job is to go on: the window may want to close, or may have changed the weights.

        Args:
            slot: the long job's own.
            pipeline: the one it works with.
        """
        while True:
            with self._wake:
                if self._stopping or self._pipeline is not pipeline:
                    return False
                job = self._pop(SLOTS[: SLOTS.index(slot)])
            if job is None:
                return True
            self._do(job, lambda: pipeline)

    def _do(self, job: Job, pipeline: Callable[[], Any]) -> None:
        value, problem = None, None
        try:
            value = job.work(pipeline())
        except RenderCancelled:
            return
        except StudioError as error:
            problem = error
        except Exception as error:
            log.exception("a job of slot %r failed", job.slot)
            reason = str(error).rstrip(".") or type(error).__name__
            problem = StudioError(self._explain(reason))
        self._finished.emit(job, value, problem)

    def _next(self) -> Job | None:
        with self._wake:
            while not self._stopping:
                job = self._pop(SLOTS)
                if job is not None:
                    self.state_changed.emit("working")
                    return job
                self.state_changed.emit("idle")
                self._wake.wait()
            return None

    def _pop(self, slots: tuple[str, ...]) -> Job | None:
        """Take the most urgent job of some slots; the lock is held."""
        for slot in slots:
            while self._waiting[slot]:
                job = self._waiting[slot].popleft()
                if not job.cancelled:
                    return job
        return None

    def _built_pipeline(self) -> Any:
        with self._wake:
            pipeline, make = self._pipeline, self._make_pipeline
        if pipeline is None:
            self.state_changed.emit("loading")
            pipeline = make()
            with self._wake:
                if make is self._make_pipeline:
                    self._pipeline = pipeline
            self.state_changed.emit("working")
        return pipeline

    def _deliver(self, job: Job, value: object, problem: StudioError | None) -> None:
        try:
            if job.cancelled or self._stopping:
                return
            if problem is None:
                job.done(value)
            else:
                job.failed(problem)
        finally:
            if job.slot in QUEUES:
                self._count(-1)

    def _count(self, change: int) -> None:
        self._owed += change
        self.owed_changed.emit(self._owed)
