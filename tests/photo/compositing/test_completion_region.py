"""What completion is to draw for an edit, and how it is laid into the photo."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maskgan_studio.labels import part_named
from maskgan_studio.photo.alignment.frame import Alignment
from maskgan_studio.photo.compositing.completion_region import composite_completion, find_box, find_completion_region

SKIN, EYE, BROW, HAIR = (part_named(name).index for name in ("skin", "l_eye", "l_brow", "hair"))


@pytest.fixture
def mask() -> np.ndarray:
    labels = np.full((512, 512), SKIN, np.uint8)
    cv2.ellipse(labels, (320, 245), (26, 10), 0, 0, 360, EYE, -1)
    cv2.ellipse(labels, (320, 222), (38, 6), 0, 0, 360, BROW, -1)
    labels[:100] = HAIR
    return labels


def without(mask: np.ndarray, part: int) -> np.ndarray:
    return np.where(mask == part, np.uint8(SKIN), mask)


def test_equal_masks_ask_for_nothing(mask):
    assert not find_completion_region(mask, mask.copy()).any()


def test_the_lashes_around_an_eye_that_goes_are_drawn_over(mask):
    region = find_completion_region(mask, without(mask, EYE))
    around = cv2.dilate((mask == EYE).astype(np.uint8), np.ones((11, 11), np.uint8)) > 0
    assert region[around & (mask != BROW)].all()
    assert region.sum() < 4 * (mask == EYE).sum()


def test_a_feature_beside_the_edit_stays_the_photos_own(mask):
    region = find_completion_region(mask, without(mask, BROW))
    far = cv2.dilate((mask == BROW).astype(np.uint8), np.ones((9, 9), np.uint8)) == 0
    assert not region[(mask == EYE) & far].any()


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 500), st.integers(0, 500), st.integers(1, 200), st.integers(1, 200))
def test_a_box_holds_its_region_and_suits_the_networks_stride(top, left, height, width):
    region = np.zeros((512, 512), bool)
    region[top : top + height, left : left + width] = True
    rows, columns = find_box(region)
    outside = region.copy()
    outside[rows, columns] = False
    assert not outside.any()
    assert all(edge % 8 == 0 and 0 <= edge <= 512 for edge in (rows.start, rows.stop, columns.start, columns.stop))


@pytest.mark.parametrize("scale", [0.5, 1.0, 2.3])
@pytest.mark.parametrize("angle", [0, 37])
def test_outside_the_region_every_bit_stays(astronaut, mask, scale, angle):
    photo = cv2.resize(astronaut, (1200, 1000))
    half, turn = 256 * scale, np.radians(angle)
    alignment = Alignment(600.2, 480.9, half * np.cos(turn), half * np.sin(turn))
    crop = alignment.crop(photo)
    edited = without(mask, EYE)
    region = find_completion_region(mask, edited)
    box = find_box(region)
    completed = np.full((*region[box].shape, 3), 90, np.float32)
    out = composite_completion(photo, alignment, crop, mask, edited, region, completed, box)
    reached = cv2.warpAffine(region.astype(np.float32), alignment.inverse, (1200, 1000), flags=cv2.INTER_LINEAR) > 0
    reached = cv2.dilate(reached.astype(np.uint8), np.ones((3, 3))) > 0  # OpenCV rounds positions to 1/32 pixel
    assert np.array_equal(out[~reached], photo[~reached])
    core = cv2.warpAffine((mask == EYE).astype(np.uint8), alignment.inverse, (1200, 1000), flags=cv2.INTER_NEAREST) > 0
    assert abs(out[core].mean() - 90) < 8  # the photo's grain goes on in it


def test_a_grey_photo_stays_grey(mask):
    grey = np.random.default_rng(0).integers(0, 256, (512, 512, 1), dtype=np.uint8).repeat(3, 2)
    edited = without(mask, EYE)
    region = find_completion_region(mask, edited)
    box = find_box(region)
    completed = np.full((*region[box].shape, 3), (200, 120, 60), np.float32)
    out = composite_completion(grey, Alignment.identity(grey.shape), grey, mask, edited, region, completed, box)
    assert (out != grey).any()
    assert (out[..., 0] == out[..., 1]).all() and (out[..., 1] == out[..., 2]).all()


@pytest.mark.parametrize("angle", [0, 8])
def test_nothing_shines_through_in_a_photo_smaller_than_the_crop(mask, angle):
    """Its sharpest edges are not in the crop once that was enlarged and shrunk again; they must go all the same."""
    y, x = np.mgrid[:300, :300]
    photo = np.repeat(((x // 3 + y // 3) % 2 * 255).astype(np.uint8)[..., None], 3, axis=2)
    turn = np.radians(angle)
    alignment = Alignment(150.0, 150.0, 120 * np.cos(turn), 120 * np.sin(turn))
    crop = alignment.crop(photo)
    edited = mask.copy()
    edited[100:200, 100:400] = HAIR
    region = find_completion_region(mask, edited)
    box = find_box(region)
    completed = np.full((*region[box].shape, 3), 90, np.float32)
    out = composite_completion(photo, alignment, crop, mask, edited, region, completed, box)
    core = cv2.erode(region.astype(np.uint8), np.ones((15, 15)))
    core = cv2.warpAffine(core, alignment.inverse, (300, 300), flags=cv2.INTER_NEAREST) > 0
    assert core.sum() > 2000
    assert np.abs(out[core].astype(int) - 90).max() <= 1
