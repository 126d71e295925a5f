"""The faces of one photo that are edited in one document, and the file that holds all of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from maskgan_studio.document.events import Signal
from maskgan_studio.document.project import Project

if TYPE_CHECKING:
    from maskgan_studio.document.session import Session

__all__ = ["FaceGroup", "Stamp"]

#: Size and time of a file, see ``storage.file_stamp``.
Stamp = tuple[int, int]
#: Names what a project would hold: the states of the faces in which something was done.
State = frozenset[tuple[int, int, int]]


class FaceGroup:
    """What a document is as a whole: its faces, each a session of its own, and where and whether they are saved.

    Attributes:
        changed: () something was done in one of the faces, or the document was saved.
        path: the project file, None before the first save.
        stamp: names the content of that file when it was read or written last, None where it is unknown.
    """

    def __init__(self, face: Session, path: Path | None, stamp: Stamp | None, saved: bool) -> None:
        """Begin with one face; see ``Session`` for the rest."""
        self.changed = Signal()
        self.path, self.stamp = path, stamp
        self._faces: list[Session] = []
        self.activate(face)
        self._saved_state = self.state if saved else None

    @property
    def faces(self) -> tuple[Session, ...]:
        """Bottom first: an edit lies over those of the faces before it. The last one is the active face."""
        return tuple(self._faces)

    @property
    def kept(self) -> tuple[Session, ...]:
        """The faces that a project holds: those in which something was done, at least the active one."""
        return tuple(face for face in self._faces if face.is_touched) or self.faces[-1:]

    @property
    def state(self) -> State:
        """Names what a project would hold at this moment: equal states, equal projects."""
        return frozenset(face.state for face in self._faces if face.is_touched)

    @property
    def dirty(self) -> bool:
        """Whether the document differs from what was saved last."""
        return self.state != self._saved_state

    def activate(self, face: Session) -> None:
        """Edit a face from now on: it lies over the others; a new one joins the group."""
        self._leave(face)
        self._join(face, len(self._faces))

    def lay_below(self, face: Session) -> None:
        """Add another face of the same file, below the active one and above those that were added before."""
        saved = not self.dirty
        self._join(face, len(self._faces) - 1)
        if saved:
            self._saved_state = self.state

    def replace_active(self, face: Session) -> None:
        """Put another session in the place of the active one, which is dropped."""
        self._leave(self._faces[-1])
        self.activate(face)

    def project(self) -> Project:
        """The document at this moment, without faces in which nothing was done; nothing in it changes any more, so
        another thread may save it."""
        *others, active = (face.project() for face in self.kept)
        return replace(active, others=tuple(others))

    def mark_saved(self, path: Path | None = None, state: State | None = None, stamp: Stamp | None = None) -> None:
        """Record that a state was saved, the present one by default, to ``path`` when it is a project of its own."""
        if path is not None:
            self.path, self.stamp = path, stamp
        self._saved_state = self.state if state is None else state
        self._faces[-1].events.saved.emit()

    def _join(self, face: Session, position: int) -> None:
        self._faces.insert(position, face)
        face.group = self
        for event in (face.events.history_changed, face.events.saved):
            event.connect(self.changed.emit)

    def _leave(self, face: Session) -> None:
        if face in self._faces:
            self._faces.remove(face)
            for event in (face.events.history_changed, face.events.saved):
                event.disconnect(self.changed.emit)
