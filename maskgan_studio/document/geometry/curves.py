"""Smooth closed outlines through a few points."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

__all__ = ["Points", "closed_curve", "mirrored_curve"]

Points = Sequence[tuple[float, float]]


def closed_curve(points: Points) -> np.ndarray:
    """A smooth closed curve (M, 2) through points (a uniform Catmull-Rom spline); a point given twice is a corner."""
    p1 = np.asarray(points, float)
    p0, p2, p3 = np.roll(p1, 1, axis=0), np.roll(p1, -1, axis=0), np.roll(p1, -2, axis=0)
    t = np.linspace(0, 1, 8, endpoint=False)[:, None, None]
    curve = p1 + 0.5 * t * (p2 - p0 + t * (2 * p0 - 5 * p1 + 4 * p2 - p3 + t * (3 * (p1 - p2) + p3 - p0)))
    return np.asarray(curve.transpose(1, 0, 2).reshape(-1, 2))


def mirrored_curve(half: Points) -> np.ndarray:
    """A smooth closed curve (M, 2) through the points of its right half, from the upper to the lower end, and their
    images at the line x = 0."""
    return closed_curve([*half, *((-x, y) for x, y in reversed(half) if x)])
