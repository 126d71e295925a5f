import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maskgan_studio.document.geometry import rasterize
from maskgan_studio.document.geometry.rect import Rect
from maskgan_studio.document.operations.painting import Constraints
from maskgan_studio.document.operations.transform import Warp, affine, resample_labels, transform_parts
from maskgan_studio.document.session import Session
from maskgan_studio.errors import EditError
from maskgan_studio.labels import UNSET

SKIN, NOSE, GLASSES, L_EYE, R_EYE, HAIR = 1, 2, 3, 4, 5, 13
MOUTH = {10, 11, 12}


def applied(session: Session, patch) -> np.ndarray:
    session.apply("test", patch)
    return session.source_mask


def shifted(mask: np.ndarray, right: int, down: int) -> np.ndarray:
    return np.roll(mask, (down, right), axis=(0, 1))


def test_moving_by_whole_pixels_is_exact_and_the_gap_becomes_skin(session, face):
    mouth = np.isin(face, list(MOUTH))
    moved = applied(session, transform_parts(session.stack, 1, MOUTH, affine((64, 95), move=(5, -3))))
    assert (moved[shifted(mouth, 5, -3)] == face[mouth]).all()
    assert (np.isin(moved, list(MOUTH)) == shifted(mouth, 5, -3)).all()
    gap = mouth & ~shifted(mouth, 5, -3)
    assert (moved[gap] == SKIN).all()
    rest = ~mouth & ~shifted(mouth, 5, -3)
    assert (moved[rest] == face[rest]).all()


def test_doing_nothing_changes_nothing(session):
    assert transform_parts(session.stack, 1, MOUTH, affine((64, 64))) is None
    assert transform_parts(session.stack, 1, {16}, affine((64, 64), move=(9, 9))) is None


@given(st.sampled_from([0, 90, 180, 270]), st.booleans())
def test_quarter_turns_and_mirroring_are_exact(angle, mirrored):
    labels = np.random.default_rng(angle).choice(np.array([1, 4, 13, UNSET], np.uint8), (40, 40))
    matrix = affine((20, 20), scale=(-1, 1) if mirrored else (1, 1), angle=angle)
    expected = np.rot90(labels[:, ::-1] if mirrored else labels, -angle // 90)
    assert (resample_labels(labels, matrix, labels.shape) == expected).all()


def test_scaling_scales_the_area_about_the_pivot(session, face):
    nose = face == NOSE
    rows, columns = np.nonzero(nose)
    center = columns.mean() + 0.5, rows.mean() + 0.5
    larger = applied(session, transform_parts(session.stack, 1, {NOSE}, affine(center, scale=(1.5, 2)))) == NOSE
    assert larger.sum() == pytest.approx(3 * nose.sum(), rel=0.03)
    rows, columns = np.nonzero(larger)
    assert (columns.mean() + 0.5, rows.mean() + 0.5) == pytest.approx(center, abs=0.3)


def test_moving_what_lies_on_a_layer_shows_what_is_below(session, face):
    session.paint("Glasses", rasterize.rectangle((35, 55), (95, 67), face.shape), GLASSES)
    moved = applied(session, transform_parts(session.stack, 1, {GLASSES}, affine((0, 0), move=(0, 30))))
    assert (moved[55:67] == face[55:67]).all(), "the eyes are there again"
    assert (moved[85:97, 35:95] == GLASSES).all()
    assert (session.stack[1].labels[55:67] == UNSET).all()


def test_no_eye_spreads_where_glasses_were(face):
    worn = face.copy()
    lenses = rasterize.ellipse((34, 50), (62, 72), face.shape).full(face.shape) & ~np.isin(face, [R_EYE, 7])
    worn[lenses] = GLASSES
    session = Session.new(worn)
    away = applied(session, transform_parts(session.stack, 1, {GLASSES}, affine((0, 0), move=(500, 0))))
    assert (away == face).all()


def test_the_inside_of_the_mouth_closes_with_lips(session, face):
    closed = applied(session, transform_parts(session.stack, 1, {10}, affine((0, 0), move=(500, 0))))
    assert set(np.unique(closed[face == 10])) <= {11, 12}


def test_below_hair_a_head_appears(session, face):
    bald = applied(session, transform_parts(session.stack, 1, {HAIR}, affine((0, 0), move=(500, 0))))
    gone = face == HAIR
    assert set(np.unique(bald[gone])) == {0, SKIN}
    assert bald[20, 64] == SKIN, "the forehead"
    assert bald[60, 18] == 0, "beside the head"


def test_constraints_hold_where_a_part_goes_but_not_where_it_comes_from(session, face):
    allowed = Constraints(frozenset([NOSE]), frozenset([HAIR]))
    up = affine((0, 0), move=(0, -25))
    moved = applied(session, transform_parts(session.stack, 1, MOUTH, up, constraints=allowed))
    assert ((moved == NOSE) == (face == NOSE)).all()
    assert not np.isin(moved[face == SKIN], list(MOUTH)).any()
    with pytest.raises(EditError, match="Nose is locked"):
        transform_parts(session.stack, 1, {NOSE}, up, constraints=allowed)


def dragged(session: Session, *drags) -> np.ndarray:
    warp = Warp(session.stack, session.active_layer)
    session.begin_edit("Warp")
    for start, end, size in drags:
        warp.drag(start, end, size)
        session.preview(warp.patch)
    session.finish_edit()
    return session.source_mask


def test_dragging_pulls_what_lies_below_the_pointer_along(session, face):
    pulled = dragged(session, ((64, 60), (70, 66), 40), ((70, 66), (76, 72), 40))
    assert len(session.history.entries) == 1
    assert pulled[71, 75] == face[59, 63]
    rows, columns = np.mgrid[:128, :128] + 0.5
    reach = np.minimum(np.hypot(rows - 66, columns - 70), np.hypot(rows - 72, columns - 76))
    assert (pulled[reach > 21] == face[reach > 21]).all(), "nothing moves beyond the brush"
    session.undo()
    assert (session.source_mask == face).all()


def test_pulling_a_contour_moves_it_and_tears_nothing(session, face):
    edge = int(np.flatnonzero(face[75] == SKIN)[-1])
    pulled = dragged(session, ((edge, 75), (edge + 12, 75), 40))
    moved_edge = int(np.flatnonzero(pulled[75] == SKIN)[-1])
    assert moved_edge == pytest.approx(edge + 12, abs=2)
    row = pulled[75, 64 : moved_edge + 1]
    assert (row == SKIN).sum() >= len(row) - (face[75, 64:edge] != SKIN).sum() * 2
    assert set(np.unique(pulled)) <= set(np.unique(face))


def test_dragging_to_and_fro_nearly_restores(session, face):
    steps = [((64, 90), (68, 92), 60), ((68, 92), (64, 90), 60)] * 3
    assert (dragged(session, *steps) != face).mean() < 0.01


def test_dragging_outside_the_map_or_not_at_all_is_nothing(session):
    warp = Warp(session.stack, 1)
    assert warp.patch() is None
    warp.drag((-500, -500), (-510, -500), 30)
    warp.drag((30, 30), (30, 30), 30)
    assert warp.patch() is None


def test_a_warp_obeys_constraints(session, face):
    warp = Warp(session.stack, 1, Constraints(locked_parts=frozenset([L_EYE, R_EYE])))
    warp.drag((64, 80), (64, 60), 100)
    warped = applied(session, warp.patch())
    assert (warped[np.isin(face, [L_EYE, R_EYE])] == face[np.isin(face, [L_EYE, R_EYE])]).all()
    assert (warped != face).any()


def test_a_patch_covers_just_what_changes(session, face):
    patch = transform_parts(session.stack, 1, {L_EYE}, affine((0, 0), move=(0, 1)))
    rows, columns = np.nonzero((face == L_EYE) ^ shifted(face == L_EYE, 0, 1))
    assert patch.rect == Rect(rows.min(), columns.min(), rows.max() + 1, columns.max() + 1)
