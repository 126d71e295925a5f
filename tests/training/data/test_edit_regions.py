"""Regions that simulate edits."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from maskgan_studio.labels import part_named
from maskgan_studio.training.data.edit_regions import cut_window, simulate_region, simulate_reused_parts

HAIR, EYE = part_named("hair").index, part_named("l_eye").index


def two_parts() -> np.ndarray:
    labels = np.zeros((128, 128), np.uint8)
    labels[:60, 20:100] = HAIR
    labels[90:98, 60:80] = EYE
    return labels


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_a_region_is_never_empty_and_follows_from_its_seed(seed):
    first, second = (simulate_region(two_parts(), np.random.default_rng(seed)) for _ in range(2))
    assert first.any() and first.dtype == bool and first.shape == (128, 128)
    assert np.array_equal(first, second)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32 - 1), st.sampled_from([32, 64, 128]))
def test_a_window_lies_in_the_picture_and_shows_some_of_the_region(seed, size):
    rng = np.random.default_rng(seed)
    region = simulate_region(two_parts(), rng)
    top, left = cut_window(region, size, rng)
    assert top % 8 == left % 8 == 0
    assert 0 <= top <= 128 - size and 0 <= left <= 128 - size
    assert region[top : top + size, left : left + size].any()


def test_what_was_edited_belongs_to_the_region():
    edited = two_parts()
    edited[100:120, 20:40] = HAIR
    for seed in range(20):
        assert simulate_region(two_parts(), np.random.default_rng(seed), edited)[102:118, 22:38].all()


def test_many_regions_hide_hair_and_some_hide_the_small_part():
    regions = [simulate_region(two_parts(), np.random.default_rng(seed)) for seed in range(200)]
    labels = two_parts()
    assert np.mean([region[labels == HAIR].any() for region in regions]) > 0.5
    assert np.mean([region[labels == EYE].all() for region in regions]) > 0.2


def test_reused_parts_are_features_that_lie_in_the_region():
    labels = two_parts()
    image = np.random.default_rng(0).integers(0, 255, (128, 128, 3), np.uint8)
    eye = labels == EYE
    half = eye & (np.arange(128) < 70)
    rng = np.random.default_rng(1)
    (part,) = simulate_reused_parts(image, labels, eye, 1.0, rng)
    assert np.array_equal(part.own, eye)
    assert simulate_reused_parts(image, labels, half, 1.0, rng) == []
    assert simulate_reused_parts(image, labels, eye, 0.0, rng) == []
