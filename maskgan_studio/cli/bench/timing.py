"""Timing several ways of doing one thing against each other on a machine that does other things as well."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median
from typing import TypeVar

T = TypeVar("T")

#: Rounds without a better time for any of the ways after which nothing better is expected, and what counts as better.
_STABLE_ROUNDS = 3
_BETTER = 0.98


@dataclass(frozen=True)
class Timings:
    """Milliseconds of every round by way, all ways in turn within a round: passed, and spent by this process."""

    rounds: dict[str, list[float]]
    spent: dict[str, list[float]]

    def best(self, way: str) -> float:
        """The least disturbed round's."""
        return min(self.rounds[way])

    def ratio(self, slow: str, fast: str, spent: bool = False) -> float:
        """How many times faster ``fast`` is: the median over the rounds, in each of which both met the same load.

        Of the time ``spent`` by the process itself, which hardly depends on what else the processor does.
        """
        rounds = self.spent if spent else self.rounds
        return median(a / b for a, b in zip(rounds[slow], rounds[fast], strict=True))

    @property
    def noise_ratio(self) -> float:
        """How much longer than the best a usual round took, the worst of all ways: near 1 on an idle machine."""
        return max(median(of_way) / min(of_way) for of_way in self.rounds.values())


def time_interleaved(
    ways: Mapping[str, Callable[[], T]],
    least: int,
    most: int,
    seconds: float,
    clock: Callable[[], float] = time.perf_counter,
    processor: Callable[[], float] = time.process_time,
) -> tuple[Timings, dict[str, T]]:
    """Run every way once to warm up, and then all in turn, so that a disturbance of the machine favours none.

    Args:
        ways: by name.
        least: minimum number of rounds.
        most: largest number of rounds; fewer once none has improved on its best time for a while.
        seconds: no round beyond ``least`` begins after this time.
        clock, processor: seconds passed, and those that this process has spent.

    Returns:
        the times, and what each way returned.
    """
    results = {name: work() for name, work in ways.items()}
    rounds: dict[str, list[float]] = {name: [] for name in ways}
    spent: dict[str, list[float]] = {name: [] for name in ways}
    until = clock() + seconds
    for number in range(most):
        if number >= least and (clock() > until or all(map(_settled, rounds.values()))):
            break
        for name, work in ways.items():
            start, begun = clock(), processor()
            work()
            rounds[name].append((clock() - start) * 1000)
            spent[name].append((processor() - begun) * 1000)
    return Timings(rounds, spent), results


def _settled(times: list[float]) -> bool:
    earlier = times[:-_STABLE_ROUNDS]
    return bool(earlier) and min(times) >= _BETTER * min(earlier)
