"""One render as the worker does it: network, then the edit laid into the photo."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from maskgan_studio.engine.requests import RenderRequest, RenderResult
from maskgan_studio.engine.target import CROP_SIZE

if TYPE_CHECKING:
    from maskgan_studio.app.style_choice import StyleChoice
    from maskgan_studio.engine.pipeline import Pipeline
    from maskgan_studio.engine.target import Target

#: Pictures from one end of a morph to the other.
MORPH_STEPS = 12


@dataclass(frozen=True, eq=False)
class Rendered:
    """What one request gave.

    Attributes:
        result: the network's picture with its request, time and device.
        edit: uint8 (h, w, 3), the photo with the edit, cut to where the face lies; the rest is the photo itself.
        left, top: where ``edit`` lies in the photo.
        weights: name of the set of weights.
    """

    result: RenderResult
    edit: np.ndarray
    left: int
    top: int
    weights: str

    @property
    def size_bytes(self) -> int:
        """Bytes in memory."""
        return self.result.image.nbytes + self.edit.nbytes


def render(pipeline: Pipeline, target: Target, choice: StyleChoice, request: RenderRequest) -> Rendered:
    """Carry out a request; runs on the worker's thread."""
    style = choice.resolve(pipeline, target)
    start = time.perf_counter()
    if request.size == CROP_SIZE:
        image = pipeline.render(request.source_mask, style)
    else:
        image = pipeline.preview(request.source_mask, style)
    milliseconds = (time.perf_counter() - start) * 1000
    whole = pipeline.composite(target, request.source_mask, image, style)
    left, top, right, bottom = target.alignment.photo_bounds(whole.shape, margin=2)
    result = RenderResult(request, image, milliseconds, pipeline.device_name)
    return Rendered(result, whole[top:bottom, left:right].copy(), left, top, pipeline.weights_name)


def morph_frames(pipeline: Pipeline, target: Target, choice: StyleChoice, mask: np.ndarray) -> list[np.ndarray]:
    """Render the way from the target's mask to another and back along the MaskVAE's manifold; on the worker's thread.

    Returns:
        uint8 (512, 512, 3) pictures of a loop.
    """
    style, manifold = choice.resolve(pipeline, target), pipeline.manifold
    way = [
        pipeline.render(manifold.morph(target.mask, mask, float(share)), style)
        for share in np.linspace(0, 1, MORPH_STEPS)
    ]
    return way + way[-2:0:-1]
