from __future__ import annotations

import numpy as np
import pytest
from drawn_face import draw_face

from maskgan_studio.labels import part_named
from maskgan_studio.photo.alignment.face_evidence import face_evidence


@pytest.mark.parametrize("size", [128, 512])
def test_an_upright_face_has_everything_in_its_place(size: int) -> None:
    assert face_evidence(draw_face(size)) == pytest.approx(1.0)


def test_nothing_is_no_face() -> None:
    assert face_evidence(np.zeros((512, 512), np.uint8)) == 0.0


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_turned_face_has_little_in_its_place(turns: int) -> None:
    assert face_evidence(np.rot90(draw_face(512), turns)) < 0.5


def test_glasses_are_eyes_and_brows_may_be_covered() -> None:
    face = draw_face(512)
    for name in ("l_eye", "r_eye"):
        face[face == part_named(name).index] = part_named("eye_g").index
    assert face_evidence(face) == pytest.approx(1.0)
    for name in ("l_brow", "r_brow"):
        face[face == part_named(name).index] = part_named("hair").index
    assert 0.85 < face_evidence(face) < 1.0


def test_the_more_is_lacking_the_less_it_is_a_face() -> None:
    face = draw_face(512)
    values = [face_evidence(face)]
    for name in ("nose", "l_eye", "mouth"):
        parts = ("mouth", "u_lip", "l_lip") if name == "mouth" else (name,)
        face[np.isin(face, [part_named(part).index for part in parts])] = part_named("skin").index
        values.append(face_evidence(face))
    assert values == sorted(values, reverse=True) and values[-1] < 0.5
