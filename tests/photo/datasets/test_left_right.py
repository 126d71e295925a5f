"""Exchanged left and right parts find their names again."""

import numpy as np
from flipping import flip_labels
from hypothesis import given
from hypothesis import strategies as st

from maskgan_studio.labels import part_named
from maskgan_studio.photo.datasets.left_right import fix_swapped_sides

L_EYE, R_EYE, L_EAR = (part_named(name).index for name in ("l_eye", "r_eye", "l_ear"))


def face(left_x: int, right_x: int) -> np.ndarray:
    labels = np.ones((64, 64), np.uint8)
    labels[20:24, right_x : right_x + 6] = R_EYE
    labels[20:24, left_x : left_x + 6] = L_EYE
    return labels


def test_the_person_s_left_eye_is_on_the_right_of_the_picture():
    right_way = face(left_x=40, right_x=10)
    assert fix_swapped_sides(right_way) is right_way
    assert np.array_equal(fix_swapped_sides(face(left_x=10, right_x=40)), right_way)


def test_a_single_ear_keeps_its_name():
    labels = face(left_x=40, right_x=10)
    labels[30:40, 2:5] = L_EAR
    assert np.array_equal(fix_swapped_sides(labels), labels)


@given(st.integers(0, 57), st.integers(0, 57))
def test_sorting_twice_is_sorting_once_and_mirrors_agree(left_x, right_x):
    labels = face(left_x, right_x)
    once = fix_swapped_sides(labels)
    assert np.array_equal(fix_swapped_sides(once), once)
    assert np.array_equal(np.isin(once, (L_EYE, R_EYE)), np.isin(labels, (L_EYE, R_EYE)))
    if abs(left_x - right_x) >= 6:
        assert np.array_equal(fix_swapped_sides(flip_labels(once)), flip_labels(once))
