"""Fit to photo in the window: started, followed, stopped, kept with the document."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from maskgan_studio.app.common.messages import Reporter
from maskgan_studio.app.common.pipeline import AnyPipeline
from maskgan_studio.app.rendering.jobs import Priority
from maskgan_studio.app.rendering.worker import PipelineThread
from maskgan_studio.app.state.workspace import Workspace
from maskgan_studio.errors import StudioError

if TYPE_CHECKING:
    from maskgan_studio.engine.fit import Fit
    from maskgan_studio.engine.target import Target


class Fitting(QObject):
    """The fit of the open document. While one is in progress, edits are still rendered between its steps.

    Signals: ``running_changed`` (bool), ``progressed`` (share done, seconds left).
    """

    running_changed = Signal(bool)
    progressed = Signal(float, float)

    def __init__(
        self, workspace: Workspace, worker: PipelineThread, reporter: Reporter, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._workspace, self._worker, self._reporter = workspace, worker, reporter
        self._run: _Run | None = None
        workspace.document_about_to_change.connect(self.cancel)

    @property
    def running(self) -> bool:
        """Whether a fit is in progress."""
        return self._run is not None

    def start(self, mode: str) -> None:
        """Fit to the open photo; nothing happens without one, or while a fit is in progress."""
        target = self._workspace.target
        if target is None or self.running:
            return
        run = self._run = _Run(self, self._worker)
        self._worker.submit(
            Priority.FIT, partial(run.work, target, mode), partial(self._finished, run), partial(self._failed, run)
        )
        self.running_changed.emit(True)
        self.progressed.emit(0.0, float("inf"))

    def cancel(self) -> None:
        """Stop the fit that is in progress."""
        if self._run is not None:
            self._run.should_continue = False
            self._worker.drop(Priority.FIT)
            self._end()

    def forget(self) -> None:
        """Go back to the style as it was read."""
        if self._workspace.style.choice.fit is not None:
            self._workspace.style.set_fit(None)

    def _finished(self, run: _Run, fit: Fit | None) -> None:
        if run is not self._run:
            return
        self._end()
        if fit is not None:
            self._workspace.style.set_fit(fit)

    def _failed(self, run: _Run, problem: StudioError) -> None:
        if run is self._run:
            self._end()
            self._reporter.report(problem)

    def _end(self) -> None:
        self._run = None
        self.running_changed.emit(False)


class _Run:
    """One fit on the worker's thread."""

    def __init__(self, fitting: Fitting, worker: PipelineThread) -> None:
        self._fitting, self._worker = fitting, worker
        self.should_continue = True

    def work(self, target: Target, mode: str, pipeline: AnyPipeline) -> Fit | None:
        """Fit; runs on the worker's thread."""

        def report(share: float, left: float) -> bool:
            self._fitting.progressed.emit(share, left)
            # Edits made meanwhile are rendered.
            return self._worker.run_higher_priority(Priority.FIT, pipeline) and self.should_continue

        return pipeline.fit(target, mode, report) if self.should_continue else None
