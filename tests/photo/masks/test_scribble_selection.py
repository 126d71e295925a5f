"""Scribbles select what they touch, up to its edges in the photo."""

from __future__ import annotations

import numpy as np
import pytest

from maskgan_studio.photo.masks.scribble_selection import select_by_scribbles

SIDE = 300


def disc(x: int, y: int, radius: int) -> np.ndarray:
    ys, xs = np.mgrid[:SIDE, :SIDE]
    return (xs - x) ** 2 + (ys - y) ** 2 <= radius**2


@pytest.fixture
def photo() -> np.ndarray:
    """Two red discs on green, with noise."""
    rng = np.random.default_rng(0)
    both = disc(100, 150, 50) | disc(230, 150, 40)
    pixels = np.where(both[..., None], (180, 60, 50), (60, 130, 70)) + rng.normal(0, 12, (SIDE, SIDE, 3))
    return np.clip(pixels, 0, 255).astype(np.uint8)


def test_a_scribble_selects_the_object_and_not_the_other_of_its_colour(photo):
    belongs = disc(100, 150, 6)
    region = select_by_scribbles(photo, belongs, np.zeros_like(belongs))
    wanted = disc(100, 150, 50)
    assert (region & wanted).sum() / (region | wanted).sum() > 0.95
    assert not region[disc(230, 150, 40)].any()
    assert np.array_equal(region, select_by_scribbles(photo, belongs, np.zeros_like(belongs)))


def test_what_is_marked_belongs_and_what_is_excluded_does_not(photo):
    belongs = disc(100, 150, 6) | disc(100, 250, 5)  # the second one on green
    excluded = disc(100, 118, 10)
    region = select_by_scribbles(photo, belongs, excluded)
    assert region[belongs & ~excluded].all() and not region[excluded].any()


def test_no_scribble_selects_nothing_and_scribbles_everywhere_select_everything(photo):
    none, everything = np.zeros((SIDE, SIDE), bool), np.ones((SIDE, SIDE), bool)
    assert not select_by_scribbles(photo, none, none).any()
    assert not select_by_scribbles(photo, none, disc(100, 150, 6)).any()
    assert select_by_scribbles(photo, everything, none).all()
