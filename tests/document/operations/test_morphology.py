import cv2
import numpy as np
import pytest

from maskgan_studio.document.geometry import rasterize
from maskgan_studio.document.operations.morphology import grow, shrink, smooth
from maskgan_studio.document.operations.painting import Constraints
from maskgan_studio.document.session import Session
from maskgan_studio.errors import EditError
from maskgan_studio.labels import UNSET

SKIN, NOSE, EYE, MOUTH, HAIR = 1, 2, 4, 10, 13


def applied(session: Session, patch) -> np.ndarray:
    session.apply("test", patch)
    return session.source_mask


def disc(radius: float) -> np.ndarray:
    side = int(radius)
    rows, columns = np.mgrid[-side : side + 1, -side : side + 1]
    return (np.hypot(rows, columns) <= radius).astype(np.uint8)


@pytest.mark.parametrize("pixels", [1, 3.5, 8])
def test_growing_and_shrinking_are_dilation_and_erosion(session, face, pixels):
    nose = (face == NOSE).astype(np.uint8)
    grown = applied(session, grow(session.stack, 1, NOSE, pixels))
    assert ((grown == NOSE) == cv2.dilate(nose, disc(pixels)).astype(bool)).all()
    session.undo()
    shrunk = applied(session, shrink(session.stack, 1, NOSE, pixels))
    assert ((shrunk == NOSE) == cv2.erode(nose, disc(pixels)).astype(bool)).all()
    assert set(np.unique(shrunk[(face == NOSE) & (shrunk != NOSE)])) <= {SKIN}


def test_the_border_of_the_picture_is_no_rim(session, face):
    assert (face[-1, 8:120] == 18).all(), "clothes reach the lower border"
    shrunk = applied(session, shrink(session.stack, 1, 18, 1.5))
    assert (shrunk[-1, 30:98] == 18).all()


def test_growing_respects_constraints(session, face):
    allowed = Constraints(frozenset([EYE]), frozenset([SKIN, EYE]))
    grown = applied(session, grow(session.stack, 1, HAIR, 10, allowed))
    gained = (grown == HAIR) & (face != HAIR)
    assert gained.any()
    assert (face[gained] == SKIN).all()


def test_what_a_layer_hides_appears_when_its_part_shrinks(session, face):
    session.paint("Hat", rasterize.rectangle((30, 40), (100, 100), face.shape), 14)
    shrunk = applied(session, shrink(session.stack, session.active_layer, 14, 5))
    rim = (session.stack[1].labels == UNSET) & (np.arange(128) >= 30) & (np.arange(128) < 100)
    assert (shrunk[rim] == face[rim]).all()
    assert (shrunk[46:94, 36:94] == 14).all()


def test_a_part_that_shrinks_away_leaves_its_neighbours(session, face):
    shrunk = applied(session, shrink(session.stack, 1, NOSE, 100))
    assert not (shrunk == NOSE).any()
    assert (shrunk[face != NOSE] == face[face != NOSE]).all()


def test_smoothing_keeps_the_area_and_takes_specks_off():
    mask = np.zeros((128, 128), np.uint8)
    mask[60:68, 20:108] = 11  # as thin as a lip
    rng = np.random.default_rng(2)
    ragged = (rng.random((128, 128)) < 0.5) & (cv2.dilate(mask, disc(2)) > 0)
    mask[ragged] = 11
    mask[10, 10] = 11
    session = Session.new(mask)
    smoothed = applied(session, smooth(session.stack, 1, 11, 3))
    assert smoothed[10, 10] == 0
    assert (smoothed == 11).sum() == pytest.approx((mask == 11).sum(), abs=2)

    def outline(region) -> int:
        return int((region[1:] != region[:-1]).sum() + (region[:, 1:] != region[:, :-1]).sum())

    assert outline(smoothed == 11) < 0.7 * outline(mask == 11)


def test_a_locked_part_keeps_its_shape(session):
    locked = Constraints(locked_parts=frozenset([NOSE]))
    for operation in (shrink, smooth):
        with pytest.raises(EditError, match="Nose is locked"):
            operation(session.stack, 1, NOSE, 3, locked)


def test_a_part_may_leave_its_place_whatever_may_be_painted_over(session, face):
    only_hair = Constraints(only_over=frozenset([HAIR]))
    shrunk = applied(session, shrink(session.stack, 1, NOSE, 3, only_hair))
    assert (shrunk == NOSE).sum() < (face == NOSE).sum()


def test_parts_that_are_nowhere_or_everywhere_stay(session):
    for operation in (grow, shrink, smooth):
        assert operation(session.stack, 1, 16, 4) is None
        everywhere = Session.new(np.full((20, 20), MOUTH, np.uint8))
        assert operation(everywhere.stack, 1, MOUTH, 4) is None
