"""Opening and saving: files and drops on one side, the workspace on the other, no widgets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, Signal

from maskgan_studio.app.common.i18n import tr, translate_message
from maskgan_studio.app.common.messages import Message, Reporter
from maskgan_studio.app.common.settings import Settings
from maskgan_studio.app.controllers.faces import FaceController, make_session
from maskgan_studio.app.controllers.mask_opening import MaskOpening
from maskgan_studio.app.controllers.opened_notice import describe_opened, list_ways_out, make_notice
from maskgan_studio.app.controllers.opening import Opening
from maskgan_studio.app.controllers.parse_doubts import ParseDoubts
from maskgan_studio.app.controllers.photo_plan import PhotoPlan, prepare_photo, read_with_preview
from maskgan_studio.app.files.file_kinds import PROJECT_SUFFIX, detect_file_kind, shows_class_colors
from maskgan_studio.app.files.photo_file import encode_png
from maskgan_studio.app.files.project_file import Opened, open_project
from maskgan_studio.app.rendering.jobs import Priority
from maskgan_studio.app.rendering.worker import FileThread, PipelineThread
from maskgan_studio.app.state.activities import Activities
from maskgan_studio.app.state.style import StyleChoice
from maskgan_studio.app.state.workspace import Workspace
from maskgan_studio.document.face_group import Stamp
from maskgan_studio.document.storage.file_stamp import read_stamp
from maskgan_studio.document.storage.session_saving import prepare_saving
from maskgan_studio.engine.target import Target
from maskgan_studio.errors import NoFaceError, StudioError
from maskgan_studio.photo.files.loading import Photo


class DocumentController(QObject):
    """Opens photos, masks and projects into the workspace, and saves them.

    Whatever fails leaves the open document as it was.

    Args:
        workspace, worker, files, activities, reporter: the editor's.
        settings: keeps the list of recent files.
        settle: see ``Opening``.
        is_drawing: whether the hand is at work on the canvas.
    """

    weights_dropped = Signal(Path)
    #: A photo (pixels, made small enough for a screen) was read; its face is looked for next.
    photo_read = Signal(object)

    def __init__(
        self,
        workspace: Workspace,
        worker: PipelineThread,
        files: FileThread,
        activities: Activities,
        reporter: Reporter,
        settings: Settings,
        settle: Callable[[Callable[[], None], Callable[[], None]], None],
        is_drawing: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._workspace, self._worker, self._files, self._settings = workspace, worker, files, settings
        self._activities, self._reporter, self._settle = activities, reporter, settle
        self.doubts = ParseDoubts(workspace, self)
        self.opening = Opening(activities, settle, is_drawing, self)
        self._masks = MaskOpening(workspace, reporter, settings)
        self.faces = FaceController(
            workspace,
            worker,
            self.opening,
            self._open_photo,
            lambda plan, target: self._tell_opened(plan.photo, 0, target),
            self._photo_failed,
            self,
        )
        self._saves = 0
        self._after_saving: list[Callable[[], None]] = []

    @property
    def is_saving(self) -> bool:
        """Whether a project is being written."""
        return self._saves > 0

    def after_saving(self, call: Callable[[], None]) -> None:
        """Call once when no project is being written any more."""
        self._after_saving.append(call)

    def open(self, paths: Sequence[Path]) -> None:
        """Open what was dropped or chosen: a project, or a photo with masks, or masks onto the open photo."""
        kinds: dict[str, list[Path]] = {"project": [], "photo": [], "mask": [], "weights": []}
        for path in paths:
            kinds[detect_file_kind(path)].append(path)
        for folder in kinds["weights"]:
            self.weights_dropped.emit(folder)
        left_out = max(0, len(kinds["project"]) + len(kinds["photo"]) - 1)
        if kinds["project"]:
            self.open_project(kinds["project"][0], left_out)
        elif kinds["photo"]:
            self._open_photo(PhotoPlan(kinds["photo"][0], tuple(kinds["mask"]), left_out=left_out))
        else:
            for mask in kinds["mask"]:
                self.open_mask(mask)

    def open_pixels(self, name: str, pixels: np.ndarray) -> None:
        """Open a picture uint8 (H, W, 3) that was never a file, such as the clipboard's: a mask in class colours, or a
        photo, which is kept in the project like any other."""
        if shows_class_colors(pixels):
            self.opening.cancel()
            self._masks.open(Path(name), data=encode_png(pixels))
        else:
            self._open_photo(PhotoPlan(Path(name), pixels=pixels))

    def open_mask(self, path: Path) -> None:
        """Lay a mask over the open photo as a new layer, or open it alone."""
        self.opening.cancel()
        self._masks.open(path)

    def open_project(self, path: Path, left_out: int = 0) -> None:
        """Open an OpenRaster project."""

        def arrived(opened: Opened) -> None:
            self.show_opened(opened)
            self._settings.add_recent(path)
            self._tell_opened(path, left_out)

        self.load_document(path.name, partial(open_project, path), arrived)

    def load_document(self, name: str, read: Callable[[], Opened], arrived: Callable[[Opened], None]) -> None:
        """Read a document beside the window's thread, and hand it over once it may take the open one's place.

        Args:
            name: names it while it is read.
            read: raises StudioError where it cannot be read.
            arrived: calls ``show_opened``.
        """
        text = tr("Opening “{name}”…", name=name)
        self.opening.begin(self._files, text, lambda _nothing: read(), arrived, self._reporter.report)

    def show_opened(self, opened: Opened) -> None:
        """Make a document that was read the open one."""
        self._workspace.open(opened.session, opened.target, opened.style, opened.others)
        if opened.notice is not None:
            self._reporter.show(Message(translate_message(opened.notice), notice=True))
        for problem in opened.damaged:
            self._reporter.report(problem)

    def close(self) -> None:
        """Go back to the empty window, unless unsaved work is to be kept; what is being opened is given up."""

        def proceed() -> None:
            self.opening.cancel()
            self.faces.forget_placing()
            self._workspace.open(None, None)

        self._settle(proceed, lambda: None)

    def save(self, path: Path, then: Callable[[bool], None] = lambda _saved: None) -> None:
        """Save the open document as a project.

        Args:
            path: of the file; another suffix gives way to the project's own.
            then: called with whether it is saved.
        """
        session = self._workspace.session
        if session is None:
            then(False)
            return
        path = path if path.suffix.lower() == PROJECT_SUFFIX else path.with_suffix(PROJECT_SUFFIX)
        session.finish_edit()
        document = session.group
        write_project, state = prepare_saving(document), document.state
        activity = self._activities.begin(tr("Saving “{name}”…", name=path.name))
        self._saves += 1

        def write(_nothing: None) -> Stamp | None:
            write_project(path)
            return read_stamp(path)

        def saved(stamp: Stamp | None) -> None:
            document.mark_saved(path, state, stamp)
            self._settings.add_recent(path)
            then(True)

        def failed(problem: StudioError) -> None:
            self._reporter.report(problem)
            then(False)

        def ended() -> None:
            activity.end()
            self._saves -= 1
            if not self._saves:
                waiting, self._after_saving = self._after_saving, []
                for call in waiting:
                    call()

        self._files.submit(Priority.SAVE, write, saved, failed, ended)

    def _open_photo(self, plan: PhotoPlan) -> None:
        """Read a photo, so that it is seen at once, and look for its face then."""
        if plan.loaded is not None:
            self._find_face(plan)
            return

        def arrived(read: tuple[tuple[Photo, bytes], np.ndarray]) -> None:
            self._find_face(replace(plan, loaded=read[0]))
            self.photo_read.emit(read[1])

        self.opening.begin(
            self._files,
            tr("Opening “{name}”…", name=plan.photo.name),
            lambda _nothing: read_with_preview(plan),
            arrived,
            partial(self._photo_failed, plan),
            replaces=False,
        )

    def _find_face(self, plan: PhotoPlan) -> None:
        self.opening.begin(
            self._worker,
            tr("Looking for the face in “{name}”…", name=plan.photo.name),
            partial(prepare_photo, plan),
            partial(self._photo_opened, plan),
            partial(self._photo_failed, plan),
        )

    def _photo_opened(self, plan: PhotoPlan, prepared: tuple[Target, bytes]) -> None:
        target = prepared[0]
        self._workspace.open(make_session(plan, *prepared), target)
        if target.photo.path is not None:  # else it came out of a project
            self._settings.add_recent(plan.photo)
        said = self._tell_opened(plan.photo, plan.left_out, target)
        for mask in plan.masks:
            self._masks.open(mask, said=said)

    def _photo_failed(self, plan: PhotoPlan, problem: StudioError) -> None:
        if isinstance(problem, NoFaceError):
            message = tr(
                "No face was found in “{name}”; show where it is, or choose another photo.", name=plan.photo.name
            )
            self._reporter.show(Message(message, tr("Place the face by hand"), partial(self.faces.ask_place, plan)))
        else:
            self._reporter.report(problem)

    def _tell_opened(self, path: Path, left_out: int, target: Target | None = None) -> list[str]:
        """Say in one message what ``describe_opened`` says, with what can be done about it."""
        style = self._workspace.style
        is_restyled = style.choice.is_restyled or bool(style.choice.parts)
        sentences = describe_opened(path, left_out, target, is_restyled)
        ways = list_ways_out(
            target,
            self.faces.place,
            partial(self.faces.set_frame_width, True),
            self.doubts.choices(target),
            partial(style.restore, StyleChoice()) if is_restyled else None,
        )
        if sentences:
            self._reporter.show(make_notice(sentences, ways))
        return sentences
