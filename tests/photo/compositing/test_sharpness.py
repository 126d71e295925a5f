"""What is drawn is as crisp as the photo."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from maskgan_studio.labels import part_named
from maskgan_studio.photo.compositing.sharpness import match_sharpness

HAIR, SKIN = part_named("hair").index, part_named("skin").index
BOX = np.s_[0:128, 64:128]


def strands(contrast: float) -> np.ndarray:
    """Upright strands, three pixels wide."""
    lines = 100 + contrast * np.sin(2 * np.pi * np.arange(128) / 6)
    return np.repeat(np.tile(lines, (128, 1))[..., None], 3, axis=2).astype(np.float32)


@pytest.fixture
def half() -> np.ndarray:
    region = np.zeros((128, 128), bool)
    region[:, 64:] = True
    return region


@pytest.mark.parametrize(("photo", "drawn", "expected"), [(10, 25, 10), (2, 60, 18), (25, 24, 25), (60, 10, 11)])
def test_contrast_follows_the_photo_within_limits(half, photo, drawn, expected):
    hair = np.full((128, 128), HAIR, np.uint8)
    out = match_sharpness(strands(drawn)[BOX], strands(photo).astype(np.uint8), hair, hair, half, BOX)
    inner = out[16:-16, 16:-16]
    assert inner.std() * np.sqrt(2) == pytest.approx(expected, rel=0.08)
    assert inner.mean() == pytest.approx(100, abs=1)


def test_shading_is_left_alone(half):
    hair = np.full((128, 128), HAIR, np.uint8)
    shaded = strands(0) + np.linspace(-60, 60, 128, dtype=np.float32)[:, None, None]
    out = match_sharpness(shaded[BOX], strands(5).astype(np.uint8), hair, hair, half, BOX)
    assert np.abs(out - shaded[BOX])[16:-16].max() < 1


@pytest.mark.parametrize("case", ["no hair in the photo", "no hair drawn", "hardly any"])
def test_without_hair_to_compare_nothing_changes(half, case):
    mask, edited = np.full((128, 128), HAIR, np.uint8), np.full((128, 128), HAIR, np.uint8)
    if case == "no hair in the photo":
        mask[:] = 1
    elif case == "no hair drawn":
        edited[:, 60:] = 1
    else:
        edited[:, 64:] = 1
        edited[:10, 64:90] = HAIR
    drawn = cv2.GaussianBlur(strands(20), (0, 0), 0.5)[BOX]
    assert np.array_equal(match_sharpness(drawn, strands(60).astype(np.uint8), mask, edited, half, BOX), drawn)


def spots(seed: int) -> np.ndarray:
    """Something with sharp edges: dark spots on skin."""
    picture = np.full((128, 128, 3), 180, np.float32)
    rng = np.random.default_rng(seed)
    for x, y in rng.integers(4, 124, (60, 2)):
        cv2.circle(picture, (int(x), int(y)), 4, (60, 50, 40), -1)
    return picture


@pytest.mark.parametrize("blur", [1.5, 3.0])
def test_a_soft_photo_gets_no_crisp_edges(half, blur):
    mask = np.full((128, 128), SKIN, np.uint8)
    photo = cv2.GaussianBlur(spots(0), (0, 0), blur)
    drawn, wanted = spots(1), cv2.GaussianBlur(spots(1), (0, 0), blur)
    out = match_sharpness(drawn[BOX], photo.astype(np.uint8), mask, mask, half, BOX)
    inner = np.s_[16:-16, 16:-16]
    assert np.abs(out - wanted[BOX])[inner].mean() < 0.65 * np.abs(drawn - wanted)[BOX][inner].mean()


def test_a_sharp_photo_keeps_what_was_drawn(half):
    mask = np.full((128, 128), SKIN, np.uint8)
    drawn = spots(1)[BOX]
    assert np.array_equal(match_sharpness(drawn, spots(0).astype(np.uint8), mask, mask, half, BOX), drawn)
    soft = cv2.GaussianBlur(drawn, (0, 0), 2)
    assert np.array_equal(match_sharpness(soft, spots(0).astype(np.uint8), mask, mask, half, BOX), soft)


def test_hair_and_bare_skin_are_left_to_others(half):
    mask = np.full((128, 128), SKIN, np.uint8)
    hair = np.where(half, np.uint8(HAIR), mask)
    soft = cv2.GaussianBlur(spots(0), (0, 0), 3).astype(np.uint8)
    drawn = spots(1)[BOX]
    assert np.array_equal(match_sharpness(drawn, soft, mask, hair, half, BOX), drawn)
    flat = np.full_like(drawn, 170)
    assert np.array_equal(match_sharpness(flat, soft, mask, mask, half, BOX), flat)
