"""Strands beside the hair: when that is taken off, those that the mask calls skin or background have to go with it."""

from __future__ import annotations

import cv2
import numpy as np

from maskgan_studio.labels import BACKGROUND, part_named
from maskgan_studio.photo.kernels import disk, find_labels

__all__ = ["find_stray_hair", "removes_hair"]

_HAIR, _SKIN = part_named("hair").index, part_named("skin").index
_EYES = [part_named(name).index for name in ("l_eye", "r_eye")]
_LIDS_AND_BROWS = [*_EYES, *(part_named(name).index for name in ("l_brow", "r_brow"))]
# Pixels of the 512² crop.
_REACH, _REACH_AROUND = 90, 90  # over the forehead, and into the background
_LIGHT = 18.0  # over so much skin or background its light is averaged
_TOUCH = 4
_GROWN = 6
_LIDS = 16  # so far around an eye or brow dark skin is a lid
_LEAST = 300  # pixels of hair, to know its colour
_HAIR_LIKE = 0.2  # of the way from the ground's colour to hair's
_SHADED, _SHADE = 0.08, 14  # so near to hair, so much of it is its shadow or its finest strands
_SHADOW = 18  # so far over the forehead hair darkens the skin
_STRAND = 6  # half the width of a bundle of strands against the background
_LEAST_CONTRAST = 24.0  # grey levels between the ground and hair


def removes_hair(target_mask: np.ndarray, source_mask: np.ndarray) -> bool:
    """Whether an edit takes hair away; label maps uint8 of one shape."""
    return bool(((target_mask == _HAIR) & (source_mask != _HAIR)).any())


def find_stray_hair(crop: np.ndarray, target_mask: np.ndarray, source_mask: np.ndarray) -> np.ndarray:
    """Find strands of removed hair on the forehead and beside the head, and its shadow on the forehead.

    Pixels of skin above the eyes and of the background that are nearer to the hair's colour than their surroundings,
    and hang together with hair that the edit removes. Below the eyes a beard looks the same and stays.

    Args:
        crop: (S, S, 3) uint8, the photo.
        target_mask, source_mask: (S, S) uint8, the photo's own mask and the edited one.

    Returns:
        (S, S) bool; empty where no hair is removed.
    """
    removed = (target_mask == _HAIR) & (source_mask != _HAIR)
    if removed.sum() < _LEAST:
        return np.zeros(removed.shape, bool)
    kept = target_mask == source_mask
    forehead = kept & (target_mask == _SKIN)
    eyes = np.nonzero(find_labels(target_mask, _EYES).any(axis=1))[0]
    if len(eyes):
        forehead[int(eyes.mean()) :] = False
    forehead &= cv2.dilate(find_labels(target_mask, _LIDS_AND_BROWS).astype(np.uint8), disk(_LIDS)) == 0
    image = cv2.GaussianBlur(crop.astype(np.float32), (0, 0), 0.8)
    distance = cv2.distanceTransform(1 - removed.astype(np.uint8), cv2.DIST_L2, 3)
    around = kept & (target_mask == BACKGROUND)
    on_skin = _find_strands(image, removed, distance, forehead & (distance < _REACH), True)
    beside = _find_strands(image, removed, distance, around & (distance < _REACH_AROUND), False)
    return np.asarray(on_skin | beside)


def _find_strands(
    image: np.ndarray, removed: np.ndarray, distance: np.ndarray, ground: np.ndarray, is_skin: bool
) -> np.ndarray:
    """Strands of removed hair on a ground, (S, S) bool like both.

    Args:
        image: (S, S, 3) float32.
        removed: the hair.
        distance: (S, S) float32, how far each pixel is from it.
        ground: where strands are looked for.
        is_skin: it is skin, or background, on which other things are dark as well.
    """
    found = np.zeros(removed.shape, bool)
    if not ground.any():
        return found
    towards_hair = np.median(image[removed], axis=0) - np.median(image[ground], axis=0)
    contrast = float(np.linalg.norm(towards_hair))
    if contrast < _LEAST_CONTRAST:
        return found
    # How far each pixel lies towards the hair's colour, against the ground around it.
    share = (image @ (towards_hair / contrast**2)).astype(np.float32)
    weight = ground.astype(np.float32)
    around = cv2.GaussianBlur(share * weight, (0, 0), _LIGHT)
    around /= np.maximum(cv2.GaussianBlur(weight, (0, 0), _LIGHT), 1e-3)
    share -= around
    strands = ground & ((share > _HAIR_LIKE) | ((share > _SHADED) & (distance < _SHADE)))
    if is_skin:
        strands |= ground & (distance < _SHADOW)
    else:  # what is broad is something that stands behind
        broad = cv2.morphologyEx(strands.astype(np.uint8), cv2.MORPH_OPEN, disk(_STRAND))
        strands &= cv2.dilate(broad, disk(2 * _STRAND)) == 0
    seeds = cv2.dilate(removed.astype(np.uint8), disk(_TOUCH)) > 0
    joined = cv2.dilate(strands.astype(np.uint8), disk(_TOUCH // 2))
    _, pieces = cv2.connectedComponents((joined > 0).astype(np.uint8) | seeds.astype(np.uint8))
    touching = np.zeros(int(pieces.max()) + 1, bool)
    touching[pieces[seeds]] = True
    strands &= touching[pieces]
    return np.asarray((cv2.dilate(strands.astype(np.uint8), disk(_GROWN)) > 0) & ground)
