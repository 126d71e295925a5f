"""What completion is to draw for an edit, and how what it drew is laid into the photo.

Lengths are in pixels of the 512² crop.
"""

from __future__ import annotations

from collections.abc import Iterable

import cv2
import numpy as np

from maskgan_studio.labels import part_named
from maskgan_studio.photo.alignment.frame import Alignment
from maskgan_studio.photo.compositing.completion_base import Box
from maskgan_studio.photo.compositing.paste_back import Change, fade_at_frame, paste_back
from maskgan_studio.photo.compositing.reused_parts import ReusedPart
from maskgan_studio.photo.compositing.texture import mirror_map
from maskgan_studio.photo.compositing.toning import find_toning
from maskgan_studio.photo.kernels import disk, find_labels, smoothstep

__all__ = ["Box", "composite_completion", "find_box", "find_completion_region"]

# Masks are drawn a few pixels beside the edge that one sees; what leaves a place shows that far outside its mask.
_RIM, _FUZZY_RIM, _LASHES = 4, 8, 9
_FUZZY = [part_named(name).index for name in ("hair", "hat", "cloth", "eye_g")]
_EYES = [part_named(name).index for name in ("l_eye", "r_eye")]
_FEATURES = [
    part_named(name).index
    for name in ("l_eye", "r_eye", "l_brow", "r_brow", "nose", "mouth", "u_lip", "l_lip", "eye_g")
]
_FEATHER = 3
_REDRAWN = 0.1  # share of an eye that changes
# What completion sees beside the region: of 40 pixels instead, mouths on eight faces changed by 0.5 of 255.
_CONTEXT = 16
_ALIGNED = 8  # the network's stride


def find_completion_region(
    target_mask: np.ndarray, source_mask: np.ndarray, reused: Iterable[ReusedPart] = ()
) -> np.ndarray:
    """Find what an edit makes necessary to draw: where the masks differ, and the traces of what was there.

    Args:
        target_mask, source_mask: (S, S) uint8, the photo's own mask and the edited one.
        reused: parts whose pixels the photo gives at another place or size.

    Returns:
        (S, S) bool; nothing where the masks are equal.
    """
    changed = target_mask != source_mask
    region = np.zeros(changed.shape, bool)
    if not changed.any():
        return region
    fuzzy = changed & (find_labels(target_mask, _FUZZY) | find_labels(source_mask, _FUZZY))
    eyes = changed & find_labels(target_mask, _EYES)
    redrawn = np.zeros(changed.shape, bool)
    for eye in _EYES:
        # Beside the photo's iris a larger eye's rim could only be white: the eye is drawn as a whole.
        whole = (target_mask == eye) | (source_mask == eye)
        if (changed & whole).sum() > _REDRAWN * whole.sum():
            redrawn |= whole
    for part in reused:
        region |= part.region
        redrawn |= part.own
    region |= redrawn
    for where, radius in ((changed, _RIM), (fuzzy, _FUZZY_RIM), (eyes, _LASHES)):
        if where.any():
            region |= cv2.dilate(where.astype(np.uint8), disk(radius)) > 0
    # A feature nearby that nobody touched stays the photo's own.
    near = cv2.dilate(changed.astype(np.uint8), disk(_RIM - 1)) > 0
    return np.asarray(region & ~(find_labels(source_mask, _FEATURES) & ~changed & ~near & ~redrawn))


def find_box(region: np.ndarray) -> Box:
    """The box that completion has to see for a region (S, S) bool that is not empty."""
    size = len(region)
    x, y, width, height = cv2.boundingRect(region.astype(np.uint8))
    box = []
    for first, length in ((y, height), (x, width)):
        start = max(0, first - _CONTEXT) // _ALIGNED * _ALIGNED
        stop = min(size, -(-(first + length + _CONTEXT) // _ALIGNED) * _ALIGNED)
        box.append(slice(start, stop))
    return box[0], box[1]


def composite_completion(
    photo_pixels: np.ndarray,
    alignment: Alignment,
    crop: np.ndarray,
    target_mask: np.ndarray,
    source_mask: np.ndarray,
    region: np.ndarray,
    completed: np.ndarray,
    box: Box,
    preview: bool = False,
) -> np.ndarray:
    """Lay what completion drew into the full-size photo.

    Args:
        photo_pixels: (H, W, 3) uint8 photo.
        alignment: where the crop lies in it.
        crop: (S, S, 3) uint8, what `alignment.crop` gives for the photo.
        target_mask, source_mask: (S, S) uint8, the crop's own mask and the edited one.
        region: (S, S) bool, what was drawn.
        completed: (h, w, 3) float32 in 0 to 255, the picture of the box.
        box: where it lies in the crop.
        preview: leave texture finer than the crop's pixels out, which only a larger photo has.

    Returns:
        (H, W, 3) uint8. Outside the region that is the photo bit by bit.
    """
    alpha = np.zeros(region.shape, np.float32)
    inside = cv2.copyMakeBorder(region[box].astype(np.uint8), 1, 1, 1, 1, cv2.BORDER_REPLICATE)
    depth = cv2.distanceTransform(inside, cv2.DIST_L2, 3)[1:-1, 1:-1]
    alpha[box] = smoothstep(depth / _FEATHER)
    alpha *= fade_at_frame(alignment, photo_pixels.shape)
    toning = find_toning(crop)
    if toning is not None:  # a grey photo stays one
        completed = toning.apply(completed)
    photo = crop.astype(np.float32)
    delta = np.zeros(photo.shape, np.float32)
    delta[box] = alpha[box][..., None] * (completed - photo[box])
    mirror = mirror_map(target_mask, source_mask, region) if alignment.scale > 1 and not preview else None
    return paste_back(photo_pixels, alignment, photo, Change(delta, alpha, alpha, mirror))
