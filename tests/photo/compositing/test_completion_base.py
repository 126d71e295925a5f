"""The DMN's image in the photo's colours and without its weave."""

from __future__ import annotations

import numpy as np
import pytest

from maskgan_studio.labels import part_named
from maskgan_studio.photo.compositing.completion_base import prepare_completion_base

SKIN, HAIR, LIP = (part_named(name).index for name in ("skin", "hair", "u_lip"))


@pytest.fixture
def labels() -> np.ndarray:
    mask = np.full((128, 128), SKIN, np.uint8)
    mask[:64] = HAIR
    mask[100:110, 40:80] = LIP
    return mask


@pytest.fixture
def region() -> np.ndarray:
    hidden = np.zeros((128, 128), bool)
    hidden[40:112, 32:96] = True
    return hidden


def test_every_part_gets_the_colour_that_the_photo_gives_it_beside_the_region(labels, region):
    photo = np.where((labels == HAIR)[..., None], [90, 60, 30], [200, 160, 140]).astype(np.uint8)
    drawn = np.where((labels == HAIR)[..., None], [120, 50, 50], [180, 170, 150]).astype(np.uint8)
    hidden_photo = photo.copy()
    hidden_photo[region] = 0
    base = prepare_completion_base(hidden_photo, drawn, labels, labels, region)
    inside = region & (labels != LIP)
    assert np.abs(base[inside] - photo[inside]).max() < 1.5


def test_a_part_that_is_hidden_altogether_keeps_the_drawn_colour(labels, region):
    drawn = np.full((128, 128, 3), 77, np.uint8)
    drawn[labels == LIP] = (190, 80, 90)
    base = prepare_completion_base(np.full((128, 128, 3), 10, np.uint8), drawn, labels, labels, region)
    assert np.allclose(base[labels == LIP], (190, 80, 90))


def test_hair_where_the_photo_shows_none_goes_with_the_brows():
    bald = np.full((128, 128), SKIN, np.uint8)
    bald[70:76, 30:60] = part_named("l_brow").index
    edited = bald.copy()
    edited[:40] = HAIR
    photo = np.where((bald == SKIN)[..., None], [200, 160, 140], [60, 40, 30]).astype(np.uint8)
    photo[70] = (190, 150, 130)  # skin between the hairs of the brow
    drawn = np.full_like(photo, 180)
    drawn[:20, 64:] = 200  # its shading stays
    drawn[20:40, :64] = 160
    base = prepare_completion_base(photo, drawn, bald, edited, edited == HAIR, average_texture=False)
    assert np.abs(base[edited == HAIR].mean(axis=0) - (60, 40, 30)).max() < 1
    assert base[:20, 64:].mean() > base[20:40, :64].mean() + 30
    without_brows = np.where(bald == SKIN, bald, SKIN)
    assert np.allclose(prepare_completion_base(photo, drawn, without_brows, edited, edited == HAIR)[2:8, 2:50], 180)


def test_hair_is_drawn_closer_to_the_hair_beside_it_than_the_network_would(labels, region):
    """One half of it is hidden, and the network draws that half far too bright."""
    photo = np.full((128, 128, 3), 70, np.uint8)
    drawn = np.full((128, 128, 3), 70, np.uint8)
    drawn[region & (labels == HAIR)] = 170
    base = prepare_completion_base(photo, drawn, labels, labels, region)
    inside = np.s_[46:60, 44:84]
    assert 115 < base[inside].mean() < 145


def test_what_repeats_with_the_stride_goes_from_hair_but_not_from_lips(labels, region):
    y, x = np.mgrid[:128, :128]
    weave = (40 * np.sin(2 * np.pi * x / 16) * np.cos(2 * np.pi * y / 16))[..., None]
    drawn = np.clip(128 + weave, 0, 255).repeat(3, 2).astype(np.uint8)
    base = prepare_completion_base(drawn, drawn, labels, labels, region)
    assert base[8:56, 8:120].std() < 1.5
    assert np.abs(base[labels == LIP] - drawn[labels == LIP]).max() < 1.5


def test_a_network_that_was_trained_with_the_drawn_texture_gets_it(labels, region):
    drawn = np.random.default_rng(0).integers(60, 200, (128, 128, 3), dtype=np.uint8)
    base = prepare_completion_base(drawn, drawn, labels, labels, region, average_texture=False)
    assert np.abs(base - drawn)[labels != HAIR].max() < 1.5
    assert np.corrcoef(base[labels == HAIR].ravel(), drawn[labels == HAIR].ravel())[0, 1] > 0.98


def test_a_window_is_the_same_as_that_part_of_the_whole(labels, region):
    rng = np.random.default_rng(0)
    photo, drawn = (rng.integers(0, 256, (128, 128, 3), dtype=np.uint8) for _ in range(2))
    whole = prepare_completion_base(photo, drawn, labels, labels, region)
    for window in (np.s_[0:64, 32:96], np.s_[40:112, 32:128]):
        assert np.allclose(
            prepare_completion_base(photo, drawn, labels, labels, region, window), whole[window], atol=1e-3
        )


def test_the_background_continues_the_photo_whatever_the_network_draws_there():
    """Its brightness inside the region has nothing to do with that beside it."""
    hair_off = np.zeros((128, 128), np.uint8)
    had_hair = hair_off.copy()
    had_hair[32:96, 32:96] = HAIR
    photo = np.full((128, 128, 3), 157, np.uint8)
    drawn = np.where((had_hair == HAIR)[..., None], 116, 85).repeat(3, 2).astype(np.uint8)
    base = prepare_completion_base(photo, drawn, had_hair, hair_off, had_hair == HAIR)
    assert np.abs(base[had_hair == HAIR] - 157).max() < 2


def test_a_bald_head_has_the_colour_of_the_forehead_though_the_network_draws_hair_there(labels):
    photo = np.where((labels == HAIR)[..., None], [40, 30, 20], [200, 160, 140]).astype(np.uint8)
    bald = np.where(labels == HAIR, SKIN, labels).astype(np.uint8)
    drawn = np.where((labels == HAIR)[..., None], [60, 40, 30], [200, 160, 140]).astype(np.uint8)
    base = prepare_completion_base(photo, drawn, labels, bald, labels == HAIR)
    assert 43 + 0.5 * (167 - 43) < base[8:56].mean() < 160, "some shading is left, but not all that darkness"


def test_a_forehead_does_not_take_the_colour_of_painted_lids():
    mask = np.full((128, 128), SKIN, np.uint8)
    mask[:60] = HAIR
    mask[70:76, 20:108] = part_named("l_eye").index
    photo = np.full((128, 128, 3), 200, np.uint8)
    photo[60:90] = 60
    base = prepare_completion_base(
        photo, photo, mask, np.where(mask == HAIR, SKIN, mask).astype(np.uint8), mask == HAIR
    )
    assert base[8:40].mean() > 180, "its lids would give 60"


@pytest.mark.parametrize("surface", ["skin", "eye_g"])
def test_skin_or_lens_where_an_eye_was_continues_the_photo_and_not_the_hollow_that_is_drawn_there(surface):
    before = np.full((128, 128), part_named(surface).index, np.uint8)
    before[56:68, 40:80] = part_named("l_eye").index
    after = np.full_like(before, part_named(surface).index)
    photo = np.empty((128, 128, 3), np.uint8)
    photo[:] = np.linspace(90, 200, 128)[None, :, None]  # lit from the right
    photo[before != after] = 20
    drawn = np.full_like(photo, 150)
    drawn[46:78, 34:86] = 60
    region = np.zeros(before.shape, bool)
    region[52:72, 36:84] = True
    base = prepare_completion_base(photo, drawn, before, after, region)
    lit = np.linspace(90, 200, 128)[None, :, None]
    assert np.abs(base - lit)[region].max() < 15
