import numpy as np
import pytest
from drawn_face import draw_face

from maskgan_studio.document.operations.gallery import ITEMS, fit_item, put_on
from maskgan_studio.document.operations.painting import Constraints
from maskgan_studio.document.session import Session
from maskgan_studio.labels import UNSET

SKIN, GLASSES, HAIR, HAT, EARRING = 1, 3, 13, 14, 15
EYES_AND_BROWS = [4, 5, 6, 7]
BY_NAME = {item.name: item for item in ITEMS}

each_item = pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.name)


def worn(face: np.ndarray, *items, constraints=None) -> np.ndarray:
    session = Session.new(face)
    for item in items:
        session.apply("Gallery", put_on(session.stack, 1, item, constraints or Constraints()))
    return session.source_mask


def middle(region: np.ndarray) -> tuple[float, float]:
    rows, columns = np.nonzero(region)
    return columns.mean() + 0.5, rows.mean() + 0.5


def test_the_gallery_has_several_of_each_kind():
    assert len(BY_NAME) == len(ITEMS)
    assert all(sum(item.part == part for item in ITEMS) >= 3 for part in (GLASSES, HAIR, HAT, EARRING))


@each_item
@pytest.mark.parametrize("tilt", [0, -30])
def test_items_sit_symmetrically_on_an_upright_face_and_follow_a_turned_one(item, tilt):
    mask = draw_face(256, tilt)
    drawn = fit_item(item, mask)
    assert set(np.unique(drawn)) == {item.part, UNSET}
    radians = np.deg2rad(tilt)
    x, y = middle(drawn != UNSET)
    across = (x - 128) * np.cos(radians) + (y - 128) * np.sin(radians)
    assert abs(across) < 3
    if tilt == 0:
        assert ((drawn == item.part) == (drawn[:, ::-1] == item.part)).mean() > 0.99


@each_item
def test_items_keep_the_face_visible(item, face):
    mask = worn(face, item)
    assert (mask == item.part).any()
    assert (mask[np.isin(face, [2, 10, 11, 12])] == face[np.isin(face, [2, 10, 11, 12])]).mean() > 0.85
    if "sunglasses" not in item.name:
        assert (mask[np.isin(face, EYES_AND_BROWS)] == face[np.isin(face, EYES_AND_BROWS)]).all()


def test_glasses_lie_before_the_eyes(face):
    for item in ITEMS:
        if item.part == GLASSES:
            covered = (worn(face, item) == GLASSES) | np.isin(face, EYES_AND_BROWS)
            assert covered[np.isin(face, [4, 5])].all()
            center_x, center_y = middle(worn(face, item) == GLASSES)
            assert (center_x, center_y) == pytest.approx((64, 61), abs=4)
    assert not (worn(face, BY_NAME["large-sunglasses"])[np.isin(face, [4, 5])] != GLASSES).any()


def test_putting_another_one_on_takes_the_first_off(face):
    for part in (GLASSES, HAIR, HAT, EARRING):
        first, *_, last = (item for item in ITEMS if item.part == part)
        once, twice = worn(face, last), worn(face, first, last)
        assert ((twice == part) != (once == part)).mean() < 0.02


def test_taking_glasses_off_a_layer_shows_the_eyes_again(face):
    mask = worn(face, BY_NAME["large-sunglasses"], BY_NAME["round-glasses"])
    eyes = np.isin(face, [4, 5])
    assert (mask[eyes] == face[eyes]).all()


def test_no_hair_sticks_out_above_a_hat(face):
    mask = worn(face, BY_NAME["beanie"])
    hat_rows = np.flatnonzero((mask == HAT).any(axis=1))
    assert not (mask[: hat_rows[-1] - 8, 40:88] == HAIR).any()
    assert (mask == HAIR).any(), "hair below the hat stays"
    locked = worn(face, BY_NAME["beanie"], constraints=Constraints(locked_parts=frozenset([HAIR])))
    assert ((locked == HAIR) == (face == HAIR)).all()


def test_short_hair_replaces_long_hair(face):
    long_, short = worn(face, BY_NAME["long-hair"]), worn(face, BY_NAME["long-hair"], BY_NAME["short-hair"])
    assert (long_[110] == HAIR).any()
    assert not (short[90:] == HAIR).any()


def test_earrings_hang_from_the_ears(face):
    mask = worn(face, BY_NAME["drop-earrings"])
    lobe = np.flatnonzero((face == 8).any(axis=1))[-1]
    right = (mask == EARRING) & (np.arange(128) > 64)
    assert np.flatnonzero(right.any(axis=1))[0] == pytest.approx(lobe, abs=3)
    without_ears = np.where(np.isin(face, [8, 9]), 0, face).astype(np.uint8)
    left, right = (middle((worn(without_ears, BY_NAME["stud-earrings"]) == EARRING) & side)[0] for side in sides())
    assert left < 40 < 88 < right


def sides() -> tuple[np.ndarray, np.ndarray]:
    return np.arange(128) < 64, np.arange(128) >= 64


@each_item
def test_items_are_drawn_where_a_face_would_be_when_there_is_none(item):
    drawn = fit_item(item, np.full((128, 128), SKIN, np.uint8))
    assert (drawn == item.part).any()
