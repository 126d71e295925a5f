"""A morph is drawn as a film: picture by picture, while other work passes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal, SignalInstance

from maskgan_studio.app.common.i18n import tr
from maskgan_studio.app.rendering.render_job import morph_frames
from maskgan_studio.app.rendering.worker import Worker
from maskgan_studio.app.state.style_choice import StyleChoice
from maskgan_studio.errors import StudioError

if TYPE_CHECKING:
    from maskgan_studio.engine.pipeline import Pipeline
    from maskgan_studio.engine.target import Target


class MorphAnimation(QObject):
    """The way from a photo's mask to another one and back, as pictures. Edits are rendered between them.

    Signals: ``done`` (list of uint8 (512, 512, 3) pictures), ``failed`` (StudioError), ``status_changed`` (how far
    it is, empty at the end).

    Args:
        worker: the window's.
        target, choice: photo and style.
        mask: where the way leads, uint8 (512, 512).
    """

    done = Signal(object)
    failed = Signal(object)
    status_changed = Signal(str)

    def __init__(
        self, worker: Worker, target: Target, choice: StyleChoice, mask: np.ndarray, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._worker, self._target, self._choice, self._mask = worker, target, choice, mask

    def draw(self) -> None:
        """Draw it, after the films asked for before."""
        self._say(0.0)
        self._worker.submit("film", self._work, partial(self._end, self.done), partial(self._end, self.failed))

    def _work(self, pipeline: Pipeline) -> list[np.ndarray]:
        """Draw the pictures; runs on the worker's thread."""

        def report(share: float) -> None:
            self._say(share)
            if not self._worker.run_higher_priority("film", pipeline):
                raise StudioError(tr("The weights were changed while the morph was drawn; export it again."))

        return morph_frames(pipeline, self._target, self._choice, self._mask, report)

    def _say(self, share: float) -> None:
        self.status_changed.emit(tr("Drawing the morph, {percent} %…", percent=round(100 * share)))

    def _end(self, signal: SignalInstance, value: object) -> None:
        self.status_changed.emit("")
        signal.emit(value)
        self.deleteLater()
