"""What the batch commands do for one photo. Jobs travel to other processes, so they are data."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from maskgan_studio.batch import PhotoJob
from maskgan_studio.cli.worker import Worker


@dataclass(frozen=True)
class ParseJob(PhotoJob):
    """The mask of one photo, and the crop beside it."""

    photo: Path
    output: Path

    @property
    def results(self) -> tuple[Path, ...]:
        return self.output.with_suffix(".crop.png"), self.output

    def run(self, worker: Worker) -> None:
        """Find the face and write both."""
        from maskgan_studio.photo.files.saving import save_photo
        from maskgan_studio.photo.masks.mask_files import save_mask

        target = worker.prepare(self.photo)
        crop, mask = self.results
        save_photo(crop, target.crop)
        save_mask(mask, target.mask)


@dataclass(frozen=True)
class RenderJob(PhotoJob):
    """One image after a mask: the photo, its edited mask, its own mask where one is given, and where it goes."""

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

    def run(self, worker: Worker) -> None:
        """Render and write."""
        mask = worker.mask(self.mask)
        target = worker.prepare(self.photo, self.target_mask)
        worker.check_order(self.mask, mask, target, parsed=self.target_mask is None)
        worker.write(self.output, *worker.edit_face(target, mask))


@dataclass(frozen=True)
class EditJob(PhotoJob):
    """One photo with what was painted in a project."""

    photo: Path
    project: Path
    output: Path

    @property
    def sources(self) -> tuple[Path, ...]:
        return self.photo, self.project

    def run(self, worker: Worker) -> None:
        """Carry the edit over, render and write."""
        from maskgan_studio.document.operations.edit_transfer import transfer_edit

        base, edited = worker.edit(self.project)
        target, own = worker.edit_face(worker.prepare(self.photo))
        worker.write(self.output, target, transfer_edit(base, edited, own))


@dataclass(frozen=True)
class FaceJob(PhotoJob):
    """One photo with its face edited by sliders alone."""

    photo: Path
    presets: tuple[Path, ...]
    output: Path

    @property
    def sources(self) -> tuple[Path, ...]:
        return self.photo, *self.presets

    def run(self, worker: Worker) -> None:
        """Edit the face and write."""
        worker.write(self.output, *worker.edit_face(worker.prepare(self.photo)))
