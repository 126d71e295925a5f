"""Steps between a mask and its edit."""

from __future__ import annotations

import numpy as np
import pytest
from drawn_face import draw_face
from hypothesis import given, settings
from hypothesis import strategies as st

from maskgan_studio.document.layers import Layer, LayerStack
from maskgan_studio.document.operations.interpolation import interpolate_edit, interpolate_masks
from maskgan_studio.document.session import Session
from maskgan_studio.labels import UNSET, part_named
from maskgan_studio.recoloring import Recoloring

SKIN, HAIR, EYE, HAT = (part_named(name).index for name in ("skin", "hair", "l_eye", "hat"))


def disk(radius: float, index: int) -> np.ndarray:
    y, x = np.ogrid[:128, :128]
    return np.where((x - 64) ** 2 + (y - 64) ** 2 <= radius**2, index, SKIN).astype(np.uint8)


@pytest.mark.parametrize("share", [0.25, 0.5, 0.75])
def test_a_growing_shape_has_the_size_in_between(share):
    between = interpolate_masks(disk(10, EYE), disk(30, EYE), share)
    radius = np.sqrt((between == EYE).sum() / np.pi)
    assert radius == pytest.approx(10 + 20 * share, abs=1)


def test_ends_are_the_masks_themselves():
    start, end = disk(10, EYE), disk(30, HAT)
    assert np.array_equal(interpolate_masks(start, end, 0), start)
    assert np.array_equal(interpolate_masks(start, end, 1), end)


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 2**32 - 1), st.floats(0, 1))
def test_nothing_changes_where_both_agree_and_no_class_is_made_up(seed, share):
    rng = np.random.default_rng(seed)
    start, end = (np.kron(rng.integers(0, 19, (4, 4)), np.ones((8, 8))).astype(np.uint8) for _ in range(2))
    between = interpolate_masks(start, end, share)
    assert np.array_equal(between[start == end], start[start == end])
    assert set(np.unique(between)) <= set(np.unique(start)) | set(np.unique(end))


def test_sliders_colours_and_paint_grow_together_and_end_at_the_edit():
    face = draw_face(512)
    session = Session.new(face)
    session.face.set_values("Smile", {"smile": 0.6, "gaze.y": 1.0})
    session.face.set_color("Colour", "hair", Recoloring("#7a3b1d"))
    hat = np.full(face.shape, UNSET, np.uint8)
    hat[20:120, 150:360] = HAT
    session.layers.add("Hat", hat)
    steps = [interpolate_edit(session.stack, share) for share in (0.0, 0.5, 1.0)]
    assert np.array_equal(steps[0].mask, face) and steps[0].moved is None and steps[0].colors == {}
    assert np.array_equal(steps[2].mask, session.source_mask)
    assert steps[2].moved.key == session.stack.moved_photo.key and steps[2].colors == session.stack.colors
    assert [step.gaze.left.up for step in steps] == [0.0, 2.5, 5.0]
    assert steps[1].colors["hair"].strength == 0.5 and steps[1].moved is not None
    assert 0 < (steps[1].mask == HAT).sum() < (steps[2].mask == HAT).sum()
    np.testing.assert_array_equal(session.source_mask[20:120, 150:360], HAT)  # the document is left alone


def test_a_part_that_is_taken_away_shrinks():
    labels = np.where(disk(30, EYE) == EYE, np.uint8(SKIN), np.uint8(UNSET))
    stack = LayerStack([Layer(0, "mask", disk(30, EYE)), Layer(1, "edit", labels)])
    areas = [(interpolate_edit(stack, share).mask == EYE).sum() for share in (0.0, 0.3, 0.6, 1.0)]
    assert areas == sorted(areas, reverse=True) and areas[-1] == 0
