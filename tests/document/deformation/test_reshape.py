"""The sliders: known answers on a drawn face, and what holds for every value and combination."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from drawn_face import draw_face
from flipping import flip_labels
from hypothesis import given, settings
from hypothesis import strategies as st

from maskgan_studio.document.deformation.labels import deform_labels
from maskgan_studio.document.deformation.measurements import measure_face
from maskgan_studio.document.deformation.reshape import reshape_face
from maskgan_studio.document.deformation.sliders import SLIDERS, check_values, side_value
from maskgan_studio.errors import EditError
from maskgan_studio.labels import UNSET, part_named

FACE = draw_face(512)
MEASURED = measure_face(FACE)

SHAPING = [slider for slider in SLIDERS if slider.reshapes]
#: Any number on any of the sliders, as many as one likes; a few so that they meet.
ALL_VALUES = st.dictionaries(st.sampled_from(SLIDERS), st.floats(0, 1), max_size=6).map(
    lambda drawn: {slider.name: slider.low + share * (slider.high - slider.low) for slider, share in drawn.items()}
)


def reshaped(values: dict[str, float], face: np.ndarray = FACE) -> np.ndarray:
    return deform_labels(face, reshape_face(face, values))


def box(labels: np.ndarray, *names: str) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of parts."""
    y, x = np.nonzero(np.isin(labels, [part_named(name).index for name in names]))
    return float(x.min()), float(y.min()), float(x.max() + 1), float(y.max() + 1)


def area(labels: np.ndarray, *names: str) -> int:
    return int(np.isin(labels, [part_named(name).index for name in names]).sum())


def middle(labels: np.ndarray, name: str) -> tuple[float, float]:
    y, x = np.nonzero(labels == part_named(name).index)
    return float(x.mean()), float(y.mean())


# --- what every combination keeps to


@settings(deadline=None, max_examples=25)
@given(ALL_VALUES)
def test_nothing_folds_and_what_lies_at_the_border_stays(values):
    deformation = reshape_face(FACE, values, MEASURED)
    assert deformation.jacobian().min() > 0
    edge = np.ones((512, 512), bool)
    edge[3:-3, 3:-3] = False
    assert not deformation.offsets[edge].any()


@settings(deadline=None, max_examples=15)
@given(ALL_VALUES)
def test_a_mirrored_face_gets_the_mirror_image(values):
    # On this face, which is its own mirror image, a linked slider must move both halves alike.
    offsets = reshape_face(FACE, values, MEASURED).offsets
    # Strong combinations magnify the hundredths of a pixel that measuring rounds to.
    difference = np.abs(offsets[:, ::-1] * [-1, 1] - offsets)
    assert difference.max() < 1.0 and difference.mean() < 0.02


def test_one_side_alone_is_the_mirror_image_of_the_other():
    left, right = (reshape_face(FACE, {f"brows.height.{side}": 0.7}).offsets for side in ("left", "right"))
    np.testing.assert_allclose(left[:, ::-1] * [-1, 1], right, atol=0.35)
    assert not left[:, :200].any() and left[:, 300:].any()  # the person's left is the image's right


@pytest.mark.parametrize("slider", SHAPING, ids=lambda slider: slider.name)
def test_zero_is_the_identity_and_both_ends_change_something(slider):
    assert reshape_face(FACE, {slider.name: 0.0}, MEASURED).is_identity
    low, high = (reshape_face(FACE, {slider.name: value}, MEASURED) for value in (slider.low, slider.high))
    if slider.low == 0:
        assert low.is_identity and (high.revealed != UNSET).any()
        return
    assert np.abs(low.offsets).max() > 1 and np.abs(high.offsets).max() > 1
    # Opposite directions: the fields point against each other where both are strong.
    strong = (np.abs(low.offsets).max(axis=2) > 1) & (np.abs(high.offsets).max(axis=2) > 1)
    assert (low.offsets * high.offsets).sum(axis=2)[strong].mean() < 0


def test_a_gaze_moves_no_class():
    assert reshape_face(FACE, {"gaze.x": 1.0, "gaze.size.left": 0.2}, MEASURED).is_identity


def test_a_tilted_face_is_changed_as_an_upright_one():
    tilted = draw_face(512, tilt=12)
    values = {"eyes.size": 0.3, "smile": 0.8, "face.jaw": -0.1}
    offsets = reshape_face(FACE, values).offsets
    turn = cv2.getRotationMatrix2D((255.5, 255.5), -12, 1)
    moved = cv2.warpAffine(offsets, turn, (512, 512)) @ turn[:, :2].T
    difference = np.linalg.norm(reshape_face(tilted, values).offsets - moved, axis=2)
    assert difference.max() < 1.5 and np.linalg.norm(moved, axis=2).max() > 8


# --- known answers


@pytest.mark.parametrize("share", [-0.2, 0.2, 0.4])
def test_eyes_scale_by_exactly_the_share(share):
    eyes = ("l_eye", "r_eye")
    assert area(reshaped({"eyes.size": share}), *eyes) / area(FACE, *eyes) == pytest.approx((1 + share) ** 2, rel=0.05)
    wider = reshaped({"eyes.width": share}) if share < 0.4 else reshaped({"eyes.height": share})
    assert area(wider, *eyes) / area(FACE, *eyes) == pytest.approx(1 + share, rel=0.05)


def test_brows_rise_by_their_pixels_and_the_eyes_stay():
    raised = reshaped({"brows.height": 0.5})
    for name in ("l_brow", "r_brow"):
        assert middle(FACE, name)[1] - middle(raised, name)[1] == pytest.approx(14, abs=1)
        assert area(raised, name) == pytest.approx(area(FACE, name), rel=0.08)
    for name in ("l_eye", "r_eye"):
        assert (raised[part_named(name).index == FACE] == part_named(name).index).mean() > 0.97


def test_a_smile_lifts_and_widens_the_corners():
    before, after = box(FACE, "u_lip", "l_lip", "mouth"), box(reshaped({"smile": 1.0}), "u_lip", "l_lip", "mouth")
    assert before[0] - after[0] == pytest.approx(9, abs=2) and after[2] - before[2] == pytest.approx(9, abs=2)

    def corner_height(labels: np.ndarray) -> float:
        y, x = np.nonzero(np.isin(labels, [part_named(name).index for name in ("u_lip", "l_lip", "mouth")]))
        return float(y[x <= x.min() + 2].mean())

    assert corner_height(FACE) - corner_height(reshaped({"smile": 1.0})) == pytest.approx(15, abs=2)


def test_one_corner_alone():
    lifted = reshaped({"mouth.corner.left": 1.0})
    left_before, left_after = (np.nonzero(np.isin(face[:, 300], [11, 12]))[0].mean() for face in (FACE, lifted))
    right_before, right_after = (np.nonzero(np.isin(face[:, 211], [11, 12]))[0].mean() for face in (FACE, lifted))
    assert left_before - left_after > 10 and abs(right_before - right_after) < 1.5


@pytest.mark.parametrize("share", [-0.06, 0.1])
def test_the_jaw_changes_by_its_share(share):
    def width(labels: np.ndarray) -> float:
        rows = np.isin(labels[385:420], [part_named(name).index for name in ("skin", "u_lip", "l_lip", "mouth")])
        return float(rows.sum(axis=1).mean())

    changed = reshaped({"face.jaw": share})
    assert width(changed) / width(FACE) == pytest.approx(1 + share, abs=0.012)
    assert box(changed, "l_eye") == box(FACE, "l_eye")


def test_chin_nose_and_hairline_move_by_their_pixels():
    skin = ("skin",)
    assert box(reshaped({"face.chin": 0.5}), *skin)[3] - box(FACE, *skin)[3] == pytest.approx(14, abs=2)
    assert box(reshaped({"nose.length": 0.5}), "nose")[3] - box(FACE, "nose")[3] == pytest.approx(10, abs=1.5)
    assert box(FACE, *skin)[1] - box(reshaped({"face.hairline": 0.5}), *skin)[1] == pytest.approx(14, abs=2)


def test_hair_stands_farther_from_the_head():
    fuller = reshaped({"hair.volume": 0.3})
    assert area(fuller, "hair") > 1.08 * area(FACE, "hair")
    np.testing.assert_array_equal(fuller[240:400, 180:330], FACE[240:400, 180:330])


def test_a_mask_without_features_is_reshaped_where_faces_have_them():
    blank = np.zeros((512, 512), np.uint8)
    for slider in SLIDERS:
        assert reshape_face(blank, {slider.name: slider.high}).jacobian().min() > 0


# --- values


def test_sides_have_their_own_number_or_that_of_both():
    values = check_values({"eyes.size": 0.2, "eyes.size.left": 0.0})
    assert side_value(values, "eyes.size", 1) == 0 and side_value(values, "eyes.size", -1) == 0.2


@pytest.mark.parametrize(("value", "taken"), [(3 * 0.2, 0.6), (-0.5 - 1e-9, -0.5), (0.6, 0.6)])
def test_an_end_of_the_range_that_was_computed_is_that_end(value, taken):
    assert check_values({"eyes.height": value}) == {"eyes.height": taken}


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"eyes.height": 0.601}, "from -0.5 to 0.6, not to 0.601"),
        ({"eye.size": 0.1}, "no slider"),
        ({"smile.left": 0.1}, "no slider"),
        ({"eyes.size": 0.9}, "from -0.3 to 0.5"),
        ({"smile": float("nan")}, "from -1 to 1"),
    ],
)
def test_unknown_names_and_numbers_beyond_the_range_are_refused(values, said):
    with pytest.raises(EditError, match=said):
        reshape_face(FACE, values)


def test_a_mirrored_mask_gives_the_mirrored_mask():
    lopsided = FACE.copy()
    lopsided[200:230, 100:200] = part_named("skin").index  # the brow on the image's left is gone
    values = {"brows.height": 0.5, "eyes.size": 0.3}
    direct, mirrored = reshaped(values, lopsided), reshaped(values, flip_labels(lopsided))
    assert (flip_labels(mirrored) != direct).mean() < 0.002
