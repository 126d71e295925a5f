"""Grey and toned photos, such as sepia prints: each lightness has one colour, and what is drawn into them too."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np

__all__ = ["Toning", "find_toning"]

# Lightness runs from 0 to 100 in CIELAB.
_BINS = 25
_WIDTH = 100 / _BINS
# How far colours stray from those of their lightness, in CIELAB units: 1.4 in the two sepia prints among 900 portraits,
# 2.9 and more in the others.
_STRAY = 2.0
# Less colour than this is none: rounding.
_GREY = 0.3
# A print has one hue. In drawings of a few flat colours each lightness has one colour as well, but not the same hue.
_ONE_HUE = 0.9
_STEP = 4  # every so many pixels are looked at


@dataclass(frozen=True, eq=False)
class Toning:
    """The colour of each lightness.

    Attributes:
        lightness: (K,) float64, ascending, of CIELAB.
        colors: (K, 2) float64, its a and b there.
    """

    lightness: np.ndarray
    colors: np.ndarray

    def apply(self, image: np.ndarray) -> np.ndarray:
        """Give every pixel of (H, W, 3) float32 sRGB in 0 to 255 the colour of its lightness; returns the like."""
        if np.abs(self.colors).max() < _GREY:
            return np.repeat(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)[..., None], 3, axis=2)
        lab = cv2.cvtColor((image / 255).astype(np.float32), cv2.COLOR_RGB2LAB)
        for channel in (0, 1):
            lab[..., 1 + channel] = np.interp(lab[..., 0], self.lightness, self.colors[:, channel])
        return np.asarray(cv2.cvtColor(lab, cv2.COLOR_LAB2RGB) * 255)


def find_toning(image: np.ndarray) -> Toning | None:
    """Find the one colour that each lightness has in an (H, W, 3) uint8 image; None where it is in full colour."""
    seen = image[::_STEP, ::_STEP]
    return _find_toning(seen.tobytes(), seen.shape)


@lru_cache(8)  # while a face is edited, its photo stays
def _find_toning(pixels: bytes, shape: tuple[int, ...]) -> Toning | None:
    seen = np.frombuffer(pixels, np.uint8).reshape(shape).astype(np.float32) / 255
    lab = cv2.cvtColor(seen, cv2.COLOR_RGB2LAB).reshape(-1, 3)
    bins = np.minimum(lab[:, 0] / _WIDTH, _BINS - 1).astype(int)
    counts = np.bincount(bins, minlength=_BINS)
    used = counts > 0
    means = np.stack([np.bincount(bins, lab[:, channel], _BINS)[used] / counts[used] for channel in range(3)], axis=1)
    toning = Toning(means[:, 0], means[:, 1:])
    expected = np.stack([np.interp(lab[:, 0], toning.lightness, toning.colors[:, i]) for i in (0, 1)], axis=1)
    stray = float(np.sqrt(np.square(lab[:, 1:] - expected).sum(axis=1).mean()))
    chroma = counts[used, None] * toning.colors
    total = float(np.hypot(*chroma.T).sum())
    one_hue = float(np.hypot(*chroma.sum(axis=0))) >= _ONE_HUE * total or np.abs(toning.colors).max() < _GREY
    return toning if stray < _STRAY and one_hue else None
