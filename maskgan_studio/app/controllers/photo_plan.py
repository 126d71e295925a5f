"""What is known of a photo that is to be opened."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from maskgan_studio.app.common.pipeline import AnyPipeline
from maskgan_studio.app.files.photo_file import read_photo
from maskgan_studio.engine.target import Target
from maskgan_studio.photo.detection import Face
from maskgan_studio.photo.face_alignment import Alignment
from maskgan_studio.photo.loading import Photo


@dataclass(frozen=True)
class PhotoPlan:
    """What to open together: a photo, then masks laid over it.

    Attributes:
        photo: its file, or its name where it is read already.
        masks: files of masks to lay over it.
        aligned, face, alignment: see ``Pipeline.prepare``.
        loaded: the photo and the bytes of its file, where it was read before.
        faces: those found in it, where somebody looked before.
        left_out: how many other files were asked for at once.
    """

    photo: Path
    masks: tuple[Path, ...] = ()
    aligned: bool = False
    face: int | None = None
    alignment: Alignment | None = None
    loaded: tuple[Photo, bytes] | None = None
    faces: tuple[Face, ...] | None = None
    left_out: int = 0


def prepare_photo(plan: PhotoPlan, pipeline: AnyPipeline) -> tuple[Target, bytes]:
    """Read the photo and find its face and mask; runs on the worker's thread."""
    photo, data = plan.loaded or read_photo(plan.photo)
    target = pipeline.prepare(photo, aligned=plan.aligned, face=plan.face, alignment=plan.alignment, faces=plan.faces)
    return target, data
