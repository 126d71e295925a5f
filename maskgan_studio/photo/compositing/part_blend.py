"""Take one part of a face from another picture of the same photo, through the part's matte.

The photo keeps its strands and pores: of the other picture come colour and light, averaged over the stride with which
the network repeats itself inside a part (see ``completion_base``).
"""

from __future__ import annotations

import cv2
import numpy as np

from maskgan_studio.photo.alignment.frame import Alignment
from maskgan_studio.photo.bands import split_into_bands
from maskgan_studio.photo.compositing.paste_back import fade_at_frame
from maskgan_studio.photo.kernels import find_labels
from maskgan_studio.photo.masks.matting import estimate_matte
from maskgan_studio.recoloring import STYLED_PARTS, check_styled_part

__all__ = ["blend_part"]

_LEAST = 20  # pixels of a part
# Per part: radius of its matte's filter, and how many pixels of the 512² crop beyond its mask it is seen.
_MATTES = {"hair": (8, 24), "brows": (4, 6), "lips": (3, 4), "eyes": (3, 4), "eyeglasses": (3, 4)}
_USUAL_MATTE = (6, 8)
_STRIDE, _WIDE = 16, 96  # of the network; and for places that the part does not reach within that
_ENOUGH = 0.05


def blend_part(pixels: np.ndarray, other: np.ndarray, alignment: Alignment, mask: np.ndarray, part: str) -> np.ndarray:
    """Lay a part of another picture in.

    Args:
        pixels, other: (H, W, 3) uint8, the picture, and the one that the part comes from.
        alignment: where the face's crop lies in both.
        mask: (S, S) uint8, what they show.
        part: a name of ``recoloring.STYLED_PARTS``.

    Returns:
        (H, W, 3) uint8; the same array where there is no such part. Towards the crop's border it fades.

    Raises:
        EditError: there is no such part.
    """
    check_styled_part(part)
    inside = find_labels(mask, STYLED_PARTS[part])
    if inside.sum() < _LEAST:
        return pixels
    crop = alignment.crop(pixels)
    matte = estimate_matte(crop, inside, *_MATTES.get(part, _USUAL_MATTE))
    change = _average(alignment.crop(other).astype(np.float32) - crop, inside)
    change *= fade_at_frame(alignment, pixels.shape)[..., None]
    left, top, right, bottom = alignment.photo_bounds(pixels.shape)
    blended = pixels.copy()
    for rows in split_into_bands(top, bottom, right - left):
        matrix = alignment.inverse - np.array([[0, 0, left], [0, 0, rows.start]])
        window = np.s_[rows, left:right]
        alpha = matte.sample(pixels[window], matrix)
        seen = alpha > 0.5 / 255
        if seen.any():
            warped = cv2.warpAffine(change, matrix, alpha.shape[::-1])
            moved = pixels[window][seen] + alpha[seen][:, None] * warped[seen]
            blended[window][seen] = np.rint(moved).clip(0, 255).astype(np.uint8)
    return blended


def _average(change: np.ndarray, inside: np.ndarray) -> np.ndarray:
    """A change (S, S, 3) of a part's pixels without its detail, continued to where the part is not."""
    weight = inside.astype(np.float32)
    mean = np.broadcast_to(change[inside].mean(axis=0), change.shape)
    for reach in (_WIDE, _STRIDE):
        share = cv2.blur(weight, (reach, reach))
        near = cv2.blur(change * weight[..., None], (reach, reach)) / np.maximum(share, 1e-6)[..., None]
        mean = mean + np.minimum(share / _ENOUGH, 1)[..., None] * (near - mean)
    # A box has edges; what is as long as the stride stays out.
    return cv2.GaussianBlur(mean.astype(np.float32), (0, 0), _STRIDE / 4)
