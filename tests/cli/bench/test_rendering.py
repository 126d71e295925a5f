"""The rendering benchmark says what its clock showed, with small networks in place of the paper's."""

from __future__ import annotations

import pytest
import torch

from maskgan_studio.cli.bench import rendering
from maskgan_studio.cli.bench.timing import Timings
from maskgan_studio.engine.cpu_renderer import CpuRenderer
from maskgan_studio.weights import find_set

CPU = torch.device("cpu")
PASSED = {
    "full_plain_ms": [100.0, 120.0, 110.0],
    "full_ms": [50.0, 40.0, 55.0],
    "studio_ms": [20.0, 30.0, 22.0],
    "studio_preview_ms": [10.0, 12.0, 11.0],
}
COMPLETION = {"completion_mouth_ms": [4.0, 3.0, 2.2], "completion_hair_ms": [10.0, 18.0, 11.0]}
SPENT = {name: [200.0] if name == "full_plain_ms" else [20.0] for name in PASSED}


@pytest.fixture
def measured(tiny_set, monkeypatch):
    """Measures the tiny set on a clock with ``PASSED`` and, where the machine was busy, ``SPENT``."""
    small = find_set(tiny_set)

    def run_once(ways, least, most, seconds):
        images = {name: work() for name, work in ways.items()}
        rounds = PASSED if least > 1 else SPENT
        if "completion_mouth_ms" in ways:
            rounds = rounds | COMPLETION
        return Timings(rounds, SPENT), images

    monkeypatch.setattr(rendering, "_full_width", lambda: small.load("dmn"))
    monkeypatch.setattr(rendering, "time_interleaved", run_once)

    def measure(weights=small, busy: bool = False) -> dict:
        monkeypatch.setattr(rendering, "_BUSY", 1.05 if busy else 2.0)
        return rendering.measure_rendering(weights, CPU)

    return measure


def test_best_times_and_ratios_of_rounds_are_those_of_the_clock(measured):
    result = measured()
    assert {name: result[name] for name in PASSED} == {
        "full_plain_ms": 100.0,
        "full_ms": 40.0,
        "studio_ms": 20.0,
        "studio_preview_ms": 10.0,
    }
    # Medians of 100/50, 120/40, 110/55; of 100/20, 120/30, 110/22; of 100/10, 120/12, 110/11.
    assert result["ratios"] == {"full_ms": 2.0, "studio_ms": 5.0, "studio_preview_ms": 10.0}
    assert result["unrest"] == 1.25
    assert result["max_error"] <= 2
    assert set(result["stages"]) >= {"stem", "pixels"}
    text = rendering.describe(result)
    assert "busy" not in text and "100.0 ms" in text and "5.00 x" in text


def test_on_a_busy_machine_the_ratios_are_of_the_time_spent(measured):
    result = measured(busy=True)
    assert set(result["ratios"].values()) == {10.0}
    assert "the machine was busy" in rendering.describe(result)


def test_a_wrong_picture_shows_as_error(measured, monkeypatch):
    render = CpuRenderer.render
    monkeypatch.setattr(CpuRenderer, "render", lambda self, *arguments: 255 - render(self, *arguments))
    assert measured()["max_error"] > 20


def test_completion_is_timed_against_the_network_that_it_follows(measured, completing_set):
    result = measured(find_set(completing_set))
    assert result["completion_mouth_ms"] == 2.2 and result["completion_hair_ms"] == 10.0
    # Medians of 4/20, 3/30, 2.2/22; of 10/20, 18/30, 11/22.
    assert result["completion_ratios"] == {"completion_mouth_ms": 0.1, "completion_hair_ms": 0.5}
    assert "all hair laid into its photo" in rendering.describe(result)
    assert not set(COMPLETION) & set(result["ratios"])
