"""What a second photo is good for: its style, its mask, its parts, the way towards its mask."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from PySide6.QtCore import QObject, Signal

from maskgan_studio.app.common.i18n import tr
from maskgan_studio.app.common.messages import Message, Reporter
from maskgan_studio.app.common.pipeline import AnyPipeline
from maskgan_studio.app.rendering.jobs import Priority
from maskgan_studio.app.rendering.worker import PipelineThread
from maskgan_studio.app.state.activities import Activities
from maskgan_studio.app.state.workspace import Workspace
from maskgan_studio.document.operations.gallery import Item, put_on
from maskgan_studio.document.operations.painting import paint_to_match
from maskgan_studio.document.operations.part_transfer import GROUPS, transfer_parts
from maskgan_studio.errors import NoFaceError, StudioError, Translatable
from maskgan_studio.photo.files.loading import load_photo

if TYPE_CHECKING:
    from maskgan_studio.engine.target import Target

T = TypeVar("T")


class References(QObject):
    """Loads the reference photo and applies masks that come from it or from the MaskVAE.

    Signals: ``varied`` (list of masks).
    """

    varied = Signal(object)

    def __init__(
        self,
        workspace: Workspace,
        worker: PipelineThread,
        activities: Activities,
        reporter: Reporter,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._workspace, self._worker, self._activities = workspace, worker, activities
        self._reporter = reporter
        self._seed = 0
        self._morph_state: int | None = None
        self._morph_from: np.ndarray | None = None

    def load(self, path: Path, aligned: bool = False) -> None:
        """Find the face of a second photo."""
        activity = self._activities.begin(tr("Looking for the face in “{name}”…", name=path.name))
        work = partial(_prepare, path, aligned)

        def arrived(reference: Target) -> None:
            self._workspace.style.set_reference(reference)
            if reference.is_doubtful:
                self._offer_whole(tr("It is doubtful whether the face in “{name}” was found.", name=path.name), path)

        self._worker.submit(Priority.REFERENCE, work, arrived, partial(self._failed, path), activity.end)

    def lay_mask(self, labels: np.ndarray, title: str) -> None:
        """Make the composite equal to a mask by painting on the active layer, as one step; raises EditError."""
        session = self._workspace.session
        if session is not None:
            session.apply(title, paint_to_match(session.stack, session.active_layer, labels, session.constraints))

    def use_mask(self) -> None:
        """Take the reference's mask as source mask; raises EditError."""
        reference = self._workspace.style.reference
        if reference is not None:
            self.lay_mask(reference.mask, "Mask of the reference")

    def put_on(self, item: Item) -> None:
        """Put a ready-made part on the face; raises EditError."""
        session = self._workspace.session
        if session is not None:
            session.apply(item.title, put_on(session.stack, session.active_layer, item, session.constraints))

    def copy_group(self, title: str) -> None:
        """Copy parts of the reference, aligned by the faces; raises EditError."""
        session, reference = self._workspace.session, self._workspace.style.reference
        if session is not None and reference is not None:
            parts, message = GROUPS[title], title
            patch = transfer_parts(session.stack, session.active_layer, reference.mask, parts, session.constraints)
            session.apply(Translatable("{part} copied", {"part": Translatable(message)}), patch)

    def morph(self, share: float) -> None:
        """Go from the present mask towards the reference's; dragging on replaces what was shown before."""
        session, target = self._workspace.session, self._workspace.style.reference
        if session is None or target is None:
            return
        if self._morph_from is None or session.history.state != self._morph_state:
            self._morph_from = session.source_mask
        start = self._morph_from
        if share == 0:
            self._show_morph(start)
            return
        self._ask(lambda pipeline: pipeline.manifold.morph(start, target.mask, share), self._show_morph)

    def vary(self, strength: float, count: int) -> None:
        """Ask for ``count`` small changes of the present mask, other ones each time."""
        session = self._workspace.session
        if session is None:
            return
        mask, self._seed = session.source_mask, self._seed + 1
        seed = self._seed
        self._ask(lambda pipeline: pipeline.manifold.variations(mask, count, strength, seed), self.varied.emit)

    def tidy(self, strength: float) -> None:
        """Pull the present mask towards plausible ones, as one step."""
        session = self._workspace.session
        if session is not None:
            mask = session.source_mask
            self._ask(
                lambda pipeline: pipeline.manifold.tidy(mask, strength),
                lambda labels: self._lay(labels, "Made natural"),
            )

    def _show_morph(self, labels: np.ndarray) -> None:
        session = self._workspace.session
        if session is None:
            return
        if session.history.state == self._morph_state and session.history.can_undo:
            session.undo()
        before = session.history.state
        self._lay(labels, "Morph")
        self._morph_state = session.history.state if session.history.state != before else None

    def _lay(self, labels: np.ndarray, title: str) -> None:
        self._reporter.attempt(self.lay_mask, labels, title)

    def _ask(self, work: Callable[[AnyPipeline], T], done: Callable[[T], None]) -> None:
        session = self._workspace.session
        activity = self._activities.begin(tr("Asking the network for masks…"))

        def arrived(value: T) -> None:
            if self._workspace.session is session:
                done(value)

        self._worker.submit(Priority.MASKS, work, arrived, partial(self._failed, None), activity.end)

    def _failed(self, path: Path | None, problem: StudioError) -> None:
        if path is not None and isinstance(problem, NoFaceError):
            self._offer_whole(tr("No face was found in “{name}”; choose another photo.", name=path.name), path)
        else:
            self._reporter.report(problem)

    def _offer_whole(self, message: str, path: Path) -> None:
        self._reporter.show(Message(message, tr("Use the whole picture"), partial(self.load, path, True)))


def _prepare(path: Path, aligned: bool, pipeline: AnyPipeline) -> Target:
    return pipeline.prepare(load_photo(path), aligned=aligned)
