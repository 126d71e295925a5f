"""Lips that part: how far, what stays as it is, and what comes into sight."""

from __future__ import annotations

import numpy as np
import pytest
from drawn_face import draw_face

from maskgan_studio.document.deformation.labels import deform_labels, label_moved_photo
from maskgan_studio.document.deformation.reshape import reshape_face
from maskgan_studio.labels import UNSET, part_named

INSIDE, UPPER, LOWER, SKIN = (part_named(name).index for name in ("mouth", "u_lip", "l_lip", "skin"))
OPEN = draw_face(512)
CLOSED = OPEN.copy()
CLOSED[:379][OPEN[:379] == INSIDE] = UPPER
CLOSED[379:][OPEN[379:] == INSIDE] = LOWER


def middle(labels: np.ndarray, part: int) -> np.ndarray:
    """The rows of a part in the middle of the face."""
    return np.flatnonzero(labels[:, 256] == part)


@pytest.mark.parametrize("value", [0.25, 0.5, 1.0])
def test_a_closed_mouth_opens_by_its_pixels_and_keeps_its_lips(value):
    opened = deform_labels(CLOSED, reshape_face(CLOSED, {"mouth.open": value}))
    # Half of the stretched band was lip.
    assert len(middle(opened, INSIDE)) == pytest.approx(36 * value + 5, abs=2)
    for lip in (UPPER, LOWER):
        assert len(middle(opened, lip)) == pytest.approx(len(middle(CLOSED, lip)) - 2.5, abs=2)
    chin_before, chin_after = (middle(labels, SKIN).max() for labels in (CLOSED, opened))
    assert chin_after - chin_before == pytest.approx(0.6 * 0.88 * 36 * value, abs=2)


def test_the_corners_stay_together_and_the_eyes_stay():
    opened = deform_labels(CLOSED, reshape_face(CLOSED, {"mouth.open": 1.0}))
    columns = np.flatnonzero((opened == INSIDE).any(axis=0))
    lips = np.flatnonzero((opened == UPPER).any(axis=0))
    assert lips[0] + 2 <= columns[0] and columns[-1] <= lips[-1] - 2
    np.testing.assert_array_equal(opened[:300], CLOSED[:300])


def test_an_open_mouth_keeps_what_it_shows_above_and_is_drawn_anew_below():
    deformation = reshape_face(OPEN, {"mouth.open": 0.5})
    opened, shown = deform_labels(OPEN, deformation), label_moved_photo(OPEN, deformation)
    assert len(middle(opened, INSIDE)) == pytest.approx(len(middle(OPEN, INSIDE)) + 18, abs=3)
    revealed = deformation.revealed != UNSET
    assert (opened[revealed] == INSIDE).all() and (shown[revealed] != INSIDE).all()
    # The teeth hang from the upper jaw.
    assert (shown[middle(opened, INSIDE)[:7], 256] == INSIDE).all()


def test_a_mouth_opens_while_it_smiles():
    both = reshape_face(CLOSED, {"mouth.open": 0.5, "smile": 0.8})
    assert both.jacobian().min() > 0
    assert len(middle(deform_labels(CLOSED, both), INSIDE)) == pytest.approx(18 + 5, abs=3)
