"""What is open in the window, announced by Qt signals, so that panels connect once and outlive documents."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING
from weakref import WeakSet

from PySide6.QtCore import QObject, QRectF, Signal

from maskgan_studio.app.state.open_face import OpenFace
from maskgan_studio.app.state.style import StyleChoice, StyleState
from maskgan_studio.app.state.tool_options import ToolOptions
from maskgan_studio.document.geometry.symmetry import find_axis
from maskgan_studio.labels import part_named

if TYPE_CHECKING:
    import numpy as np

    from maskgan_studio.document.session import Session
    from maskgan_studio.engine.target import Target

#: The class that the first swap goes to.
_LAST_PART = part_named("skin").index


class Workspace(QObject):
    """The open document and what belongs to it.

    Attributes:
        session: the layers and their history, None while nothing is open; of the active face, where there are several.
        target: the photo as the networks see it, None while only a mask is open.
        options: the tools' settings.
        style: whose style the result is drawn in.
        others: the photo's other faces that are edited, bottom first: their edits lie below the active face's.
    """

    #: What was said of the document before is said no more; the new one's listeners come after it. Another face of the
    #: same document is announced as if it were another document; ``session.group`` stays the same then.
    document_about_to_change = Signal()
    document_changed = Signal()
    mask_changed = Signal(object)
    layers_changed = Signal()
    active_changed = Signal()
    history_changed = Signal()
    target_changed = Signal()
    saved_changed = Signal()
    #: Undo or redo changed data kept with the document.
    extras_changed = Signal()
    #: A class was chosen to paint with (its index), also where it was in use already.
    part_chosen = Signal(int)
    #: Pixels are to be looked for: ``work`` and ``done`` of ``find_region``.
    region_wanted = Signal(object, object)
    #: Repaint a part of the crop (QRectF, None for all).
    repaint_requested = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session: Session | None = None
        self.target: Target | None = None
        self.options = ToolOptions(self)
        self.style = StyleState(self)
        self.others: tuple[OpenFace, ...] = ()
        self._last_part = _LAST_PART
        self._followed: WeakSet[Session] = WeakSet()

    @property
    def active_face(self) -> OpenFace | None:
        """The face that is edited, None while no photo is open."""
        if self.session is None or self.target is None:
            return None
        return OpenFace(self.session, self.target, self.style.choice)

    def open(
        self,
        session: Session | None,
        target: Target | None,
        style: StyleChoice | None = None,
        others: Sequence[OpenFace] = (),
    ) -> None:
        """Make another document the open one.

        Args:
            session, target, others: see the attributes.
            style: what the document brings; see ``StyleState.begin_document``.
        """
        self.document_about_to_change.emit()
        self._show(session, target, style, others)

    def edit_face(self, face: OpenFace) -> None:
        """Edit another face of the open photo from now on, a new one or one of ``others``; the one before is kept with
        its layers, history and style."""
        before = self.active_face
        if before is None or face.session is before.session:
            return
        before.session.finish_edit()
        self.document_about_to_change.emit()
        before.session.group.activate(face.session)
        others = tuple(other for other in (*self.others, before) if other.session is not face.session)
        self._show(face.session, face.target, face.style, others)

    def replace_face(self, face: OpenFace) -> None:
        """Edit a face in the place of the active one, which is dropped; the others stay."""
        if self.session is not None:
            self.document_about_to_change.emit()
            self.session.group.replace_active(face.session)
            self._show(face.session, face.target, face.style, self.others)

    def _show(
        self, session: Session | None, target: Target | None, style: StyleChoice | None, others: Sequence[OpenFace]
    ) -> None:
        if session is not None and self.session is not None:
            # The brush's settings stay, whichever part is painted.
            session.constrain(replace(self.session.constraints, frozen=session.constraints.frozen))
            session.activate_part(self.session.active_part)
            session.mirror(None if self.session.axis is None else find_axis(session.stack.composite()))
        self.session, self.target, self.others = session, target, tuple(others)
        self.style.begin_document(style)
        if session is not None and session not in self._followed:
            self._followed.add(session)
            events = session.events
            for source, signal in (
                (events.mask_changed, self.mask_changed),
                (events.layers_changed, self.layers_changed),
                (events.active_changed, self.active_changed),
                (events.history_changed, self.history_changed),
                (events.saved, self.saved_changed),
                (events.extras_changed, self.extras_changed),
            ):
                source.connect(_forward(self, session, signal))
            events.target_changed.connect(lambda: self._follow_target(session))
        self.document_changed.emit()

    def choose_part(self, part: int) -> None:
        """Paint with a class from now on."""
        session = self.session
        if session is None:
            return
        if part != session.active_part:
            self._last_part = session.active_part
            session.activate_part(part)
        self.part_chosen.emit(part)

    def swap_last_parts(self) -> None:
        """Go back to the class painted with before."""
        self.choose_part(self._last_part)

    def _follow_target(self, session: Session) -> None:
        if self.session is session and self.target is not None:
            # The base was painted on: the photo's own mask, and with it its style, is another one.
            self.target = replace(self.target, mask=session.target_mask)
            self.target_changed.emit()

    def find_region(self, work: Callable[[], np.ndarray], done: Callable[[np.ndarray], None]) -> None:
        """Look for pixels (H, W) bool beside the window's thread, and hand them over; the newest request counts."""
        self.region_wanted.emit(work, done)

    def update_crop(self, rect: QRectF | None = None) -> None:
        """Ask for a repaint of a rectangle of the crop, all of it by default."""
        self.repaint_requested.emit(rect)


def _forward(workspace: Workspace, session: Session, signal):
    """Pass an event on while its session is the open one."""

    def forward(*arguments: object) -> None:
        if workspace.session is session:
            signal.emit(*arguments)

    return forward
