"""How to render is measured once, kept, and never at the price of a wrong image."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from maskgan_studio.engine import autotune as choosing
from maskgan_studio.engine.autotune import (
    RenderConfig,
    autotune,
    choose_preview_size,
    find_percentile_error,
    make_renderer,
    measure,
)
from maskgan_studio.engine.autotune import _Trial as Trial
from maskgan_studio.engine.target import CROP_SIZE
from maskgan_studio.weights import find_set

CPU = torch.device("cpu")


@pytest.fixture(autouse=True)
def _process_that_has_measured_nothing(monkeypatch):
    monkeypatch.setattr(choosing, "_of_this_process", {})


@pytest.fixture
def load(tiny_set):
    calls = []

    def load():
        calls.append(1)
        return find_set(tiny_set).load("dmn")

    load.calls = calls
    return load


def test_the_second_start_measures_nothing(load, monkeypatch):
    monkeypatch.setattr(choosing, "_STABLE", float("inf"))  # whatever this machine does beside
    first = autotune(load, CPU, "network")
    measured = len(load.calls)
    assert measured > 0
    assert autotune(load, CPU, "network") == first
    assert len(load.calls) == measured
    autotune(load, CPU, "another network")
    assert len(load.calls) > measured


def test_a_damaged_memory_is_measured_again(load, monkeypatch):
    monkeypatch.setattr(choosing, "_STABLE", float("inf"))
    autotune(load, CPU, "network")
    (kept,) = (path for path in _cache_files())
    kept.write_text("{")
    assert autotune(load, CPU, "network").precision in {"float32", "bfloat16"}


def _cache_files():
    import os
    from pathlib import Path

    return list(Path(os.environ["XDG_CACHE_HOME"]).rglob("renderers.json"))


def pretend(monkeypatch, outcomes: dict[str, tuple[int, float]], stable: bool = True) -> None:
    """Let each precision take a time and shift the image by so many 1/255."""
    monkeypatch.setattr(choosing, "_precisions", lambda device: list(outcomes))
    monkeypatch.setattr(choosing, "_thread_numbers", lambda device: [0])
    monkeypatch.setattr(choosing, "make_renderer", lambda network, device, choice: choice.precision)

    def attempt(precision):
        shift, milliseconds = outcomes[precision]
        return np.full((8, 8, 3), 100 + shift, np.uint8), Trial(milliseconds, milliseconds, stable)

    monkeypatch.setattr(choosing, "_try", attempt)


@pytest.mark.parametrize(
    ("outcomes", "precision"),
    [
        ({"float32": (0, 100), "float16": (2, 20)}, "float16"),
        ({"float32": (0, 100), "float16": (3, 20)}, "float32"),  # faster, but wrong
        ({"float32": (0, 100), "float16": (1, 95)}, "float32"),  # hardly faster
        ({"float32": (0, 100), "float16": (3, 20), "bfloat16": (2, 25)}, "bfloat16"),
    ],
)
def test_the_fastest_right_precision_is_taken(monkeypatch, outcomes, precision):
    pretend(monkeypatch, outcomes)
    assert measure(lambda: None, CPU).precision == precision


def test_what_was_measured_beside_other_work_is_kept_until_the_process_ends(monkeypatch):
    pretend(monkeypatch, {"float32": (0, 700)}, stable=False)
    assert autotune(lambda: None, CPU, "network").full_ms == 2800
    pretend(monkeypatch, {"float32": (0, 100)})
    assert autotune(lambda: None, CPU, "network").full_ms == 2800
    choosing._of_this_process.clear()  # the next start of the program
    assert autotune(lambda: None, CPU, "network").full_ms == 400
    pretend(monkeypatch, {"float32": (0, 50)})
    assert autotune(lambda: None, CPU, "network").full_ms == 400


def test_precisions_are_compared_by_what_they_cost_the_processor(monkeypatch):
    """bfloat16 took as long, on a machine that was busy just then, but had half the work to do."""
    pretend(monkeypatch, {"float32": (0, 100), "bfloat16": (0, 100)})
    trials = iter([Trial(100, 180, True), Trial(110, 90, True)])
    monkeypatch.setattr(choosing, "_try", lambda _: (np.zeros((8, 8, 3), np.uint8), next(trials)))
    assert measure(lambda: None, CPU).precision == "bfloat16"


@pytest.mark.parametrize(("milliseconds", "preview"), [(5, CROP_SIZE), (100, 256), (600, 128)])
def test_fast_machines_skip_the_preview_and_slow_ones_take_a_small_one(monkeypatch, milliseconds, preview):
    pretend(monkeypatch, {"float32": (0, milliseconds)})
    assert measure(lambda: None, CPU).preview_size == preview


def test_threads_are_set_and_set_back(load):
    before = torch.get_num_threads()
    try:
        make_renderer(load(), CPU, RenderConfig("float32", 0, 256, 1.0))
        own = torch.get_num_threads()
        make_renderer(load(), CPU, RenderConfig("float32", own + 1, 256, 1.0))
        assert torch.get_num_threads() == own + 1
        make_renderer(load(), CPU, RenderConfig("float32", 0, 256, 1.0))
        assert torch.get_num_threads() == own
    finally:
        torch.set_num_threads(before)


def test_one_percent_of_the_pixels_may_differ_more():
    reference = np.zeros((100, 100, 3), np.uint8)
    image = reference + np.uint8(1)
    image[:1] = 50
    assert find_percentile_error(image, reference) == 1
    image[1, 0] = 50
    assert find_percentile_error(image, reference) == 50


@pytest.mark.parametrize(
    ("size", "milliseconds", "following"),
    [(256, 100, 256), (256, 400, 128), (128, 100, 128), (128, 30, 256), (128, 400, 128)],
)
def test_the_preview_size_follows_the_load(size, milliseconds, following):
    assert choose_preview_size(size, milliseconds) == following
