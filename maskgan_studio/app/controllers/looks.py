"""Expressions in the window: applied, saved, loaded, and previewed on the open face in idle time."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
from PySide6.QtCore import QFile, QObject, Signal

from maskgan_studio.app.common.i18n import tr
from maskgan_studio.app.common.messages import Reporter
from maskgan_studio.app.controllers.tiles import Tiles
from maskgan_studio.app.rendering.look_tile import draw_look
from maskgan_studio.app.state.workspace import Workspace
from maskgan_studio.document.changes import Title
from maskgan_studio.document.face_edit import FaceEdit, load_preset, save_preset
from maskgan_studio.document.looks import LOOKS, Look, list_own_looks
from maskgan_studio.document.operations.painted_presets import capture_painted, do_painted
from maskgan_studio.document.operations.part_transfer import GROUPS
from maskgan_studio.document.session import Session
from maskgan_studio.errors import ProjectError, Translatable
from maskgan_studio.labels import UNSET

_TILES = "looks"


class Looks(QObject):
    """The program's expressions and the user's own.

    Signals: ``listed`` (list of ``Look``), ``loaded`` (name of one that is listed and wanted now), ``drawn`` (name,
    uint8 (h, w, 3) or None for nothing).
    """

    listed = Signal(list)
    loaded = Signal(str)
    drawn = Signal(str, object)

    def __init__(
        self,
        workspace: Workspace,
        tiles: Tiles,
        reporter: Reporter,
        folder: Path,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._workspace, self._tiles, self._reporter, self._folder = workspace, tiles, reporter, folder
        # The layer that what was painted in a preset went to last, and its labels.
        self._laid: tuple[Session, str, int, np.ndarray] | None = None
        self.looks: list[Look] = []
        # Those from files that lie elsewhere, by name.
        self._loaded: dict[str, Look] = {}
        tiles.drawn.connect(self._show_drawn)

    @property
    def folder(self) -> Path:
        """Where own presets are; it is made when it is asked for, since a dialog begins elsewhere without it."""
        with contextlib.suppress(OSError):  # saving says what is wrong with it
            self._folder.mkdir(parents=True, exist_ok=True)
        return self._folder

    def refresh(self) -> None:
        """List what there is."""
        self.looks = [*LOOKS, *list_own_looks(self._folder), *self._loaded.values()]
        self.listed.emit(self.looks)
        self._tiles.offer(_TILES, {look.name: partial(draw_look, edit=look.edit) for look in self.looks})

    def set_seen(self, seen: bool) -> None:
        """Previews are drawn while they are visible."""
        self._tiles.set_seen(_TILES, seen)

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
        """List a preset's file beside those of the folder, and want it; raises EditError or ProjectError."""
        edit, path = load_preset(path), path.resolve()
        own = next((look for look in self.looks if look.file is not None and look.file.resolve() == path), None)
        if own is None or own.name in self._loaded:
            own = self._loaded[str(path)] = Look(str(path), path.stem, edit, path)
        self.refresh()  # a file that lies there may have been written anew
        self.loaded.emit(own.name)

    def remove(self, name: str) -> None:
        """Put an own preset's file into the trash; of one that lies elsewhere only the tile goes. Raises ProjectError
        where that cannot be done."""
        look = next((look for look in self.looks if look.name == name and look.file is not None), None)
        if look is None or look.file is None:
            return
        if self._loaded.pop(name, None) is None and look.file.exists():
            if not QFile.moveToTrash(str(look.file)):
                raise ProjectError("“{name}” could not be moved to the trash: remove the file by hand.", name=look.file)
            self._reporter.notified.emit(tr("“{name}” is in the trash.", name=look.file.name))
        self.refresh()

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

    def _show_drawn(self, group: str, name: str, pixels: object) -> None:
        if group == _TILES:
            self.drawn.emit(name, pixels)
