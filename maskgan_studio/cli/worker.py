"""What a process of a batch does its jobs with: the pipeline, and how photos are looked at and rendered."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from maskgan_studio.cli.console import print_status
from maskgan_studio.errors import Translatable
from maskgan_studio.photo.alignment.frame_width import FrameWidth

if TYPE_CHECKING:
    import numpy as np

    from maskgan_studio.document.face_edit import FaceEdit
    from maskgan_studio.engine import Pipeline, Target
    from maskgan_studio.engine.fit import Fit
    from maskgan_studio.engine.renderer import Style
    from maskgan_studio.engine.requests import PartStyle

DOUBTFUL_FACE = (
    "it is doubtful whether a face was found: look at the result, and where it is wrong turn the photo, try --face 2, "
    "or place the face by hand in the editor."
)
_SECONDS_BETWEEN_LINES = 5.0


class Job(Protocol):
    """One result of a batch, which a worker makes."""

    def run(self, worker: Worker) -> None:
        """Make and write it."""


@dataclass(frozen=True)
class RenderSettings:
    """How photos are looked at and rendered; calling it makes a worker.

    Attributes:
        weights, device: see ``engine.Pipeline``.
        aligned: the photos are CelebA-HQ-style crops.
        face: which face of a photo, counted from 0, the best first; None for the best.
        network_output: write the bare picture.
        label_order, foreign_colors, soft_edges: see ``photo.masks.mask_files.MaskRules``.
        fit: fit to each photo first, in this mode; None renders in the style as it is read.
        face_edit: what is done to each face before anything else; None leaves it alone.
        frame: which frame the masks are in.
        part_styles: parts, and the photos whose style they take.
        removed: classes that are taken off each face at the end.
    """

    weights: str
    device: str
    aligned: bool = False
    face: int | None = None
    network_output: bool = False
    label_order: str | None = None
    foreign_colors: str = "refuse"
    soft_edges: str = "refuse"
    fit: str | None = None
    face_edit: FaceEdit | None = None
    frame: FrameWidth = FrameWidth.STANDARD
    part_styles: tuple[tuple[str, Path], ...] = ()
    removed: frozenset[int] = frozenset()

    def __call__(self) -> Callable[[Job], None]:
        """Build the networks, and the function that does jobs with them."""
        from maskgan_studio.engine import Pipeline

        worker = Worker(self, Pipeline(self.weights, self.device))
        return lambda job: job.run(worker)


class Worker:
    """Does jobs one after the other; a photo that comes again at once is not prepared again."""

    def __init__(self, settings: RenderSettings, pipeline: Pipeline) -> None:
        self._settings, self._pipeline = settings, pipeline
        self._last: tuple[tuple[Path, Path | None], Target] | None = None
        self._edit: tuple[Path, np.ndarray, np.ndarray] | None = None
        self._fit: Fit | None = None
        self._sources: tuple[PartStyle, ...] | None = None

    def prepare(self, photo: Path, target_mask: Path | None = None) -> Target:
        from maskgan_studio.photo.files.loading import load_photo

        key = (photo, target_mask)
        if self._last is None or self._last[0] != key:
            mask = self.mask(target_mask) if target_mask else None
            aligned, face = self._settings.aligned, self._settings.face
            loaded = load_photo(photo)
            if loaded.notice is not None:
                print_status(f"{photo}: {loaded.notice}")
            target = self._pipeline.prepare(loaded, aligned=aligned, face=face, mask=mask, frame=self._settings.frame)
            if target.is_doubtful:
                print_status(f"{photo}: {DOUBTFUL_FACE}")
            if target_mask is not None:
                self.check_order(target_mask, target.mask, target, parsed=False)
            self._last = (key, target)
        return self._last[1]

    def mask(self, path: Path) -> np.ndarray:
        """Read a mask by the rules, and print what was decided."""
        from maskgan_studio.photo.masks.mask_files import load_mask

        rules, notices = self._settings, list[Translatable]()
        labels = load_mask(
            path, order=rules.label_order, foreign=rules.foreign_colors, soft=rules.soft_edges, notices=notices
        )
        for notice in notices:
            print_status(f"{path}: {notice}")
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
        from maskgan_studio.photo.masks.label_order import is_doubtful, order_by_photo
        from maskgan_studio.photo.masks.mask_files import label_order_error

        if self._settings.label_order is not None or not is_doubtful(labels):
            return
        found = target.mask if parsed else self._pipeline.parse(target.crop)
        if order_by_photo(labels, found) == "zllrunning":
            raise label_order_error(path.name, labels)

    def edit(self, project: Path) -> tuple[np.ndarray, np.ndarray]:
        """A project's own mask and its edited one."""
        from maskgan_studio.document.session import Session
        from maskgan_studio.document.storage.openraster import load_project
        from maskgan_studio.photo.alignment.frame import CROP_SIZE

        if self._edit is None or self._edit[0] != project:
            loaded = load_project(project, CROP_SIZE)
            if loaded.notice is not None:
                print_status(f"{project}: {loaded.notice}")
            if loaded.others:
                print_status(f"{project} has several faces: what was done to the one edited last is carried over.")
            session = Session(loaded)
            self._edit = (project, session.target_mask, session.source_mask)
        return self._edit[1:]

    def edit_face(self, target: Target, mask: np.ndarray | None = None) -> tuple[Target, np.ndarray]:
        """Move a face by the sliders that were set, and an edited mask (its own by default) along with it.

        What is to be removed is missing from the mask.
        """
        from maskgan_studio.document.operations.removal import remove_from_mask

        moved, labels = self._move_face(target, target.mask if mask is None else mask)
        removed = self._settings.removed
        return moved, remove_from_mask(labels, removed) if removed else labels

    def _move_face(self, target: Target, mask: np.ndarray) -> tuple[Target, np.ndarray]:
        from maskgan_studio.document.deformation.labels import deform_labels
        from maskgan_studio.document.deformation.reshape import reshape_face
        from maskgan_studio.document.operations.painted_presets import do_painted
        from maskgan_studio.engine.face_edits import deform_target

        edit = self._settings.face_edit
        if edit is None or edit.is_empty:
            return target, mask
        deformation = reshape_face(target.mask, edit.values)
        edited = deform_target(target, deformation)
        labels = deform_labels(mask, deformation)
        return edited, labels if edit.painted is None else do_painted(edit.painted, labels)

    def write(self, output: Path, target: Target, source_mask: np.ndarray) -> None:
        import numpy as np

        from maskgan_studio.photo.files.saving import save_photo

        if not self._settings.network_output and np.array_equal(source_mask, target.mask):
            save_photo(output, self._finish(target.photo.pixels, target, source_mask), target.photo)  # nothing to draw
            return
        style = self._style(target)
        if self._settings.network_output:
            save_photo(output, self._pipeline.render(source_mask, style))
        else:
            result = self._pipeline.render_edit(target, source_mask, style)
            finished = self._pipeline.composite(target, source_mask, result, style)
            save_photo(output, self._finish(finished, target, source_mask), target.photo)

    def _finish(self, pixels: np.ndarray, target: Target, source_mask: np.ndarray) -> np.ndarray:
        """The finished image with the styles, the gaze and the colours that were set."""
        from maskgan_studio.engine.part_styles import lay_part_styles
        from maskgan_studio.photo.retouching.finishing import finish_photo

        pixels = lay_part_styles(self._pipeline, target, source_mask, pixels, self._part_styles())

        edit = self._settings.face_edit
        if edit is None:
            return pixels
        return finish_photo(pixels, target.alignment, source_mask, edit.gaze, edit.colors)

    def _part_styles(self) -> tuple[PartStyle, ...]:
        """The parts with the faces whose style they take, read at their first use."""
        if self._sources is None:
            from maskgan_studio.photo.files.loading import load_photo

            # A photo that gives its style to several parts is looked at once.
            photos = {path for _, path in self._settings.part_styles}
            faces = {path: self._pipeline.prepare(load_photo(path), aligned=self._settings.aligned) for path in photos}
            self._sources = tuple((part, faces[path]) for part, path in self._settings.part_styles)
        return self._sources

    def _style(self, target: Target) -> Style:
        if self._settings.fit is None:
            return self._pipeline.style(target)
        photographed = target.style_source or target
        if self._fit is None or self._fit.target_key != photographed.key:
            self._fit = self._pipeline.fit(photographed, self._settings.fit, _progress_reporter(target))
        assert self._fit is not None  # the progress callback never stops it
        return self._pipeline.load_fit(self._fit, target)


def _progress_reporter(target: Target) -> Callable[[float, float], bool]:
    """Make a callback that prints the progress of a fit now and then."""
    last = time.monotonic()
    name = target.photo.path.name if target.photo.path else "the photo"

    def report(share: float, left: float) -> bool:
        nonlocal last
        if time.monotonic() - last >= _SECONDS_BETWEEN_LINES and math.isfinite(left):
            last = time.monotonic()
            print_status(f"Fitting to {name}: {100 * share:.0f} %, {left:.0f} s left")
        return True

    return report
