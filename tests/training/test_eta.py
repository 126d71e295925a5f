"""Speed and time left, from step times alone."""

from __future__ import annotations

import pytest

from maskgan_studio.training.eta import ThroughputMeter, format_duration
from maskgan_studio.training.recipe import Phase

SMALL, LARGE = Phase(64, 8, 10, 1, 1), Phase(128, 8, 5, 1, 1)


def test_nothing_is_told_before_anything_is_measured():
    pace = ThroughputMeter([SMALL, LARGE], 15)
    assert pace.seconds_left(0) is None and pace.images_per_second == 0
    pace.step(SMALL, 100.0)  # the first steps do not count
    pace.step(SMALL, 100.0)
    assert pace.measured == 0 and pace.seconds_left(2) is None


def test_larger_pictures_are_weighed_by_their_pixels():
    pace = ThroughputMeter([SMALL, LARGE], 15)
    for _ in range(4):
        pace.step(SMALL, 2.0)
    assert pace.images_per_second == pytest.approx(4.0)
    assert pace.seconds_left(4) == pytest.approx(6 * 2.0 + 5 * 8.0)


def test_a_new_phase_is_measured_anew():
    pace = ThroughputMeter([SMALL, LARGE], 15)
    for _ in range(10):
        pace.step(SMALL, 2.0)
    pace.step(LARGE, 50.0)
    assert pace.images_per_second == 0
    assert pace.seconds_left(11) == pytest.approx(4 * 8.0)  # still by the small images' speed
    pace.step(LARGE, 50.0)
    pace.step(LARGE, 4.0)
    assert pace.images_per_second == pytest.approx(2.0)
    assert pace.seconds_left(13) == pytest.approx(2 * 4.0)


@pytest.mark.parametrize(("total", "left"), [(5, 1), (10, 6)])
def test_a_shortened_run_ends_early(total, left):
    pace = ThroughputMeter([SMALL, LARGE], total)
    for _ in range(4):
        pace.step(SMALL, 1.0)
    assert pace.seconds_left(4) == pytest.approx(left)


def test_a_lengthened_run_goes_on_in_the_last_phase():
    pace = ThroughputMeter([SMALL, LARGE], 20)
    for _ in range(4):
        pace.step(SMALL, 1.0)
    assert pace.seconds_left(4) == pytest.approx(6 + 10 * 4)


@pytest.mark.parametrize(("seconds", "text"), [(12, "12 s"), (600, "10 min"), (3 * 3600 + 240, "3 h 04 min")])
def test_durations_for_people(seconds, text):
    assert format_duration(seconds) == text
