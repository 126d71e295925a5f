"""Timing in turns, on a clock that the test moves."""

from __future__ import annotations

import pytest

from maskgan_studio.cli.bench.timing import time_interleaved


class Machine:
    """Ways that take as long as they are told, round by round; the last number goes on for ever."""

    def __init__(self, **seconds: list[float]) -> None:
        self.now = 0.0
        self.order: list[str] = []
        self.ways = {name: self._way(name, iter(times), times[-1]) for name, times in seconds.items()}

    def _way(self, name, times, last):
        def work() -> str:
            self.order.append(name)
            self.now += next(times, last)
            return name.upper()

        return work

    def measure(self, least=4, most=20, seconds=1e9):
        return time_interleaved(self.ways, least, most, seconds, clock=lambda: self.now, processor=lambda: self.now / 2)


def test_ways_alternate_and_the_warm_up_does_not_count():
    machine = Machine(a=[9.0, 1.0], b=[9.0, 2.0])
    times, results = machine.measure()
    assert machine.order[:6] == ["a", "b"] * 3
    assert results == {"a": "A", "b": "B"}
    assert times.best("a") == pytest.approx(1000) and times.best("b") == pytest.approx(2000)
    assert times.noise_ratio == pytest.approx(1)


def test_an_idle_machine_is_left_after_the_least_rounds():
    times, _ = Machine(a=[1.0]).measure(least=4)
    assert len(times.rounds["a"]) == 4


def test_rounds_go_on_while_times_get_better():
    times, _ = Machine(a=[1.0, 8.0, 7.0, 6.0, 5.0, 4.0, 3.0]).measure(least=4)
    assert times.best("a") == pytest.approx(3000)
    assert len(times.rounds["a"]) == 6 + 3  # three calm rounds end it


def test_neither_time_nor_patience_is_endless():
    ever_better = [100.0 * 0.9**k for k in range(60)]
    assert len(Machine(a=ever_better).measure(most=7)[0].rounds["a"]) == 7
    assert len(Machine(a=ever_better).measure(seconds=1)[0].rounds["a"]) == 4


def test_the_ratio_withstands_a_load_that_comes_and_goes():
    load = [1.0, 1.0, 5.0, 1.0, 3.0]
    machine = Machine(slow=[4 * x for x in load], fast=list(load))
    times, _ = machine.measure()
    assert times.ratio("slow", "fast") == times.ratio("slow", "fast", spent=True) == pytest.approx(4)
    assert times.spent["slow"][0] == pytest.approx(times.rounds["slow"][0] / 2)
    assert times.noise_ratio > 1
