"""What was drawn, brought to the sharpness of the photo: a soft photo gets no crisp lashes, teeth and strands.

Completion draws every photo as sharp as those that it was trained on. The fine bands of its picture, differences of
Gaussians, are scaled; shading is left alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import cv2
import numpy as np

from maskgan_studio.labels import BACKGROUND, part_named
from maskgan_studio.photo.kernels import disk, find_labels

__all__ = ["match_sharpness"]

_HAIR = part_named("hair").index
_FACE_NAMES = "skin nose eye_g l_eye r_eye l_brow r_brow l_ear r_ear mouth u_lip l_lip"
_FACE = [part_named(name).index for name in _FACE_NAMES.split()]
# Sigmas of the Gaussians between which bands lie, in pixels of the 512² crop. The last band of edges is no finer than
# any photo shows: the others are judged by their share of it.
_HAIR_SIGMAS = (1.0, 2.0, 4.0)
_EDGE_SIGMAS = (0.7, 1.4, 2.8, 5.6)
# Strands that were too weak gain little: drawn ones are nowhere where the real ones would be, and the more one sees of
# them the further they are from these (regrown halves of hair: 0.672 of the distance is left, 0.667 if bands may only
# lose contrast, 0.675 and 0.687 if they may gain up to 1.25 and 1.6).
_LEAST_HAIR_GAIN, _LARGEST_HAIR_GAIN = 0.3, 1.1
# Of twelve sharp photos nearly all stay as they are with this allowance. Regrown features of eight photos: 0.584 of the
# distance is left without all this and 0.578 with it; of the same photos blurred by 1.5 and 3 pixels 0.701 and 0.665,
# 0.851 and 0.778.
_ALLOWANCE = 1.4
_LEAST_EDGE_GAIN = 0.1
_EDGES = 98.5  # percentile of a band's absolute values: its edges
_LEAST_EDGE = 2.0  # grey levels, of the coarsest band
_RIM = 4  # pixels along the edge of hair, whose contrast is that of the edge
_FEATHER = 2.0
_ENOUGH = 300  # pixels

Box = tuple[slice, slice]


def match_sharpness(
    completed: np.ndarray,
    crop: np.ndarray,
    target_mask: np.ndarray,
    source_mask: np.ndarray,
    region: np.ndarray,
    box: Box,
) -> np.ndarray:
    """Bring what was drawn to the photo's sharpness.

    Hair gets the contrast, band by band, of the hair that stays. The rest is softened as far as the edges of the face
    that stays are softer than those that were drawn.

    Args:
        completed: (h, w, 3) float32 in 0 to 255, what was drawn for the box.
        crop: (S, S, 3) uint8, the photo.
        target_mask, source_mask: (S, S) uint8, the photo's own mask and the edited one.
        region: (S, S) bool, what was drawn.
        box: where it lies in the crop.

    Returns:
        (h, w, 3) float32; the same array where there is too little of both to tell, or the photo is as sharp.
    """
    grey = _to_grey(crop)
    kept, drawn = (target_mask == source_mask) & ~region, region[box]
    hair, hair_in_box = source_mask == _HAIR, source_mask[box] == _HAIR
    matched = _match_hair(completed, grey, _erode(kept & hair), drawn & hair_in_box)
    face = _erode(kept & find_labels(source_mask, _FACE))
    inner = _erode(drawn & ~hair_in_box & (source_mask[box] != BACKGROUND))
    return _match_edges(matched, grey, face, inner, drawn & ~hair_in_box)


def _match_hair(completed: np.ndarray, grey: np.ndarray, kept: np.ndarray, drawn: np.ndarray) -> np.ndarray:
    """Scale the bands of drawn hair (h, w) bool to their contrast in the photo where hair is kept; both (S, S)."""
    inner = _erode(drawn)
    if not _are_enough(kept, inner):
        return completed
    bands = _split_bands(completed, _HAIR_SIGMAS)
    gains = []
    for band, photo in zip(bands, _split_bands(grey, _HAIR_SIGMAS), strict=True):
        ratio = float(photo[kept].std()) / max(float(_to_grey(band)[inner].std()), 1e-3)
        gains.append(float(np.clip(ratio, _LEAST_HAIR_GAIN, _LARGEST_HAIR_GAIN)))
    return _scale_bands(completed, bands, gains, drawn)


def _match_edges(
    completed: np.ndarray, grey: np.ndarray, kept: np.ndarray, inner: np.ndarray, drawn: np.ndarray
) -> np.ndarray:
    """Soften what was drawn (h, w) bool, with its edges in ``inner``, as far as the photo's are where it is kept."""
    if not _are_enough(kept, inner):
        return completed
    wanted = [_find_edges(band, kept) for band in _split_bands(grey, _EDGE_SIGMAS)]
    bands = _split_bands(completed, _EDGE_SIGMAS)
    found = [_find_edges(_to_grey(band), inner) for band in bands]
    if min(wanted[-1], found[-1]) < _LEAST_EDGE:
        return completed
    gains = [
        float(np.clip(_ALLOWANCE * ours / wanted[-1] * found[-1] / max(theirs, 1e-3), _LEAST_EDGE_GAIN, 1))
        for ours, theirs in zip(wanted[:-1], found[:-1], strict=True)
    ]
    return _scale_bands(completed, bands, gains, drawn)


def _are_enough(*shapes: np.ndarray) -> bool:
    return all(np.count_nonzero(shape) >= _ENOUGH for shape in shapes)


def _split_bands(image: np.ndarray, sigmas: Sequence[float]) -> list[np.ndarray]:
    """Differences between an image (H, W[, 3]) float32 and its copies, each more blurred than the one before."""
    copies = [image, *(cv2.GaussianBlur(image, (0, 0), sigma) for sigma in sigmas)]
    return [finer - coarser for finer, coarser in pairwise(copies)]


def _scale_bands(
    completed: np.ndarray, bands: Sequence[np.ndarray], gains: Sequence[float], where: np.ndarray
) -> np.ndarray:
    """Give the first bands of a picture these gains in a part (h, w) bool of it."""
    if all(gain == 1 for gain in gains):
        return completed
    weight = cv2.GaussianBlur(where.astype(np.float32), (0, 0), _FEATHER)[..., None]
    change = sum((gain - 1) * band for gain, band in zip(gains, bands, strict=False))
    return np.asarray(completed + weight * change)


def _find_edges(band: np.ndarray, where: np.ndarray) -> float:
    return float(np.percentile(np.abs(band[where]), _EDGES))


def _to_grey(image: np.ndarray) -> np.ndarray:
    return np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), np.float32)


def _erode(shape: np.ndarray) -> np.ndarray:
    return cv2.erode(shape.astype(np.uint8), disk(_RIM)) > 0
