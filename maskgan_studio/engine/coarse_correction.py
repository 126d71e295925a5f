"""What a coarse image lacks: it is known of one label map, and added to coarse images of others.

A network normalised by its own statistics gives other colours and softer detail at a smaller size. Where the labels are
the same, all of what was lacking is added. Where they are not, its detail belongs to the part that was there; only
colour is added, that which the part that is there now lacks nearby (measurements: engine notes).
"""

from __future__ import annotations

import cv2
import numpy as np

from maskgan_studio.engine.requests import Window
from maskgan_studio.engine.tensors import resize_labels

# Pixels of 512 around a change where old detail is held back.
_MARGIN = 15
# Colour is looked for at a quarter of the size, in so many of its pixels around; a smaller share is as good as none.
_SHRINK, _NEARBY, _NONE = 4, 6.0, 0.02
_AROUND = round(2.5 * _NEARBY)


class CoarseCorrection:
    """The difference between a full image and the coarse one of the same label map.

    Args:
        labels: uint8 (S, S), what both show.
        full: uint8 (S, S, 3).
        coarse: uint8 (S, S, 3), enlarged.
    """

    def __init__(self, labels: np.ndarray, full: np.ndarray, coarse: np.ndarray) -> None:
        small = len(labels) // _SHRINK
        self._labels = labels
        self._small_labels = resize_labels(labels, small)
        self._missing = cv2.subtract(full, coarse, dtype=cv2.CV_16S)
        self._color = cv2.resize(self._missing.astype(np.float32), (small, small), interpolation=cv2.INTER_AREA)

    def apply(self, coarse: np.ndarray, labels: np.ndarray, window: Window = np.s_[:, :]) -> np.ndarray:
        """Correct an enlarged coarse image.

        Args:
            coarse: uint8 (h, w, 3), a window of it.
            labels: uint8 (S, S), what it shows.
            window: its rows and columns.

        Returns:
            uint8 (h, w, 3).
        """
        changed = cv2.dilate((labels != self._labels)[window].astype(np.uint8), np.ones((_MARGIN, _MARGIN), np.uint8))
        image = cv2.add(coarse, self._missing[window], dtype=cv2.CV_8U)
        x, y, width, height = cv2.boundingRect(changed)
        if width:
            there = np.s_[y : y + height, x : x + width]
            top, left = (part.start or 0 for part in window)
            color = self._find_color(labels, np.s_[top + y : top + y + height, left + x : left + x + width])
            plain = cv2.add(coarse[there], color, dtype=cv2.CV_8U)
            share = cv2.GaussianBlur(changed[there].astype(np.float32), (0, 0), _MARGIN / 3)[..., None]
            image[there] = np.rint(image[there] * (1 - share) + plain * share)
        return image

    def _find_color(self, labels: np.ndarray, window: Window) -> np.ndarray:
        """What is lacking in colour of each pixel's part nearby, in a window: float32 (h, w, 3)."""
        parts = labels[window]
        color = np.zeros((*parts.shape, 3), np.float32)
        rows, columns = (slice(max(0, p.start // _SHRINK - _AROUND), p.stop // _SHRINK + _AROUND) for p in window)
        missing, before = self._color[rows, columns], self._small_labels[rows, columns]
        corner = (window[1].start / _SHRINK - columns.start, window[0].start / _SHRINK - rows.start)
        to_small = np.array([[1 / _SHRINK, 0, corner[0]], [0, 1 / _SHRINK, corner[1]]])
        size, flags = parts.shape[::-1], cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        for part in np.unique(parts):
            there = (before == part).astype(np.float32)
            of_part = self._color[self._small_labels == part]
            anywhere = of_part.mean(0) if len(of_part) else self._color.mean((0, 1))
            near = cv2.GaussianBlur(there, (0, 0), _NEARBY)[..., None]
            found = cv2.GaussianBlur(missing * there[..., None], (0, 0), _NEARBY) + _NONE * anywhere
            spread = cv2.warpAffine(
                found / (near + _NONE), to_small, size, flags=flags, borderMode=cv2.BORDER_REPLICATE
            )
            np.copyto(color, spread, where=(parts == part)[..., None])
        return color
