"""Drawn strands are as crisp as the photo's own."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from maskgan_studio.labels import part_named
from maskgan_studio.photo.compositing.hair_texture import match_hair_texture

HAIR = part_named("hair").index
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
    out = match_hair_texture(strands(drawn)[BOX], strands(photo).astype(np.uint8), hair, hair, half, BOX)
    inner = out[16:-16, 16:-16]
    assert inner.std() * np.sqrt(2) == pytest.approx(expected, rel=0.08)
    assert inner.mean() == pytest.approx(100, abs=1)


def test_shading_is_left_alone(half):
    hair = np.full((128, 128), HAIR, np.uint8)
    shaded = strands(0) + np.linspace(-60, 60, 128, dtype=np.float32)[:, None, None]
    out = match_hair_texture(shaded[BOX], strands(5).astype(np.uint8), hair, hair, half, BOX)
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
    assert np.array_equal(match_hair_texture(drawn, strands(60).astype(np.uint8), mask, edited, half, BOX), drawn)
