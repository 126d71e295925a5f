"""Selects what scribbles in a photo mean, up to its visible edges."""

from __future__ import annotations

import cv2
import numpy as np

__all__ = ["select_by_scribbles"]

# GrabCut takes a quarter of a second at this size, and two seconds at twice of it.
_SIDE = 256
_ROUNDS = 3


def select_by_scribbles(pixels: np.ndarray, belongs: np.ndarray, excluded: np.ndarray) -> np.ndarray:
    """Find the region that scribbles mark, by GrabCut (Rother, Kolmogorov, Blake 2004, section 3).

    Args:
        pixels: (H, W, 3) uint8 RGB.
        belongs: (H, W) bool, pixels that are part of the region for certain.
        excluded: (H, W) bool, pixels that are not; they win where both are marked.

    Returns:
        (H, W) bool: the pieces that touch what belongs, with all of that; empty where nothing is marked.
    """
    belongs = belongs & ~excluded
    height, width = belongs.shape
    if not belongs.any() or belongs.all():
        return belongs
    scale = min(1.0, _SIDE / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    trimap = np.full(small.shape[:2], cv2.GC_PR_BGD, np.uint8)
    # A thin scribble must not fall through between the pixels of the smaller image.
    trimap[_shrunk(belongs, size)] = cv2.GC_FGD
    trimap[_shrunk(excluded, size)] = cv2.GC_BGD
    if (trimap == cv2.GC_FGD).any() and (trimap != cv2.GC_FGD).any():
        cv2.setRNGSeed(0)  # equal scribbles, equal regions
        bgr = np.ascontiguousarray(small[..., ::-1])
        cv2.grabCut(bgr, trimap, (0, 0, 1, 1), np.zeros((1, 65)), np.zeros((1, 65)), _ROUNDS, cv2.GC_INIT_WITH_MASK)
    region = ((trimap == cv2.GC_FGD) | (trimap == cv2.GC_PR_FGD)).astype(np.uint8) * 255
    whole = cv2.resize(region, (width, height), interpolation=cv2.INTER_CUBIC) > 127
    return _touching((whole & ~excluded) | belongs, belongs)


def _shrunk(marks: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    return cv2.resize(marks.astype(np.float32), size, interpolation=cv2.INTER_AREA) > 0.2


def _touching(region: np.ndarray, marks: np.ndarray) -> np.ndarray:
    _, pieces = cv2.connectedComponents(region.astype(np.uint8), connectivity=8)
    touched = np.zeros(int(pieces.max()) + 1, bool)
    touched[pieces[marks]] = True
    touched[0] = False
    return np.asarray(touched[pieces])
