"""A patch: a rectangle of one layer with the labels before and after an edit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from maskgan_studio.document.geometry.rect import Rect

__all__ = ["Patch"]


@dataclass(frozen=True, slots=True, eq=False)
class Patch:
    """What one edit did to one layer.

    Attributes:
        layer_id: the layer it belongs to.
        y, x: first row and first column.
        before, after: (h, w) uint8 labels of the rectangle, ``labels.UNSET`` allowed.
    """

    layer_id: int
    y: int
    x: int
    before: np.ndarray
    after: np.ndarray

    @classmethod
    def between(cls, layer_id: int, before: np.ndarray, after: np.ndarray, y: int = 0, x: int = 0) -> Patch | None:
        """The patch that turns ``before`` into ``after``, cut down to the pixels that differ; None when none does.

        Args:
            before, after: (h, w) uint8 labels of the same region of the layer; copied.
            y, x: where the region begins in the layer.
        """
        changed = Rect.around(before != after)
        if changed is None:
            return None
        return cls(
            layer_id, y + changed.top, x + changed.left, before[changed.slices].copy(), after[changed.slices].copy()
        )

    @property
    def rect(self) -> Rect:
        height, width = self.after.shape
        return Rect(self.y, self.x, self.y + height, self.x + width)

    def rebase(self, labels: np.ndarray) -> Patch | None:
        """The patch with the same outcome for a layer that has changed since; None when it has that outcome already."""
        return Patch.between(self.layer_id, labels[self.rect.slices], self.after, self.y, self.x)

    def apply(self, labels: np.ndarray) -> None:
        """Write the new labels into the layer's (H, W) label map, in place."""
        labels[self.rect.slices] = self.after

    def revert(self, labels: np.ndarray) -> None:
        """Write the old labels into the layer's (H, W) label map, in place."""
        labels[self.rect.slices] = self.before
