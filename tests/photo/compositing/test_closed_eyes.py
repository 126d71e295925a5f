"""An eye that becomes skin is closed by the photo's own lid."""

from __future__ import annotations

import cv2
import numpy as np

from maskgan_studio.labels import part_named
from maskgan_studio.photo.compositing.closed_eyes import find_closed_eyes

SKIN, EYE, HAIR, BROW = (part_named(name).index for name in ("skin", "l_eye", "hair", "l_brow"))
LASHES, LID, WHITE = (20, 10, 10), (200, 150, 130), (240, 240, 250)


def open_eye() -> tuple[np.ndarray, np.ndarray]:
    """A white eye with a line of lashes above it, and its mask."""
    mask = np.full((512, 512), SKIN, np.uint8)
    mask[160:170, 260:340] = BROW
    photo = np.full((512, 512, 3), LID, np.uint8)
    cv2.ellipse(photo, (300, 247), (30, 12), 0, 180, 360, LASHES, -1)
    cv2.ellipse(mask, (300, 250), (28, 11), 0, 0, 360, EYE, -1)
    photo[mask == EYE] = WHITE
    return photo, mask


def close(mask: np.ndarray, part: int = SKIN) -> np.ndarray:
    return np.where(mask == EYE, np.uint8(part), mask)


def test_the_lashes_come_to_lie_where_the_eye_ended_below():
    photo, mask = open_eye()
    (lid,) = find_closed_eyes(photo, mask, close(mask))
    middle = lid.pixels[:, 300].astype(int)
    dark = np.nonzero(middle.sum(axis=1) < 200)[0]
    assert dark.min() >= 255 and dark.max() <= 266
    eye_white = np.abs(middle[170 : dark.max()] - WHITE).max(axis=1) < 20
    assert not eye_white.any()


def test_brows_and_what_lies_far_off_are_left_alone():
    photo, mask = open_eye()
    (lid,) = find_closed_eyes(photo, mask, close(mask))
    image = photo.astype(np.float32)
    lid.lay_in(image, np.s_[:512, :512])
    untouched = ~lid.region
    assert np.array_equal(image[untouched], photo[untouched])
    assert untouched[mask == BROW].all() and lid.region[mask == EYE].all()


def test_eyes_that_are_open_covered_or_moved_have_no_lid():
    photo, mask = open_eye()
    moved = np.roll(mask, 30, axis=1)
    for edited in (mask, close(mask, HAIR), moved):
        assert list(find_closed_eyes(photo, mask, edited)) == []


def test_an_eye_at_the_border_is_closed_too():
    photo, mask = open_eye()
    for shift in (-272, 180):
        photo_there, mask_there = np.roll(photo, shift, axis=1), np.roll(mask, shift, axis=1)
        (lid,) = find_closed_eyes(photo_there, mask_there, close(mask_there))
        assert lid.pixels.shape == photo.shape and np.isfinite(lid.weight).all()
