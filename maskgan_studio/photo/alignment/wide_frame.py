"""A wider frame than CelebA-HQ's, for hair and hats that end at the edge of the usual one.

The mask stays 512 x 512; the face in it is smaller, so that small parts are drawn less finely.
"""

from __future__ import annotations

import cv2
import numpy as np

from maskgan_studio.labels import part_named
from maskgan_studio.photo.alignment.frame import Alignment
from maskgan_studio.photo.alignment.landmarks import landmarks_from_mask

__all__ = ["has_wide_frame", "merge_wide_mask", "narrow_frame", "wants_wide_frame", "widen_frame"]

# The face's size in the wide frame, as a share of that in the usual one.
_SCALE = 0.7
# Hair that reaches the bottom is cut in almost every portrait; above this share of the height it need not be.
_UPPER = 0.6
_SHARE_OF_BORDER = 0.06
# Less of the photo than this in the wide frame, and it would be made up at its edges.
_COVERED = 0.9
# A face asks for a frame as wide as the usual one, or for this share of it where it lies in the wide one: midway.
_MIDWAY = _SCALE**0.5
# Where the usual frame's mask is not yet followed, in pixels of the wide one: at its edge it saw parts cut off.
_SEAM = 24


def wants_wide_frame(mask: np.ndarray, alignment: Alignment, shape: tuple[int, ...]) -> bool:
    """Whether a face wants the wide frame: hair or a hat ends at the top or sides of the usual one, not at the photo's.

    Args:
        mask: label map (H, W) in the usual frame.
        alignment: the usual frame.
        shape: of the photo, (H, W, ...).
    """
    covered = alignment.covered(shape)
    cut = np.isin(mask, [part_named("hair").index, part_named("hat").index]) & covered
    upper = round(_UPPER * len(mask))
    border = np.concatenate([cut[0], cut[:upper, 0], cut[:upper, -1]])
    return bool(border.mean() >= _SHARE_OF_BORDER and widen_frame(alignment).covered(shape).mean() >= _COVERED)


def has_wide_frame(mask: np.ndarray) -> bool:
    """Whether eyes and mouth in a label map (S, S) are as small as in the wide frame; False where they cannot tell."""
    landmarks = landmarks_from_mask(mask)
    return landmarks is not None and Alignment.from_landmarks(landmarks, len(mask)).scale < _MIDWAY


def widen_frame(alignment: Alignment) -> Alignment:
    """The wide frame around the usual one."""
    return alignment.widened(1 / _SCALE)


def narrow_frame(alignment: Alignment) -> Alignment:
    """The usual frame within the wide one."""
    return alignment.widened(_SCALE)


def merge_wide_mask(wide: np.ndarray, usual: np.ndarray) -> np.ndarray:
    """Lay the mask of the usual frame, which was parsed at a finer scale, into that of the wide one.

    Args:
        wide: label map (S, S) uint8 of the wide frame.
        usual: label map (S, S) uint8 of the usual one.

    Returns:
        (S, S) uint8.
    """
    size = len(wide)
    offset = (size - 1) / 2 * (1 - _SCALE)
    matrix = np.array([[_SCALE, 0, offset], [0, _SCALE, offset]])
    small = cv2.warpAffine(usual, matrix, (size, size), flags=cv2.INTER_NEAREST)
    edge = round(size * (1 - _SCALE) / 2) + _SEAM
    inner = np.zeros(wide.shape, bool)
    inner[edge : size - edge, edge : size - edge] = True
    return np.where(inner, small, wide)
