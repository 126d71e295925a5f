"""What is called doubtful: whole regions, places within them, never outlines nor what somebody changed."""

from __future__ import annotations

import numpy as np
import pytest

from maskgan_studio.engine.parse_doubts import ParseResult, find_doubts
from maskgan_studio.labels import part_named

HAIR, EARRING, SKIN = (part_named(name).index for name in ("hair", "ear_r", "skin"))
CURL = np.s_[200:230, 100:120]


@pytest.fixture
def parse() -> ParseResult:
    """Hair for certain, with a curl that was taken for an earring."""
    labels = np.full((512, 512), HAIR, np.uint8)
    labels[CURL] = EARRING
    confidence, runner_up = np.full((512, 512), 240, np.uint8), np.full((512, 512), SKIN, np.uint8)
    confidence[CURL], runner_up[CURL] = 100, HAIR
    return ParseResult(labels, confidence, runner_up)


def test_a_curl_read_as_an_earring_is_doubted_and_may_be_hair(parse):
    (doubt,) = find_doubts(parse.labels, parse)
    assert (doubt.part, doubt.instead, doubt.area, doubt.is_whole) == (EARRING, HAIR, 600, True)
    np.testing.assert_array_equal(doubt.cover.full((512, 512)), parse.labels == EARRING)
    assert doubt.confidence == pytest.approx(100 / 255)


def test_a_place_within_a_sure_region_is_doubted_too_but_an_outline_is_not(parse):
    parse.confidence[CURL] = 240
    parse.confidence[300:304] = 50  # as thin as an outline
    assert find_doubts(parse.labels, parse) == ()
    parse.confidence[400:440, 50:90] = 50
    (doubt,) = find_doubts(parse.labels, parse)
    assert (doubt.part, doubt.instead, doubt.is_whole) == (HAIR, SKIN, False)
    assert abs(doubt.area - 1600) < 60


def test_what_the_mask_has_otherwise_is_not_doubted(parse):
    mask = parse.labels.copy()
    mask[CURL] = HAIR
    assert find_doubts(mask, parse) == ()
