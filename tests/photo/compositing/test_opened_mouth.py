"""Below the teeth of a wide mouth it is dark."""

from __future__ import annotations

import cv2
import numpy as np

from maskgan_studio.labels import part_named
from maskgan_studio.photo.compositing.opened_mouth import shade_opened_mouth
from maskgan_studio.photo.compositing.reused_parts import find_reused_parts

INSIDE, UPPER, LOWER, SKIN = (part_named(name).index for name in ("mouth", "u_lip", "l_lip", "skin"))
TEETH, LIP = 230.0, (170, 90, 85)
WINDOW = np.s_[320:440, 160:352]


def mouth(height: int) -> np.ndarray:
    mask = np.full((512, 512), SKIN, np.uint8)
    mask[362:378, 200:312], mask[378 : 378 + height, 206:306] = UPPER, INSIDE
    mask[378 + height : 394 + height, 200:312] = LOWER
    return mask


def shaded(before: np.ndarray, after: np.ndarray) -> np.ndarray:
    crop = np.full((512, 512, 3), LIP, np.uint8)
    picture = np.full((120, 192, 3), TEETH, np.float32)
    shade_opened_mouth(picture, crop, before, after, WINDOW)
    return picture[:, 256 - 160]


def test_teeth_above_and_dark_below():
    column = shaded(mouth(0), mouth(48))
    assert column[378 - 320 + 14].min() > 200
    assert column[378 - 320 + 28].max() < 80
    assert column[378 - 320 + 43, 0] > column[378 - 320 + 28, 0] + 10  # the tongue
    assert (column[: 378 - 320] == TEETH).all() and (column[378 - 320 + 49 :] == TEETH).all()


def test_a_round_mouth_shows_less_of_its_teeth_than_a_laughing_one():
    laughing, after = mouth(48), mouth(48)
    after[:, :218][after[:, :218] == INSIDE] = SKIN
    after[:, 294:][after[:, 294:] == INSIDE] = SKIN
    wide, narrow = shaded(mouth(0), laughing), shaded(mouth(0), after)
    at = 378 - 320 + 16
    assert narrow[at].max() < 0.5 * wide[at].min()


def test_a_narrow_opening_shows_teeth_alone():
    column = shaded(mouth(0), mouth(16))
    assert column.min() > 200


def test_a_mouth_that_was_open_is_left_alone():
    assert (shaded(mouth(36), mouth(36)) == TEETH).all()


def test_a_mouth_that_is_only_wider_keeps_its_teeth():
    before = mouth(30)
    wider = cv2.resize(before, None, fx=1.3, fy=1, interpolation=cv2.INTER_NEAREST)[:, 76:588]
    assert (wider == INSIDE).sum() > 1.2 * (before == INSIDE).sum()
    assert (shaded(before, wider) == TEETH).all()


def test_what_opens_darkens_softly_beside_what_was_open():
    before = mouth(40)
    before[:, 256:][before[:, 256:] == INSIDE] = LOWER  # a mouth that was open on one side
    picture = np.full((120, 192, 3), TEETH, np.float32)
    shade_opened_mouth(picture, np.full((512, 512, 3), LIP, np.uint8), before, mouth(60), WINDOW)
    row = picture[378 - 320 + 28, 90:105, 0]
    assert row.max() > 200 > 100 > row.min() and np.abs(np.diff(row)).max() < 0.6 * (row.max() - row.min())


def test_a_mouth_that_opens_is_not_taken_for_one_that_moved():
    photo = np.zeros((512, 512, 3), np.uint8)
    assert list(find_reused_parts(photo, mouth(0), mouth(6))) == []
    assert len(list(find_reused_parts(photo, mouth(20), np.roll(mouth(20), 6, axis=0)))) == 1
