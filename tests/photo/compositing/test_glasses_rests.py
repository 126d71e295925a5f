"""What is left of glasses on nose and brows goes with them."""

from __future__ import annotations

import numpy as np
import pytest

from maskgan_studio.labels import part_named
from maskgan_studio.photo.compositing.glasses_rests import find_glasses_rests

SKIN, NOSE, GLASSES, BROW = (part_named(name).index for name in ("skin", "nose", "eye_g", "l_brow"))


@pytest.fixture
def worn() -> np.ndarray:
    """Two lenses without a bridge; the nose begins between them."""
    mask = np.full((512, 512), SKIN, np.uint8)
    mask[220:280, 150:230] = mask[220:280, 282:362] = GLASSES
    mask[230:330, 236:276] = NOSE
    return mask


def test_the_nose_between_the_lenses_is_drawn_anew(worn):
    bare = np.where(worn == GLASSES, np.uint8(SKIN), worn)
    found = find_glasses_rests(worn, bare)
    assert found[222:248, 236:276].all() and found[222:248, 231:281].mean() > 0.9
    assert not found[265:].any(), "between their lower parts nothing is left"
    assert not found[:, :226].any() and not found[:, 286:].any() and not found[:218].any()


def test_a_brow_is_drawn_anew_where_it_touches_the_rim(worn):
    worn[190:220, 290:350] = BROW
    bare = np.where(worn == GLASSES, np.uint8(SKIN), worn)
    found = find_glasses_rests(worn, bare)
    assert found[212:220, 295:345].all() and not found[190:208, 290:350].any()


@pytest.mark.parametrize("case", ["kept", "moved", "no nose", "a speck"])
def test_nothing_is_drawn_where_no_glasses_are_taken_off(worn, case):
    edited = np.where(worn == GLASSES, np.uint8(SKIN), worn)
    if case == "kept":
        edited = worn
    elif case == "moved":
        edited = np.roll(worn, 4, axis=0)
    elif case == "no nose":
        worn, edited = (np.where(mask == NOSE, np.uint8(SKIN), mask) for mask in (worn, edited))
    else:
        worn = np.where((worn == GLASSES) & (np.arange(512) > 152)[None], np.uint8(SKIN), worn)
    assert not find_glasses_rests(worn, edited).any()
