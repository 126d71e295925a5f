"""Rare parts of other faces: where they land, whose pixels they have, and what is left alone."""

from __future__ import annotations

import numpy as np
import pytest

from maskgan_studio.labels import UNSET, part_named
from maskgan_studio.training.data.part_pasting import PartPaster

HAT, GLASSES, EARRING, NECKLACE, EAR, LEFT_EYE, HAIR, NECK = (
    part_named(name).index for name in ("hat", "eye_g", "ear_r", "neck_l", "l_ear", "l_eye", "hair", "neck")
)
BLUE, GREY = np.array([0, 0, 200], np.uint8), 100


def wearing(face_mask: np.ndarray, part: int, rows: slice, columns: slice) -> tuple[np.ndarray, np.ndarray]:
    """A grey face that wears a blue box."""
    labels = face_mask.copy()
    labels[rows, columns] = np.where(np.isin(labels[rows, columns], (4, 5)), labels[rows, columns], part)
    image = np.full((*labels.shape, 3), GREY, np.uint8)
    image[labels == part] = BLUE
    return image, labels


def plain_face(face_mask: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return np.full((*face_mask.shape, 3), GREY, np.uint8), face_mask.copy()


def test_a_hat_comes_with_its_pixels_to_the_same_place(face_mask):
    donor = wearing(face_mask, HAT, slice(0, 12), slice(10, 54))
    image, labels = plain_face(face_mask)
    pasted, found = PartPaster([donor[0]], [donor[1]]).paste(image, labels, np.random.default_rng(1))
    both = (found == HAT) & (donor[1] == HAT)
    assert both.sum() > 0.8 * (donor[1] == HAT).sum()
    inside = np.zeros_like(both)
    inside[3:9, 14:50] = True
    assert (pasted[inside, 2] > 150).all() and (found[inside] == HAT).all()
    untouched = np.s_[20:]
    np.testing.assert_array_equal(pasted[untouched], image[untouched])
    np.testing.assert_array_equal(found[untouched], labels[untouched])
    assert (labels == face_mask).all() and (image == GREY).all()  # copies were changed


def test_eyes_stay_eyes_behind_glasses(face_mask):
    donor = wearing(face_mask, GLASSES, slice(23, 34), slice(14, 50))
    _, found = PartPaster([donor[0]], [donor[1]]).paste(*plain_face(face_mask), np.random.default_rng(0))
    assert (found == GLASSES).sum() > 200
    assert (found == LEFT_EYE).sum() > 10


def test_an_earring_hangs_at_the_ear_of_this_face(face_mask):
    def with_ear(rows: slice) -> np.ndarray:
        labels = face_mask.copy()
        labels[rows, 53:57] = EAR
        return labels

    donor = wearing(with_ear(slice(24, 34)), EARRING, slice(34, 42), slice(53, 57))
    lower = with_ear(slice(34, 44))
    image = np.full((*lower.shape, 3), GREY, np.uint8)
    _, found = PartPaster([donor[0]], [donor[1]]).paste(image, lower, np.random.default_rng(2))
    rows, _ = np.nonzero(found == EARRING)
    assert 45 < rows.mean() < 51
    # Without that ear there is no place for it.
    image, labels = plain_face(face_mask)
    assert PartPaster([donor[0]], [donor[1]]).paste(image, labels, np.random.default_rng(2))[1] is labels


def test_a_necklace_is_not_pasted_onto_hair(face_mask):
    with_neck = face_mask.copy()
    with_neck[54:, 20:44] = NECK
    donor = wearing(with_neck, NECKLACE, slice(56, 60), slice(22, 42))
    paster = PartPaster([donor[0]], [donor[1]])
    image = np.full((*with_neck.shape, 3), GREY, np.uint8)
    assert (paster.paste(image, with_neck, np.random.default_rng(0))[1] == NECKLACE).sum() > 40
    covered = np.where(with_neck == NECK, np.uint8(HAIR), with_neck)
    assert paster.paste(image, covered, np.random.default_rng(0))[1] is covered


@pytest.mark.parametrize("reason", ["the face has one already", "the donor's labels are a guess", "nobody wears any"])
def test_what_cannot_be_pasted_leaves_the_face_alone(reason, face_mask):
    donor = wearing(face_mask, HAT, slice(0, 12), slice(10, 54))
    image, labels = plain_face(face_mask)
    if reason == "the face has one already":
        image, labels = donor
    elif reason == "the donor's labels are a guess":
        donor[1][60:] = UNSET
    else:
        donor = plain_face(face_mask)
    pasted, found = PartPaster([donor[0]], [donor[1]]).paste(image, labels, np.random.default_rng(0))
    assert pasted is image and found is labels
