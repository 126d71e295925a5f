"""A preview is laid into the last full result: what was good outside the place that is edited stays as it was."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from maskgan_studio.app.rendering.render_job import Changed, FaceViews, Rendered, render
from maskgan_studio.document.geometry.rect import Rect, union
from maskgan_studio.engine.requests import RenderRequest, ShouldContinue, never_cancelled
from maskgan_studio.engine.target import CROP_SIZE, Target
from maskgan_studio.photo.kernels import smoothstep

if TYPE_CHECKING:
    from maskgan_studio.app.common.pipeline import AnyPipeline
    from maskgan_studio.app.state.style import StyleChoice

# How far around the changed labels a preview is shown whole, and where it has faded out, in crop pixels.
_CORE, _REACH = 8, 24


def render_preview(
    pipeline: AnyPipeline,
    target: Target,
    choice: StyleChoice,
    request: RenderRequest,
    views: FaceViews,
    good: Rendered | None,
    should_continue: ShouldContinue = never_cancelled,
) -> Rendered:
    """Carry out a request for a preview, and lay it into the last full result; on the worker's thread."""
    if good is None or not differ_in_labels_alone(good.result.request, request):
        return render(pipeline, target, choice, request, views, should_continue)
    changed = Rect.around(good.result.request.source_mask != request.source_mask)
    window = None if changed is None else changed.padded(_REACH, Rect.of(request.source_mask)).slices
    return lay_into(good, render(pipeline, target, choice, request, views, should_continue, window))


def lay_into(good: Rendered, preview: Rendered) -> Rendered:
    """The preview where its labels differ from those of a full result of the same photo, and around that the result.

    Args:
        good: a full result.
        preview: asks for the same but for the labels; its view may be smaller.

    Returns:
        what to show for the preview's request, in the view of the full result.
    """
    distance = _distance_to_change(good.result.request.source_mask, preview.result.request.source_mask)
    near = Rect.around(distance < _REACH)
    rect = None if near is None else _seen_from(good, near)
    if rect is None:
        return replace(good, result=preview.result, drawn=preview.drawn)
    weight = smoothstep((_REACH - distance) / (_REACH - _CORE))
    to_crop = _shifted(good.alignment.matrix, rect)
    size, flags = (rect.width, rect.height), cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    share = cv2.warpAffine(weight, to_crop, size, flags=flags)[..., None]
    to_preview = cv2.invertAffineTransform(preview.alignment.matrix) @ np.vstack([to_crop, (0, 0, 1)])
    fresh = cv2.warpAffine(preview.edit, to_preview, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
    edit = good.edit
    old = edit[rect.slices]
    edit[rect.slices] = np.rint(old + share * (fresh.astype(np.float32) - old)).astype(np.uint8)
    (top, left), (height, width) = good.changed.corner, good.changed.pixels.shape[:2]
    before = Rect(top, left, top + height, left + width) if height and width else None
    whole = union(rect, before) or rect
    changed = Changed(edit[whole.slices].copy(), (whole.top, whole.left))
    return replace(good, result=preview.result, drawn=preview.drawn, changed=changed)


def differ_in_labels_alone(one: RenderRequest, other: RenderRequest) -> bool:
    """Whether two requests are for the same photo, style, colours and sliders."""
    return replace(one, source_mask=other.source_mask, size=other.size) == other


def _distance_to_change(before: np.ndarray, after: np.ndarray) -> np.ndarray:
    """How far each pixel of the crop is from labels that differ, (S, S) float32 in crop pixels."""
    same = (before == after).astype(np.uint8)
    if same.all():
        return np.full(same.shape, np.inf, np.float32)
    return np.asarray(cv2.distanceTransform(same, cv2.DIST_L2, 5))


def _seen_from(rendered: Rendered, area: Rect) -> Rect | None:
    """The rectangle of a result's view that holds a rectangle of the crop; None where the photo has nothing of it."""
    corners = np.array([(x, y) for x in (area.left, area.right) for y in (area.top, area.bottom)], np.float64) - 0.5
    placed = cv2.transform(corners[None], cv2.invertAffineTransform(rendered.alignment.matrix))[0]
    (left, top), (right, bottom) = np.floor(placed.min(0)).astype(int), np.ceil(placed.max(0)).astype(int) + 1
    height, width = rendered.view.shape[:2]
    return Rect(int(top), int(left), int(bottom), int(right)).intersection(Rect(0, 0, height, width))


def _shifted(matrix: np.ndarray, rect: Rect) -> np.ndarray:
    """The same map from the points of a rectangle of the image."""
    shifted = np.array(matrix, np.float64)
    shifted[:, 2] += shifted[:, :2] @ (rect.left, rect.top)
    return shifted


def is_preview(rendered: Rendered) -> bool:
    """Whether a full result is still to come."""
    return rendered.result.request.size < CROP_SIZE
