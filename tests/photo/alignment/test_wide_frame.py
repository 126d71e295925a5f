"""The wider frame: when it is wanted, and how its mask comes about."""

import numpy as np
import pytest
from drawn_face import draw_face

from maskgan_studio.labels import part_named
from maskgan_studio.photo.alignment.frame import Alignment
from maskgan_studio.photo.alignment.wide_frame import (
    has_wide_frame,
    merge_wide_mask,
    narrow_frame,
    wants_wide_frame,
    widen_frame,
)

HAIR, HAT = part_named("hair").index, part_named("hat").index
FRAME = Alignment(600.0, 550.0, 250.0, 30.0)
SHAPE = (1200, 1200, 3)


@pytest.mark.parametrize("part", [HAIR, HAT])
def test_hair_or_a_hat_at_the_upper_edge_wants_the_wide_frame(part):
    mask = draw_face(512)
    assert not wants_wide_frame(mask, FRAME, SHAPE)
    mask[:40, 150:360] = part
    assert wants_wide_frame(mask, FRAME, SHAPE)


def test_hair_at_the_lower_edge_does_not():
    mask = draw_face(512)
    mask[400:, :150] = mask[400:, 360:] = HAIR
    assert not wants_wide_frame(mask, FRAME, SHAPE)


def test_a_photo_that_ends_with_the_frame_has_no_wide_one():
    mask = draw_face(512)
    mask[:40] = HAIR
    assert not wants_wide_frame(mask, Alignment.identity((512, 512)), (512, 512, 3))


def test_narrow_is_the_inverse_of_wide():
    np.testing.assert_allclose(narrow_frame(widen_frame(FRAME)).inverse, FRAME.inverse, atol=1e-9)


def test_the_finer_mask_lies_where_its_frame_lies_in_the_wide_one():
    usual = draw_face(512)
    merged = merge_wide_mask(np.full((512, 512), HAIR, np.uint8), usual)
    assert (merged[:70] == HAIR).all() and (merged[:, :70] == HAIR).all()
    wide = widen_frame(FRAME)
    # Points of the photo have the same part in both masks, but for half a pixel at borders.
    y, x = np.mgrid[150:360:7, 150:360:7]
    inner = np.stack([x.ravel(), y.ravel()], axis=1)
    there = np.rint(wide.to_crop(FRAME.to_photo(inner))).astype(int)
    assert (merged[there[:, 1], there[:, 0]] == usual[inner[:, 1], inner[:, 0]]).mean() > 0.97


def test_a_face_tells_which_frame_it_lies_in():
    usual = draw_face(512)
    assert not has_wide_frame(usual)
    assert has_wide_frame(merge_wide_mask(np.zeros((512, 512), np.uint8), usual))
    assert not has_wide_frame(np.zeros((512, 512), np.uint8))
