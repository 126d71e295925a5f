"""A part of another picture is laid in through its matte, without that picture's detail."""

from __future__ import annotations

import numpy as np
import pytest

from maskgan_studio.errors import EditError
from maskgan_studio.labels import part_named
from maskgan_studio.photo.alignment.frame import Alignment
from maskgan_studio.photo.compositing.part_blend import blend_part

HAIR, SKIN = (part_named(name).index for name in ("hair", "skin"))


def picture(hair: tuple[int, int, int], skin: tuple[int, int, int]) -> tuple[np.ndarray, np.ndarray]:
    """Striped hair above skin, and its mask."""
    mask = np.zeros((512, 512), np.uint8)
    mask[60:240, 100:400], mask[240:420, 140:360] = HAIR, SKIN
    photo = np.full((512, 512, 3), 128, np.uint8)
    photo[mask == HAIR], photo[mask == SKIN] = hair, skin
    photo[:, ::3][mask[:, ::3] == HAIR] = np.add(hair, 30)
    return photo, mask


PHOTO, MASK = picture((60, 40, 30), (220, 180, 160))
OTHER, _ = picture((150, 110, 60), (120, 90, 70))
WEAVE = 25 * (np.indices((512, 512)).sum(axis=0) // 8 % 2)[..., None]
WHOLE = Alignment.identity(PHOTO.shape)


def test_hair_takes_the_colour_keeps_its_strands_and_gets_no_weave():
    blended = blend_part(PHOTO, (OTHER + WEAVE).clip(0, 255).astype(np.uint8), WHOLE, MASK, "hair")
    inner = np.s_[100:200, 150:350]
    change = blended[inner].astype(int) - PHOTO[inner]
    assert np.abs(change.mean(axis=(0, 1)) - np.array([90, 70, 30]) - 12.5).max() < 6
    assert np.abs(change - change.mean(axis=(0, 1))).max() < 8
    assert np.abs(blended[270:400, 160:340].astype(int) - PHOTO[270:400, 160:340]).max() <= 8


def test_what_lies_beyond_the_crop_keeps_its_bits_and_the_part_fades_towards_it():
    photo, other = (np.pad(image, ((100, 100), (100, 100), (0, 0)), mode="edge") for image in (PHOTO, OTHER))
    mask = np.full_like(MASK, HAIR)
    alignment = Alignment(355.5, 355.5, 256.0, 0.0)
    blended = blend_part(photo, np.full_like(other, 255), alignment, mask, "hair")
    outside = np.ones(photo.shape[:2], bool)
    outside[100:-100, 100:-100] = False
    np.testing.assert_array_equal(blended[outside], photo[outside])
    rise = np.abs(blended[300, 100:140].astype(int) - photo[300, 100:140]).mean(axis=1)
    assert rise[0] < 5 < rise[-1] and (np.diff(rise[:16]) > -20).all()


def test_a_part_that_is_not_there_and_one_that_takes_no_style():
    assert blend_part(PHOTO, OTHER, WHOLE, MASK, "lips") is PHOTO
    with pytest.raises(EditError, match="hair"):
        blend_part(PHOTO, OTHER, WHOLE, MASK, "background")
