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


def bootstrap_ratio(values: Sequence[float] | np.ndarray, references: Sequence[float] | np.ndarray) -> Estimate:
    """The mean of values over the mean of their references, with its interval; pairs are drawn together.

    Args:
        values, references: one of each per pair, at least one pair; the references' mean is not 0.
    """
    above, below = np.asarray(values, np.float64), np.asarray(references, np.float64)
    draws = _draws(len(above))
    with np.errstate(invalid="ignore"):  # a draw without any face that has the part says nothing of it
        low, high = np.nanpercentile((draws @ above) / (draws @ below), [2.5, 97.5])
    return Estimate(float(above.mean() / below.mean()), len(above), float(low), float(high))


def correlate(values: np.ndarray, references: np.ndarray, weights: np.ndarray | None = None) -> np.ndarray:
    """Pearson's correlation, the mean over the columns; a column that is constant counts as 0.

    Args:
        values, references: (N, C).
        weights: (R, N), how often each row counts; once where it is None.

    Returns:
        (R,) or (1,).
    """
    if weights is None:
        weights = np.ones((1, len(values)))
    share = weights / weights.sum(axis=1, keepdims=True)
    a, b = values - values.mean(axis=0), references - references.mean(axis=0)
    mean_a, mean_b = share @ a, share @ b
    spread = (share @ (a * a) - mean_a**2).clip(0) * (share @ (b * b) - mean_b**2).clip(0)
    return np.asarray(((share @ (a * b) - mean_a * mean_b) / np.sqrt(spread).clip(1e-9)).mean(axis=1))


def bootstrap_correlation(values: np.ndarray, references: np.ndarray) -> Estimate:
    """:func:`correlate` of at least one row (N, C) with its interval; rows are drawn together."""
    low, high = np.percentile(correlate(values, references, _draws(len(values))), [2.5, 97.5])
    return Estimate(float(correlate(values, references)[0]), len(values), float(low), float(high))


def bootstrap_mean_f1(
    hits: np.ndarray,
    totals: np.ndarray,
    other_hits: np.ndarray | None = None,
    other_totals: np.ndarray | None = None,
) -> Estimate:
    """The mean over the classes of F1, in percent, over all pixels, with its interval over the images.

    Args:
        hits: (images, classes) pixels on which truth and prediction agree.
        totals: likewise the pixels of the truth plus those of the prediction; of every class there is one somewhere.
        other_hits, other_totals: of another method on the same images; its mean is subtracted, draw by draw.
    """
    draws = _draws(len(hits))

    def mean(weights: np.ndarray) -> np.ndarray:
        with np.errstate(invalid="ignore"):  # classes that a draw has no pixel of do not count in it
            f1 = np.nanmean(200.0 * (weights @ hits) / (weights @ totals), axis=1)
            if other_hits is not None and other_totals is not None:
                f1 = f1 - np.nanmean(200.0 * (weights @ other_hits) / (weights @ other_totals), axis=1)
        return np.asarray(f1)

    low, high = np.percentile(mean(draws), [2.5, 97.5])
    return Estimate(float(mean(np.ones((1, len(hits))))[0]), len(hits), float(low), float(high))


def _draws(count: int) -> np.ndarray:
    """How often each of ``count`` values is drawn, (resamples, count): the same means as drawing, without indices."""
    rng = np.random.default_rng(_SEED)
    return rng.multinomial(count, np.full(count, 1 / count), size=_RESAMPLES)
