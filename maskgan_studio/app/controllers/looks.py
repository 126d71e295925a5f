"""Expressions in the window: applied, saved, loaded, and previewed on the open face in idle time."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from maskgan_studio.app.common.messages import Reporter
from maskgan_studio.app.rendering.jobs import Priority
from maskgan_studio.app.rendering.look_tile import draw_look
from maskgan_studio.app.rendering.worker import PipelineThread
from maskgan_studio.app.state.workspace import Workspace
from maskgan_studio.document.changes import Title
from maskgan_studio.document.face_edit import FaceEdit, load_preset, save_preset
from maskgan_studio.document.looks import LOOKS, Look, list_own_looks
from maskgan_studio.document.operations.painted_presets import capture_painted, do_painted
from maskgan_studio.document.operations.part_transfer import GROUPS
from maskgan_studio.document.session import Session
from maskgan_studio.errors import Translatable
from maskgan_studio.labels import UNSET

#: The hand has to rest so long before a preview is drawn, in milliseconds.
_IDLE_MS = 700


class Looks(QObject):
    """The program's expressions and the user's own.

    Signals: ``listed`` (list of ``Look``), ``drawn`` (name, uint8 (h, w, 3) or None for nothing).
    """

    listed = Signal(list)
    drawn = Signal(str, object)

    def __init__(
        self,
        workspace: Workspace,
        worker: PipelineThread,
        reporter: Reporter,
        folder: Path,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._workspace, self._worker, self._reporter, self._folder = workspace, worker, reporter, folder
        self._to_draw: list[Look] = []
        self._is_seen = self._is_asked = False
        # The layer that what was painted in a preset went to last, and its labels.
        self._laid: tuple[Session, str, int, np.ndarray] | None = None
        self.looks: list[Look] = []
        self._idle = QTimer(self, singleShot=True, interval=_IDLE_MS)
        self._idle.timeout.connect(self._draw_next)
        for signal in (workspace.document_changed, workspace.target_changed):
            signal.connect(self._draw_all)
        workspace.mask_changed.connect(lambda _rect: self._wait())

    @property
    def folder(self) -> Path:
        """Where the user's own presets lie."""
        return self._folder

    def refresh(self) -> None:
        """List what there is."""
        self.looks = [*LOOKS, *list_own_looks(self._folder)]
        self.listed.emit(self.looks)
        self._draw_all()

    def set_seen(self, seen: bool) -> None:
        """Previews are drawn while they are visible."""
        self._is_seen = seen
        self._wait()

    def apply(self, name: str, strength: float, drag: int) -> None:
        """Set sliders and colours of an expression, 1 for as it is; what is set in the same drag is one step."""
        session = self._workspace.session
        look = next((look for look in self.looks if look.name == name), None)
        if session is None or look is None:
            return
        edit = session.face.setting.edit.then(look.edit.with_strength(strength))
        title = Translatable(look.title) if look.file is None else look.title
        step = Translatable("Expression: {look}", {"look": title})
        self._reporter.attempt(self._set, session, step, look.title, edit, drag)

    def save(self, path: Path) -> None:
        """Save sliders and colours as a preset; raises ProjectError."""
        if (session := self._workspace.session) is not None:
            self._save(path, session.face.setting.edit)

    def save_painted(self, path: Path, what: str) -> None:
        """Save what is painted as a preset.

        Args:
            path: its file.
            what: a title of ``part_transfer.GROUPS``, ``layer`` for the active layer, or nothing for all.

        Raises:
            EditError: none of that is painted.
            ProjectError: the file cannot be written.
        """
        if (session := self._workspace.session) is not None:
            layer = session.active_layer if what == "layer" else None
            self._save(path, FaceEdit(painted=capture_painted(session.stack, layer, GROUPS.get(what))))

    def load(self, path: Path) -> None:
        """Do to the face what a preset's file says; raises EditError or ProjectError."""
        session = self._workspace.session
        edit = load_preset(path)
        if session is not None:
            step = Translatable("Expression: {look}", {"look": path.stem})
            self._set(session, step, path.stem, session.face.setting.edit.then(edit), None)

    def _save(self, path: Path, edit: FaceEdit) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        save_preset(path, edit)
        self.refresh()

    def _set(self, session: Session, step: Title, name: str, edit: FaceEdit, drag: int | None) -> None:
        """Sliders and colours go to the face's layer, what is painted to a layer of its own."""
        key = None if drag is None else ("look", drag)
        session.face.set_edit(step, replace(edit, painted=None), key)
        if edit.painted is None:
            return
        layer = self._laid_layer(session, name)
        below = session.source_mask if layer is None else session.stack.composite_without(layer)
        labels = do_painted(edit.painted, below)
        painted = np.where(labels != below, labels, np.uint8(UNSET))
        layer = session.layers.put(step, name, painted.copy(), layer, key and (*key, "painted"))
        self._laid = (session, name, layer, painted)

    def _laid_layer(self, session: Session, name: str) -> int | None:
        """The layer that the same preset went to before, as long as nobody has painted on it."""
        if self._laid is None or self._laid[:2] != (session, name) or self._laid[2] not in session.stack:
            return None
        _, _, layer, labels = self._laid
        return layer if np.array_equal(session.stack[layer].labels, labels) else None

    def _draw_all(self) -> None:
        self._worker.drop(Priority.TILE)
        self._to_draw = list(self.looks)
        for look in self.looks:
            self.drawn.emit(look.name, None)
        self._wait()

    def _wait(self) -> None:
        if self._is_seen and self._to_draw and self._workspace.target is not None:
            self._idle.start()

    def _draw_next(self) -> None:
        target = self._workspace.target
        if target is None or not self._is_seen or not self._to_draw or self._is_asked:
            return
        look = self._to_draw[0]
        work = partial(
            draw_look,
            target=target,
            choice=self._workspace.style.choice,
            edit=look.edit,
            should_continue=lambda: not self._worker.has_higher_priority(Priority.TILE),
        )
        arrived, failed = partial(self._arrived, target, look), partial(self._failed, look)
        self._is_asked = True
        self._worker.submit(Priority.TILE, work, arrived, failed, partial(self._ended, look))

    def _arrived(self, target: object, look: Look, pixels: object) -> None:
        if target is self._workspace.target and look in self._to_draw:
            self._to_draw.remove(look)
            self.drawn.emit(look.name, pixels)

    def _failed(self, look: Look, _problem: object) -> None:
        if look in self._to_draw:
            self._to_draw.remove(look)  # the others may be possible

    def _ended(self, look: Look) -> None:
        self._is_asked = False
        if look in self._to_draw:  # it was dropped, or gave way to what somebody waits for
            self._wait()
        elif not self._idle.isActive():  # else the hand is at work again
            self._draw_next()
