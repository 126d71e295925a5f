"""How the pull of a slider fades: curves that are exactly 1 inside and exactly 0 outside. float32 throughout."""

from __future__ import annotations

import numpy as np

__all__ = ["band", "ellipse", "ramp"]

# The share of a ramp's length over which each of its ends is rounded.
_ROUND = 0.2


def ramp(x: np.ndarray, start: float | np.ndarray, end: float | np.ndarray) -> np.ndarray:
    """Rise from 0 at ``start`` to 1 at ``end``, which may lie on either side.

    A straight line with rounded ends: what lies between two places that move apart is stretched evenly, where a curve
    with a steep middle would tear at that.
    """
    t = np.clip((x - start) / (end - start), 0, 1)
    from_end = np.minimum(t, 1 - t)
    # Half of the symmetric curve: a parabola, then a line that meets the middle.
    half = np.where(from_end < _ROUND, from_end**2 / (2 * _ROUND), from_end - _ROUND / 2) / (1 - _ROUND)
    risen: np.ndarray = np.where(t < 0.5, half, 1 - half).astype(np.float32)
    return risen


def band(
    x: np.ndarray,
    outer_low: float | np.ndarray,
    low: float | np.ndarray,
    high: float | np.ndarray,
    outer_high: float | np.ndarray,
) -> np.ndarray:
    """1 between ``low`` and ``high``, falling to 0 at the outer two."""
    inside: np.ndarray = ramp(x, outer_low, low) * ramp(x, outer_high, high)
    return inside


def ellipse(x: np.ndarray, y: np.ndarray, inner: tuple[float, float], outer: tuple[float, float]) -> np.ndarray:
    """1 within an ellipse of the given half axes around (0, 0), falling to 0 at the rim of another one."""
    inside = np.maximum(np.hypot(x / inner[0], y / inner[1]), 1.0)
    outside = np.hypot(x / outer[0], y / outer[1])
    # How far a point is on its way from one rim to the other, along the ray from the middle.
    way = (inside - 1) / np.maximum(inside - outside, 1e-6)
    return ramp(np.where(outside >= 1, 1.0, way), 1.0, 0.0)
