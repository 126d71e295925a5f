"""What appears where hair and hats are taken away."""

from __future__ import annotations

import numpy as np
import pytest
from drawn_face import draw_face

from maskgan_studio.document.layers import LayerStack
from maskgan_studio.document.operations.removal import (
    REMOVABLE,
    find_removable,
    remove_from_mask,
    without_parts,
)
from maskgan_studio.document.session import Session
from maskgan_studio.errors import EditError
from maskgan_studio.labels import part_named

SKIN, HAIR, CLOTH = (part_named(name).index for name in ("skin", "hair", "cloth"))
GLASSES = part_named("eye_g").index


def bald(mask: np.ndarray) -> np.ndarray:
    stack: LayerStack = Session.new(mask).stack
    return without_parts(stack, 1, [HAIR])


def covered_with_hair(face: np.ndarray) -> np.ndarray:
    """A face whose background is all hair, down to clothes in the lowest rows and a little background in one corner."""
    mask = np.where(face == 0, np.uint8(HAIR), face)
    mask[-8:][mask[-8:] == HAIR] = CLOTH
    mask[:10, -10:] = 0
    return mask


def test_clothes_do_not_rise_beside_the_face():
    mask = covered_with_hair(draw_face(256, 20))
    shown = bald(mask)
    rows = np.nonzero((shown == CLOTH).any(axis=1))[0]
    eyes = np.nonzero(np.isin(mask, [4, 5]).any(axis=1))[0].mean()
    mouth = np.nonzero(np.isin(mask, [10, 11, 12]).any(axis=1))[0].mean()
    assert rows.min() > (eyes + mouth) / 2
    assert (shown != HAIR).all() and (shown[:20, :20] == 0).all()


def test_the_head_goes_on_to_an_ear_that_stands_out():
    mask = covered_with_hair(draw_face(256, 0))
    ear = part_named("l_ear").index
    mask[(mask == ear) | (mask == part_named("r_ear").index)] = HAIR
    rows = slice(110, 160)
    edge = int(np.nonzero((bald(mask) == SKIN)[rows].any(axis=0))[0].max())
    mask[rows, edge + 16 : edge + 24] = ear
    shown = bald(mask)
    assert (shown[rows, edge + 2 : edge + 16] == SKIN).mean() > 0.9, "no gap between head and ear"
    assert (shown[:, edge + 24 :] != SKIN).all(), "and no head behind it"


@pytest.mark.parametrize("hidden", [(6,), (7,), (6, 7)])
def test_brows_that_a_fringe_hides_appear_where_they_belong(hidden):
    face = draw_face(256, 0)
    fringe = np.where(np.isin(face, hidden), np.uint8(HAIR), face)
    shown = bald(fringe)
    for brow in (6, 7):
        ys, xs = np.nonzero(face == brow)
        found_ys, found_xs = np.nonzero(shown == brow)
        assert abs(found_xs.mean() - xs.mean()) < 8 and abs(found_ys.mean() - ys.mean()) < 12
    assert set(np.unique(shown[np.isin(face, hidden)])) <= {SKIN, 6, 7}, "nothing else appears"


def test_brows_that_are_seen_stay_as_they_are():
    face = draw_face(256, 0)
    assert (np.isin(bald(face), [6, 7]) == np.isin(face, [6, 7])).all()


def test_a_mask_alone_gives_what_layers_give_and_stays_as_it_was():
    mask = covered_with_hair(draw_face(128, 0))
    before = mask.copy()
    assert (remove_from_mask(mask, REMOVABLE["hair"]) == bald(mask)).all() and (mask == before).all()
    assert (remove_from_mask(mask, REMOVABLE["hat"]) == mask).all()


def test_parts_are_named_in_plain_words():
    assert find_removable(["hair", "brows"]) == {HAIR, 6, 7} and find_removable([]) == frozenset()
    with pytest.raises(EditError, match="“nose” cannot be removed; these can: hair, hat"):
        find_removable(["nose"])


def test_behind_sunglasses_there_are_eyes_and_brows_and_no_background():
    face = draw_face(256, 0)
    eyes, brows = np.isin(face, [4, 5]), np.isin(face, [6, 7])
    rows, columns = np.nonzero(eyes)
    worn = face.copy()
    worn[rows.min() - 40 : rows.max() + 20, columns.min() - 60 : columns.max() + 60] = GLASSES
    shown = remove_from_mask(worn, [GLASSES])
    assert not (shown == GLASSES).any()
    for part in (4, 5, 6, 7):
        (y, x), (found_y, found_x) = np.nonzero(face == part), np.nonzero(shown == part)
        assert abs(found_y.mean() - y.mean()) < 24 and abs(found_x.mean() - x.mean()) < 16
    inside = np.isin(face, [1, 2]) | eyes | brows
    assert (shown[inside] == 0).mean() < 0.02


def test_eyes_that_are_seen_through_glasses_stay_as_they_are():
    face = draw_face(256, 0)
    rows, columns = np.nonzero(np.isin(face, [4, 5]))
    worn = face.copy()
    lens = np.zeros(face.shape, bool)
    lens[rows.min() - 10 : rows.max() + 20, columns.min() - 10 : columns.max() + 10] = True
    worn[lens & (face == SKIN)] = GLASSES
    shown = remove_from_mask(worn, [GLASSES])
    for part in (4, 5, 6, 7):
        assert ((shown == part) == (face == part)).all()


def test_glasses_that_stand_out_from_the_face_leave_no_corner():
    face = draw_face(256, 0)
    face[face == HAIR] = 0
    middle = int(np.nonzero(np.isin(face, [4, 5]))[0].mean())
    worn = face.copy()
    worn[middle - 8 : middle + 9] = np.where(
        np.isin(face, [4, 5])[middle - 8 : middle + 9], face[middle - 8 : middle + 9], GLASSES
    )
    shown = remove_from_mask(worn, [GLASSES])
    silhouette = (face != 0) == (shown != 0)
    assert silhouette.mean() > 0.99 and not (shown == GLASSES).any()
