"""Glasses: what moves behind them does not bend them, and where it moves away from them skin comes into sight."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import cv2
import numpy as np

from maskgan_studio.document.deformation.deformation import Deformation
from maskgan_studio.document.deformation.labels import deform_labels
from maskgan_studio.document.geometry.rect import Rect
from maskgan_studio.document.geometry.regions import of_parts
from maskgan_studio.labels import UNSET, part_named

__all__ = ["Glasses", "moves_behind_glasses"]

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


@dataclass(frozen=True, eq=False)
class Glasses:
    """Where glasses are in a mask.

    Attributes:
        window: rows and columns of the mask that hold them and what is around them.
        whole: (h, w) uint8, 1 inside their outline, also where eyes are seen through them; of the window.
        shape: of the mask.
    """

    window: tuple[slice, slice]
    whole: np.ndarray
    shape: tuple[int, ...]

    @classmethod
    def find(cls, mask: np.ndarray) -> Glasses | None:
        """Those of a photo's own mask, (S, S) uint8; None without any."""
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
        return cls(window, np.asarray(whole), mask.shape)

    @property
    def _scale(self) -> float:
        return self.shape[0] / _SIZE

    def soften_rims(self, shape: tuple[int, int]) -> np.ndarray:
        """Where rims, bridge and arms are, float32 of a shape: 1 there, falling softly to 0."""
        disk = _disk(_RIM * self._scale)
        rims = np.zeros(self.shape, np.float32)
        rims[self.window] = cv2.dilate(self.whole, disk) - cv2.erode(self.whole, disk)
        reduced = cv2.resize(rims, shape[::-1], interpolation=cv2.INTER_AREA)
        soft = cv2.GaussianBlur(reduced, (0, 0), max(1.0, _RIM / 2 * self._scale * shape[1] / self.shape[1]))
        return np.asarray(np.minimum(1, 1.5 * soft))

    def reveal_skin(self, mask: np.ndarray, deformation: Deformation) -> Deformation:
        """Reveal skin where a brow, say, moves away from a rim that hid what lies between.

        Args:
            mask: (S, S) uint8, the photo's own.
            deformation: of that mask; reveals nothing yet.
        """
        stretched = np.zeros(self.whole.shape, bool)
        moved = Deformation.from_offsets(deformation.offsets[self.window])
        stretched[:-1, :-1] = moved.jacobian() < 1 / _STRETCHED
        if not stretched.any():
            return deformation
        near = cv2.dilate(self.whole, _disk(_NEAR * self._scale)) > 0
        torn = stretched & near & of_parts(deform_labels(mask, deformation)[self.window], _SOFT)
        revealed = np.full_like(deformation.revealed, UNSET)
        revealed[self.window][torn] = _SKIN
        return replace(deformation, revealed=revealed)


def _disk(radius: float) -> np.ndarray:
    side = 2 * max(1, round(radius)) + 1
    return cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
