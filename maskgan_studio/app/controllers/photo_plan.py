"""What is known of a photo that is to be opened."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from maskgan_studio.app.common.images import fit_size
from maskgan_studio.app.common.pipeline import AnyPipeline
from maskgan_studio.app.files.photo_file import photo_of_pixels, read_photo
from maskgan_studio.app.state.workspace import Workspace
from maskgan_studio.engine.target import Target
from maskgan_studio.photo.alignment.detection import Face
from maskgan_studio.photo.alignment.face_alignment import Alignment
from maskgan_studio.photo.files.loading import Photo

#: Longest side of a photo that is only looked at.
_SCREEN = 1600


@dataclass(frozen=True)
class PhotoPlan:
    """What to open together: a photo, then masks laid over it.

    Attributes:
        photo: its file, or its name where it is read already.
        masks: files of masks to lay over it.
        aligned, face, alignment: see ``Pipeline.prepare``.
        narrower: the same face in the usual frame, where a wider one is asked for.
        pixels: the photo's own, where it was never a file.
        loaded: the photo and the bytes of its file, where it was read before.
        faces: those found in it, where detection has run before.
        left_out: how many other files were asked for at once.
    """

    photo: Path
    masks: tuple[Path, ...] = ()
    aligned: bool = False
    face: int | None = None
    alignment: Alignment | None = None
    narrower: Target | None = None
    pixels: np.ndarray | None = None
    loaded: tuple[Photo, bytes] | None = None
    faces: tuple[Face, ...] | None = None
    left_out: int = 0

    def read(self) -> tuple[Photo, bytes]:
        """The photo and the bytes of its file; raises PhotoError. Not on the window's thread."""
        if self.pixels is not None:
            return photo_of_pixels(self.photo.name, self.pixels)
        return self.loaded or read_photo(self.photo)


def plan_again(workspace: Workspace) -> PhotoPlan | None:
    """How to open the open photo once more, without reading it; None where none is open."""
    target, session = workspace.target, workspace.session
    if target is None or session is None or session.target is None:
        return None
    name = target.photo.path or Path(session.target.name)
    return PhotoPlan(name, loaded=(target.photo, session.target.photo), faces=target.faces)


def read_with_preview(plan: PhotoPlan) -> tuple[tuple[Photo, bytes], np.ndarray]:
    """Read the photo, and make its pixels small enough for a screen; raises PhotoError. Not on the window's thread."""
    loaded = plan.read()
    height, width = loaded[0].pixels.shape[:2]
    return loaded, cv2.resize(loaded[0].pixels, fit_size(width, height, _SCREEN), interpolation=cv2.INTER_AREA)


def prepare_photo(plan: PhotoPlan, pipeline: AnyPipeline) -> tuple[Target, bytes]:
    """Read the photo and find its face and mask; runs on the worker's thread."""
    photo, data = plan.read()
    if plan.narrower is not None:
        return pipeline.widen(plan.narrower), data
    target = pipeline.prepare(photo, aligned=plan.aligned, face=plan.face, alignment=plan.alignment, faces=plan.faces)
    return target, data
