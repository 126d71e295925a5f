"""The photo's own pixels under a deformation of its crop."""

from __future__ import annotations

import numpy as np
import pytest

from maskgan_studio.photo.alignment.frame import Alignment
from maskgan_studio.photo.retouching.deform import deform_crop, deform_photo


def bump(x: float = 0.0, y: float = 0.0, size: int = 512) -> np.ndarray:
    """Offsets that are (-x, -y) in a disk in the middle and fall to exactly 0 around it."""
    rows, columns = np.indices((size, size)) / size - 0.5
    weight = np.clip(2 - 5 * np.hypot(rows, columns) * 2, 0, 1).astype(np.float32)
    return weight[..., None] * np.float32([-x, -y])


def test_nothing_moving_gives_the_same_array(astronaut):
    assert deform_photo(astronaut, Alignment.identity(astronaut.shape), bump()) is astronaut


def test_whole_pixels_move_exactly_and_the_rest_keeps_its_bits(astronaut):
    offsets = bump(6, -4)
    moved = deform_crop(astronaut, offsets)
    np.testing.assert_array_equal(moved[236:276, 236:276], astronaut[240:280, 230:270])
    still = ~offsets.any(axis=2)
    np.testing.assert_array_equal(moved[still], astronaut[still])
    assert still.any() and (moved != astronaut).any()


@pytest.mark.parametrize("angle", [0.0, 25.0])
def test_a_larger_turned_photo_moves_by_the_same_way_on_the_face(astronaut, angle):
    # Twice the crop's resolution: what moves 6 crop pixels moves 12 of the photo, along the turned axis.
    photo = np.repeat(np.repeat(astronaut, 2, axis=0), 2, axis=1)
    radians = np.deg2rad(angle)
    alignment = Alignment(511.5, 511.5, 512 * np.cos(radians), 512 * np.sin(radians))
    moved = deform_photo(photo, alignment, bump(6, 0))
    step = np.rint(12 * np.array([np.cos(radians), np.sin(radians)])).astype(int)
    center = moved[480:540, 480:540].astype(int)
    source = photo[480 - step[1] : 540 - step[1], 480 - step[0] : 540 - step[0]].astype(int)
    assert np.abs(center - source).mean() < (1e-9 if angle == 0 else 6)
    assert np.abs(center - photo[480:540, 480:540]).mean() > 8


def test_fine_detail_survives_a_move_by_half_a_pixel():
    rng = np.random.default_rng(3)
    grain = rng.integers(0, 256, (512, 512, 3), np.uint8)
    moved = deform_crop(grain, bump(0.5, 0))
    inside = np.s_[220:290, 220:290]
    assert moved[inside].std() > 0.75 * grain[inside].std()


@pytest.mark.parametrize("shape", [(512, 512), (512, 512, 4)])
def test_sixteen_bits_grey_and_more_channels_are_sampled_alike(shape):
    deep = np.random.default_rng(1).integers(0, 65536, shape).astype(np.uint16)
    moved = deform_crop(deep, bump(6, -4))
    np.testing.assert_array_equal(moved[236:276, 236:276], deep[240:280, 230:270])


def test_a_crop_that_hangs_over_the_border(astronaut):
    alignment = Alignment(40.0, 30.0, 256.0, 0.0)
    moved = deform_photo(astronaut, alignment, bump(30, 30))
    assert moved.shape == astronaut.shape and (moved != astronaut).any()
    np.testing.assert_array_equal(moved[300:], astronaut[300:])
