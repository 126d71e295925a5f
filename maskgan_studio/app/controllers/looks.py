"""Expressions in the window: applied, saved, loaded, and previewed on the open face in idle time."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from maskgan_studio.app.common.messages import Reporter
from maskgan_studio.app.rendering.jobs import Priority
from maskgan_studio.app.rendering.look_tile import draw_look
from maskgan_studio.app.rendering.worker import PipelineThread
from maskgan_studio.app.state.workspace import Workspace
from maskgan_studio.document.face_edit import load_preset, save_preset
from maskgan_studio.document.looks import LOOKS, Look, list_own_looks
from maskgan_studio.errors import Translatable

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
        self._is_seen = False
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
        self._reporter.attempt(session.face.set_edit, step, edit, ("look", drag))

    def save(self, path: Path) -> None:
        """Save sliders and colours as a preset; raises ProjectError."""
        session = self._workspace.session
        if session is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            save_preset(path, session.face.setting.edit)
            self.refresh()

    def load(self, path: Path) -> None:
        """Set sliders and colours of a preset's file; raises EditError or ProjectError."""
        session = self._workspace.session
        edit = load_preset(path)
        if session is not None:
            step = Translatable("Expression: {look}", {"look": path.stem})
            session.face.set_edit(step, session.face.setting.edit.then(edit))

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
        if target is None or not self._is_seen or not self._to_draw:
            return
        look = self._to_draw[0]
        work = partial(draw_look, target=target, choice=self._workspace.style.choice, edit=look.edit)
        self._worker.submit(Priority.TILE, work, partial(self._arrived, target, look), lambda _problem: None)

    def _arrived(self, target: object, look: Look, pixels: object) -> None:
        if target is not self._workspace.target or look not in self._to_draw:
            return
        self._to_draw.remove(look)
        self.drawn.emit(look.name, pixels)
        self._draw_next()
