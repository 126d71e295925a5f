"""Sliders that move what lies behind glasses leave the glasses as they are."""

from __future__ import annotations

import numpy as np
import pytest
from drawn_face import draw_face

from maskgan_studio.document.deformation.glasses import Glasses, moves_behind_glasses
from maskgan_studio.document.deformation.labels import deform_labels, label_moved_photo
from maskgan_studio.document.deformation.reshape import reshape_face
from maskgan_studio.labels import UNSET, part_named

GLASSES, SKIN, HAIR = (part_named(name).index for name in ("eye_g", "skin", "hair"))
EYES, BROWS = ([part_named(f"{side}_{name}").index for side in "lr"] for name in ("eye", "brow"))


@pytest.fixture
def masked() -> np.ndarray:
    """A drawn face with square glasses close below its brows; the eyes are seen through them."""
    mask = draw_face(512)
    eyes = np.isin(mask, EYES)
    for brow in BROWS:
        rows, columns = np.nonzero(mask == brow)
        lens = np.zeros_like(eyes)
        lens[rows.max() + 4 : rows.max() + 84, columns.min() : columns.max()] = True
        mask[lens & ~eyes] = GLASSES
    return mask


def upper_rims(mask: np.ndarray) -> np.ndarray:
    """The four upper rows of the lenses."""
    rows = np.nonzero((mask == GLASSES).any(axis=1))[0]
    rims = np.zeros(mask.shape, bool)
    rims[rows[0] : rows[0] + 4] = True
    return rims & (mask == GLASSES)


@pytest.mark.parametrize("values", [{"brows.height": 0.7}, {"eyes.size": 0.4}, {"brows.tilt": 0.9}])
def test_rims_stay_where_they_are(masked, values):
    moved = reshape_face(masked, values)
    rims = upper_rims(masked)
    assert np.abs(moved.offsets[rims]).max() < 1.0
    assert (deform_labels(masked, moved)[rims] == GLASSES).mean() > 0.9


def test_skin_comes_into_sight_between_a_rim_and_the_brow_that_rises(masked):
    moved = reshape_face(masked, {"brows.height": 0.8})
    wanted, seen = deform_labels(masked, moved), label_moved_photo(masked, moved)
    drawn = wanted != seen  # what the network has to draw
    assert drawn.sum() > 400 and (wanted[drawn] == SKIN).all()
    top = np.nonzero((masked == GLASSES).any(axis=1))[0][0]
    assert not drawn[top + 8 :].any()
    for brow in BROWS:
        assert np.nonzero(wanted == brow)[0].mean() < np.nonzero(masked == brow)[0].mean() - 10


def test_what_is_seen_through_the_lenses_moves(masked):
    larger = deform_labels(masked, reshape_face(masked, {"eyes.size": 0.3}))
    assert np.isin(larger, EYES).sum() > 1.2 * np.isin(masked, EYES).sum()


def test_a_face_takes_its_glasses_along(masked):
    wider = deform_labels(masked, reshape_face(masked, {"face.width": 0.15}))
    columns = [np.nonzero((mask == GLASSES).any(axis=0))[0] for mask in (masked, wider)]
    assert np.ptp(columns[1]) > np.ptp(columns[0])


def test_without_glasses_there_are_none():
    assert Glasses.find(draw_face(512)) is None


def test_a_brow_that_sits_in_the_rim_is_a_rim(masked):
    """Parsers take thick rims for brows here and there."""
    mask = masked.copy()
    mask[np.isin(mask, BROWS)] = SKIN
    rims = upper_rims(masked)
    right = rims & (np.indices(mask.shape)[1] > 256)
    mask[right] = part_named("l_brow").index
    glasses = Glasses.find(mask)
    assert glasses is not None and glasses.soften_rims(mask.shape)[right].min() > 0.9


def test_a_smile_asks_nothing_of_the_glasses(masked):
    """Whose rims are looked for only where something behind them moves."""
    assert not moves_behind_glasses({"smile": 0.5, "brows.height": 0.0})
    assert moves_behind_glasses({"smile": 0.5, "brows.height.left": 0.2})
    smile = reshape_face(masked, {"smile": 0.5})
    assert (smile.revealed == UNSET).all() and not smile.offsets[upper_rims(masked)].any()
