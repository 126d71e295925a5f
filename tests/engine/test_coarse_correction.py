"""A coarse image gets what it lacks: detail where the labels are as they were, the colour of its part elsewhere."""

from __future__ import annotations

import numpy as np

from maskgan_studio.engine.coarse_correction import CoarseCorrection
from maskgan_studio.engine.synthetic_face import draw_sample_mask
from maskgan_studio.labels import color_table, part_named

SKIN, HAIR, BROW = (part_named(name).index for name in ("skin", "hair", "l_brow"))
#: What each part of a coarse image lacks in brightness.
LACKING = np.arange(19, dtype=np.uint8) * 3


def coarse(mask: np.ndarray) -> np.ndarray:
    return color_table()[mask] // 2 + np.uint8(30)


def full(mask: np.ndarray) -> np.ndarray:
    return coarse(mask) + LACKING[mask][..., None]


def test_an_unedited_image_becomes_the_full_one():
    mask = draw_sample_mask()
    grain = np.random.default_rng(0).integers(0, 20, (512, 512, 3)).astype(np.uint8)
    correction = CoarseCorrection(mask, full(mask) + grain, coarse(mask))
    np.testing.assert_array_equal(correction.apply(coarse(mask), mask), full(mask) + grain)


def test_a_part_gets_the_colour_of_its_like_not_of_what_was_there():
    mask = draw_sample_mask()
    correction, edited = CoarseCorrection(mask, full(mask), coarse(mask)), mask.copy()
    edited[mask == BROW] = SKIN
    image = correction.apply(coarse(edited), edited).astype(int)
    error = np.abs(image - full(edited).astype(int))
    assert error[mask == BROW].mean() < 1  # the brow lacked something else
    assert error.max() <= LACKING[BROW]


def test_a_part_that_is_far_away_is_found_there_and_one_that_is_nowhere_gets_the_mean():
    mask = np.full((512, 512), SKIN, np.uint8)
    mask[:40, :40] = HAIR
    correction, edited = CoarseCorrection(mask, full(mask), coarse(mask)), mask.copy()
    edited[400:460, 400:460] = HAIR
    there = np.s_[420:440, 420:440]
    assert abs(correction.apply(coarse(edited), edited)[there].astype(int) - full(edited)[there]).max() <= 1
    edited[400:460, 400:460] = BROW
    missing = correction.apply(coarse(edited), edited)[there].astype(int) - coarse(edited)[there]
    assert abs(missing - LACKING[SKIN]).max() <= 1  # nearly all of the image is skin


def test_a_window_is_corrected_as_the_whole_image_is():
    mask = draw_sample_mask()
    correction, edited = CoarseCorrection(mask, full(mask), coarse(mask)), mask.copy()
    edited[200:230, 150:240] = HAIR
    window = np.s_[160:270, 110:280]
    whole, part = correction.apply(coarse(edited), edited), correction.apply(coarse(edited)[window], edited, window)
    assert abs(whole[window].astype(int) - part).max() <= 1
