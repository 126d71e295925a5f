"""Means with confidence intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

_RESAMPLES = 2000
_SEED = 0


@dataclass(frozen=True, slots=True)
class Estimate:
    """A metric, its 95 % interval where one can be given, and the number of images (or answers) behind it."""

    value: float
    count: int
    low: float | None = None
    high: float | None = None


def bootstrap_mean(values: Sequence[float] | np.ndarray) -> Estimate:
    """The mean of at least one value with its 95 % percentile bootstrap interval (2,000 resamples, fixed seed)."""
    sample = np.asarray(values, np.float64)
    low, high = np.percentile(_draws(len(sample)) @ sample / len(sample), [2.5, 97.5])
    return Estimate(float(sample.mean()), len(sample), float(low), float(high))


def bootstrap_ratio(values: Sequence[float], references: Sequence[float]) -> Estimate:
    """The mean of values over the mean of their references, with its interval; pairs are drawn together.

    Args:
        values, references: one of each per pair, at least one pair; the references' mean is not 0.
    """
    above, below = np.asarray(values, np.float64), np.asarray(references, np.float64)
    draws = _draws(len(above))
    low, high = np.percentile((draws @ above) / (draws @ below), [2.5, 97.5])
    return Estimate(float(above.mean() / below.mean()), len(above), float(low), float(high))


def _draws(count: int) -> np.ndarray:
    """How often each of ``count`` values is drawn, (resamples, count): the same means as drawing, without indices."""
    rng = np.random.default_rng(_SEED)
    return rng.multinomial(count, np.full(count, 1 / count), size=_RESAMPLES)
