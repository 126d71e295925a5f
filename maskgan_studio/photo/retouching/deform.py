"""Carry the photo's own pixels along with a deformation of its crop."""

from __future__ import annotations

import cv2
import numpy as np

from maskgan_studio.photo.alignment.frame import Alignment
from maskgan_studio.photo.bands import split_into_bands

__all__ = ["deform_crop", "deform_photo"]

# Room for the kernel around the pixels that are looked at.
_MARGIN = 8


def deform_photo(pixels: np.ndarray, alignment: Alignment, offsets: np.ndarray) -> np.ndarray:
    """Sample the photo once, at its own resolution, where its crop is deformed.

    Args:
        pixels: (H, W, 3) uint8 photo, or (H, W) of any depth that OpenCV samples.
        alignment: where the crop lies in it.
        offsets: (S, S, 2) float32: the crop's pixel p shows what lay at p + offsets[p], in pixels of the crop. Falls to
            0 towards the crop's border, for beyond it nothing moves.

    Returns:
        the deformed photo; pixels that do not move keep their bits. The same array where nothing moves.
    """
    moving = (offsets[..., 0] != 0) | (offsets[..., 1] != 0)
    if not moving.any():
        return pixels
    deformed = pixels.copy()
    left, top, right, bottom = _window(alignment, pixels.shape, moving)
    (a, b, _), (c, d, _) = alignment.inverse
    # From crop pixels to photo pixels; interpolated linearly, as such fields are smooth.
    shifts = cv2.transform(np.asarray(offsets, np.float32), np.array([[a, b], [c, d]], np.float32))
    for rows in split_into_bands(top, bottom, right - left):
        matrix = alignment.inverse - np.array([[0, 0, left], [0, 0, rows.start]])
        shift = cv2.warpAffine(shifts, matrix, (right - left, rows.stop - rows.start), flags=cv2.INTER_LINEAR)
        inside = (shift[..., 0] != 0) | (shift[..., 1] != 0)
        if not inside.any():
            continue
        x, y = np.arange(left, right, dtype=np.float32), np.arange(rows.start, rows.stop, dtype=np.float32)
        sampled = _sample(pixels, x + shift[..., 0], y[:, None] + shift[..., 1])
        part = deformed[rows, left:right]
        np.copyto(part, sampled, where=inside if part.ndim == 2 else inside[..., None])
    return deformed


def deform_crop(crop: np.ndarray, offsets: np.ndarray) -> np.ndarray:
    """The same for a (S, S, ...) image of the crop alone: for previews and for what the networks are shown."""
    return deform_photo(crop, Alignment.identity(crop.shape, len(crop)), offsets)


def _sample(pixels: np.ndarray, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Lanczos samples of a photo at points (h, w) float32, mirrored beyond its border."""
    # Only the part that is looked at: OpenCV's remap takes no more than 32767 pixels a side.
    (left, right), (top, bottom) = (
        np.clip([int(np.floor(line.min())) - _MARGIN, int(np.ceil(line.max())) + 1 + _MARGIN], 0, length)
        for line, length in ((x, pixels.shape[1]), (y, pixels.shape[0]))
    )
    part = np.ascontiguousarray(pixels[top:bottom, left:right])
    x, y = x - np.float32(left), y - np.float32(top)
    return cv2.remap(part, x, y, cv2.INTER_LANCZOS4, borderMode=cv2.BORDER_REFLECT_101)


def _window(alignment: Alignment, shape: tuple[int, ...], moving: np.ndarray) -> tuple[int, int, int, int]:
    """Left, top, right, bottom (exclusive) in the photo of all that moves in the crop."""
    x, y, width, height = cv2.boundingRect(moving.astype(np.uint8))
    low, high = np.array([x, y]) - 2, np.array([x + width, y + height]) + 1
    corners = alignment.to_photo(np.array([low, [low[0], high[1]], [high[0], low[1]], high]))
    left, top = np.floor(corners.min(axis=0)).astype(int)
    right, bottom = np.ceil(corners.max(axis=0)).astype(int) + 1
    return max(0, int(left)), max(0, int(top)), min(shape[1], int(right)), min(shape[0], int(bottom))
