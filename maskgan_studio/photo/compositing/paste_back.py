"""Put a change of the crop into the photo at the photo's own resolution."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import cv2
import numpy as np

from maskgan_studio.photo.alignment.frame import Alignment
from maskgan_studio.photo.bands import split_into_bands
from maskgan_studio.photo.compositing.texture import MirrorMap
from maskgan_studio.photo.kernels import smoothstep

__all__ = ["Change", "fade_at_frame", "paste_back"]

_FRAME_FADE = 14  # crop pixels


@dataclass(frozen=True, eq=False)
class Change:
    """What is to change in the crop; all arrays are (S, S) float32, `delta` (S, S, 3).

    Attributes:
        delta: to be added to the crop's pixels, 0 outside the region.
        region: 1 inside, 0 where every bit of the photo is to stay.
        moved: where another part came to lie, so that the photo's finest details do not belong any more, 0 to 1.
        mirror: where these places take such details from; not needed for a photo that is no finer than the crop.
    """

    delta: np.ndarray
    region: np.ndarray
    moved: np.ndarray
    mirror: MirrorMap | None


def paste_back(photo_pixels: np.ndarray, alignment: Alignment, crop: np.ndarray, change: Change) -> np.ndarray:
    """Add a change of the crop to the (H, W, 3) uint8 photo by the exact inverse warp.

    Pixels outside the region keep their bits. `crop` is the (S, S, 3) float32 crop as it was. Returns a new array.
    """
    composed = photo_pixels.copy()
    left, top, right, bottom = _window(alignment, photo_pixels.shape, change.region > 0)
    # Where many crop pixels fall on one of the photo they are averaged before one is taken.
    if alignment.scale < 1:
        sigma = 0.5 / alignment.scale
        change = replace(change, delta=cv2.GaussianBlur(change.delta, (0, 0), sigma))
        crop = cv2.GaussianBlur(crop, (0, 0), sigma)
    for rows in split_into_bands(top, bottom, right - left):
        window = (left, rows.start, right, rows.stop)
        part = composed[rows, left:right]
        inside = _warped(change.region, alignment, window) > 0
        if not inside.any():
            continue
        summed = part + _warped(change.delta, alignment, window, cv2.INTER_CUBIC)
        if alignment.scale != 1:  # the photo is finer than the crop, or sharper than the blurred one
            swapped = _warped(crop, alignment, window, cv2.INTER_CUBIC) - part
            if change.mirror is not None:
                swapped += _details_in_mirror(photo_pixels, alignment, window, crop, change.mirror)
            summed += _warped(change.region * change.moved, alignment, window)[..., None] * swapped
        part[inside] = np.rint(summed[inside]).clip(0, 255).astype(np.uint8)
    return composed


@lru_cache(4)  # while a face is edited, its frame stays
def fade_at_frame(alignment: Alignment, shape: tuple[int, ...]) -> np.ndarray:
    """Weights (S, S) float32 that fall to 0 where the crop ends inside a photo of this shape, not where both end.

    The result is shared between calls: read-only.
    """
    size = alignment.size
    framed = alignment.resized(size + 4).widened((size + 4) / size)
    goes_on = framed.covered(shape)
    goes_on[2:-2, 2:-2] = False
    distance = cv2.distanceTransform(1 - goes_on.astype(np.uint8), cv2.DIST_L2, 5)
    weights = smoothstep((distance[2:-2, 2:-2] - 2) / _FRAME_FADE)
    weights.flags.writeable = False
    return weights


def _window(alignment: Alignment, shape: tuple[int, ...], inside: np.ndarray) -> tuple[int, int, int, int]:
    """Left, top, right, bottom (exclusive) in the photo of all that is true in the crop."""
    x, y, width, height = cv2.boundingRect(inside.astype(np.uint8))
    low_x, high_x, low_y, high_y = x - 2, x + width + 1, y - 2, y + height + 1
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


def _details_in_mirror(
    photo_pixels: np.ndarray,
    alignment: Alignment,
    window: tuple[int, int, int, int],
    crop: np.ndarray,
    mirror: MirrorMap,
) -> np.ndarray:
    """What the photo shows beyond the crop's resolution at the places that the mirror takes texture from."""
    x, y = (_warped(plane, alignment, window) for plane in (mirror.x, mirror.y))
    left, top, right, bottom = alignment.photo_bounds(photo_pixels.shape)
    (a, b, shift_x), (c, d, shift_y) = alignment.inverse
    photo_x = (a * x + b * y + (shift_x - left)).astype(np.float32)
    photo_y = (c * x + d * y + (shift_y - top)).astype(np.float32)
    seen = cv2.remap(photo_pixels[top:bottom, left:right], photo_x, photo_y, cv2.INTER_LINEAR)
    coarse = cv2.remap(crop, x, y, cv2.INTER_CUBIC)
    return np.asarray((seen - coarse) * _warped(mirror.weight, alignment, window)[..., None])
