"""The same edit on many photos, in the background: one after the other, while the window goes on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from maskgan_studio.app.common.i18n import translate_message
from maskgan_studio.app.common.pipeline import AnyPipeline
from maskgan_studio.app.rendering.jobs import Job, Priority
from maskgan_studio.app.rendering.worker import PipelineThread
from maskgan_studio.app.state.workspace import Workspace
from maskgan_studio.document.face_edit import FaceEdit
from maskgan_studio.document.looks import Look
from maskgan_studio.document.operations.painted_presets import capture_painted
from maskgan_studio.document.session import Session
from maskgan_studio.engine.repeated_edit import RepeatedEdit
from maskgan_studio.errors import EditError, StudioError
from maskgan_studio.outputs import check_outputs
from maskgan_studio.photo.files.formats import WRITABLE
from maskgan_studio.photo.files.listing import list_images
from maskgan_studio.photo.files.loading import load_photo
from maskgan_studio.photo.files.saving import save_photo


@dataclass(eq=False)
class _Run:
    """One batch."""

    edit: RepeatedEdit
    files: list[tuple[Path, Path]]
    folder: Path
    marks: bool
    position: int = 0
    failed: int = 0
    job: Job[AnyPipeline, None] | None = None


class Batch(QObject):
    """Does the document's edit, or an expression, to photos of a folder.

    Signals: ``progressed`` (photos done, of how many, name of the one at work), ``photo_failed`` (its name, why),
    ``ended`` (folder of the results, how many were written, how many failed).
    """

    progressed = Signal(int, int, str)
    photo_failed = Signal(str, str)
    ended = Signal(object, int, int)

    def __init__(
        self,
        workspace: Workspace,
        worker: PipelineThread,
        looks: Callable[[], Sequence[Look]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._workspace, self._worker, self._looks = workspace, worker, looks
        self._run: _Run | None = None

    @property
    def running(self) -> bool:
        """Whether a batch is in progress."""
        return self._run is not None

    def start(self, paths: Sequence[Path], look: str, marks: bool = True) -> None:
        """Begin; nothing happens while another batch is in progress.

        Args:
            paths: photos, and folders of them.
            look: name of an expression or preset; nothing for the open document's edit.
            marks: say in the results' metadata that a model took part.

        Raises:
            EditError: there is no photo among the files, or no edit to do.
            OutputError: two results would be one file.
            StudioError: a folder cannot be read or made.
        """
        if self._run is not None:
            return
        edit = self._edit(look)
        photos = _list_photos(paths)
        if not photos:
            raise EditError("There is no photo among these files; drop a folder of portraits.")
        first = paths[0]
        folder = _free_folder(first if first.is_dir() else first.parent)
        files = [(photo, folder / _result_name(photo)) for photo in photos]
        check_outputs([result for _, result in files], photos)
        try:
            folder.mkdir(parents=True)
        except OSError as error:
            raise StudioError(
                "The folder “{name}” for the results cannot be made ({reason}).",
                name=folder.name,
                reason=error.strerror,
            ) from error
        self._run = _Run(edit, files, folder, marks)
        self._next()

    def cancel(self) -> None:
        """Stop after the photo that is at work; what is written stays."""
        run = self._run
        if run is not None:
            if run.job is not None:
                run.job.cancel()
            self._worker.drop(Priority.BATCH)
            self._end(run)

    def _edit(self, look: str) -> RepeatedEdit:
        if look:
            chosen = next((one for one in self._looks() if one.name == look), None)
            if chosen is not None:
                return RepeatedEdit((chosen.edit,))
        session, styles = self._workspace.session, self._workspace.style.choice.parts
        edits = [] if session is None else _edits_of(session)
        if not edits and not styles:
            raise EditError("The open document has no edit that could be done to other photos; edit its face first.")
        return RepeatedEdit(tuple(edits), styles)

    def _next(self) -> None:
        run = self._run
        if run is None:
            return
        if run.position >= len(run.files):
            self._end(run)
            return
        photo, result = run.files[run.position]
        self.progressed.emit(run.position, len(run.files), photo.name)
        work = partial(_edit_photo, run.edit, photo, result, run.marks)
        run.job = self._worker.submit(
            Priority.BATCH, work, lambda _nothing: self._done(run, None), partial(self._done, run)
        )

    def _done(self, run: _Run, problem: StudioError | None) -> None:
        if run is not self._run:
            return
        if problem is not None:
            run.failed += 1
            self.photo_failed.emit(run.files[run.position][0].name, translate_message(problem))
        run.position += 1
        self._next()

    def _end(self, run: _Run) -> None:
        self._run = None
        self.ended.emit(run.folder, run.position - run.failed, run.failed)


def _edits_of(session: Session) -> list[FaceEdit]:
    """What the document does to its photo: sliders and colours of all layers, then what is painted."""
    layers = [layer for layer in session.stack.layers if layer.face is not None and layer.visible]
    edits = [layer.face.edit.with_strength(layer.opacity) for layer in layers if layer.face is not None]
    edits = [edit for edit in edits if not edit.is_empty]
    try:
        painted = capture_painted(session.stack)
    except EditError:
        return edits
    return [*edits, replace(FaceEdit(), painted=painted)]


def _edit_photo(edit: RepeatedEdit, photo: Path, result: Path, marks: bool, pipeline: AnyPipeline) -> None:
    """Read, edit and write one photo; on the worker's thread."""
    target = pipeline.prepare(load_photo(photo))
    save_photo(result, edit.do(pipeline, target), target.photo, mark_as_ai=marks)


def _list_photos(paths: Sequence[Path]) -> list[Path]:
    photos: list[Path] = []
    for path in paths:
        try:
            photos += list_images(path).images if path.is_dir() else [path]
        except OSError as error:
            raise StudioError(
                "The folder “{name}” cannot be read ({reason}).", name=path.name, reason=error.strerror or error
            ) from error
    return photos


def _free_folder(folder: Path) -> Path:
    """A folder for results that is not there yet, beside the photos' own."""
    base = folder.with_name(f"{folder.name or 'photos'} edited")
    candidates = (base, *(base.with_name(f"{base.name} {number}") for number in range(2, 10_000)))
    return next(candidate for candidate in candidates if not candidate.exists())


def _result_name(photo: Path) -> str:
    """In the photo's own format, where it can be written."""
    return photo.name if photo.suffix.lower() in WRITABLE else f"{photo.stem}.png"
