from __future__ import annotations

import numpy as np
import pytest
from drawn_face import draw_face

from maskgan_studio.document.operations.edit_transfer import transfer_edit
from maskgan_studio.document.operations.removal import remove_from_mask
from maskgan_studio.errors import EditError

BACKGROUND, SKIN, GLASSES, R_BROW, L_BROW, HAIR = 0, 1, 3, 7, 6, 13
MOUTH = [10, 11, 12]


def extent(mask: np.ndarray, parts) -> tuple[int, int]:
    columns = np.nonzero(np.isin(mask, parts).any(axis=0))[0]
    return int(columns[0]), int(columns[-1]) + 1


def stretched_mouth(mask: np.ndarray, factor: float) -> np.ndarray:
    """The mask with its mouth made wider about its middle."""
    edited = mask.copy()
    edited[np.isin(mask, MOUTH)] = SKIN
    left, right = extent(mask, MOUTH)
    middle = (left + right) / 2
    columns = np.rint(middle + (np.arange(mask.shape[1]) + 0.5 - middle) / factor - 0.5).astype(int)
    wide = mask[:, np.clip(columns, 0, mask.shape[1] - 1)]
    edited[np.isin(wide, MOUTH)] = wide[np.isin(wide, MOUTH)]
    return edited


@pytest.mark.parametrize(("size", "tilt"), [(128, 0), (512, 0), (256, 20)])
def test_the_same_edit_on_the_same_face(size, tilt):
    base = draw_face(256)
    mask = draw_face(size, tilt)
    carried = transfer_edit(base, stretched_mouth(base, 1.3), mask)
    if (size, tilt) == (512, 0):
        assert (carried != stretched_mouth(mask, 1.3)).mean() < 0.002
    left, right = extent(mask, MOUTH)
    wide_left, wide_right = extent(carried, MOUTH)
    assert (wide_right - wide_left) / (right - left) == pytest.approx(1.3, abs=0.1)
    assert (carried != mask)[~np.isin(mask, [*MOUTH, SKIN])].sum() == 0


def test_a_feature_changes_relative_to_its_own_size():
    base, mask = draw_face(256), stretched_mouth(draw_face(256), 0.75)
    carried = transfer_edit(base, stretched_mouth(base, 1.2), mask)
    (left, right), (wide_left, wide_right) = extent(mask, MOUTH), extent(carried, MOUTH)
    assert (wide_right - wide_left) / (right - left) == pytest.approx(1.2, abs=0.08)


def test_a_closed_mouth_that_is_made_wider_stays_closed():
    base, mask = draw_face(256), draw_face(256)
    mask[mask == 10] = 12  # no inside: the lips lie on each other
    carried = transfer_edit(base, stretched_mouth(base, 1.3), mask)
    assert not (carried == 10).any()
    (left, right), (wide_left, wide_right) = extent(mask, MOUTH), extent(carried, MOUTH)
    assert (wide_right - wide_left) / (right - left) == pytest.approx(1.3, abs=0.08)
    upper = [(labels == 11).sum() / np.isin(labels, MOUTH).sum() for labels in (mask, carried)]
    assert upper[0] == pytest.approx(upper[1], abs=0.08)


def test_a_mouth_that_was_opened_opens():
    base, mask = draw_face(256), draw_face(256)
    for labels in (base, mask):
        labels[labels == 10] = 12
    edited = base.copy()
    edited[185:200, 112:144][np.isin(base[185:200, 112:144], MOUTH)] = 10
    assert (transfer_edit(base, edited, mask) == 10).sum() == pytest.approx((edited == 10).sum(), rel=0.1)


def test_only_the_brow_that_was_raised_rises():
    base = draw_face(256)
    edited = base.copy()
    brow = base == L_BROW
    edited[brow] = SKIN
    edited[np.roll(brow, -8, axis=0)] = L_BROW
    mask = draw_face(512)
    carried = transfer_edit(base, edited, mask)
    np.testing.assert_array_equal(carried == R_BROW, mask == R_BROW)
    rise = np.nonzero(mask == L_BROW)[0].mean() - np.nonzero(carried == L_BROW)[0].mean()
    assert rise == pytest.approx(16, abs=2)


def test_hair_goes_where_the_alignment_puts_it():
    base = draw_face(256)
    edited = base.copy()
    edited[70:95, 100:156][base[70:95, 100:156] == SKIN] = HAIR
    mask = draw_face(512)
    carried = transfer_edit(base, edited, mask)
    expected = (edited != base).repeat(2, 0).repeat(2, 1)
    overlap = ((carried != mask) & expected).sum() / ((carried != mask) | expected).sum()
    assert overlap > 0.9
    assert set(np.unique(carried[carried != mask])) == {HAIR}


def test_glasses_come_and_go():
    bare = draw_face(256)
    worn = bare.copy()
    worn[115:132, 75:181] = GLASSES
    other = draw_face(512)
    put_on = transfer_edit(bare, worn, other)
    assert (put_on == GLASSES).sum() == pytest.approx(4 * (worn == GLASSES).sum(), rel=0.1)
    assert not (transfer_edit(worn, bare, put_on) == GLASSES).any()


@pytest.mark.parametrize("part", [HAIR, GLASSES])
def test_what_is_taken_off_one_face_is_taken_off_another_whatever_its_shape(part):
    base, mask = draw_face(256), draw_face(256)
    if part == GLASSES:
        base[115:140, 60:190] = mask[110:150, 50:200] = GLASSES
    else:
        mask[120:200, 10:40] = mask[120:200, 216:246] = HAIR  # long hair
    carried = transfer_edit(base, remove_from_mask(base, [part]), mask)
    assert not (carried == part).any()
    assert (carried == remove_from_mask(mask, [part])).mean() > 0.998


def test_what_was_painted_where_hair_was_is_carried_over_too():
    base, mask = draw_face(256), draw_face(256)
    edited = remove_from_mask(base, [HAIR])
    edited[base == HAIR] = 14  # a hat of that shape
    carried = transfer_edit(base, edited, mask)
    assert (carried == 14).sum() == pytest.approx((mask == HAIR).sum(), rel=0.02) and not (carried == HAIR).any()


def test_a_face_without_the_feature_gets_it_where_the_alignment_says():
    base = draw_face(256)
    mask = draw_face(256)
    mask[np.isin(mask, MOUTH)] = SKIN
    carried = transfer_edit(base, stretched_mouth(base, 1.3), mask)
    assert (np.isin(carried, MOUTH) != np.isin(stretched_mouth(base, 1.3), MOUTH)).mean() < 0.01


def test_nothing_painted_is_refused():
    with pytest.raises(EditError, match="Nothing is painted"):
        transfer_edit(draw_face(), draw_face(), draw_face())
