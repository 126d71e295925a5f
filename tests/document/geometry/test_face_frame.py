import numpy as np
import pytest
from drawn_face import draw_face

from maskgan_studio.document.geometry.face_frame import (
    CENTER,
    EYE_LEVEL,
    canonical_coordinates,
    compose,
    face_frame,
    half_widths,
    head_region,
    invert,
    rectify,
    widen,
)
from maskgan_studio.labels import FLIP, part_named

EYES = np.array([CENTER, EYE_LEVEL, 1])


@pytest.mark.parametrize("size", [128, 512])
@pytest.mark.parametrize("tilt", [0, 25, -90, 180])
def test_the_typical_face_lies_on_the_face_of_the_mask(size, tilt):
    frame = face_frame(draw_face(size, tilt))
    radians = np.deg2rad(tilt)
    below_center = (EYE_LEVEL - 256) * size / 512  # the image is turned about its centre
    expected = np.array([-np.sin(radians), np.cos(radians)]) * below_center + size / 2
    assert np.abs(frame @ EYES - expected).max() < 0.012 * size
    assert np.hypot(*frame[:, 0]) == pytest.approx(size / 512, rel=0.03)
    assert np.rad2deg(np.arctan2(frame[1, 0], frame[0, 0])) == pytest.approx(tilt, abs=1) or abs(tilt) == 180


def test_a_mask_with_left_and_right_swapped_has_the_same_frame(face):
    assert np.allclose(face_frame(np.asarray(FLIP, np.uint8)[face]), face_frame(face))


def test_without_a_face_the_frame_fills_the_mask():
    assert face_frame(np.zeros((256, 256), np.uint8)).tolist() == [[0.5, 0, 0], [0, 0.5, 0]]


def test_matrices_are_joined_and_undone(face):
    frame = face_frame(draw_face(128, 33))
    assert np.allclose(compose(frame, invert(frame)), np.eye(2, 3))
    x, y = canonical_coordinates(frame, (128, 128))
    back = frame @ np.array([x[40, 70] + CENTER, y[40, 70] + EYE_LEVEL, 1])
    assert np.allclose(back, (70.5, 40.5))


def test_the_width_of_a_face_and_its_head():
    mask = draw_face(256, 20)
    frame = face_frame(mask)
    left, right = half_widths(rectify(mask, frame))
    assert left == pytest.approx(right, abs=4)
    assert left == pytest.approx(138, abs=8), "what the drawing has"
    head = head_region(mask)
    assert head[np.isin(mask, [2, 4, 5, 6, 7, 10, 11, 12])].all()
    assert head[mask == 0].mean() < 0.03
    wide = rectify(mask, frame)
    wide[:] = 1
    assert half_widths(wide) == (160, 160), "no head is that wide"
    turned = np.where(np.arange(512) < 256 + 100, wide, 0).astype(np.uint8)
    turned[235:300, 256 + 170 : 256 + 200] = part_named("l_ear").index
    assert half_widths(turned) == (160, 170), "a turned head goes on to its ear"
    lobe = wide.copy()
    lobe[310:330, 256 + 170 : 256 + 190] = part_named("l_ear").index
    assert half_widths(lobe) == (160, 170), "hair may leave no more than the lobe to be seen"
    assert half_widths(np.zeros_like(wide)) == (128, 128)


@pytest.mark.parametrize(("half_width", "crown"), [(160, -235), (128, -188), (102, -188)])
def test_a_wide_head_is_higher_but_a_half_hidden_one_no_lower(half_width, crown):
    assert widen(np.array([[0.0, -188.0]]), half_width, half_width)[0] == pytest.approx((0, crown))
