import numpy as np
import pytest
from drawn_face import draw_face
from flipping import flip_labels
from hypothesis import given, settings
from hypothesis import strategies as st

from maskgan_studio.document.geometry import rasterize
from maskgan_studio.document.geometry.rect import Rect
from maskgan_studio.document.geometry.symmetry import Axis, add_mirror_image, find_axis
from maskgan_studio.document.session import Session
from maskgan_studio.labels import FLIP, UNSET

SIDE = 64
MIDDLE = Axis(SIDE / 2, 20)
# Positions that binary fractions hold exactly, so that a position and its image round alike.
position = st.integers(-80, 4 * SIDE + 80).map(lambda number: number / 4)
positions = st.tuples(position, position)
labels = st.sampled_from([1, 4, 5, 9, 13, UNSET])


@settings(max_examples=25)
@given(st.floats(-179, 179))
def test_the_axis_of_a_turned_face_is_found(tilt):
    axis = find_axis(draw_face(256, tilt))
    difference = (axis.angle + tilt + 180) % 360 - 180
    assert abs(difference) < 0.5, "a face that is turned clockwise leans its chin to the left"
    assert abs(axis.distance((128, 128))) < 0.5


def test_a_mask_with_left_and_right_swapped_has_the_same_axis(face):
    swapped = np.asarray(FLIP, np.uint8)[face]
    assert find_axis(swapped).angle == pytest.approx(find_axis(face).angle, abs=1e-6)


def test_the_axis_without_all_features(face):
    upright = Axis(64, 64)
    without_mouth = np.where(np.isin(face, [2, 10, 11, 12]), 1, face).astype(np.uint8)
    without_eyes = np.where(np.isin(face, [4, 5, 6, 7]), 1, face).astype(np.uint8)
    nose_alone = np.where(np.isin(face, [4, 5, 6, 7, 10, 11, 12]), 1, face).astype(np.uint8)
    nothing = np.zeros_like(face)
    for mask in (without_mouth, without_eyes, nose_alone, nothing):
        axis = find_axis(mask)
        assert axis.angle == pytest.approx(0, abs=0.01)
        assert axis.distance((upright.x, upright.y)) == pytest.approx(0, abs=0.01)


@given(st.floats(-180, 180), positions)
def test_mirroring_twice_is_nothing_and_distance_changes_sign(angle, point):
    axis = Axis(20, 30, angle)
    assert np.allclose(axis.mirror(axis.mirror(point)), point)
    assert axis.distance(axis.mirror(point)) == pytest.approx(-axis.distance(point), abs=1e-6)


@settings(max_examples=60)
@given(st.lists(positions, min_size=1, max_size=5), st.integers(2, 60), labels)
def test_a_symmetric_stroke_is_its_own_mirror_image(path, size, label):
    session = Session.new(np.full((SIDE, SIDE), 1, np.uint8))
    session.layers.add("above", np.full((SIDE, SIDE), 13, np.uint8))
    session.mirror(MIDDLE)
    session.begin_stroke("Brush", path[0], size, label)
    for point in path[1:]:
        session.extend_stroke(point, size)
    session.finish_edit()
    painted = session.stack[session.active_layer].labels
    assert (flip_labels(painted) == painted).all()


@given(positions, positions, labels)
def test_a_symmetric_shape_is_its_own_mirror_image(corner, opposite, label):
    session = Session.new(np.full((SIDE, SIDE), 1, np.uint8))
    session.mirror(MIDDLE)
    shape = rasterize.ellipse(corner, opposite, session.stack.shape)
    session.paint("Ellipse", shape, label)
    painted = session.source_mask
    assert (flip_labels(painted) == painted).all()
    if shape is not None and label in (1, 13):
        assert (painted[shape.full(painted.shape)] == label).all()


def test_each_side_gets_its_own_class_of_a_pair():
    session = Session.new(np.full((SIDE, SIDE), 1, np.uint8))
    session.mirror(MIDDLE)
    for chosen in (4, 5):
        session.begin_stroke("Brush", (10, 10), 8, chosen)
        session.finish_edit()
        mask = session.source_mask
        assert (mask[10, 10], mask[10, SIDE - 11]) == (5, 4), "the person's left eye lies on the image's right"
        session.undo()


@pytest.mark.parametrize("angle", [0, 30, 90, -45, 137, 180])
def test_the_image_of_a_shape_has_no_gaps_at_any_angle(angle):
    axis = Axis(60, 64, angle)
    disc = rasterize.capsule((80, 70), (80, 70), 30, 30, (128, 128))
    both = add_mirror_image(disc, axis, (128, 128)).full((128, 128))
    x, y = axis.mirror((80, 70))
    rows, columns = np.mgrid[:128, :128] + 0.5
    distance = np.minimum(np.hypot(columns - 80, rows - 70), np.hypot(columns - x, rows - y))
    assert both[distance < 14].all()
    assert not both[distance > 16].any()


def test_an_image_outside_the_map_is_cut_off():
    disc = rasterize.capsule((60, 10), (60, 10), 8, 8, (20, 64))
    assert add_mirror_image(disc, Axis(64, 0), (20, 64)) == disc
    half = add_mirror_image(disc, Axis(60, 0), (20, 64))
    assert half.rect == Rect(6, 56, 14, 64)
