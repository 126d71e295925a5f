"""Closed eyes: where an edit turns an eye into skin, the photo's own lid is drawn down over it.

The mask knows no lid, and a network that is told "skin" draws a cheek. The skin above the eye is stretched down to the
lower lid, and the lashes of the upper lid come to lie there, unstretched.
"""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np

from maskgan_studio.labels import part_named
from maskgan_studio.photo.alignment.eye_outline import fit_lids
from maskgan_studio.photo.compositing.reused_parts import ReusedPart
from maskgan_studio.photo.kernels import smoothstep

__all__ = ["find_closed_eyes"]

_EYES = [part_named(name).index for name in ("l_eye", "r_eye")]
_BROWS = [part_named(name).index for name in ("l_brow", "r_brow")]
_SKIN = part_named("skin").index
_LEAST = 60  # pixels of an eye
_COVERED = 0.95  # share of the eye that is skin after the edit
# Pixels of the 512² crop.
_LASHES = 8  # band above the eye that keeps its height
_INTO_EYE = 2  # what of the upper lid's edge the mask counts as eye
_BELOW = 3  # how far below the eye the lid ends
_SIDE = 10  # over how many columns beside the eye its outline is continued
_FEATHER = 4.0
_STRETCHED, _TORN = 1.6, 2.4  # lids that are stretched more show only the network's skin, in steps between


def find_closed_eyes(crop: np.ndarray, target_mask: np.ndarray, source_mask: np.ndarray) -> Iterator[ReusedPart]:
    """Draw the lid over each eye that an edit turned into skin.

    Args:
        crop: (S, S, 3) uint8, the photo.
        target_mask, source_mask: (S, S) uint8, the photo's own mask and the edited one.
    """
    for eye in _EYES:
        inside = target_mask == eye
        if inside.sum() < _LEAST or (source_mask[inside] == _SKIN).mean() < _COVERED or (source_mask == eye).any():
            continue
        columns = np.nonzero(inside.any(axis=0))[0]
        left, right = int(columns[0]), int(columns[-1])
        x = np.arange(max(0, left - _SIDE), min(len(crop), right + _SIDE + 1))
        top, bottom = fit_lids(inside, x, _SIDE)
        crease = top - _lid_height(target_mask, inside, top, x)
        pixels, weight = _draw_lid(crop, x, crease, top + _INTO_EYE, bottom + _BELOW)
        skin = source_mask == _SKIN
        lid = np.zeros(inside.shape, bool)
        rows = np.arange(len(crop))[:, None]
        lid[:, x] = (rows >= crease) & (rows <= bottom + _BELOW + _FEATHER)
        yield ReusedPart(pixels, weight * skin, lid & skin, inside)


def _lid_height(labels: np.ndarray, inside: np.ndarray, top: np.ndarray, x: np.ndarray) -> float:
    """How far above the eye its lid begins: about as far as the eye is high, and below the brow."""
    rows = np.nonzero(inside.any(axis=1))[0]
    height = 0.9 * (rows[-1] - rows[0] + 1) + _LASHES
    brow = np.isin(labels[: rows[0] + 1][:, x], _BROWS)
    if brow.any():
        lowest = len(brow) - 1 - brow[::-1].argmax(axis=0)
        gap = np.where(brow.any(axis=0), top - lowest, np.inf).min()
        height = min(height, max(0.8 * gap, _LASHES + 2))
    return float(height)


def _draw_lid(
    crop: np.ndarray, x: np.ndarray, crease: np.ndarray, upper: np.ndarray, lower: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Map [crease, upper] of each column onto [crease, lower]; the lashes keep their height.

    Returns:
        the photo with the lid, and where it belongs, falling softly to 0.
    """
    size = len(crop)
    y = np.arange(size, dtype=float)[:, None]
    lashes = np.minimum(_LASHES, upper - crease - 1)
    # Where the eye is open further its lid is stretched more.
    stretch = (lower - lashes - crease) / (upper - lashes - crease)
    lid = crease + (y - crease) / stretch
    there = np.where(y < lower - lashes, lid, y - lower + upper)
    there = np.where((y < crease) | (y > lower + _FEATHER), y, there)
    map_x, map_y = (np.broadcast_to(a, there.shape).astype(np.float32) for a in (x[None], there))
    strip = cv2.remap(crop, map_x, map_y, cv2.INTER_LANCZOS4, borderMode=cv2.BORDER_REPLICATE)
    pixels = crop.copy()
    pixels[:, x[0] : x[-1] + 1] = strip
    weight = np.zeros(crop.shape[:2], np.float32)
    share = float(np.clip((_TORN - stretch.max()) / (_TORN - _STRETCHED), 0, 1))
    # From the lid to the lashes, and below these to the cheek.
    in_lashes = smoothstep((y - (lower - lashes)) / _FEATHER)
    vertical = np.clip((lower + 1 - y) / _FEATHER, 0, 1) * (y >= crease) * (share + (1 - share) * in_lashes)
    beside = np.minimum(x - x[0], x[-1] - x) / _SIDE
    weight[:, x[0] : x[-1] + 1] = vertical * np.clip(beside, 0, 1)
    return pixels, weight
