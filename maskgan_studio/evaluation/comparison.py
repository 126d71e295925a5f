"""Paired differences of methods, and whether they are significant."""

from __future__ import annotations

from collections.abc import Mapping

from maskgan_studio.evaluation.bootstrap import Estimate, bootstrap_mean
from maskgan_studio.evaluation.scoring import GROUND_TRUTH, Scores

# Columns whose smaller values are the better ones begin like this.
_LOWER_IS_BETTER = ("Perceptual distance", "Share of the distance left", "Weave", "Error")
# Best near 1: more than that is a trace of what was there, less is smoother than what lies beside it.
_NEITHER_IS_BETTER = "Edge energy"


def differences(scores: Mapping[str, Scores]) -> dict[str, dict[str, Estimate]]:
    """Every method minus the first one, pair by pair, with the interval of that difference.

    Pairs that are hard are hard for all methods: an interval of the difference is narrower than those of both means.
    """
    first, *others = [name for name in scores if name != GROUND_TRUTH]
    reference = scores[first].values
    found = {}
    for name in others:
        own = scores[name].values
        found[name] = {
            title: bootstrap_mean([a - b for a, b in zip(values, reference[title], strict=True)])
            for title, values in own.items()
            if len(values) == len(reference.get(title, ()))
        }
    return found


def draw_conclusions(first: str, found: Mapping[str, Mapping[str, Estimate]]) -> list[str]:
    """One sentence per method and column: better or worse than the first one, or undecided."""
    return [
        f"{name} against {first}, {title}: {_verdict(title, difference)}"
        for name, row in found.items()
        for title, difference in row.items()
    ]


def _verdict(title: str, difference: Estimate) -> str:
    low, high = difference.low, difference.high
    assert low is not None and high is not None
    estimates = f"{difference.value:+.3g} ({low:+.3g} to {high:+.3g}, {difference.count} pairs)"
    if low <= 0 <= high:
        return f"{estimates}: these pairs do not tell them apart."
    if title.startswith(_NEITHER_IS_BETTER):
        return f"{estimates}: {'higher' if difference.value > 0 else 'lower'} (best is near 1)."
    better = (difference.value > 0) != title.startswith(_LOWER_IS_BETTER)
    return f"{estimates}: {'better' if better else 'worse'}."
