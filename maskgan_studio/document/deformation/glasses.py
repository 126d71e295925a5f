"""Glasses: what moves behind them does not bend them, and where it moves away from them skin comes into sight."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import cv2
import numpy as np

from maskgan_studio.document.deformation.deformation import Deformation
from maskgan_studio.document.deformation.labels import deform_labels
from maskgan_studio.document.geometry.rect import Rect
from maskgan_studio.document.geometry.regions import of_parts
from maskgan_studio.labels import UNSET, part_named

__all__ = ["find_rims", "moves_behind_glasses", "reveal_beside_rims"]

_GLASSES, _SKIN = part_named("eye_g").index, part_named("skin").index
_BROWS = [part_named(name).index for name in ("l_brow", "r_brow")]
_SOFT = [_SKIN, *_BROWS]
_BEHIND = ("eyes", "brows", "nose")
_SIZE = 512  # of the crop whose pixels these are:
_RIM, _NEAR, _NOTCH = 9.0, 24.0, 16.0
_TAKEN = 0.42  # share of a brow
# Skin that is stretched more than this shows streaks instead of pores.
_STRETCHED = 2.0


def moves_behind_glasses(values: Mapping[str, float]) -> bool:
    """Whether sliders move what is behind glasses or close to them; numbers by slider name."""
    return any(name.partition(".")[0] in _BEHIND for name, value in values.items() if value)


def find_rims(mask: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
    """Where the rims, bridge and arms of glasses are: 1 there, falling softly to 0.

    Args:
        mask: (S, S) uint8, the photo's own.
        shape: of the answer, float32.
    """
    glasses = _fill_lenses(mask)
    if glasses is None:
        return np.zeros(shape, np.float32)
    window, whole = glasses
    scale = len(mask) / _SIZE
    disk = _disk(_RIM * scale)
    rims = np.zeros(mask.shape, np.float32)
    rims[window] = cv2.dilate(whole, disk) - cv2.erode(whole, disk)
    reduced = cv2.resize(rims, shape[::-1], interpolation=cv2.INTER_AREA)
    soft = cv2.GaussianBlur(reduced, (0, 0), max(1.0, _RIM / 2 * scale * shape[1] / mask.shape[1]))
    return np.asarray(np.minimum(1, 1.5 * soft))


def reveal_beside_rims(mask: np.ndarray, deformation: Deformation) -> Deformation:
    """Reveal skin where a brow, say, moves away from a rim that hid what lies between.

    Args:
        mask: (S, S) uint8, the photo's own.
        deformation: of that mask; reveals nothing yet.
    """
    glasses = _fill_lenses(mask)
    if glasses is None or deformation.is_identity:
        return deformation
    window, whole = glasses
    stretched = np.zeros(whole.shape, bool)
    stretched[:-1, :-1] = Deformation.from_offsets(deformation.offsets[window]).jacobian() < 1 / _STRETCHED
    if not stretched.any():
        return deformation
    near = cv2.dilate(whole, _disk(_NEAR * len(mask) / _SIZE)) > 0
    torn = stretched & near & of_parts(deform_labels(mask, deformation)[window], _SOFT)
    revealed = np.full_like(deformation.revealed, UNSET)
    revealed[window][torn] = _SKIN
    return replace(deformation, revealed=revealed)


def _fill_lenses(mask: np.ndarray) -> tuple[tuple[slice, slice], np.ndarray] | None:
    """The glasses with the eyes that are seen through them, uint8 of 0 and 1, and where in the mask (S, S) that window
    with what is around them lies; None without glasses."""
    rect = Rect.around(mask == _GLASSES)
    if rect is None:
        return None
    scale = len(mask) / _SIZE
    margin = round((_NEAR + _NOTCH) * scale)
    rows = slice(max(0, rect.top - margin), rect.bottom + margin)
    window = rows, slice(max(0, rect.left - margin), rect.right + margin)
    labels = mask[window]
    glasses = (labels == _GLASSES).astype(np.uint8)
    outlines, _ = cv2.findContours(glasses, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    filled = cv2.drawContours(np.zeros_like(glasses), outlines, -1, 1, cv2.FILLED)
    whole = cv2.morphologyEx(filled, cv2.MORPH_CLOSE, _disk(_NOTCH * scale))
    beside = cv2.dilate(whole, _disk(_RIM / 2 * scale)) > 0
    for brow in _BROWS:
        inside = labels == brow
        if inside.any() and beside[inside].mean() > _TAKEN:  # a thick rim, or hidden by it
            whole = np.maximum(whole, cv2.dilate(inside.astype(np.uint8), _disk(_RIM / 2 * scale)))
    return window, np.asarray(whole)


def _disk(radius: float) -> np.ndarray:
    side = 2 * max(1, round(radius)) + 1
    return cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
