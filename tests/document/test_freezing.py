"""Frozen pixels keep their labels whatever is done."""

from __future__ import annotations

import numpy as np
import pytest

from maskgan_studio.document.freezing import FreezeStroke, thaw
from maskgan_studio.document.geometry.rasterize import fill, rectangle
from maskgan_studio.document.geometry.symmetry import Axis
from maskgan_studio.document.operations.transform import Warp, affine, transform_parts
from maskgan_studio.document.session import Session

SKIN, NOSE, HAIR = 1, 2, 13


@pytest.fixture
def session() -> Session:
    mask = np.full((64, 64), SKIN, np.uint8)
    mask[20:44, 20:44] = NOSE
    return Session.new(mask)


def freeze(session: Session, *points: tuple[float, float], size: float = 12, thaws: bool = False) -> np.ndarray:
    stroke = FreezeStroke(session, thaws)
    for point in points:
        stroke.extend(point, size)
    stroke.finish()
    frozen = session.constraints.frozen
    return np.zeros((64, 64), bool) if frozen is None else frozen.copy()


def paint_all(session: Session) -> None:
    session.paint("Rectangle", rectangle((0, 0), (64, 64), (64, 64)), HAIR)


def brush_all(session: Session) -> None:
    session.begin_stroke("Brush", (32, 32), 120, HAIR)
    session.finish_edit()


def fill_all(session: Session) -> None:
    session.paint("Fill", fill(session.stack.composite(), (32, 32)), HAIR)


def move_all(session: Session) -> None:
    patch = transform_parts(session.stack, 1, {NOSE}, affine((32, 32), move=(9, 0)), constraints=session.constraints)
    session.apply("Transform", patch)


def warp_all(session: Session) -> None:
    warp = Warp(session.stack, 1, session.constraints)
    warp.drag((20, 32), (30, 32), 40)
    session.apply("Warp", warp.patch())


@pytest.mark.parametrize("change", [paint_all, brush_all, fill_all, move_all, warp_all])
def test_no_tool_changes_what_is_frozen(session, change):
    frozen = freeze(session, (20, 32), (26, 32))
    before = session.source_mask
    change(session)
    differs = session.source_mask != before
    assert frozen.any() and differs.any() and not differs[frozen].any()


def test_undo_and_redo_freeze_and_thaw(session):
    frozen = freeze(session, (20, 20), (40, 20))
    less = freeze(session, (40, 20), thaws=True)
    assert less.any() and (frozen & ~less).any() and not (less & ~frozen).any()
    session.undo()
    assert np.array_equal(session.constraints.frozen, frozen)
    session.undo()
    assert session.constraints.frozen is None
    session.redo()
    thaw(session)
    assert session.constraints.frozen is None
    session.undo()
    assert np.array_equal(session.constraints.frozen, frozen)
    assert [entry.title for entry in session.history.entries] == ["Freeze", "Thaw everything"]


def test_a_stroke_that_is_taken_back_or_freezes_nothing_new_leaves_no_step(session):
    stroke = FreezeStroke(session)
    stroke.extend((30, 30), 9)
    stroke.cancel()
    assert session.constraints.frozen is None
    freeze(session, (30, 30), thaws=True)
    assert not session.history.entries


def test_symmetry_freezes_both_sides(session):
    session.mirror(Axis(32, 32))
    frozen = freeze(session, (12, 30))
    assert frozen[30, 12] and frozen[30, 51] and np.array_equal(frozen, frozen[:, ::-1])
