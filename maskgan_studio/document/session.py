"""The open document: one place through which everything that edits it goes."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from maskgan_studio.document.changes import Change, ExtrasChange, PixelChange, Title
from maskgan_studio.document.events import Events
from maskgan_studio.document.face_commands import FaceCommands
from maskgan_studio.document.face_group import FaceGroup, Stamp
from maskgan_studio.document.geometry.rasterize import Cover, Point
from maskgan_studio.document.geometry.rect import Rect, union
from maskgan_studio.document.geometry.symmetry import Axis, add_mirror_image
from maskgan_studio.document.history import DEFAULT_BUDGET, History
from maskgan_studio.document.layer_commands import LayerCommands
from maskgan_studio.document.layers import Layer, LayerStack, follow
from maskgan_studio.document.operations.painting import FREE, Constraints, Edit, Stroke, paint_patch
from maskgan_studio.document.operations.step_titles import describe_step
from maskgan_studio.document.patch import Patch
from maskgan_studio.document.project import Project, TargetImage
from maskgan_studio.errors import EditError

_serials = itertools.count()


class Session:
    """A document with one face, or one face of a document with several: what is active in it, and its history.

    Read the attributes; change them by calling the methods, which emit events.

    Attributes:
        events: what others listen to.
        stack: the layers; ``layers`` has the commands that change them, ``face`` those of the face's sliders.
        history: entries to show.
        target: the photo that is edited, None when only a mask is.
        active_layer, active_part: id of the layer that is painted on, and the class.
        constraints: what every tool may change.
        axis: the axis of symmetric painting, None when it is off.
        group: the document as a whole, with its file; a face alone has one of its own.
        extras: data saved along with the face.
    """

    def __init__(
        self,
        project: Project,
        path: Path | None = None,
        *,
        saved: bool = True,
        stamp: Stamp | None = None,
        fresh: bool = False,
        budget: int = DEFAULT_BUDGET,
    ) -> None:
        """Open a project.

        Args:
            project: its label maps belong to the session from now on.
            path, stamp: the project file it belongs to, and its stamp when it was read.
            saved: whether that file holds it as it is; False for a recovered document.
            fresh: nothing was done in it yet.
            budget: bytes that the history may use.
        """
        self.events = Events()
        self.stack = LayerStack(project.layers)
        self.history = History(budget)
        self.target = project.target
        self.extras = dict(project.extras)
        self.active_layer = project.active_layer if project.active_layer in self.stack else project.layers[-1].id
        self.active_part, self.constraints = project.active_part, FREE
        self.axis: Axis | None = None
        self.layers = LayerCommands(self)
        self.face = FaceCommands(self.stack, self.layers)
        self._edit: Edit | None = None
        self._stroke: Stroke | None = None
        self._edit_title, self._extras_version, self._serial = "", 0, next(_serials)
        self._fresh_state = self.state if fresh else None
        self.group = FaceGroup(self, path, stamp, saved)
        self.stack.focus(self.active_layer)

    @classmethod
    def new(cls, mask: np.ndarray, target: TargetImage | None = None, *, budget: int = DEFAULT_BUDGET) -> Session:
        """Begin with a photo's mask (H, W) uint8 as locked base, and an empty layer; raises MaskError over 18."""
        return cls(Project.from_mask(mask, target), fresh=True, budget=budget)

    @property
    def source_mask(self) -> np.ndarray:
        """The mask that the result follows, (H, W) uint8: a copy of the composite, safe to hand to another thread."""
        return self.stack.composite().copy()

    @property
    def target_mask(self) -> np.ndarray:
        """The mask of the photo itself, the base layer, (H, W) uint8: a copy."""
        return self.stack.base.labels.copy()

    @property
    def state(self) -> tuple[int, int, int]:
        """Names what a project would hold of this face at this moment."""
        return self._serial, self.history.state, self._extras_version

    @property
    def is_touched(self) -> bool:
        """Whether there is more than what was found in the photo."""
        return self.state != self._fresh_state

    @property
    def path(self) -> Path | None:
        return self.group.path

    @property
    def dirty(self) -> bool:
        """Whether the document, all of its faces, differs from what was saved last."""
        return self.group.dirty

    @property
    def is_editing(self) -> bool:
        """Whether an edit is in progress."""
        return self._edit is not None

    @property
    def can_undo(self) -> bool:
        """Whether there is an edit in progress or an entry to take back."""
        return self._edit is not None or self.history.can_undo

    def project(self) -> Project:
        """This face at this moment, as ``FaceGroup.project`` takes it."""
        layers = tuple(replace(layer, labels=layer.labels.copy()) for layer in self.stack.layers)
        return Project(layers, self.target, self.active_layer, self.active_part, dict(self.extras))

    def set_extra(self, name: str, data: bytes | None) -> None:
        """Keep data with the document under a plain file name, or drop it (None). Not part of the history."""
        ExtrasChange({}, {name: data}).apply(self)
        self._extras_version += 1
        self.events.saved.emit()

    def activate_layer(self, layer_id: int) -> None:
        """Paint on another layer; raises EditError when there is no such layer."""
        self.finish_edit()
        self.stack.focus(layer_id)
        self.active_layer = layer_id
        self.events.active_changed.emit()

    def activate_part(self, part: int) -> None:
        self.active_part = part
        self.events.active_changed.emit()

    def constrain(self, constraints: Constraints) -> None:
        """Restrict all tools; a stroke in progress goes on as it began."""
        self.constraints = constraints
        self.events.active_changed.emit()

    def mirror(self, axis: Axis | None) -> None:
        """Switch symmetric painting on, or off with None; a stroke in progress goes on as it began."""
        self.axis = axis
        self.events.active_changed.emit()

    def apply(self, title: Title, *patches: Patch | None) -> None:
        """Carry out patches of different layers, made by operations, as one entry; None stands for nothing to do."""
        current = (patch and patch.rebase(self.stack[patch.layer_id].labels) for patch in patches)
        self.do(title, [PixelChange(patch) for patch in current if patch])

    def paint(self, title: str, cover: Cover | None, label: int | None = None, start: Point | None = None) -> None:
        """Paint a shape on the active layer with the active part (or another, or ``UNSET`` to erase) as one entry.

        With symmetry its mirror image too; ``start`` is where it was begun. Raises EditError as ``paint_patch`` does.
        """
        label = self.active_part if label is None else label
        labels: np.ndarray | int = label
        if cover is not None and self.axis is not None:
            cover = add_mirror_image(cover, self.axis, self.stack.shape)
            labels = self.axis.labels(label, cover.rect)
        self.apply(title, paint_patch(self.stack, self.active_layer, cover, labels, self._constraints_at(start)))

    def begin_stroke(
        self, title: str, point: Point, size: float, label: int | None = None, fills: bool = False
    ) -> None:
        """Put the brush down on the active layer; raises EditError as ``Edit`` does.

        Args:
            title, point, size, fills: for the history list; see ``painting.Stroke``.
            label: another class than the active part, ``UNSET`` to erase.
        """
        edit = self.begin_edit(title, point)
        self._stroke = Stroke(edit, self.active_part if label is None else label, self.axis, fills)
        try:
            self.extend_stroke(point, size)
        except EditError:
            self.cancel_edit()
            raise

    def extend_stroke(self, point: Point, size: float) -> None:
        """Drag the brush; nothing happens when no stroke is in progress."""
        if self._stroke is not None:
            self._show(self._stroke.extend(point, size))

    def begin_edit(self, title: str, start: Point | None = None) -> Edit:
        """Begin a change of the active layer that is shown while it is made; raises EditError as ``Edit`` does."""
        self.finish_edit()
        self._edit, self._edit_title = Edit(self.stack, self.active_layer, self._constraints_at(start)), title
        return self._edit

    def preview(self, operation: Callable[[], Patch | None]) -> None:
        """Show what an operation makes of the untouched layer, instead of the previous preview of the same edit.

        Nothing happens when no edit is in progress.
        """
        if self._edit is None:
            return
        undone, shown = self._edit.cancel(), None
        try:
            shown = self._edit.show(operation())
        finally:
            self._show(union(undone, shown))

    def finish_edit(self) -> None:
        """Keep what was painted or previewed as one entry; nothing happens when no edit is in progress."""
        if self._edit is None:
            return
        if self._stroke is not None:
            self._show(self._stroke.finish())
        patch = self._edit.finish()
        self._edit = self._stroke = None
        if patch is not None:
            changes = [PixelChange(patch)]
            self._announce(None, changes, self.stack.layers)
            self._remember(self._edit_title, changes)

    def cancel_edit(self) -> None:
        """Take back the stroke or preview in progress, as Escape does."""
        if self._edit is not None:
            rect = self._edit.cancel()
            self._edit = self._stroke = None
            self._show(rect)

    def undo(self) -> None:
        """Take back the edit in progress, else the last entry."""
        if self._edit is not None:
            self.cancel_edit()
        else:
            self.jump(self.history.position - 1)

    def redo(self) -> None:
        self.jump(self.history.position + 1)

    def jump(self, position: int) -> None:
        """Undo or redo until so many entries are done (as far as there are entries)."""
        self.finish_edit()
        position = min(max(position, 0), len(self.history.entries))
        while self.history.position != position:
            forward = self.history.position < position
            entry, layers = self.history.entries[self.history.position - (not forward)], self.stack.layers
            rect = self.history.redo(self) if forward else self.history.undo(self)
            self._announce(rect, entry.changes, layers)
        self.events.history_changed.emit()

    def do(self, title: Title, changes: Sequence[Change], merge_key: object = None) -> None:
        """Carry out changes as one entry of the history, after the edit in progress; no changes, no entry.

        Args:
            title: for the history list.
            changes: not yet applied; when one of them is refused (raises), none may have been applied before it.
            merge_key: see ``History.push``.
        """
        self.finish_edit()
        layers, dirty = self.stack.layers, None
        for change in changes:
            dirty = union(dirty, change.apply(self))
        if changes:
            self._announce(dirty, changes, layers)
            self._remember(title, changes, merge_key)

    def _remember(self, title: Title, changes: Sequence[Change], merge_key: object = None) -> None:
        self.history.push(describe_step(title, changes, self.stack), changes, self.stack.composite(), merge_key)
        self.events.history_changed.emit()

    def _constraints_at(self, start: Point | None) -> Constraints:
        return self.constraints.starting_at(self.stack.composite(), start, self.axis is not None)

    def _show(self, rect: Rect | None) -> None:
        if rect:
            self.events.mask_changed.emit(rect)

    def _announce(self, rect: Rect | None, changes: Sequence[Change], before: tuple[Layer, ...]) -> None:
        """Emit the events of changes to a document that had the layers ``before``."""
        if self.stack.layers is not before:
            previous, self.active_layer = self.active_layer, follow(self.active_layer, before, self.stack.layers)
            self.stack.focus(self.active_layer)
            self.events.layers_changed.emit()
            if self.active_layer != previous:
                self.events.active_changed.emit()
        of_target = self.stack.base.id in {change.layer_id for change in changes if isinstance(change, PixelChange)}
        self._show(self.stack.rect if of_target and self.stack.reshape() else rect)
        if of_target or self.stack.base.labels is not before[0].labels:
            self.events.target_changed.emit()
        if any(isinstance(change, ExtrasChange) for change in changes):
            self.events.extras_changed.emit()
