"""The axis that mirrors one half of the face onto the other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..labels import FLIP, NUM_CLASSES
from .rect import Rect

__all__ = ["Axis"]


@dataclass(frozen=True, slots=True)
class Axis:
    """A straight line through the face, from the forehead down to the chin, at any angle.

    Attributes:
        x, y: a point on the line, in pixels as ``coverage`` counts them.
        angle: degrees by which its lower end leans towards the image's right; 0 for an upright face.
    """

    x: float
    y: float
    angle: float = 0.0

    @property
    def normal(self) -> tuple[float, float]:
        """Unit vector across the line, to the person's left, which is the image's right."""
        radians = np.deg2rad(self.angle)
        return float(np.cos(radians)), float(-np.sin(radians))

    def mirror(self, point: tuple[float, float]) -> tuple[float, float]:
        """The point's image on the other side."""
        nx, ny = self.normal
        distance = (point[0] - self.x) * nx + (point[1] - self.y) * ny
        return point[0] - 2 * distance * nx, point[1] - 2 * distance * ny

    def on_left(self, rect: Rect) -> np.ndarray:
        """Which pixels of ``rect`` lie on the person's left side, (h, w) bool."""
        nx, ny = self.normal
        across = (np.arange(rect.left, rect.right) + 0.5 - self.x) * nx
        down = (np.arange(rect.top, rect.bottom) + 0.5 - self.y) * ny
        return across >= -down[:, None]

    def labels(self, label: int, rect: Rect) -> np.ndarray | int:
        """What symmetric painting puts at the pixels of ``rect``.

        Of a pair of classes each side gets its own, whichever of the two was chosen and wherever the pointer is: a
        stroke that crosses the axis stays its own mirror image.

        Returns:
            (h, w) uint8 labels, or ``label`` itself when it has no twin.
        """
        if label >= NUM_CLASSES or FLIP[label] == label:
            return label
        left, right = sorted((label, FLIP[label]))  # the class table names the person's left side first
        return np.where(self.on_left(rect), np.uint8(left), np.uint8(right))
