"""Small previews of what an expression, a ready-made part or another mask makes of a face, on the worker's thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from cachetools import LRUCache, cached

from maskgan_studio.document.deformation.labels import deform_labels
from maskgan_studio.document.deformation.measurements import Measurements, measure_face
from maskgan_studio.document.deformation.reshape import reshape_face
from maskgan_studio.document.layers import Layer, LayerStack
from maskgan_studio.document.operations.gallery import Item, put_on
from maskgan_studio.document.operations.painted_presets import do_painted
from maskgan_studio.engine.face_edits import deform_target
from maskgan_studio.engine.requests import RenderCancelled, ShouldContinue, never_cancelled
from maskgan_studio.engine.target import Target
from maskgan_studio.labels import UNSET
from maskgan_studio.photo.alignment.face_alignment import Alignment
from maskgan_studio.photo.files.loading import Photo
from maskgan_studio.photo.retouching.finishing import finish_photo

if TYPE_CHECKING:
    from maskgan_studio.app.common.pipeline import AnyPipeline
    from maskgan_studio.app.state.style import StyleChoice
    from maskgan_studio.document.face_edit import FaceEdit

# The part of the crop that is shown: the face without hair and neck.
_FACE = np.s_[110:470, 76:436]
# With hair and hats.
_HEAD = np.s_[20:492, 20:492]


def draw_look(
    pipeline: AnyPipeline,
    target: Target,
    choice: StyleChoice,
    should_continue: ShouldContinue = never_cancelled,
    *,
    edit: FaceEdit,
) -> np.ndarray:
    """The face with an edit, uint8 (h, w, 3); the network is asked only for what comes into sight.

    Raises:
        RenderCancelled: ``should_continue`` returned False; it is asked before each of the longer steps.
    """
    _go_on(should_continue)
    crop = Target(Photo(target.crop), Alignment.identity(target.crop.shape), target.crop, target.mask)
    deformation = reshape_face(target.mask, edit.values, _measure(target))
    _go_on(should_continue)
    moved = deform_target(crop, deformation)
    _go_on(should_continue)
    mask = deform_labels(target.mask, deformation)
    if edit.painted is not None:
        mask = do_painted(edit.painted, mask)
    pixels = moved.crop
    if not np.array_equal(moved.mask, mask):
        pixels = _draw(pipeline, moved, mask, choice.resolve(pipeline, target), should_continue)
    _go_on(should_continue)
    return np.ascontiguousarray(finish_photo(pixels, crop.alignment, mask, edit.gaze, edit.colors)[_FACE])


def draw_mask(
    pipeline: AnyPipeline,
    target: Target,
    choice: StyleChoice,
    should_continue: ShouldContinue = never_cancelled,
    *,
    mask: np.ndarray,
) -> np.ndarray:
    """The head with another mask (512, 512) uint8, uint8 (h, w, 3); raises RenderCancelled as ``draw_look``."""
    _go_on(should_continue)
    crop = Target(Photo(target.crop), Alignment.identity(target.crop.shape), target.crop, target.mask)
    return np.ascontiguousarray(_draw(pipeline, crop, mask, choice.resolve(pipeline, target), should_continue)[_HEAD])


def draw_worn(
    pipeline: AnyPipeline,
    target: Target,
    choice: StyleChoice,
    should_continue: ShouldContinue = never_cancelled,
    *,
    item: Item,
) -> np.ndarray:
    """The head with a ready-made part; as ``draw_mask``."""
    _go_on(should_continue)
    mask = target.mask.copy()
    stack = LayerStack([Layer(0, "", mask), Layer(1, "", np.full_like(mask, UNSET))])
    patch = put_on(stack, 0, item)
    if patch is not None:
        patch.apply(mask)
    return draw_mask(pipeline, target, choice, should_continue, mask=mask)


@cached(LRUCache(2), key=lambda target: target.key)  # the tiles of a panel are of one face
def _measure(target: Target) -> Measurements:
    return measure_face(target.mask)


def _draw(
    pipeline: AnyPipeline, target: Target, mask: np.ndarray, style: Any, should_continue: ShouldContinue
) -> np.ndarray:
    _go_on(should_continue)
    image = pipeline.preview(target, mask, style, should_continue)
    _go_on(should_continue)
    return pipeline.composite(target, mask, image, style, preview=True)


def _go_on(should_continue: ShouldContinue) -> None:
    if not should_continue():
        raise RenderCancelled
