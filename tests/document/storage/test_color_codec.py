import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from maskgan_studio.document.storage.color_codec import labels_from_rgba, measure_exact_share, rgba_from_labels
from maskgan_studio.labels import PARTS, UNSET

label_maps = arrays.arrays(np.uint8, (9, 7), elements=st.sampled_from([*range(19), UNSET]))


@given(label_maps)
def test_colours_and_back_is_exact(labels):
    pixels = rgba_from_labels(labels)
    assert (labels_from_rgba(pixels) == labels).all()
    assert ((pixels[..., 3] == 0) == (labels == UNSET)).all()


def test_the_colours_are_those_of_the_class_table():
    pixels = rgba_from_labels(np.arange(19, dtype=np.uint8)[None])
    assert [tuple(pixel[:3]) for pixel in pixels[0].tolist()] == [part.color for part in PARTS]


@given(label_maps, st.integers(0, 255))
def test_half_transparent_pixels_are_unset_under_fifty_percent(labels, alpha):
    pixels = rgba_from_labels(np.where(labels == UNSET, 3, labels).astype(np.uint8))
    pixels[..., 3] = alpha
    read = labels_from_rgba(pixels)
    assert (read == UNSET).all() if alpha < 128 else (read != UNSET).all()


@given(label_maps, st.integers(0, 2**32 - 1))
def test_colours_that_are_a_little_off_go_to_the_nearest_class(labels, seed):
    pixels = rgba_from_labels(labels)
    noise = np.random.default_rng(seed).integers(-9, 10, (*labels.shape, 3))
    pixels[..., :3] = np.clip(pixels[..., :3].astype(int) + noise, 0, 255)
    assert (labels_from_rgba(pixels) == labels).all()


def test_a_lone_off_colour_goes_to_the_nearest_class_whatever_surrounds_it():
    pixels = rgba_from_labels(np.ones((9, 9), np.uint8))
    pixels[4, 4, :3] = (230, 70, 140)  # nearly the hat's (255, 51, 153)
    assert labels_from_rgba(pixels)[4, 4] == 14


@pytest.mark.parametrize(("inside", "outside"), [(1, 0), (13, 1), (4, 1), (12, 0)])
def test_the_soft_edge_of_a_brush_brings_in_no_third_part(inside, outside):
    """Half-way between skin and background, for one, the nearest class colour is that of an ear."""
    disc = cv2.circle(np.zeros((64, 64), np.float32), (32, 32), 20, 1.0, -1, cv2.LINE_AA)[..., None]
    colors = rgba_from_labels(np.array([[inside, outside]], np.uint8))[0].astype(np.float32)
    pixels = np.rint(disc * colors[0] + (1 - disc) * colors[1]).astype(np.uint8)
    labels = labels_from_rgba(pixels)
    assert set(np.unique(labels)) == {inside, outside}
    assert (labels[disc[..., 0] > 0.51] == inside).all()
    assert (labels[disc[..., 0] < 0.49] == outside).all()


def test_a_mask_is_told_from_a_photo_by_its_colours():
    pixels = rgba_from_labels(np.tile(np.arange(19, dtype=np.uint8), (4, 1)))
    assert measure_exact_share(pixels) == 1
    assert measure_exact_share(pixels ^ 37) < 0.2
    assert measure_exact_share(np.zeros((4, 4, 4), np.uint8)) == 0
