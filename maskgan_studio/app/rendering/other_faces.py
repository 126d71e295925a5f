"""The faces of a photo that are edited but not active: each is drawn once, and lies below the active one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from maskgan_studio.app.rendering.differences import cut_out_changed, find_changed
from maskgan_studio.engine.face_edits import move_target
from maskgan_studio.engine.part_styles import lay_part_styles
from maskgan_studio.engine.requests import RenderRequest, RenderResult, ShouldContinue, never_cancelled
from maskgan_studio.engine.target import CROP_SIZE, Target
from maskgan_studio.photo.files.loading import Photo
from maskgan_studio.photo.retouching.finishing import finish_photo

if TYPE_CHECKING:
    from maskgan_studio.app.common.pipeline import AnyPipeline
    from maskgan_studio.app.state.open_face import OpenFace
    from maskgan_studio.app.state.style import StyleChoice
    from maskgan_studio.photo.alignment.face_alignment import Alignment

#: What is finished of each face, by where it lies, with what it depends on.
Finished = dict["tuple[str, Alignment]", "tuple[tuple[RenderRequest, tuple[FinishedEdit, ...]], FinishedEdit]"]


def request_face(face: OpenFace, weights: str, size: int = CROP_SIZE, network_image: bool = False) -> RenderRequest:
    """What is to be drawn of a face as it is at this moment; the other arguments as in the request."""
    stack = face.session.stack
    style, colors = face.style.key(face.target), tuple(sorted(stack.colors.items()))
    mask, moved = face.session.source_mask, stack.moved_photo
    return RenderRequest(mask, style, size, weights, moved, colors, stack.gaze, network_image)


def compose(
    pipeline: AnyPipeline,
    target: Target,
    choice: StyleChoice,
    request: RenderRequest,
    image: np.ndarray | None,
    should_continue: ShouldContinue = never_cancelled,
) -> np.ndarray:
    """The photo with a face's edit in it at its own size, uint8 (H, W, 3); on the worker's thread.

    Args:
        pipeline, choice, request: as for ``render_job.render``.
        target: the photo; with the edits of other faces in it, where there are any.
        image: the network's, uint8 (512, 512, 3); None where it is not drawn yet, which it is if it is needed.
        should_continue: see ``Pipeline.render_edit``.
    """
    moved = move_target(target, request.moved)
    pixels = moved.photo.pixels
    if image is not None or choice.is_restyled or not np.array_equal(request.source_mask, moved.mask):
        style = choice.resolve(pipeline, target)
        if image is None:
            image = pipeline.render_edit(moved, request.source_mask, style, should_continue)
        pixels = pipeline.composite(moved, request.source_mask, image, style)
    pixels = lay_part_styles(pipeline, moved, request.source_mask, pixels, choice.parts)
    return finish_photo(pixels, target.alignment, request.source_mask, request.gaze, dict(request.colors))


@dataclass(frozen=True, eq=False)
class FinishedEdit:
    """What was made of a rectangle of the photo.

    Attributes:
        pixels: uint8 (h, w, 4) RGBA, premultiplied: without what is as in the photo.
        corner: row and column of the rectangle in the photo.
    """

    pixels: np.ndarray
    corner: tuple[int, int]

    def meets(self, left: int, top: int, right: int, bottom: int) -> bool:
        """Whether it lies in a rectangle of the photo."""
        (row, column), (height, width) = self.corner, self.pixels.shape[:2]
        return row < bottom and top < row + height and column < right and left < column + width

    def lay_into(self, part: np.ndarray, left: int = 0, top: int = 0) -> None:
        """Change the pixels uint8 (h', w', 3) of a part of the photo that begins at ``left`` and ``top``."""
        bottom, right = top + part.shape[0], left + part.shape[1]
        if not self.meets(left, top, right, bottom):
            return
        (row, column), (height, width) = self.corner, self.pixels.shape[:2]
        rows = slice(max(row, top), min(row + height, bottom))
        columns = slice(max(column, left), min(column + width, right))
        inner = part[rows.start - top : rows.stop - top, columns.start - left : columns.stop - left]
        own = self.pixels[rows.start - row : rows.stop - row, columns.start - column : columns.stop - column]
        np.copyto(inner, own[..., :3], where=own[..., 3:] > 0)


def find_edit(before: np.ndarray, after: np.ndarray) -> FinishedEdit:
    """All that differs between two photos uint8 (H, W, 3)."""
    rows, columns = part = find_changed(before, after)
    return FinishedEdit(cut_out_changed(before[part], after[part]), (rows.start, columns.start))


def lay_below(target: Target, edits: Sequence[FinishedEdit]) -> Target:
    """The face in a photo that has the edits of other faces in it; the same target where there are none.

    Its mask and style stay as they were read from the photo alone.
    """
    if not edits:
        return target
    pixels = target.photo.pixels.copy()
    for edit in edits:
        edit.lay_into(pixels)
    return replace(replace_crop(target, edits, pixels, target.alignment), photo=Photo(pixels))


def replace_crop(target: Target, edits: Sequence[FinishedEdit], part: np.ndarray, placed: Alignment) -> Target:
    """A target that shows what edits of other faces made of its crop; ``placed`` says where it lies in ``part``."""
    bounds = target.alignment.photo_bounds((2**31, 2**31))
    if not any(edit.meets(*bounds) for edit in edits):
        return target
    return replace(target, crop=placed.crop(part), style_source=target.style_source or target)


class WaitingFace:
    """A face as it was left: what there is to draw of it.

    Args:
        face: of the workspace.
        weights: of the worker.
        last: the result that was shown last, whose image is used where it is this face's.
    """

    def __init__(self, face: OpenFace, weights: str, last: RenderResult | None = None) -> None:
        self.target, self.choice = face.target, face.style
        self.request = request_face(face, weights)
        self.image = last.image if last is not None and last.request == self.request else None

    @property
    def is_edited(self) -> bool:
        """Whether anything of it differs from the photo."""
        request, choice = self.request, self.choice
        if request.moved is not None or request.colors or choice.is_restyled or choice.parts:
            return True
        return not request.gaze.is_identity or not np.array_equal(request.source_mask, self.target.mask)


class OtherFaces:
    """What is finished of the faces that are not active; on the worker's thread.

    Args:
        faces: bottom first.
        known: what was finished before, by where it lies; added to. It goes with the photo and the weights.
    """

    def __init__(self, faces: Sequence[WaitingFace] = (), known: Finished | None = None) -> None:
        self._faces = [face for face in faces if face.is_edited]
        self._known = {} if known is None else known

    def edits(
        self, pipeline: AnyPipeline, should_continue: ShouldContinue = never_cancelled
    ) -> tuple[FinishedEdit, ...]:
        """All of them, bottom first; drawn now as far as they are not known. May raise RenderCancelled."""
        found: list[FinishedEdit] = []
        for face in self._faces:
            edit = self._finish(pipeline, face, found, should_continue)
            if edit.pixels.size:  # what is asked for may come to nothing
                found.append(edit)
        return tuple(found)

    def _finish(
        self, pipeline: AnyPipeline, face: WaitingFace, below: Sequence[FinishedEdit], should_continue: ShouldContinue
    ) -> FinishedEdit:
        """The edit of a face whose crop may show those of the faces below it."""
        target, request = face.target, face.request
        bounds = target.alignment.photo_bounds(target.photo.pixels.shape)
        seen = tuple(edit for edit in below if edit.meets(*bounds))
        place, key = (target.key, target.alignment), (request, seen)
        if place not in self._known or self._known[place][0] != key:
            base = lay_below(target, seen)
            pixels = compose(pipeline, base, face.choice, request, face.image, should_continue)
            self._known[place] = key, find_edit(base.photo.pixels, pixels)
        return self._known[place][1]
