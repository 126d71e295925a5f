"""Which part of the crop an edit changes, and how softly it ends. Lengths are in pixels of the 512² crop."""

from __future__ import annotations

import cv2
import numpy as np

from maskgan_studio.labels import part_named
from maskgan_studio.photo.kernels import disk, find_labels, smoothstep

__all__ = ["find_edited_region", "find_person_region", "measure_change"]

_CORE = 5  # masks are drawn a few pixels beside the visible edge
_REACH = 44  # as far as shadows and smile lines follow an edit
_FEATHER = 14
_VISIBLE = 4  # grey levels
_NOT_THE_PERSON = [part_named(name).index for name in ("background", "cloth")]


def find_edited_region(
    target_mask: np.ndarray, source_mask: np.ndarray, result: np.ndarray, reconstruction: np.ndarray
) -> np.ndarray:
    """Find where an edit shows: where the masks differ, grown to where the network's change fades.

    Args:
        target_mask, source_mask: (S, S) uint8, the photo's own mask and the edited one.
        result, reconstruction: (S, S, 3) uint8, the network's images at the source and at the target mask.

    Returns:
        (S, S) float32 weights, 1 inside, falling smoothly to exactly 0; all 0 where the masks are equal.
    """
    changed = target_mask != source_mask
    if not changed.any():
        return np.zeros(changed.shape, np.float32)
    core = cv2.dilate(changed.astype(np.uint8), disk(_CORE))
    distance = cv2.distanceTransform(1 - core, cv2.DIST_L2, 5)
    change = measure_change(result, reconstruction)
    # Instance normalisation lets the network answer an edit a little everywhere; that drift is not part of it.
    beyond = distance > _REACH
    drift = float(np.median(change[beyond])) if beyond.any() else 0.0
    grown = ((change > 2 * drift + _VISIBLE) & ~beyond) | (core > 0)
    _, pieces = cv2.connectedComponents(grown.astype(np.uint8), connectivity=4)
    touching = np.zeros(int(pieces.max()) + 1, np.uint8)
    touching[pieces[core > 0]] = 1
    region = cv2.morphologyEx(touching[pieces], cv2.MORPH_CLOSE, disk(_FEATHER // 2))
    outside = cv2.distanceTransform(1 - region, cv2.DIST_L2, 5)
    return np.asarray(smoothstep(1 - outside / _FEATHER) * smoothstep((_REACH - distance) / (0.6 * _REACH)))


def find_person_region(target_mask: np.ndarray, source_mask: np.ndarray) -> np.ndarray:
    """Weights (S, S) float32 of what another photo's style changes: 1 on face, hair and neck, falling softly to 0."""
    person = ~find_labels(target_mask, _NOT_THE_PERSON) | ~find_labels(source_mask, _NOT_THE_PERSON)
    outside = cv2.distanceTransform(1 - person.astype(np.uint8), cv2.DIST_L2, 5)
    return smoothstep(1 - outside / _FEATHER)


def measure_change(result: np.ndarray, reconstruction: np.ndarray) -> np.ndarray:
    """Return how much two (S, S, 3) uint8 images differ around each pixel: (S, S) float32, in grey levels."""
    red, green, blue = cv2.split(cv2.absdiff(result, reconstruction))
    return cv2.GaussianBlur(cv2.max(cv2.max(red, green), blue).astype(np.float32), (0, 0), 3)
