"""The history says which part, and what became of it."""

from __future__ import annotations

import numpy as np
import pytest

from maskgan_studio.document.patch import Patch
from maskgan_studio.document.session import Session
from maskgan_studio.labels import part_named

SKIN, BROW, OTHER_BROW, HAIR = (part_named(name).index for name in ("skin", "l_brow", "r_brow", "hair"))


@pytest.fixture
def session() -> Session:
    """A face of skin with one brow."""
    mask = np.full((100, 100), SKIN, np.uint8)
    mask[40:44, 30:60] = BROW
    return Session.new(mask)


def put(session: Session, title: str, rows: slice, columns: slice, label: int = BROW) -> str:
    """Make the brow lie here and nowhere else, and return what the history says."""
    wanted = np.full((100, 100), SKIN, np.uint8)
    wanted[rows, columns] = label
    seen = session.source_mask
    layer = session.stack[session.active_layer].labels
    after = np.where(wanted != seen, wanted, layer)
    session.apply(title, Patch.between(session.active_layer, layer, after))
    return str(session.history.entries[-1].title)


@pytest.mark.parametrize(
    ("rows", "columns", "said"),
    [
        (slice(36, 40), slice(30, 60), "Left brow raised"),
        (slice(48, 52), slice(30, 60), "Left brow lowered"),
        (slice(40, 44), slice(36, 66), "Left brow moved"),
        (slice(39, 45), slice(25, 65), "Left brow enlarged"),
        (slice(41, 43), slice(35, 55), "Left brow made smaller"),
    ],
)
def test_a_transform_says_where_the_part_went(session, rows, columns, said):
    assert put(session, "Transform", rows, columns) == said


def test_painting_and_erasing_name_what_came_and_what_went(session):
    labels = session.stack[session.active_layer].labels
    painted = labels.copy()
    painted[:10] = HAIR
    session.apply("Brush", Patch.between(session.active_layer, labels, painted))
    session.apply("Eraser", Patch.between(session.active_layer, painted, np.full_like(painted, 255)))
    assert [str(entry.title) for entry in session.history.entries] == ["Hair painted", "Hair erased"]


def test_a_step_that_nobody_sees_is_named_by_what_lies_on_the_layer(session):
    labels = session.stack[session.active_layer].labels
    same = labels.copy()
    same[40:44, 30:60] = BROW
    session.apply("Brush", Patch.between(session.active_layer, labels, same))
    session.layers.add("Above")
    assert [str(entry.title) for entry in session.history.entries] == ["Left brow painted", "Add layer"]


def test_what_symmetry_does_to_both_of_a_pair_names_both(session):
    labels = session.stack[session.active_layer].labels
    painted = labels.copy()
    painted[40:44, 5:25], painted[60:64, 30:60] = BROW, OTHER_BROW
    session.apply("Brush", Patch.between(session.active_layer, labels, painted))
    moved = painted.copy()
    moved[60:64, 30:60], moved[56:60, 30:60] = SKIN, OTHER_BROW
    session.apply("Transform", Patch.between(session.active_layer, painted, moved))
    both = moved.copy()
    both[40:64], both[38:42, 5:25], both[38:42, 30:60] = SKIN, BROW, BROW
    both[54:58, 30:60] = OTHER_BROW
    session.apply("Transform", Patch.between(session.active_layer, moved, both))
    assert [str(entry.title) for entry in session.history.entries] == [
        "Brows painted",
        "Right brow raised",
        "Brows raised",
    ]
