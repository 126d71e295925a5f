"""A velocity field under construction, in the frame of the typical face."""

from __future__ import annotations

import numpy as np

__all__ = ["Field"]


class Field:
    """Velocities ``u`` (to the right) and ``v`` (down) at the points ``x``, ``y``; (h, w) float32 each."""

    def __init__(self, x: np.ndarray, y: np.ndarray, u: np.ndarray | None = None, v: np.ndarray | None = None) -> None:
        self.x, self.y = x, y
        self.u = np.zeros_like(x) if u is None else u
        self.v = np.zeros_like(x) if v is None else v

    def around(self, x: float, y: float, radius: float) -> Field:
        """The part of the field that holds every point within a radius; what is added to it is added here."""
        near = (np.abs(self.x - x) <= radius) & (np.abs(self.y - y) <= radius)
        rows, columns = np.flatnonzero(near.any(axis=1)), np.flatnonzero(near.any(axis=0))
        if not rows.size or not columns.size:
            return Field(self.x[:0, :0], self.y[:0, :0])
        window = np.s_[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        return Field(self.x[window], self.y[window], self.u[window], self.v[window])

    def local(self, x: float, y: float, tilt: float = 0.0) -> tuple[np.ndarray, np.ndarray]:
        """Coordinates of the points along and across a feature at (x, y)."""
        cos, sin = np.float32(np.cos(tilt)), np.float32(np.sin(tilt))
        right, down = self.x - np.float32(x), self.y - np.float32(y)
        return right * cos + down * sin, down * cos - right * sin

    def add(self, along: np.ndarray | float, across: np.ndarray | float, tilt: float = 0.0) -> None:
        """Add velocities given along and across a feature that is tilted (radians, clockwise)."""
        cos, sin = np.float32(np.cos(tilt)), np.float32(np.sin(tilt))
        self.u += along * cos - across * sin
        self.v += along * sin + across * cos

    def damp(self, share: np.ndarray) -> None:
        """Leave a share (h, w) of all velocities so far."""
        self.u *= share
        self.v *= share
