"""Rectangles of pixels: what changed, what must be repainted."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

__all__ = ["Rect", "union"]


class Rect(NamedTuple):
    """Pixels of rows ``top`` to ``bottom`` and columns ``left`` to ``right``, the ends excluded."""

    top: int
    left: int
    bottom: int
    right: int

    @classmethod
    def of(cls, array: np.ndarray) -> Rect:
        """The rectangle that covers a (H, W, ...) array."""
        return cls(0, 0, array.shape[0], array.shape[1])

    @classmethod
    def around(cls, mask: np.ndarray) -> Rect | None:
        """The smallest rectangle that holds every True pixel of a (H, W) mask, or None when there is none."""
        rows = np.flatnonzero(mask.any(axis=1))
        if rows.size == 0:
            return None
        columns = np.flatnonzero(mask[rows[0] : rows[-1] + 1].any(axis=0))
        return cls(int(rows[0]), int(columns[0]), int(rows[-1]) + 1, int(columns[-1]) + 1)

    @property
    def height(self) -> int:
        return self.bottom - self.top

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def slices(self) -> tuple[slice, slice]:
        """Index of these pixels in a (H, W, ...) array."""
        return slice(self.top, self.bottom), slice(self.left, self.right)

    def intersection(self, other: Rect) -> Rect | None:
        """The pixels in both, or None."""
        top, left = max(self.top, other.top), max(self.left, other.left)
        bottom, right = min(self.bottom, other.bottom), min(self.right, other.right)
        return Rect(top, left, bottom, right) if top < bottom and left < right else None

    def padded(self, margin: int, within: Rect) -> Rect:
        """This rectangle grown by ``margin`` pixels on each side as far as ``within`` reaches."""
        return Rect(
            max(self.top - margin, within.top),
            max(self.left - margin, within.left),
            min(self.bottom + margin, within.bottom),
            min(self.right + margin, within.right),
        )


def union(first: Rect | None, second: Rect | None) -> Rect | None:
    """The smallest rectangle that holds both; None stands for no pixels."""
    if first is None or second is None:
        return first or second
    return Rect(
        min(first.top, second.top),
        min(first.left, second.left),
        max(first.bottom, second.bottom),
        max(first.right, second.right),
    )
