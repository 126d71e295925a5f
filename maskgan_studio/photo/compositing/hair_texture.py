"""The drawn hair's texture, brought to the contrast of the photo's own: a soft photo gets no crisp strands."""

from __future__ import annotations

import cv2
import numpy as np

from maskgan_studio.labels import part_named
from maskgan_studio.photo.kernels import disk

__all__ = ["match_hair_texture"]

_HAIR = part_named("hair").index
_SIGMAS = (1.0, 2.0, 4.0)  # pixels of the 512² crop; below each, one band
# Strands that were too weak gain little: drawn ones are nowhere where the real ones would be, and the more one sees of
# them the further they are from these (regrown halves of hair: 0.672 of the distance is left, 0.667 if bands may only
# lose contrast, 0.675 and 0.687 if they may gain up to 1.25 and 1.6).
_LEAST_GAIN, _LARGEST_GAIN = 0.3, 1.1
_RIM = 4  # pixels along the edge of hair, whose contrast is that of the edge
_FEATHER = 2.0
_ENOUGH = 300  # pixels


def match_hair_texture(
    completed: np.ndarray,
    crop: np.ndarray,
    target_mask: np.ndarray,
    source_mask: np.ndarray,
    region: np.ndarray,
    box: tuple[slice, slice],
) -> np.ndarray:
    """Scale the fine bands of drawn hair to the contrast that they have in the hair that stays.

    Args:
        completed: (h, w, 3) float32 in 0 to 255, what was drawn for the box.
        crop: (S, S, 3) uint8, the photo.
        target_mask, source_mask: (S, S) uint8, the photo's own mask and the edited one.
        region: (S, S) bool, what was drawn.
        box: where it lies in the crop.

    Returns:
        (h, w, 3) float32; the same array where there is too little of either hair to tell.
    """
    hair = source_mask == _HAIR
    drawn = (hair & region)[box]
    kept, inner = _erode(hair & (target_mask == _HAIR) & ~region), _erode(drawn)
    if min(np.count_nonzero(kept), np.count_nonzero(inner)) < _ENOUGH:
        return completed
    grey: np.ndarray = cv2.cvtColor(crop, cv2.COLOR_RGB2GRAY).astype(np.float32)
    matched = completed
    finer, finer_grey = completed, grey
    for sigma in _SIGMAS:
        coarser, coarser_grey = (cv2.GaussianBlur(image, (0, 0), sigma) for image in (completed, grey))
        band = finer - coarser
        wanted = float((finer_grey - coarser_grey)[kept].std())
        found = float(cv2.cvtColor(band, cv2.COLOR_RGB2GRAY)[inner].std())
        gain = float(np.clip(wanted / max(found, 1e-3), _LEAST_GAIN, _LARGEST_GAIN))
        matched = matched + (gain - 1) * band
        finer, finer_grey = coarser, coarser_grey
    weight = cv2.GaussianBlur(drawn.astype(np.float32), (0, 0), _FEATHER)[..., None]
    return np.asarray(completed + weight * (matched - completed))


def _erode(shape: np.ndarray) -> np.ndarray:
    return cv2.erode(shape.astype(np.uint8), disk(_RIM)) > 0
