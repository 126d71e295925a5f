"""What the batch commands do for one photo, and what they need to know to do it in any process."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from maskgan_studio.cli.console import say
from maskgan_studio.errors import StudioError, Translatable
from maskgan_studio.tables import read_table

if TYPE_CHECKING:
    import numpy as np

    from maskgan_studio.document.face_edit import FaceEdit
    from maskgan_studio.engine import Pipeline, Target
    from maskgan_studio.engine.fit import Fit
    from maskgan_studio.engine.renderer import Style

_SECONDS_BETWEEN_LINES = 5.0
_NAMED = 5


@dataclass(frozen=True)
class Setting:
    """How photos are looked at and rendered; calling it makes a worker.

    Attributes:
        weights, device: see ``engine.Pipeline``.
        aligned: the photos are CelebA-HQ-style crops.
        face: which face of a photo, counted from 0, the best first.
        network_output: write the bare picture.
        label_order, foreign_colors, soft_edges: see ``photo.masks.MaskRules``.
        fit: fit to each photo first, in this mode; None renders in the style as it is read.
        face_edit: what is done to each face before anything else; None leaves it alone.
    """

    weights: str
    device: str
    aligned: bool = False
    face: int = 0
    network_output: bool = False
    label_order: str | None = None
    foreign_colors: str = "refuse"
    soft_edges: str = "refuse"
    fit: str | None = None
    face_edit: FaceEdit | None = None

    def __call__(self) -> Callable[[ParseJob | RenderJob | EditJob | FaceJob], None]:
        """Build the networks, and the function that does jobs with them."""
        from maskgan_studio.engine import Pipeline

        worker = _Worker(self, Pipeline(self.weights, self.device))
        return lambda job: job.run(worker)


@dataclass(frozen=True)
class ParseJob:
    """The mask and the crop of one photo."""

    photo: Path
    folder: Path

    @property
    def about(self) -> Path:
        return self.photo

    @property
    def sources(self) -> tuple[Path, ...]:
        return (self.photo,)

    @property
    def results(self) -> tuple[Path, ...]:
        return self.folder / f"{self.photo.stem}.crop.png", self.folder / f"{self.photo.stem}.png"

    def run(self, worker: _Worker) -> None:
        """Find the face and write both."""
        from maskgan_studio.photo.masks import save_mask
        from maskgan_studio.photo.saving import save_photo

        target = worker.prepare(self.photo)
        crop, mask = self.results
        save_photo(crop, target.crop)
        save_mask(mask, target.mask)


@dataclass(frozen=True)
class RenderJob:
    """One picture after a mask: the photo, its edited mask, its own mask where one is given, and where it goes."""

    photo: Path
    mask: Path
    target_mask: Path | None
    output: Path

    @property
    def about(self) -> Path:
        return self.output

    @property
    def sources(self) -> tuple[Path, ...]:
        return (self.photo, self.mask, *([self.target_mask] if self.target_mask else []))

    @property
    def results(self) -> tuple[Path, ...]:
        return (self.output,)

    def run(self, worker: _Worker) -> None:
        """Render and write."""
        mask = worker.mask(self.mask)
        target = worker.prepare(self.photo, self.target_mask)
        worker.check_order(self.mask, mask, target, parsed=self.target_mask is None)
        worker.write(self.output, *worker.edit_face(target, mask))


@dataclass(frozen=True)
class EditJob:
    """One photo with what was painted in a project."""

    photo: Path
    project: Path
    output: Path

    @property
    def about(self) -> Path:
        return self.photo

    @property
    def sources(self) -> tuple[Path, ...]:
        return self.photo, self.project

    @property
    def results(self) -> tuple[Path, ...]:
        return (self.output,)

    def run(self, worker: _Worker) -> None:
        """Carry the edit over, render and write."""
        from maskgan_studio.document.operations.edit_transfer import transfer_edit

        base, edited = worker.edit(self.project)
        target, own = worker.edit_face(worker.prepare(self.photo))
        worker.write(self.output, target, transfer_edit(base, edited, own))


@dataclass(frozen=True)
class FaceJob:
    """One photo with its face edited by sliders alone."""

    photo: Path
    presets: tuple[Path, ...]
    output: Path

    @property
    def about(self) -> Path:
        return self.photo

    @property
    def sources(self) -> tuple[Path, ...]:
        return self.photo, *self.presets

    @property
    def results(self) -> tuple[Path, ...]:
        return (self.output,)

    def run(self, worker: _Worker) -> None:
        """Edit the face and write."""
        worker.write(self.output, *worker.edit_face(worker.prepare(self.photo)))


class _Worker:
    """Does jobs one after the other; a photo that comes again at once is not prepared again."""

    def __init__(self, setting: Setting, pipeline: Pipeline) -> None:
        self._setting, self._pipeline = setting, pipeline
        self._last: tuple[tuple[Path, Path | None], Target] | None = None
        self._edit: tuple[Path, np.ndarray, np.ndarray] | None = None
        self._fit: Fit | None = None

    def prepare(self, photo: Path, target_mask: Path | None = None) -> Target:
        from maskgan_studio.photo.loading import load_photo

        key = (photo, target_mask)
        if self._last is None or self._last[0] != key:
            mask = self.mask(target_mask) if target_mask else None
            aligned, face = self._setting.aligned, self._setting.face
            loaded = load_photo(photo)
            if loaded.notice is not None:
                say(f"{photo}: {loaded.notice}")
            target = self._pipeline.prepare(loaded, aligned=aligned, face=face, mask=mask)
            if target_mask is not None:
                self.check_order(target_mask, target.mask, target, parsed=False)
            self._last = (key, target)
        return self._last[1]

    def mask(self, path: Path) -> np.ndarray:
        """Read a mask by the rules, and say what was decided on the way."""
        from maskgan_studio.photo.masks import load_mask

        rules, notices = self._setting, list[Translatable]()
        labels = load_mask(
            path, order=rules.label_order, foreign=rules.foreign_colors, soft=rules.soft_edges, notices=notices
        )
        for notice in notices:
            say(f"{path}: {notice}")
        return labels

    def check_order(self, path: Path, labels: np.ndarray, target: Target, parsed: bool) -> None:
        """Refuse a mask of few parts that fits the photo only in the other order of labels.

        Args:
            path: its file.
            labels: the mask as read.
            target: its photo.
            parsed: the target's mask is what the parser has found.

        Raises:
            LabelOrderError: no order was named, and only the other one fits.
        """
        from maskgan_studio.photo.label_order import is_doubtful, order_by_photo
        from maskgan_studio.photo.masks import label_order_error

        if self._setting.label_order is not None or not is_doubtful(labels):
            return
        found = target.mask if parsed else self._pipeline.parse(target.crop)
        if order_by_photo(labels, found) == "zllrunning":
            raise label_order_error(path.name, labels)

    def edit(self, project: Path) -> tuple[np.ndarray, np.ndarray]:
        """A project's own mask and its edited one."""
        from maskgan_studio.document.session import Session
        from maskgan_studio.document.storage.openraster import load_project
        from maskgan_studio.photo.frame import CROP_SIZE

        if self._edit is None or self._edit[0] != project:
            loaded = load_project(project, CROP_SIZE)
            if loaded.notice is not None:
                say(f"{project}: {loaded.notice}")
            session = Session(loaded)
            self._edit = (project, session.target_mask, session.source_mask)
        return self._edit[1:]

    def edit_face(self, target: Target, mask: np.ndarray | None = None) -> tuple[Target, np.ndarray]:
        """Move a face by the sliders that were set, and an edited mask (its own by default) along with it."""
        from maskgan_studio.document.deformation.labels import deform_labels
        from maskgan_studio.document.deformation.reshape import reshape_face
        from maskgan_studio.engine.face_edits import deform_target

        edit = self._setting.face_edit
        if edit is None or edit.is_empty:
            return target, target.mask if mask is None else mask
        deformation = reshape_face(target.mask, edit.values)
        edited = deform_target(target, deformation)
        return edited, edited.mask if mask is None else deform_labels(mask, deformation)

    def write(self, output: Path, target: Target, source_mask: np.ndarray) -> None:
        import numpy as np

        from maskgan_studio.photo.saving import save_photo

        if not self._setting.network_output and np.array_equal(source_mask, target.mask):
            save_photo(output, target.photo.pixels, target.photo)  # nothing to draw
            return
        style = self._style(target)
        result = self._pipeline.render(source_mask, style)
        if self._setting.network_output:
            save_photo(output, result)
        else:
            save_photo(output, self._pipeline.composite(target, source_mask, result, style), target.photo)

    def _style(self, target: Target) -> Style:
        if self._setting.fit is None:
            return self._pipeline.style(target)
        photographed = target.style_source or target
        if self._fit is None or self._fit.target_key != photographed.key:
            self._fit = self._pipeline.fit(photographed, self._setting.fit, _tell(target))
        assert self._fit is not None  # nobody stops it
        return self._pipeline.fitted(self._fit, target)


def _tell(target: Target) -> Callable[[float, float], bool]:
    """Say now and then how far the fit to a photo is."""
    last = time.monotonic()
    name = target.photo.path.name if target.photo.path else "the photo"

    def report(share: float, left: float) -> bool:
        nonlocal last
        if time.monotonic() - last >= _SECONDS_BETWEEN_LINES and math.isfinite(left):
            last = time.monotonic()
            say(f"Fitting to {name}: {100 * share:.0f} %, {left:.0f} s left")
        return True

    return report


def photos_in(paths: list[Path]) -> list[Path]:
    """Photos named one by one, and those in the folders among them, sorted.

    What copied folders are full of (``._x.jpg``, Thumbs.db, folders named like pictures) is passed over, and counted on
    stderr.

    Raises:
        StudioError: a folder cannot be read, or nothing is left.
    """
    from maskgan_studio.photo.listing import is_clutter, list_pictures

    photos: list[Path] = []
    passed_over: list[Path] = []
    for path in paths:
        if not path.is_dir():
            (passed_over if is_clutter(path) and len(paths) > 1 else photos).append(path)
            continue
        try:
            found = list_pictures(path)
        except OSError as error:
            message = "The folder {folder} cannot be read ({error})."
            raise StudioError(message, folder=path, error=error.strerror or error) from error
        if not found.pictures and len(paths) == 1:
            raise StudioError("The folder {folder} holds no photos.", folder=path)
        photos += found.pictures
        passed_over += found.passed_over if found.pictures else [path]
    if passed_over:
        say(f"{len(passed_over)} other files passed over: {', '.join(file.name for file in passed_over[:_NAMED])}")
    if not photos:
        raise StudioError("There are no photos in what was named; give photos, or folders of them.")
    return photos


def edit_jobs(project: Path, photos: list[Path], folder: Path) -> list[EditJob]:
    """One job per photo, under the photo's name in ``folder``."""
    return [EditJob(photo, project, folder / _result_name(photo)) for photo in photos]


def face_jobs(photos: list[Path], presets: tuple[Path, ...], output: Path) -> list[FaceJob]:
    """One job per photo: to ``output`` where that names a picture, else under the photo's name in that folder."""
    from maskgan_studio.photo.formats import WRITABLE

    if len(photos) == 1 and output.suffix.lower() in WRITABLE and not output.is_dir():
        return [FaceJob(photos[0], presets, output)]
    return [FaceJob(photo, presets, output / _result_name(photo)) for photo in photos]


def _result_name(photo: Path) -> str:
    """In the photo's own format, where it can be written."""
    from maskgan_studio.photo.formats import WRITABLE

    return photo.name if photo.suffix.lower() in WRITABLE else f"{photo.stem}.png"


def pair_jobs(table: Path, folder: Path) -> list[RenderJob]:
    """Read a table of pairs; raises StudioError where it is none."""
    jobs = []
    for row in read_table(table, ("photo", "mask"), "a table of pairs", optional=("target_mask", "name")):
        photo, mask, own = row["photo"], row["mask"], row["target_mask"]
        if not photo or not mask:
            raise StudioError("{table}, line {line}: photo and mask are both needed.", table=table, line=row.line)
        name = row["name"] or Path(photo).stem
        if Path(name).name != name or "\\" in name or "\0" in name:
            raise StudioError(
                "{table}, line {line}: the name {name} must not name a folder.",
                table=table,
                line=row.line,
                name=repr(name),
            )
        jobs.append(
            RenderJob(
                photo=_beside(table, photo),
                mask=_beside(table, mask),
                target_mask=_beside(table, own) if own else None,
                output=folder / f"{name}.png",
            )
        )
    return jobs


def _beside(table: Path, name: str) -> Path:
    """A path of the table: relative to the table's folder, or to the current one where it is only found there."""
    path = table.parent / name
    try:
        return Path(name) if not path.exists() and Path(name).exists() else path
    except (OSError, ValueError):  # no name that the system takes: whoever reads it says so
        return path
