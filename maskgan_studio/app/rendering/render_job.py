"""One render as the worker does it: network, then the edit laid into the photo."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from maskgan_studio.engine.requests import RenderRequest, RenderResult, ShouldContinue, never_cancelled
from maskgan_studio.engine.target import CROP_SIZE, Target
from maskgan_studio.photo.loading import Photo

if TYPE_CHECKING:
    from maskgan_studio.app.common.pipeline import AnyPipeline
    from maskgan_studio.app.state.style import StyleChoice
    from maskgan_studio.photo.face_alignment import Alignment

# Photo pixels per crop pixel from which the view is downscaled: compositing into a face of four thousand pixels takes
# longer than drawing it. A full picture is looked at closer than a preview.
_PREVIEW_SCALE, _FULL_SCALE = 2.0, 3.2
#: Pictures from one end of a morph to the other.
MORPH_STEPS = 12


@dataclass(frozen=True, eq=False)
class Rendered:
    """What one request gave.

    Attributes:
        result: the network's picture with its request, time and device.
        view: uint8 (h, w, 3), the part of the photo where the face lies; shared by all results of a photo.
        changed: uint8 (h', w', 3), what the edit made of a rectangle of it.
        corner: row and column of that rectangle in ``view``.
        alignment: where the crop lies in ``view``.
        left, top: where ``view`` lies in the photo.
        downscaled: ``view`` is smaller than that part of the photo; ``full_resolution_composite`` makes it anew.
        weights: name of the set of weights.
    """

    result: RenderResult
    view: np.ndarray
    changed: np.ndarray
    corner: tuple[int, int]
    alignment: Alignment
    left: int
    top: int
    downscaled: bool
    weights: str

    @property
    def size_bytes(self) -> int:
        """Bytes in memory, without the view."""
        return self.result.image.nbytes + self.result.request.source_mask.nbytes + self.changed.nbytes

    @property
    def edit(self) -> np.ndarray:
        """The view with the edit in it, uint8 (h, w, 3): made anew, as many results of a large photo are kept."""
        edit = self.view.copy()
        (top, left), (height, width) = self.corner, self.changed.shape[:2]
        edit[top : top + height, left : left + width] = self.changed
        return edit


def render(
    pipeline: AnyPipeline,
    target: Target,
    choice: StyleChoice,
    request: RenderRequest,
    views: FaceViews,
    wanted: ShouldContinue = never_cancelled,
) -> Rendered:
    """Carry out a request; runs on the worker's thread. A full image no longer wanted raises RenderCancelled."""
    style = choice.resolve(pipeline, target)
    start = time.perf_counter()
    if request.size == CROP_SIZE:
        image = pipeline.render(request.source_mask, style, wanted=wanted)
    else:
        image = pipeline.preview(request.source_mask, style)
    milliseconds = (time.perf_counter() - start) * 1000
    view, left, top = views.view_of(target, _FULL_SCALE if request.size == CROP_SIZE else _PREVIEW_SCALE)
    edit = pipeline.composite(view, request.source_mask, image, style, preview=request.size != CROP_SIZE)
    result = RenderResult(request, image, milliseconds, pipeline.device_name)
    downscaled = view.alignment.scale < target.alignment.scale
    changed, corner = _difference(view.photo.pixels, edit)
    return Rendered(
        result, view.photo.pixels, changed, corner, view.alignment, left, top, downscaled, pipeline.weights_name
    )


def full_resolution_composite(
    pipeline: AnyPipeline, target: Target, choice: StyleChoice, rendered: Rendered
) -> np.ndarray:
    """The photo with the edit in it at its own size, uint8 (H, W, 3); on the worker's thread.

    Outside the edit it has the photo's own pixels.
    """
    style = choice.resolve(pipeline, target)
    return pipeline.composite(target, rendered.result.request.source_mask, rendered.result.image, style)


def _difference(before: np.ndarray, after: np.ndarray) -> tuple[np.ndarray, tuple[int, int]]:
    """The rectangle of ``after`` that holds all that differs, a copy, and its upper left corner (row, column)."""
    differs = (before != after).any(axis=2)
    rows, columns = np.flatnonzero(differs.any(axis=1)), np.flatnonzero(differs.any(axis=0))
    if not len(rows):
        return after[:0, :0].copy(), (0, 0)
    changed = after[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1].copy()
    return changed, (int(rows[0]), int(columns[0]))


class FaceViews:
    """The parts of one photo where the face lies, at the scales in use; they go with the document."""

    def __init__(self) -> None:
        self._views: dict[float, tuple[Photo, Alignment, int, int]] = {}
        self._of: tuple[Photo, Alignment] | None = None

    def view_of(self, target: Target, scale: float) -> tuple[Target, int, int]:
        """The part of a photo where the face lies, at most ``scale`` photo pixels per crop pixel, and where it begins;
        on the worker's thread."""
        if self._of is None or self._of[0] is not target.photo or self._of[1] != target.alignment:
            self._of, self._views = (target.photo, target.alignment), {}
        if scale not in self._views:
            self._views[scale] = _cut(target, scale)
        photo, placed, left, top = self._views[scale]
        return Target(photo, placed, target.crop, target.mask), left, top


def _cut(target: Target, scale: float) -> tuple[Photo, Alignment, int, int]:
    alignment, pixels = target.alignment, target.photo.pixels
    left, top, right, bottom = alignment.photo_bounds(pixels.shape, margin=math.ceil(4 * alignment.scale) + 4)
    part, factor = pixels[top:bottom, left:right], min(1.0, scale / alignment.scale)
    if factor < 1:
        part = cv2.resize(part, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    placed = replace(
        alignment,
        center_x=(alignment.center_x - left + 0.5) * factor - 0.5,
        center_y=(alignment.center_y - top + 0.5) * factor - 0.5,
        axis_x=alignment.axis_x * factor,
        axis_y=alignment.axis_y * factor,
    )
    return Photo(np.ascontiguousarray(part)), placed, left, top


def morph_frames(
    pipeline: AnyPipeline,
    target: Target,
    choice: StyleChoice,
    mask: np.ndarray,
    report: Callable[[float], None] = lambda _share: None,
) -> list[np.ndarray]:
    """Render the way from the target's mask to another and back along the MaskVAE's manifold; on the worker's thread.

    Args:
        pipeline, target, choice: as for ``render``.
        mask: where the way leads, uint8 (512, 512).
        report: is told the share that is done after each picture.

    Returns:
        uint8 (512, 512, 3) pictures of a loop.
    """
    style, manifold, way = choice.resolve(pipeline, target), pipeline.manifold, []
    for share in np.linspace(0, 1, MORPH_STEPS):
        way.append(pipeline.render(manifold.morph(target.mask, mask, float(share)), style))
        report(len(way) / MORPH_STEPS)
    return way + way[-2:0:-1]
