"""The frames of a morph: from the photo to its edit and back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from maskgan_studio.document.layers import LayerStack
from maskgan_studio.document.operations.interpolation import EditStep, interpolate_edit
from maskgan_studio.engine.face_edits import move_target
from maskgan_studio.engine.part_styles import lay_part_styles
from maskgan_studio.engine.target import Target
from maskgan_studio.photo.alignment.frame import Alignment
from maskgan_studio.photo.files.loading import Photo
from maskgan_studio.photo.retouching.finishing import finish_photo

if TYPE_CHECKING:
    from maskgan_studio.app.common.pipeline import AnyPipeline, Style
    from maskgan_studio.app.state.style import StyleChoice

__all__ = ["MorphOptions", "draw_morph", "snapshot_stack"]

_LONGEST = 1280  # side of a frame that shows all of the photo


@dataclass(frozen=True)
class MorphOptions:
    """What a morph shows, and for how long.

    Attributes:
        whole_photo: all of the photo, its longest side at most 1280 pixels; else the face alone, 512 x 512.
        steps: different images, from the photo to the edit.
        seconds: there and back.
        suffix: of the file, ".gif", ".mp4" or ".webp".
    """

    whole_photo: bool = False
    steps: int = 12
    seconds: float = 2.0
    suffix: str = ".gif"

    @property
    def frames_per_second(self) -> float:
        return max(1, 2 * self.steps - 2) / self.seconds


def snapshot_stack(stack: LayerStack) -> LayerStack:
    """A copy of a document's layers that another thread may read while the document goes on changing."""
    return LayerStack([replace(layer, labels=layer.labels.copy()) for layer in stack.layers])


def draw_morph(
    pipeline: AnyPipeline,
    target: Target,
    choice: StyleChoice,
    stack: LayerStack,
    options: MorphOptions,
    report: Callable[[float], None] = lambda _share: None,
) -> list[np.ndarray]:
    """Draw the frames; on the worker's thread.

    Args:
        pipeline, target, choice: as for ``render_job.render``.
        stack: the layers of the edit, see ``snapshot_stack``.
        options: size and number.
        report: called with the share done after each image.

    Returns:
        uint8 (h, w, 3) images of a loop: the first is the photo, the one in the middle the edit as it is.
    """
    view = _shrink(target) if options.whole_photo else _cut_face(target)
    style, way = choice.resolve(pipeline, target), []
    for share in np.linspace(0, 1, options.steps):
        step = interpolate_edit(stack, float(share))
        image = _draw_step(pipeline, view, style, step, choice, float(share))
        if choice.is_restyled:  # another photo's style has no steps of its own
            image = cv2.addWeighted(image, float(share), view.photo.pixels, 1 - float(share), 0)
        way.append(image)
        report(len(way) / options.steps)
    return way + way[-2:0:-1]


def _draw_step(
    pipeline: AnyPipeline, view: Target, style: Style, step: EditStep, choice: StyleChoice, share: float
) -> np.ndarray:
    moved = move_target(view, step.moved)
    pixels = moved.photo.pixels
    if choice.is_restyled or not np.array_equal(step.mask, moved.mask):
        pixels = pipeline.composite(moved, step.mask, pipeline.render_edit(moved, step.mask, style), style)
    if choice.parts:
        styled = lay_part_styles(pipeline, moved, step.mask, pixels, choice.parts)
        pixels = cv2.addWeighted(styled, share, pixels, 1 - share, 0)
    return finish_photo(pixels, view.alignment, step.mask, step.gaze, step.colors)


def _cut_face(target: Target) -> Target:
    crop = target.crop
    return replace(target, photo=Photo(crop), alignment=Alignment.identity(crop.shape))


def _shrink(target: Target) -> Target:
    pixels = target.photo.pixels
    factor = min(1.0, _LONGEST / max(pixels.shape[:2]))
    if factor < 1:
        pixels = cv2.resize(pixels, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    height, width = (side // 2 * 2 for side in pixels.shape[:2])  # MP4 wants even sides
    photo = Photo(np.ascontiguousarray(pixels[:height, :width]))
    return replace(target, photo=photo, alignment=target.alignment.within(0, 0, factor))
