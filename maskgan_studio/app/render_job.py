"""One render as the worker does it: network, then the edit laid into the photo."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from maskgan_studio.engine.requests import RenderRequest, RenderResult

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
    image = pipeline.render(request.source_mask, style, request.size)
    milliseconds = (time.perf_counter() - start) * 1000
    full = image
    if request.size != target.mask.shape[0]:
        full = cv2.resize(image, target.mask.shape[::-1], interpolation=cv2.INTER_CUBIC)
    whole = pipeline.composite(target, request.source_mask, full, style)
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
