"""What any deformation does to labels and pixels, whoever made it."""

from __future__ import annotations

import numpy as np
import pytest
from drawn_face import draw_face

from maskgan_studio.document.deformation.deformation import Deformation
from maskgan_studio.document.deformation.labels import deform_labels
from maskgan_studio.labels import UNSET, part_named


def shift(size: int, x: float, y: float) -> Deformation:
    """Move the picture by (x, y) pixels."""
    return Deformation.from_offsets(np.broadcast_to(np.float32([-x, -y]), (size, size, 2)).copy())


def test_the_identity_changes_nothing():
    face, identity = draw_face(), Deformation.identity(128)
    assert identity.is_identity and identity.rect is None
    np.testing.assert_array_equal(deform_labels(face, identity), face)
    np.testing.assert_array_equal(identity.jacobian(), 1)


def test_labels_move_with_the_picture():
    face = draw_face()
    moved = deform_labels(face, shift(128, 5, -3))
    np.testing.assert_array_equal(moved[:-3, 5:], face[3:, :-5])


def test_one_after_the_other_moves_as_both_together():
    both = shift(64, 2, 1).then(shift(64, -5, 4))
    np.testing.assert_allclose(both.offsets[20:40, 20:40], shift(64, -3, 5).offsets[20:40, 20:40], atol=1e-5)
    assert Deformation.identity(64).then(both) is both and both.then(Deformation.identity(64)) is both


def test_a_share_of_the_way_goes_a_share_of_the_way():
    np.testing.assert_array_equal(shift(32, 4, 2).scale(0.5).offsets, shift(32, 2, 1).offsets)
    assert shift(32, 4, 2).scale(0).is_identity


def test_thin_parts_are_not_lost_when_they_are_pressed_together():
    labels = np.ones((64, 64), np.uint8)
    lip = part_named("u_lip").index
    labels[31:33] = lip
    # Pressed to a third of its height, about the middle of the line.
    rows = np.arange(64, dtype=np.float32)[:, None]
    offsets = np.zeros((64, 64, 2), np.float32)
    offsets[..., 1] = 2 * (rows - 31.5)
    pressed = deform_labels(labels, Deformation.from_offsets(offsets))
    assert (pressed == lip).sum() == pytest.approx(64 * 2 / 3, rel=0.25)


def test_what_is_revealed_has_its_own_class():
    face, mouth = draw_face(), part_named("mouth").index
    revealed = np.full((128, 128), UNSET, np.uint8)
    revealed[60:64, 50:70] = mouth
    deformation = Deformation(np.zeros((128, 128, 2), np.float32), revealed)
    moved = deform_labels(face, deformation)
    assert (moved[60:64, 50:70] == mouth).all() and not deformation.is_identity
    np.testing.assert_array_equal(moved[:60], face[:60])


def test_unset_pixels_of_a_layer_are_carried_along():
    layer = np.full((32, 32), UNSET, np.uint8)
    layer[10:20, 10:20] = 13
    moved = deform_labels(layer, shift(32, 4, 0))
    assert (moved[10:20, 14:24] == 13).all() and (moved == 13).sum() == 100


def test_the_jacobian_shows_folds_and_shrinking():
    offsets = np.zeros((16, 16, 2), np.float32)
    offsets[..., 0] = np.arange(16)
    np.testing.assert_allclose(Deformation.from_offsets(offsets).jacobian(), 2)
    offsets[..., 0] = -2 * np.arange(16)
    assert (Deformation.from_offsets(offsets).jacobian() < 0).all()
