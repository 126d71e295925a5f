"""Strands that the mask calls skin go with the hair that is taken off."""

from __future__ import annotations

import numpy as np
import pytest

from maskgan_studio.labels import part_named
from maskgan_studio.photo.compositing.stray_hair import find_stray_hair

SKIN, HAIR, EYE = (part_named(name).index for name in ("skin", "hair", "l_eye"))
STRAND = np.s_[98:140, 220:223]
BEARD = np.s_[330:400, 200:300]


def face_with_fringe(hair=(60, 40, 30)) -> tuple[np.ndarray, np.ndarray]:
    """Hair above, a strand hanging from it over the forehead, an eye, and a beard."""
    mask = np.full((512, 512), SKIN, np.uint8)
    mask[:100] = HAIR
    mask[250:260, 200:240] = EYE
    photo = np.full((512, 512, 3), (210, 170, 150), np.uint8)
    photo[:100] = photo[STRAND] = photo[BEARD] = hair
    return photo, mask


def test_the_strand_goes_and_the_beard_stays():
    photo, mask = face_with_fringe()
    found = find_stray_hair(photo, mask, np.full_like(mask, SKIN))
    assert found[STRAND][4:].all()
    assert not found[BEARD].any() and found.sum() < 512 * 40


@pytest.mark.parametrize("case", ["hair stays", "no contrast", "nothing edited"])
def test_nothing_goes_where_no_hair_is_taken_off_or_seen(case):
    photo, mask = face_with_fringe((205, 165, 145) if case == "no contrast" else (60, 40, 30))
    edited = np.full_like(mask, SKIN) if case == "no contrast" else mask.copy()
    if case == "hair stays":
        edited[300:340, 300:340] = HAIR
    assert not find_stray_hair(photo, mask, edited).any()


def test_a_loose_dark_spot_is_no_hair():
    photo, mask = face_with_fringe()
    photo[180:186, 300:306] = (60, 40, 30)
    found = find_stray_hair(photo, mask, np.full_like(mask, SKIN))
    assert not found[175:190, 295:310].any()


def test_the_shadow_of_hair_on_the_forehead_goes_with_it():
    photo, mask = face_with_fringe()
    found = find_stray_hair(photo, mask, np.full_like(mask, SKIN))
    assert found[102:120, 300:].all() and not found[140:, 300:].any()


def test_beside_the_head_thin_strands_go_and_what_stands_behind_stays():
    mask = np.zeros((512, 512), np.uint8)
    mask[100:400, 150:360] = HAIR
    photo = np.full((512, 512, 3), (200, 205, 215), np.uint8)
    strand, bench = np.s_[200:203, 360:386], np.s_[260:300, 360:512]
    photo[mask == HAIR] = photo[strand] = photo[bench] = (60, 40, 30)
    found = find_stray_hair(photo, mask, np.zeros_like(mask))
    assert found[strand].all()
    assert not found[265:295, 390:].any()
