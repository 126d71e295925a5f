"""Irises are found, and move inside their eyes in the photo's own pixels."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from drawn_eyes import IRIS, PUPIL, RADIUS, WHITE, draw_eyes
from flipping import flip_labels
from hypothesis import given, settings
from hypothesis import strategies as st

from maskgan_studio.gaze import Gaze, IrisMove
from maskgan_studio.labels import part_named
from maskgan_studio.photo.alignment.frame import Alignment
from maskgan_studio.photo.retouching.finishing import finish_photo
from maskgan_studio.photo.retouching.gaze import move_irises
from maskgan_studio.photo.retouching.irises import find_irises
from maskgan_studio.recoloring import Recoloring

PHOTO, MASK = draw_eyes()
WHOLE = Alignment.identity(PHOTO.shape)


def both(right: float = 0.0, up: float = 0.0, size: float = 1.0) -> Gaze:
    return Gaze(IrisMove(right, up, size), IrisMove(right, up, size))


def at(photo: np.ndarray, x: float, y: float) -> np.ndarray:
    return photo[round(y) - 1 : round(y) + 2, round(x) - 1 : round(x) + 2].reshape(-1, 3).mean(axis=0)


def near(color: np.ndarray, expected: tuple[int, int, int], by: float = 22) -> bool:
    return bool(np.abs(color - expected).max() < by)


@settings(deadline=None, max_examples=10)
@given(st.floats(-8, 8), st.floats(-3, 3), st.floats(-8, 8))
def test_irises_are_found_where_they_are(x, y, other):
    photo, mask = draw_eyes((320 + x, 240 + y), (192 + other, 240 + y))
    found = find_irises(photo, mask)
    assert [(round(iris.x > 256), iris.radius == pytest.approx(RADIUS, abs=1.6)) for iris in found] == [
        (0, True),
        (1, True),
    ]
    for iris, expected in zip(found, (192 + other, 320 + x), strict=True):
        assert abs(iris.x - expected) < 1.2 and abs(iris.y - 240 - y) < 3


def test_none_is_found_where_there_is_none():
    skin = np.full_like(PHOTO, 180)
    assert find_irises(skin, MASK) == []
    assert find_irises(PHOTO, np.full_like(MASK, part_named("skin").index)) == []
    assert move_irises(skin, WHOLE, MASK, both(5)) is skin


@pytest.mark.parametrize("right", [-7, 7])
def test_the_iris_goes_where_it_is_sent_and_the_white_closes_behind_it(right):
    looking = move_irises(PHOTO, WHOLE, MASK, both(right))
    for x in (192, 320):
        assert near(at(looking, x + right, 240), PUPIL)
        assert near(at(looking, x + right + np.sign(right) * 7, 240), IRIS)
        assert near(at(looking, x - np.sign(right) * 9, 240), WHITE)


def test_one_eye_alone_and_upwards():
    looking = move_irises(PHOTO, WHOLE, MASK, Gaze(left=IrisMove(up=4)))
    assert (
        near(at(looking, 320, 236), PUPIL)
        and near(at(PHOTO, 329, 245), IRIS)
        and near(at(looking, 330, 246), WHITE, 40)
    )
    np.testing.assert_array_equal(looking[:, :256], PHOTO[:, :256])


def test_what_a_lid_hid_is_drawn_when_the_iris_comes_down():
    photo, mask = draw_eyes((320, 234), (192, 234))
    looking = move_irises(photo, WHOLE, mask, both(up=-5))
    assert near(at(looking, 320, 239), PUPIL) and near(at(looking, 320, 233), IRIS, 30)


def test_a_larger_iris_covers_more():
    def area(photo: np.ndarray) -> int:
        return int((np.abs(photo[225:255, 290:350].astype(int) - IRIS).max(axis=2) < 30).sum())

    assert area(move_irises(PHOTO, WHOLE, MASK, both(size=1.25))) > 1.15 * area(PHOTO)
    assert area(move_irises(PHOTO, WHOLE, MASK, both(size=0.8))) < 0.85 * area(PHOTO)


@settings(deadline=None, max_examples=15)
@given(st.floats(-8, 8), st.floats(-5, 5), st.floats(0.75, 1.3))
def test_lids_and_all_else_keep_their_bits(right, up, size):
    looking = move_irises(PHOTO, WHOLE, MASK, both(right, up, size))
    eyes = np.isin(MASK, [part_named(name).index for name in ("l_eye", "r_eye")]).astype(np.uint8)
    beside = cv2.dilate(eyes, np.ones((5, 5), np.uint8)) == 0
    np.testing.assert_array_equal(looking[beside], PHOTO[beside])


@settings(deadline=None, max_examples=10)
@given(st.floats(-8, 8), st.floats(-4, 4), st.floats(0.8, 1.25))
def test_a_mirrored_photo_gets_the_mirror_image(right, up, size):
    gaze = Gaze(IrisMove(right, up, size), IrisMove(0.5 * right, up))
    mirrored = Gaze(IrisMove(-0.5 * right, up), IrisMove(-right, up, size))
    one = move_irises(PHOTO, WHOLE, MASK, gaze)
    other = move_irises(np.ascontiguousarray(PHOTO[:, ::-1]), WHOLE, flip_labels(MASK), mirrored)[:, ::-1]
    # The search sees both through its own grid; an edge may lie some tenths of a pixel beside.
    difference = np.abs(one.astype(int) - other).max(axis=2)
    assert difference.mean() < 0.15 and (difference > 60).mean() < 5e-4


def test_nothing_asked_is_the_same_array():
    assert move_irises(PHOTO, WHOLE, MASK, Gaze()) is PHOTO
    assert finish_photo(PHOTO, WHOLE, MASK, Gaze(), {"iris": Recoloring()}) is PHOTO


def test_a_large_photo_gets_what_its_crop_gets():
    large, mask = draw_eyes(size=1400)
    looking = move_irises(large, Alignment.identity(large.shape), mask, both(6, 2))
    shrunk = cv2.resize(looking, (512, 512), interpolation=cv2.INTER_AREA).astype(int)
    assert np.abs(shrunk - move_irises(PHOTO, WHOLE, MASK, both(6, 2)))[225:255, 160:350].mean() < 6


def test_an_iris_gets_another_colour_and_the_pupil_and_the_white_keep_theirs():
    green = finish_photo(PHOTO, WHOLE, MASK, both(5), {"iris": Recoloring("#566a4a")})
    for x in (192, 320):
        assert near(at(green, x + 5 + 7, 240), (0x56, 0x6A, 0x4A), 14)
        assert near(at(green, x + 5, 240), PUPIL, 12)
        assert near(at(green, x - 14, 240), WHITE, 12)
