import numpy as np
from drawn_face import draw_face

from maskgan_studio.document.geometry.rect import Rect
from maskgan_studio.document.operations.mask_checks import find_flaws, repair_flaws
from maskgan_studio.document.operations.painting import Constraints
from maskgan_studio.document.session import Session

SKIN, NOSE, HAIR, EARRING = 1, 2, 13, 15


def test_a_clean_mask_has_no_flaws():
    assert find_flaws(draw_face(256)) == []
    assert find_flaws(np.zeros((64, 64), np.uint8)) == []


def flawed() -> np.ndarray:
    mask = draw_face(512)
    mask[300:303, 200:203] = HAIR  # a hole in the skin
    mask[20:22, 20:30] = SKIN  # an island before the background
    mask[443:447, 254:258] = NOSE  # between skin and neck
    mask[250, 256] = 16  # the only pixel of its part
    return mask


def test_islands_and_holes_are_found():
    flaws = find_flaws(flawed())
    assert [(flaw.part, flaw.inside) for flaw in flaws] == [(SKIN, 0), (NOSE, None), (HAIR, SKIN), (16, SKIN)]
    assert flaws[0].cover.rect == Rect(20, 20, 22, 30)
    assert [int(flaw.cover.mask.sum()) for flaw in flaws] == [20, 16, 9, 1]


def test_small_parts_are_no_flaws_beside_their_equals():
    mask = draw_face(512)
    mask[330:336, 108:114] = EARRING
    mask[330:335, 398:403] = EARRING
    assert find_flaws(mask) == []


def test_one_call_repairs_everything():
    session = Session.new(flawed())
    session.apply("Repair", repair_flaws(session.stack, 1, find_flaws(session.source_mask)))
    assert find_flaws(session.source_mask) == []
    clean = draw_face(512)
    differing = session.source_mask != clean
    assert not differing[:440].any()
    assert differing.sum() <= 16, "between skin and neck either is right"


def test_repair_obeys_constraints_and_does_nothing_without_flaws():
    session = Session.new(flawed())
    flaws = find_flaws(session.source_mask)
    session.apply("Repair", repair_flaws(session.stack, 1, flaws, Constraints(locked_parts=frozenset([HAIR]))))
    assert (session.source_mask[300:303, 200:203] == HAIR).all()
    assert repair_flaws(session.stack, 1, []) is None
