"""One render as the worker does it: network, then the edit laid into the photo."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from maskgan_studio.app.rendering.differences import cut_out_changed, find_changed
from maskgan_studio.app.rendering.other_faces import FinishedEdit, OtherFaces, compose, lay_below, replace_crop
from maskgan_studio.engine.face_edits import move_target
from maskgan_studio.engine.part_styles import lay_part_styles
from maskgan_studio.engine.requests import RenderRequest, RenderResult, ShouldContinue, never_cancelled
from maskgan_studio.engine.target import CROP_SIZE, Target
from maskgan_studio.photo.files.loading import Photo
from maskgan_studio.photo.retouching.finishing import finish_photo

if TYPE_CHECKING:
    from maskgan_studio.app.common.pipeline import AnyPipeline
    from maskgan_studio.app.state.style import StyleChoice
    from maskgan_studio.document.face_layers import MovedPhoto
    from maskgan_studio.engine.requests import Window
    from maskgan_studio.photo.alignment.face_alignment import Alignment

# Photo pixels per crop pixel from which the view is downscaled: compositing into a face of four thousand pixels takes
# longer than drawing it. A full image is looked at closer than a preview.
_PREVIEW_SCALE, _FULL_SCALE = 2.0, 3.2


@dataclass(frozen=True, eq=False)
class Changed:
    """What something made of a rectangle of a view: all that differs from it.

    Attributes:
        pixels: uint8 (h, w, 3).
        corner: row and column of the rectangle in the view.
    """

    pixels: np.ndarray
    corner: tuple[int, int]

    def cut_out(self, view: np.ndarray) -> np.ndarray:
        """The rectangle without what is as in the view, uint8 (h, w, 4) RGBA, premultiplied."""
        (top, left), (height, width) = self.corner, self.pixels.shape[:2]
        return cut_out_changed(view[top : top + height, left : left + width], self.pixels)

    def onto(self, view: np.ndarray) -> np.ndarray:
        """The view with it, uint8 (h', w', 3): a copy."""
        whole = view.copy()
        (top, left), (height, width) = self.corner, self.pixels.shape[:2]
        whole[top : top + height, left : left + width] = self.pixels
        return whole


@dataclass(frozen=True, eq=False)
class Rendered:
    """What one request gave.

    Attributes:
        result: the network's picture with its request, time and device.
        drawn: the network has drawn; else nothing was asked of it, and the picture is the moved photo's own crop.
        view: uint8 (h, w, 3), the part of the photo where the face lies; shared by all results of a photo.
        changed: what the edit made of it.
        moved: what moving the photo's own pixels made of it, before anything was drawn; None where they stay.
        alignment: where the crop lies in ``view``.
        left, top: where ``view`` lies in the photo.
        downscaled: ``view`` is smaller than that part of the photo; ``full_resolution_composite`` makes it again.
        weights: name of the set of weights.
        others: what was made of other faces of the photo; the view shows them.
    """

    result: RenderResult
    drawn: bool
    view: np.ndarray
    changed: Changed
    moved: Changed | None
    alignment: Alignment
    left: int
    top: int
    downscaled: bool
    weights: str
    others: tuple[FinishedEdit, ...] = ()

    @property
    def size_bytes(self) -> int:
        """Bytes in memory, without the view."""
        moved = 0 if self.moved is None else self.moved.pixels.nbytes
        return self.result.image.nbytes + self.result.request.source_mask.nbytes + self.changed.pixels.nbytes + moved

    @property
    def edit(self) -> np.ndarray:
        """The view with the edit in it, uint8 (h, w, 3): made anew, as many results of a large photo are kept."""
        return self.changed.onto(self.view)


def render(
    pipeline: AnyPipeline,
    target: Target,
    choice: StyleChoice,
    request: RenderRequest,
    views: FaceViews,
    should_continue: ShouldContinue = never_cancelled,
    window: Window | None = None,
) -> Rendered:
    """Carry out a request; runs on the worker's thread. A full image no longer wanted raises RenderCancelled.

    Of a preview only a window of the crop may be looked at: elsewhere what was drawn may be missing.
    """
    is_full = request.size == CROP_SIZE
    others = views.others.edits(pipeline, should_continue)
    view, left, top = views.crop_view(target, _FULL_SCALE if is_full else _PREVIEW_SCALE, others)
    start = time.perf_counter()
    moved = views.move(view, request.moved)
    # A photo that was moved and nothing else shows what it is going to be without any network. The unedited one is
    # drawn once, for the edits that follow.
    drawn = choice.is_restyled or not np.array_equal(request.source_mask, moved.mask)
    drawn |= is_full and (request.moved is None or request.network_image)
    # Nor does it need a style, which takes the network to read.
    style = choice.resolve(pipeline, target) if drawn else None
    if not drawn:
        image = moved.crop
    elif is_full:
        image = pipeline.render_edit(moved, request.source_mask, style, should_continue)
    else:
        image = pipeline.preview(moved, request.source_mask, style)
    edit = pipeline.composite(moved, request.source_mask, image, style, preview=not is_full, window=window)
    edit = lay_part_styles(pipeline, moved, request.source_mask, edit, choice.parts, preview=not is_full)
    edit = finish_photo(edit, view.alignment, request.source_mask, request.gaze, dict(request.colors))
    milliseconds = (time.perf_counter() - start) * 1000
    before = view.photo.pixels
    return Rendered(
        result=RenderResult(request, image, milliseconds, pipeline.device_name),
        drawn=drawn,
        view=before,
        changed=_difference(before, edit),
        moved=None if request.moved is None else _difference(before, moved.photo.pixels),
        alignment=view.alignment,
        left=left,
        top=top,
        downscaled=view.alignment.scale < target.alignment.scale,
        weights=pipeline.weights_name,
        others=others,
    )


def full_resolution_composite(
    pipeline: AnyPipeline, target: Target, choice: StyleChoice, rendered: Rendered
) -> np.ndarray:
    """The photo with the edits of all faces in it at its own size, uint8 (H, W, 3); on the worker's thread.

    Outside the edits it has the photo's own pixels.
    """
    result = rendered.result
    return compose(pipeline, lay_below(target, rendered.others), choice, result.request, result.image)


def _difference(before: np.ndarray, after: np.ndarray) -> Changed:
    """The rectangle of ``after`` that holds all that differs, a copy."""
    rows, columns = find_changed(before, after)
    return Changed(after[rows, columns].copy(), (rows.start, columns.start))


class FaceViews:
    """The parts of one photo where the face lies, at the scales in use; they go with the face.

    Attributes:
        others: the other faces of the photo.
    """

    def __init__(self, others: OtherFaces | None = None) -> None:
        self.others = others or OtherFaces()
        self._views: dict[float, tuple[Target, int, int]] = {}
        self._of: Target | None = None
        self._amid: tuple[FinishedEdit, ...] = ()
        self._moved: tuple[Target, MovedPhoto, Target] | None = None

    def crop_view(self, target: Target, scale: float, others: tuple[FinishedEdit, ...] = ()) -> tuple[Target, int, int]:
        """The part of a photo where the face lies, at most ``scale`` photo pixels per crop pixel, with what was made
        of other faces, and where it begins; on the worker's thread."""
        if self._of is not target or self._amid != others:
            self._of, self._amid, self._views, self._moved = target, others, {}, None
        scale = min(scale, target.alignment.scale)  # a smaller photo is seen as it is
        if scale not in self._views:
            self._views[scale] = _cut(target, scale, others)
        return self._views[scale]

    def move(self, view: Target, moved: MovedPhoto | None) -> Target:
        """The view as the layers move it; the last one is kept, for who paints leaves the sliders alone."""
        if moved is None:
            return view
        if self._moved is None or self._moved[0] is not view or self._moved[1] is not moved:
            self._moved = view, moved, move_target(view, moved)
        return self._moved[2]


def _cut(target: Target, scale: float, others: tuple[FinishedEdit, ...]) -> tuple[Target, int, int]:
    alignment, pixels = target.alignment, target.photo.pixels
    left, top, right, bottom = alignment.photo_bounds(pixels.shape, margin=math.ceil(4 * alignment.scale) + 4)
    part, factor = pixels[top:bottom, left:right], min(1.0, scale / alignment.scale)
    if others:
        part = part.copy()
        for other in others:
            other.lay_into(part, left, top)
        target = replace_crop(target, others, part, alignment.within(left, top, 1))
    if factor < 1:
        part = cv2.resize(part, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    photo = Photo(np.ascontiguousarray(part))
    return replace(target, photo=photo, alignment=alignment.within(left, top, factor)), left, top
