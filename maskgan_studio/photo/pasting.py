"""Put a change of the crop into the photo at the photo's own resolution."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from .frame import Alignment
from .region import smoothstep
from .texture import MirrorMap

__all__ = ["Change", "fade_at_frame", "lay_in"]

_FRAME_FADE = 14  # crop pixels


@dataclass(frozen=True, eq=False)
class Change:
    """What is to change in the crop; all arrays are (S, S) float32, `delta` (S, S, 3).

    Attributes:
        delta: to be added to the crop's pixels, 0 outside the region.
        region: 1 inside, 0 where every bit of the photo is to stay.
        moved: where another part came to lie, so that the photo's finest details do not belong any more, 0 to 1.
        mirror: where these places take such details from.
    """

    delta: np.ndarray
    region: np.ndarray
    moved: np.ndarray
    mirror: MirrorMap


def lay_in(photo_pixels: np.ndarray, alignment: Alignment, crop: np.ndarray, change: Change) -> None:
    """Add a change of the crop to the (H, W, 3) uint8 photo, in place, by the exact inverse warp.

    Pixels outside the region keep their bits. `crop` is the (S, S, 3) float32 crop as it was.
    """
    window = _window(alignment, photo_pixels.shape, change)
    left, top, right, bottom = window
    if right <= left or bottom <= top:
        return
    part = photo_pixels[top:bottom, left:right]
    # Where many crop pixels fall on one of the photo they are averaged before one is taken.
    delta = change.delta if alignment.scale >= 1 else cv2.GaussianBlur(change.delta, (0, 0), 0.5 / alignment.scale)
    summed = part + _warped(delta, alignment, window, cv2.INTER_CUBIC)
    if alignment.scale > 1:  # the photo knows more than the crop
        finer = part - _warped(crop, alignment, window, cv2.INTER_CUBIC)
        leaving = _warped(change.region * change.moved, alignment, window)[..., None]
        coming = _mirrored(finer, alignment, window, change.mirror)
        summed += leaving * (coming - finer)
    inside = _warped(change.region, alignment, window) > 0
    part[inside] = np.rint(summed[inside]).clip(0, 255).astype(np.uint8)


def fade_at_frame(alignment: Alignment, shape: tuple[int, ...]) -> np.ndarray:
    """Weights (S, S) float32 that fall to 0 where the crop ends inside a photo of this shape, not where both end."""
    size = alignment.size
    framed = alignment.resized(size + 4).widened((size + 4) / size)
    goes_on = framed.covered(shape)
    goes_on[2:-2, 2:-2] = False
    distance = cv2.distanceTransform(1 - goes_on.astype(np.uint8), cv2.DIST_L2, 5)
    return smoothstep((distance[2:-2, 2:-2] - 2) / _FRAME_FADE)


def _window(alignment: Alignment, shape: tuple[int, ...], change: Change) -> tuple[int, int, int, int]:
    """Left, top, right, bottom (exclusive) in the photo of all that is changed or mirrored from."""
    inside = change.region > 0
    y, x = np.nonzero(inside)
    x = np.concatenate([x, change.mirror.x[inside]])
    y = np.concatenate([y, change.mirror.y[inside]])
    low_x, high_x, low_y, high_y = x.min() - 2, x.max() + 2, y.min() - 2, y.max() + 2
    corners = alignment.to_photo(np.array([[low_x, low_y], [low_x, high_y], [high_x, low_y], [high_x, high_y]]))
    left, top = np.floor(corners.min(axis=0)).astype(int)
    right, bottom = np.ceil(corners.max(axis=0)).astype(int) + 1
    return max(0, int(left)), max(0, int(top)), min(shape[1], int(right)), min(shape[0], int(bottom))


def _warped(
    image: np.ndarray, alignment: Alignment, window: tuple[int, int, int, int], interpolation: int = cv2.INTER_LINEAR
) -> np.ndarray:
    """Warp an array of the crop into a window of the photo; 0 beyond the crop."""
    left, top, right, bottom = window
    matrix = alignment.inverse - np.array([[0, 0, left], [0, 0, top]])
    return cv2.warpAffine(image, matrix, (right - left, bottom - top), flags=interpolation)


def _mirrored(
    finer: np.ndarray, alignment: Alignment, window: tuple[int, int, int, int], mirror: MirrorMap
) -> np.ndarray:
    """Details of the photo as seen in the crop's mirror."""
    x, y = (_warped(plane, alignment, window) for plane in (mirror.x, mirror.y))
    (a, b, left), (c, d, top) = alignment.inverse
    photo_x = a * x + b * y + (left - window[0])
    photo_y = c * x + d * y + (top - window[1])
    seen = cv2.remap(finer, photo_x.astype(np.float32), photo_y.astype(np.float32), cv2.INTER_LINEAR)
    return seen * _warped(mirror.weight, alignment, window)[..., None]
