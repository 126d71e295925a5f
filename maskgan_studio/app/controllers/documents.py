"""Opening and saving: files and drops on one side, the workspace on the other, no widgets."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from maskgan_studio.app.common.i18n import tr
from maskgan_studio.app.common.messages import Message
from maskgan_studio.app.common.settings import Settings
from maskgan_studio.app.files.file_kinds import PROJECT_SUFFIX, kind_of
from maskgan_studio.app.rendering.worker import Job, Worker
from maskgan_studio.app.state.workspace import Workspace
from maskgan_studio.document.project import Project, TargetImage
from maskgan_studio.document.session import Session
from maskgan_studio.document.storage.openraster import load_project, save_project
from maskgan_studio.engine.target import Target
from maskgan_studio.errors import NoFaceError, StudioError
from maskgan_studio.photo.face_alignment import CROP_SIZE, Alignment
from maskgan_studio.photo.loading import Photo, load_photo
from maskgan_studio.photo.masks import LabelOrderError, load_mask

if TYPE_CHECKING:
    from maskgan_studio.engine.pipeline import Pipeline


@dataclass(frozen=True)
class _Plan:
    """What to open together: a photo, then masks laid over it."""

    photo: Path
    masks: list[Path] = field(default_factory=list)
    aligned: bool = False
    face: int | None = None
    alignment: Alignment | None = None
    loaded: tuple[Photo, bytes] | None = None  # where it was read before


class DocumentController(QObject):
    """Opens photos, masks and projects into the workspace, and saves them.

    Whatever fails leaves the open document as it was.

    Args:
        workspace, worker: the window's.
        settings: keeps the list of recent files.
        may_replace: asked before a document with unsaved work is replaced; False keeps it.
    """

    #: A ``Message`` for the bar above the canvas.
    reported = Signal(object)
    #: One sentence about what is going on, empty when nothing is.
    busy_changed = Signal(str)
    recent_changed = Signal()
    weights_dropped = Signal(Path)
    #: A photo (pixels) waits for the person to say where its face is, from an alignment or None on.
    alignment_requested = Signal(object, object)

    def __init__(
        self,
        workspace: Workspace,
        worker: Worker,
        settings: Settings,
        may_replace: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._workspace, self._worker, self._settings = workspace, worker, settings
        self._may_replace = may_replace
        self._opening: Job | None = None
        self._placing: _Plan | None = None

    def open(self, paths: Sequence[Path]) -> None:
        """Open what was dropped or chosen: a project, or a photo with masks, or masks onto the open photo."""
        kinds: dict[str, list[Path]] = {"project": [], "photo": [], "mask": [], "weights": []}
        for path in paths:
            kinds[kind_of(path)].append(path)
        for folder in kinds["weights"]:
            self.weights_dropped.emit(folder)
        if kinds["project"]:
            self.open_project(kinds["project"][0])
        elif kinds["photo"]:
            self._open_photo(_Plan(kinds["photo"][0], kinds["mask"]))
        else:
            for mask in kinds["mask"]:
                self.open_mask(mask)

    def open_face(self, number: int) -> None:
        """Edit another face of the open photo, counted as ``find_faces`` does."""
        plan = self._plan_of_open_photo()
        if plan is not None:
            self._open_photo(replace(plan, face=number))

    def place_face(self) -> None:
        """Ask where the face of the open photo is."""
        plan, target = self._plan_of_open_photo(), self._workspace.target
        if plan is not None and target is not None:
            self._placing = plan
            self.alignment_requested.emit(target.photo.pixels, target.alignment)

    def placed(self, alignment: Alignment | None) -> None:
        """Open the photo that waits, with its face here; None takes the whole picture as the crop."""
        plan, self._placing = self._placing, None
        if plan is not None:
            self._open_photo(replace(plan, alignment=alignment, aligned=alignment is None))

    def _plan_of_open_photo(self) -> _Plan | None:
        target, session = self._workspace.target, self._workspace.session
        if target is None or session is None or session.target is None:
            return None
        return _Plan(Path(session.target.name), loaded=(target.photo, session.target.photo))

    def open_mask(self, path: Path, order: str | None = None) -> None:
        """Lay a mask over the open photo as a new layer, or open it alone."""
        session = self._workspace.session
        size = 512 if session is None else session.stack.shape[0]
        try:
            labels = load_mask(path, size, order=order)
            if session is None:
                self._workspace.open(Session.new(labels), None)
            else:
                session.layers.add(path.stem, labels)
        except LabelOrderError as problem:
            convert = partial(self.open_mask, path, "zllrunning")
            self.reported.emit(Message(str(problem), tr("Convert and open"), convert))
        except StudioError as problem:
            self.reported.emit(Message(str(problem)))
        else:
            self._remember(path)

    def open_project(self, path: Path) -> None:
        """Open an OpenRaster project."""
        if not self._may_replace():
            return
        try:
            project = load_project(path)
            target = target_of(project)
        except StudioError as problem:
            self.reported.emit(Message(str(problem)))
            return
        self._cancel_opening()
        self._workspace.open(Session(project, path), target)
        self._remember(path)
        if project.notice:
            self.reported.emit(Message(project.notice, notice=True))

    def save(self, path: Path) -> bool:
        """Save the open document as a project; returns whether it is saved."""
        session = self._workspace.session
        if session is None:
            return False
        path = path if path.suffix.lower() == PROJECT_SUFFIX else path.with_suffix(PROJECT_SUFFIX)
        session.finish_edit()
        try:
            save_project(path, session.project())
        except StudioError as problem:
            self.reported.emit(Message(str(problem)))
            return False
        session.mark_saved(path)
        self._remember(path)
        return True

    def _open_photo(self, plan: _Plan) -> None:
        if not self._may_replace():
            return
        self._cancel_opening()
        self.busy_changed.emit(tr("Looking for the face in “{name}”…", name=plan.photo.name))
        self._opening = self._worker.submit(
            "open", partial(_prepare, plan), partial(self._photo_opened, plan), partial(self._photo_failed, plan)
        )

    def _photo_opened(self, plan: _Plan, prepared: tuple[Target, bytes]) -> None:
        self.busy_changed.emit("")
        self._placing = None
        target, data = prepared
        image = TargetImage(data, plan.photo.name, json.loads(target.alignment.to_json()), target.crop)
        self._workspace.open(Session.new(target.mask, image), target)
        if plan.photo.is_file():  # else it came out of a project
            self._remember(plan.photo)
        for mask in plan.masks:
            self.open_mask(mask)

    def _photo_failed(self, plan: _Plan, problem: StudioError) -> None:
        self.busy_changed.emit("")
        if isinstance(problem, NoFaceError):
            message = tr(
                "No face was found in “{name}”; show where it is, or choose another photo.", name=plan.photo.name
            )
            self.reported.emit(Message(message, tr("Place the face by hand"), partial(self._load_for_placing, plan)))
        else:
            self.reported.emit(Message(str(problem)))

    def _load_for_placing(self, plan: _Plan) -> None:
        """Read a photo in which no face was found, for the person to show where it is."""

        def read(_pipeline: Pipeline) -> tuple[Photo, bytes]:
            return plan.loaded or (load_photo(plan.photo), plan.photo.read_bytes())

        def done(loaded: tuple[Photo, bytes]) -> None:
            self._placing = replace(plan, loaded=loaded)
            self.alignment_requested.emit(loaded[0].pixels, None)

        self._opening = self._worker.submit(
            "open", read, done, lambda problem: self.reported.emit(Message(str(problem)))
        )

    def _cancel_opening(self) -> None:
        if self._opening is not None:
            self._opening.cancel()
            self._opening = None

    def _remember(self, path: Path) -> None:
        self._settings.add_recent(path)
        self.recent_changed.emit()


def _prepare(plan: _Plan, pipeline: Pipeline) -> tuple[Target, bytes]:
    """Read the photo and find its face and mask; runs on the worker's thread."""
    photo, data = plan.loaded or (load_photo(plan.photo), plan.photo.read_bytes())
    return pipeline.prepare(photo, aligned=plan.aligned, face=plan.face, alignment=plan.alignment), data


def target_of(project: Project) -> Target | None:
    """Rebuild the target of a project from the photo inside it; raises StudioError when that photo is damaged."""
    image = project.target
    if image is None:
        return None
    # Through a file, because decoding looks at the name and the stream alike.
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / (Path(image.name).name or "photo")
        path.write_bytes(image.photo)
        photo = replace(load_photo(path), path=None)
    return Target(photo, alignment_of(image.alignment), image.crop, project.layers[0].labels.copy())


def alignment_of(values: dict[str, Any]) -> Alignment:
    """Read the alignment that a project keeps as JSON values; none when the photo is the crop itself."""
    return Alignment.from_json(json.dumps(values)) if values else Alignment.identity((CROP_SIZE, CROP_SIZE))
