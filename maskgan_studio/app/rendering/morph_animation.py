"""A morph as an animation: rendered frame by frame, between more urgent jobs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal

from maskgan_studio.app.common.pipeline import AnyPipeline
from maskgan_studio.app.rendering.jobs import Priority
from maskgan_studio.app.rendering.morph import MorphOptions, draw_morph
from maskgan_studio.app.rendering.other_faces import OtherFaces, lay_below
from maskgan_studio.app.rendering.worker import PipelineThread
from maskgan_studio.app.state.style import StyleChoice
from maskgan_studio.document.layers import LayerStack
from maskgan_studio.errors import StudioError

if TYPE_CHECKING:
    from maskgan_studio.engine.target import Target


class MorphAnimation(QObject):
    """The way from a photo to its edit and back, as images. Edits are rendered between them.

    Signals: ``done`` (list of uint8 (h, w, 3) images), ``failed`` (StudioError), ``progressed`` (share that is
    done), ``ended`` (however it ended).

    Args:
        worker: the window's.
        target, choice: photo and style.
        stack: the layers of the edit; their labels may not change any more.
        options: size and number of the images.
        others: the photo's other faces, as they are.
    """

    done = Signal(object)
    failed = Signal(object)
    progressed = Signal(float)
    ended = Signal()

    def __init__(
        self,
        worker: PipelineThread,
        target: Target,
        choice: StyleChoice,
        stack: LayerStack,
        options: MorphOptions,
        others: OtherFaces,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._worker, self._target, self._choice = worker, target, choice
        self._stack, self._options, self._others = stack, options, others

    def draw(self) -> None:
        """Draw it, after the films asked for before."""
        self._worker.submit(Priority.MORPH, self._work, self.done.emit, self.failed.emit, self._end)

    def _work(self, pipeline: AnyPipeline) -> list[np.ndarray]:
        """Draw the images; runs on the worker's thread."""

        def report(share: float) -> None:
            self.progressed.emit(share)
            if not self._worker.run_higher_priority(Priority.MORPH, pipeline):
                raise StudioError("The weights were changed while the morph was drawn; export it again.")

        target = lay_below(self._target, self._others.edits(pipeline))
        return draw_morph(pipeline, target, self._choice, self._stack, self._options, report)

    def _end(self) -> None:
        self.ended.emit()
        self.deleteLater()
