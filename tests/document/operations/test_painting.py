from dataclasses import replace

import numpy as np
import pytest

from maskgan_studio.document.geometry import rasterize
from maskgan_studio.document.geometry.rect import Rect, union
from maskgan_studio.document.layers import Layer, LayerStack
from maskgan_studio.document.operations.painting import Constraints, Edit, Stroke, paint_patch, paint_to_match
from maskgan_studio.document.patch import Patch
from maskgan_studio.document.session import Session
from maskgan_studio.errors import EditError
from maskgan_studio.labels import UNSET

SKIN, NOSE, HAIR = 1, 2, 13


@pytest.fixture
def stack(face) -> LayerStack:
    return LayerStack([Layer(0, "base", face), Layer(1, "edits", np.full_like(face, UNSET))])


def everywhere(stack: LayerStack) -> rasterize.Cover:
    return rasterize.Cover(stack.rect, np.ones(stack.shape, bool))


def paint(stack: LayerStack, layer_id: int, *arguments) -> Patch:
    patch = paint_patch(stack, layer_id, *arguments)
    patch.apply(stack[layer_id].labels)
    stack.refresh(layer_id, patch.rect)
    return patch


def test_a_patch_is_cut_to_the_pixels_that_changed(stack):
    stack[1].labels[10:30, 10:30] = NOSE
    cover = rasterize.rectangle((5, 5), (40, 20), stack.shape)
    only_there = Constraints(only_over=frozenset([int(stack.composite()[25, 25])]))
    stack.refresh(1, stack.rect)

    patch = paint_patch(stack, 1, rasterize.rectangle((10, 10), (40, 20), stack.shape), NOSE)
    assert patch.rect == Rect(10, 30, 20, 40), "the left part was a nose already"
    assert paint_patch(stack, 1, rasterize.rectangle((12, 12), (20, 20), stack.shape), NOSE) is None
    assert paint_patch(stack, 1, None, NOSE) is None
    assert paint_patch(stack, 1, cover, NOSE, only_there) is not None


def test_locked_parts_are_never_painted_over_and_only_over_spares_the_rest(stack, face):
    paint(stack, 1, everywhere(stack), NOSE, Constraints(locked_parts=frozenset([4, 5, HAIR])))
    kept = np.isin(face, [4, 5, HAIR])
    assert (stack.composite()[kept] == face[kept]).all()
    assert (stack.composite()[~kept] == NOSE).all()
    assert (stack[1].labels[kept] == UNSET).all()

    paint(stack, 1, everywhere(stack), SKIN, Constraints(frozenset([HAIR]), only_over=frozenset([4, HAIR])))
    assert (stack.composite() == np.where(face == 4, SKIN, np.where(kept, face, NOSE))).all()


def test_constraints_go_by_what_one_sees_not_by_the_layer(stack, face):
    paint(stack, 1, everywhere(stack), HAIR)
    assert paint_patch(stack, 0, everywhere(stack), SKIN, Constraints(locked_parts=frozenset([HAIR]))) is None


def test_erasing_shows_the_layer_below_again(stack, face):
    paint(stack, 1, everywhere(stack), HAIR)
    patch = paint(stack, 1, rasterize.ellipse((20, 20), (90, 100), stack.shape), UNSET)
    erased = stack[1].labels == UNSET
    assert (stack.composite() == np.where(erased, face, HAIR)).all()
    patch.revert(stack[1].labels)
    stack.refresh(1, patch.rect)
    assert (stack.composite() == HAIR).all()


def test_matching_a_mask_paints_just_what_differs(stack, face):
    paint(stack, 1, rasterize.rectangle((20, 20), (90, 40), stack.shape), NOSE)
    wanted = np.roll(face, 5, axis=1)
    paint_all = paint_to_match(stack, 1, wanted)
    paint_all.apply(stack[1].labels)
    stack.refresh(1, paint_all.rect)
    assert (stack.composite() == wanted).all()
    assert (stack[1].labels == UNSET).any(), "what looks right already is left to the layers below"
    assert paint_to_match(stack, 1, wanted) is None


def test_nothing_is_painted_on_a_hidden_layer(stack):
    stack.arrange([stack.base, replace(stack[1], visible=False)])
    with pytest.raises(EditError, match="“edits” is hidden"):
        paint_patch(stack, 1, everywhere(stack), SKIN)


def test_nothing_is_painted_on_a_locked_layer_and_the_base_is_never_erased(stack, face):
    locked = LayerStack([Layer(0, "photo", face, locked=True)])
    with pytest.raises(EditError, match="“photo” is locked"):
        paint_patch(locked, 0, everywhere(locked), SKIN)
    with pytest.raises(EditError, match="locked"):
        Edit(locked, 0)
    with pytest.raises(EditError, match="nothing below"):
        paint_patch(stack, 0, everywhere(stack), UNSET)
    with pytest.raises(EditError, match="nothing below"):
        Stroke(Edit(stack, 0), UNSET).extend((20, 20), 5)
    assert (stack.composite() == face).all()


def test_a_stroke_is_shown_at_once_and_becomes_one_patch(stack, face):
    edit = Edit(stack, 1)
    stroke = Stroke(edit, HAIR)
    before = stack.composite().copy()
    shown = np.zeros(stack.shape, bool)
    for point in [(10, 10), (90.5, 40.25), (64, 120), (300, 300)]:
        seen = stack.composite().copy()
        dirty = stroke.extend(point, 7)
        changed = seen != stack.composite()
        assert changed[dirty.slices].sum() == changed.sum(), "everything that changed lies in the dirty rectangle"
        shown[dirty.slices] = True
    after = stack.composite().copy()
    patch = edit.finish()
    assert (before != after).any()

    patch.revert(stack[1].labels)
    assert (stack[1].labels == UNSET).all()
    patch.apply(stack[1].labels)
    stack.refresh(1, stack.rect)
    assert (stack.composite() == after).all()


def test_a_cancelled_stroke_leaves_nothing(stack, face):
    paint(stack, 1, rasterize.rectangle((0, 0), (30, 30), stack.shape), NOSE)
    before = stack[1].labels.copy()
    edit = Edit(stack, 1)
    stroke = Stroke(edit, HAIR)
    painted_over = union(stroke.extend((5, 5), 20), stroke.extend((60, 60), 20))
    assert edit.cancel() == painted_over
    assert (stack[1].labels == before).all()
    assert edit.finish() is None


def test_a_stroke_outside_the_map_is_nothing(stack):
    edit = Edit(stack, 1)
    assert Stroke(edit, HAIR).extend((-50, -50), 20) is None
    assert edit.finish() is None


def test_each_preview_replaces_the_one_before(stack, face):
    edit = Edit(stack, 1)
    for left in (0, 20, 40):
        cover = rasterize.rectangle((left, 10), (left + 10, 20), stack.shape)
        edit.cancel()
        assert edit.show(paint_patch(stack, 1, cover, NOSE)) == Rect(10, left, 20, left + 10)
    patch = edit.finish()
    assert patch.rect == Rect(10, 40, 20, 50)
    assert (stack[1].labels == NOSE).sum() == 100


def paint_ring(session: Session, fills: bool, label: int = HAIR, end: float = 2 * np.pi) -> None:
    """A ring of radius 20 about the middle, as far as ``end``."""
    for number, angle in enumerate(np.linspace(0, end, 60)):
        point = (32 + 20 * float(np.cos(angle)), 32 + 20 * float(np.sin(angle)))
        if number:
            session.extend_stroke(point, 4)
        else:
            session.begin_stroke("Brush", point, 4, label, fills)
    session.finish_edit()


@pytest.mark.parametrize("fills", [False, True])
def test_a_closed_outline_is_filled_where_that_is_asked_for(fills):
    session = Session.new(np.full((64, 64), 1, np.uint8))
    paint_ring(session, fills)
    seen = session.source_mask
    assert seen[32, 52] == HAIR and (seen[32, 32] == HAIR) == fills and seen[2, 2] == 1
    assert len(session.history.entries) == 1
    session.undo()
    assert (session.source_mask == 1).all()


def test_an_open_outline_is_not_filled_unless_the_class_closes_it():
    session = Session.new(np.full((64, 64), 1, np.uint8))
    paint_ring(session, True, end=5.0)
    assert session.source_mask[32, 32] == 1
    paint_ring(session, True)
    assert session.source_mask[32, 32] == HAIR


def test_what_the_class_enclosed_before_the_stroke_stays():
    mask = np.full((64, 64), 1, np.uint8)
    mask[30:34, 30:34] = 4  # an eye in the skin
    session = Session.new(mask)
    session.begin_stroke("Brush", (10, 10), 6, 1, True)
    session.extend_stroke((20, 10), 6)
    session.finish_edit()
    assert (session.source_mask == mask).all()


@pytest.mark.parametrize(("start", "over"), [((10, 10), 1), ((31, 31), 4)])
def test_only_the_part_first_touched_is_painted_over(start, over):
    mask = np.full((64, 64), 1, np.uint8)
    mask[24:40, 24:40] = 4
    session = Session.new(mask)
    session.constrain(Constraints(only_first=True))
    session.begin_stroke("Brush", start, 8, HAIR)
    session.extend_stroke((60, 60), 8)
    session.finish_edit()
    changed = session.source_mask != mask
    assert changed.any() and (mask[changed] == over).all()
