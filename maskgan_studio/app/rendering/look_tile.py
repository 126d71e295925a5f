"""Small previews of what an expression makes of a face, on the worker's thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from maskgan_studio.document.deformation.labels import deform_labels
from maskgan_studio.document.deformation.reshape import reshape_face
from maskgan_studio.document.operations.painted_presets import do_painted
from maskgan_studio.engine.face_edits import deform_target
from maskgan_studio.engine.requests import RenderCancelled, ShouldContinue, never_cancelled
from maskgan_studio.engine.target import Target
from maskgan_studio.photo.alignment.face_alignment import Alignment
from maskgan_studio.photo.files.loading import Photo
from maskgan_studio.photo.retouching.finishing import finish_photo

if TYPE_CHECKING:
    from maskgan_studio.app.common.pipeline import AnyPipeline
    from maskgan_studio.app.state.style import StyleChoice
    from maskgan_studio.document.face_edit import FaceEdit

# The part of the crop that is shown: the face without hair and neck.
_FACE = np.s_[110:470, 76:436]


def draw_look(
    pipeline: AnyPipeline,
    target: Target,
    choice: StyleChoice,
    edit: FaceEdit,
    should_continue: ShouldContinue = never_cancelled,
) -> np.ndarray:
    """The face with an edit, uint8 (h, w, 3); the network is asked only for what comes into sight.

    Raises:
        RenderCancelled: ``should_continue`` returned False; it is asked before each of the longer steps.
    """

    def go_on() -> None:
        if not should_continue():
            raise RenderCancelled

    go_on()
    crop = Target(Photo(target.crop), Alignment.identity(target.crop.shape), target.crop, target.mask)
    deformation = reshape_face(target.mask, edit.values)
    moved, mask = deform_target(crop, deformation), deform_labels(target.mask, deformation)
    if edit.painted is not None:
        mask = do_painted(edit.painted, mask)
    pixels = moved.crop
    if not np.array_equal(moved.mask, mask):
        go_on()
        style = choice.resolve(pipeline, target)
        image = pipeline.preview(mask, style)
        go_on()
        pixels = pipeline.composite(moved, mask, image, style, preview=True)
    go_on()
    return np.ascontiguousarray(finish_photo(pixels, crop.alignment, mask, edit.gaze, edit.colors)[_FACE])
