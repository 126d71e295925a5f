"""Bands hold every row once, and what is made in them does not show where they end."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maskgan_studio.photo import bands as module
from maskgan_studio.photo.alignment.frame import Alignment
from maskgan_studio.photo.bands import split_into_bands
from maskgan_studio.photo.compositing.paste_back import Change, paste_back
from maskgan_studio.photo.retouching.deform import deform_photo


@given(st.integers(0, 5000), st.integers(0, 5000), st.integers(0, 10**6))
def test_every_row_is_in_one_band_and_no_band_is_large(top, height, width):
    found = list(split_into_bands(top, top + height, width))
    assert [row for band in found for row in range(band.start, band.stop)] == list(range(top, top + height))
    assert all((band.stop - band.start) * width <= max(width, 2**17) for band in found)


@pytest.mark.parametrize("pixels", [1, 10**9])
def test_a_picture_made_row_by_row_is_the_one_made_at_once(monkeypatch, pixels):
    rng = np.random.default_rng(0)
    photo = rng.integers(0, 256, (300, 260, 3), dtype=np.uint8)
    alignment = Alignment(130.3, 148.9, 110.0, 20.0)
    crop = alignment.crop(photo).astype(np.float32)
    region = np.zeros(crop.shape[:2], np.float32)
    region[100:400, 120:380] = 1
    change = Change(rng.normal(0, 20, crop.shape).astype(np.float32) * region[..., None], region, region, None)
    offsets = np.zeros((*region.shape, 2), np.float32)
    offsets[120:380, 140:360] = 7.5
    usual = paste_back(photo, alignment, crop, change), deform_photo(photo, alignment, offsets)
    monkeypatch.setattr(module, "_PIXELS", pixels)
    again = paste_back(photo, alignment, crop, change), deform_photo(photo, alignment, offsets)
    for one, other in zip(usual, again, strict=True):
        assert (one != photo).any()
        assert np.abs(one.astype(int) - other).max() <= 1  # coordinates are rounded to 1/1024 of a pixel
