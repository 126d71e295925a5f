"""A deformation of the crop: where each pixel comes from, and what comes into sight that the photo does not show."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from maskgan_studio.document.deformation.sampling import sample_at
from maskgan_studio.document.geometry.rect import Rect
from maskgan_studio.labels import UNSET

__all__ = ["Deformation", "find_moving"]


def find_moving(offsets: np.ndarray) -> np.ndarray:
    """Where a field (H, W, 2) is not 0, bool: as ``any(axis=2)``, in a tenth of its time."""
    moving: np.ndarray = (offsets[..., 0] != 0) | (offsets[..., 1] != 0)
    return moving


@dataclass(frozen=True, eq=False)
class Deformation:
    """A backward map over a square of pixels.

    Attributes:
        offsets: (S, S, 2) float32, x and y: the pixel ``p`` shows what lay at ``p + offsets[p]``; exactly 0 where
            nothing moves.
        revealed: (S, S) uint8, the class of what comes into sight without having been seen before, such as the inside
            of a mouth that opens; ``labels.UNSET`` elsewhere.
    """

    offsets: np.ndarray
    revealed: np.ndarray

    def __post_init__(self) -> None:
        if self.offsets.shape != (*self.revealed.shape, 2) or self.revealed.ndim != 2:
            raise ValueError(f"offsets {self.offsets.shape} do not belong to pixels {self.revealed.shape}")

    @classmethod
    def identity(cls, size: int = 512) -> Deformation:
        """The deformation that changes nothing."""
        return cls(np.zeros((size, size, 2), np.float32), np.full((size, size), UNSET, np.uint8))

    @classmethod
    def from_offsets(cls, offsets: np.ndarray) -> Deformation:
        """A deformation that reveals nothing."""
        return cls(np.asarray(offsets, np.float32), np.full(offsets.shape[:2], UNSET, np.uint8))

    @property
    def size(self) -> int:
        return len(self.offsets)

    @property
    def is_identity(self) -> bool:
        return not self.offsets.any() and bool((self.revealed == UNSET).all())

    @cached_property
    def touched(self) -> np.ndarray:
        """(S, S) bool: pixels that may differ from the photo's."""
        touched: np.ndarray = find_moving(self.offsets) | (self.revealed != UNSET)
        return touched

    @cached_property
    def rect(self) -> Rect | None:
        """The smallest rectangle around all that is touched; None for the identity."""
        return Rect.around(self.touched)

    def without_revealed(self) -> Deformation:
        """The movement alone: what the photo itself shows of it."""
        return Deformation.from_offsets(self.offsets)

    def sources(self) -> np.ndarray:
        """(S, S, 2) float32: the point that each pixel shows, pixel centres at whole numbers as in OpenCV."""
        rows, columns = np.indices(self.revealed.shape, np.float32)
        points: np.ndarray = np.dstack([columns, rows]) + self.offsets
        return points

    def then(self, other: Deformation) -> Deformation:
        """This deformation followed by another one of the same size."""
        if self.is_identity:
            return other
        if other.is_identity:
            return self
        between = other.sources()
        offsets = other.offsets + sample_at(self.offsets, between)
        nearest = np.rint(between).astype(int).clip(0, self.size - 1)
        revealed = self.revealed[nearest[..., 1], nearest[..., 0]]
        return Deformation(offsets, np.where(other.revealed == UNSET, revealed, other.revealed))

    def scale(self, strength: float) -> Deformation:
        """The same movement by a share of its way, 0 to 1; what is revealed is so beyond one half."""
        if strength == 1:
            return self
        revealed = self.revealed if strength > 0.5 else np.full_like(self.revealed, UNSET)
        return Deformation(self.offsets * np.float32(strength), revealed)

    def jacobian(self) -> np.ndarray:
        """Determinant of the backward map's derivative at each pixel, (S - 1, S - 1) float64.

        Positive where the picture is not folded; above 1 it shrinks, below 1 it is stretched. Forward differences.
        """
        sources = self.sources().astype(np.float64)
        across = sources[:-1, 1:] - sources[:-1, :-1]
        down = sources[1:, :-1] - sources[:-1, :-1]
        return across[..., 0] * down[..., 1] - across[..., 1] * down[..., 0]
