"""Means with confidence intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

_RESAMPLES = 2000
_SEED = 0


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure, its 95 % interval where one can be given, and the number of pictures (or answers) behind it."""

    value: float
    count: int
    low: float | None = None
    high: float | None = None


def bootstrap_mean(values: Sequence[float] | np.ndarray) -> Estimate:
    """The mean of at least one value with its 95 % percentile bootstrap interval (2,000 resamples, fixed seed)."""
    sample = np.asarray(values, np.float64)
    rng = np.random.default_rng(_SEED)
    # Counts of how often each value is drawn give the same means as drawing, without a matrix of indices.
    draws = rng.multinomial(len(sample), np.full(len(sample), 1 / len(sample)), size=_RESAMPLES)
    low, high = np.percentile(draws @ sample / len(sample), [2.5, 97.5])
    return Estimate(float(sample.mean()), len(sample), float(low), float(high))
