import numpy as np
import pytest
from drawn_face import draw_face

from maskgan_studio.document.operations.painting import Constraints
from maskgan_studio.document.operations.part_transfer import GROUPS, transfer_parts
from maskgan_studio.document.session import Session
from maskgan_studio.errors import EditError

SKIN, NOSE, GLASSES, HAIR = 1, 2, 3, 13


def applied(session: Session, donor: np.ndarray, group: str, **options) -> np.ndarray:
    session.apply("Transfer", transfer_parts(session.stack, 1, donor, GROUPS[group], **options))
    return session.source_mask


def overlap(first: np.ndarray, second: np.ndarray) -> float:
    return (first & second).sum() / (first | second).sum()


@pytest.mark.parametrize(("size", "tilt"), [(128, 0), (512, 0), (200, 40), (256, -110)])
@pytest.mark.parametrize("group", ["Mouth", "Brows", "Nose", "Hair"])
def test_a_part_of_the_same_face_lands_where_it_was(session, face, size, tilt, group):
    transferred_mask = applied(session, draw_face(size, tilt), group)
    for part in GROUPS[group]:
        assert overlap(transferred_mask == part, face == part) > (0.6 if group in ("Brows", "Mouth") else 0.85)
    assert (transferred_mask != face).mean() < 0.03


def test_a_wider_mouth_replaces_the_old_one(session, face):
    donor = draw_face()
    smile = np.zeros_like(donor, bool)
    smile[92:100, 44:84] = True
    donor[np.isin(donor, [10, 11, 12])] = SKIN
    donor[smile] = 11
    mask = applied(session, donor, "Mouth")
    assert (mask == 11).sum() == pytest.approx(smile.sum(), rel=0.1)
    assert not np.isin(mask, [10, 12]).any()
    assert (mask[np.isin(face, [10, 11, 12]) & (mask != 11)] == SKIN).all()


def test_what_the_donor_lacks_disappears(session, face):
    donor = draw_face()
    donor[donor == HAIR] = 0
    mask = applied(session, donor, "Hair")
    assert not (mask == HAIR).any()
    kept = face != HAIR
    assert (mask[kept] == face[kept]).all()


def test_a_locked_part_is_not_replaced(session):
    with pytest.raises(EditError, match="locked"):
        applied(session, draw_face(), "Nose", constraints=Constraints(locked_parts=frozenset([NOSE])))


def test_hair_fits_a_face_of_another_width(face):
    wide = face.copy()
    columns = np.clip(np.rint(64 + (np.arange(128) + 0.5 - 64) / 1.15 - 0.5).astype(int), 0, 127)
    wide[:] = face[:, columns]
    for part in (2, 4, 5, 6, 7, 10, 11, 12):  # wider, but for the features
        wide[wide == part] = SKIN
        wide[face == part] = part
    session = Session.new(wide)
    mask = applied(session, face, "Hair")
    assert overlap(mask == HAIR, wide == HAIR) > 0.9


def test_all_groups_are_parts_and_belong_to_one_group():
    parts = [part for group in GROUPS.values() for part in group]
    assert len(parts) == len(set(parts))
    assert all(0 < part < 19 for part in parts)
