"""Which face of the open photo is edited: another one, one that is placed by hand, or the same in a wider frame."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from maskgan_studio.app.common.i18n import tr
from maskgan_studio.app.controllers.opening import Opening
from maskgan_studio.app.controllers.photo_plan import PhotoPlan, plan_again, prepare_photo
from maskgan_studio.app.rendering.worker import PipelineThread
from maskgan_studio.app.state.open_face import OpenFace, begin_style
from maskgan_studio.app.state.workspace import Workspace
from maskgan_studio.document.project import TargetImage
from maskgan_studio.document.session import Session
from maskgan_studio.engine.target import Target
from maskgan_studio.errors import StudioError
from maskgan_studio.photo.alignment.face_alignment import Alignment
from maskgan_studio.photo.alignment.wide_frame import has_wide_frame, narrow_frame


class FaceController(QObject):
    """Chooses faces. The faces that are left keep what was done in them, so that nothing is asked.

    Args:
        workspace, worker: the editor's.
        opening: what is being opened; a face takes it back like any other document.
        open_photo: opens a photo as another document.
        opened: tells the user of a face that was opened.
        failed: tells why one was not.
    """

    #: A photo (pixels) waits for the user to say where its face is, from an alignment or None on.
    alignment_requested = Signal(object, object)

    def __init__(
        self,
        workspace: Workspace,
        worker: PipelineThread,
        opening: Opening,
        open_photo: Callable[[PhotoPlan], None],
        opened: Callable[[PhotoPlan, Target], object],
        failed: Callable[[PhotoPlan, StudioError], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._workspace, self._worker, self._opening = workspace, worker, opening
        self._open_photo, self._opened, self._failed = open_photo, opened, failed
        self._placing: PhotoPlan | None = None
        self._looked_at: tuple[Target | None, bool] = (None, False)
        workspace.document_changed.connect(self.forget_placing)

    def find(self, number: int) -> None:
        """Edit a face of the open photo that was not edited before, counted as ``find_faces`` does."""
        plan = plan_again(self._workspace)
        if plan is not None:
            self._begin(replace(plan, face=number), self._add)

    def choose(self, face: OpenFace) -> None:
        """Go on with another face of the workspace."""
        self._opening.cancel()
        self._workspace.edit_face(face)

    def place(self) -> None:
        """Ask where the face of the open photo is."""
        plan, target = plan_again(self._workspace), self._workspace.target
        if plan is not None and target is not None:
            self.ask_place(plan, target.alignment)

    def ask_place(self, plan: PhotoPlan, alignment: Alignment | None = None) -> None:
        """Ask where the face of a photo that was read is."""
        if plan.loaded is not None:
            self._opening.cancel()
            self._placing = plan
            self.alignment_requested.emit(plan.loaded[0].pixels, alignment)

    def placed(self, alignment: Alignment | None) -> None:
        """Edit the face that lies here in the photo that waits; None takes the whole image as the crop.

        It takes the place of the active face where it is the same one, and is another face else.
        """
        plan, self._placing = self._placing, None
        active = self._workspace.active_face
        if plan is None:
            return
        plan = replace(plan, alignment=alignment, aligned=alignment is None)
        if self._is_of_open_photo(plan) and active is not None and alignment and not active.lies_at(alignment):
            self._begin(plan, self._add)
        else:
            self._open_again(plan)

    def forget_placing(self) -> None:
        """Placing the face by hand was cancelled."""
        self._placing = None

    @property
    def has_wide_frame(self) -> bool:
        """Whether the open photo's face lies in the wider frame."""
        target = self._workspace.target
        if target is not None and self._looked_at[0] is not target:  # asked for after every change of the document
            self._looked_at = (target, has_wide_frame(target.mask))
        return target is not None and self._looked_at[1]

    def set_frame_width(self, wide: bool) -> None:
        """Open the photo again in a wider frame around its face, or in the usual one."""
        plan, target = plan_again(self._workspace), self._workspace.target
        if plan is not None and target is not None and self.has_wide_frame != wide:
            usual = replace(plan, alignment=narrow_frame(target.alignment))
            self._open_again(replace(plan, narrower=target) if wide else usual)

    def _is_of_open_photo(self, plan: PhotoPlan) -> bool:
        target = self._workspace.target
        return target is not None and plan.loaded is not None and plan.loaded[0] is target.photo

    def _open_again(self, plan: PhotoPlan) -> None:
        """Open a photo's face in the place of the active one; the photo's other faces stay."""
        if self._workspace.others and self._is_of_open_photo(plan):
            session = self._workspace.session
            self._begin(plan, self._workspace.replace_face, asks=session is not None and session.is_touched)
        else:
            self._open_photo(plan)

    def _begin(self, plan: PhotoPlan, show: Callable[[OpenFace], None], asks: bool = False) -> None:
        """Look for a face of the open photo on the worker's thread, and show it."""

        def arrived(prepared: tuple[Target, bytes]) -> None:
            target = prepared[0]
            if self._is_of_open_photo(plan):
                style = begin_style(self._workspace.style.choice)
                show(OpenFace(make_session(plan, *prepared), target, style))
                self._opened(plan, target)

        self._opening.begin(
            self._worker,
            tr("Looking for the face in “{name}”…", name=plan.photo.name),
            partial(prepare_photo, plan),
            arrived,
            partial(self._failed, plan),
            asks=asks,
        )

    def _add(self, face: OpenFace) -> None:
        known = (other for other in self._workspace.others if other.lies_at(face.target.alignment))
        self._workspace.edit_face(next(known, face))


def make_session(plan: PhotoPlan, target: Target, data: bytes) -> Session:
    """Begin to edit a photo's face.

    Args:
        plan: of the photo.
        target: what ``prepare_photo`` found.
        data: the photo's file.
    """
    place = json.loads(target.alignment.to_json())
    return Session.new(target.mask, TargetImage(data, plan.photo.name, place, target.crop))
