"""Eyes that close."""

from __future__ import annotations

import numpy as np
import pytest
from drawn_face import draw_face

from maskgan_studio.document.deformation.labels import deform_labels
from maskgan_studio.document.deformation.reshape import reshape_face
from maskgan_studio.labels import part_named

FACE = draw_face(512)
SKIN = part_named("skin").index


def eyes(labels: np.ndarray) -> tuple[int, int]:
    """Pixels of eyes in the image's right half (the person's left) and in the other."""
    found = np.isin(labels, [part_named(name).index for name in ("l_eye", "r_eye")])
    return int(found[:, 256:].sum()), int(found[:, :256].sum())


def test_a_shut_eye_is_covered_by_skin_and_the_photo_does_not_show_that():
    deformation = reshape_face(FACE, {"eyes.closed": 1.0})
    shut = deform_labels(FACE, deformation)
    assert eyes(shut) == (0, 0)
    was = np.isin(FACE, [part_named(name).index for name in ("l_eye", "r_eye")])
    assert (shut[was] == SKIN).all() and (shut[~was] == FACE[~was]).all()
    assert (deform_labels(FACE, deformation.without_revealed()) == FACE).all()


@pytest.mark.parametrize("tilt", [0.0, 0.25])
def test_each_side_has_its_own_lid(tilt):
    face = draw_face(512, tilt)
    left = eyes(deform_labels(face, reshape_face(face, {"eyes.closed.left": 1.0})))
    right = eyes(deform_labels(face, reshape_face(face, {"eyes.closed.right": 1.0})))
    assert left[0] == 0 and left[1] > 100
    assert right[1] == 0 and right[0] > 100


def test_an_eye_narrows_on_the_way():
    sizes = [sum(eyes(deform_labels(FACE, reshape_face(FACE, {"eyes.closed": v})))) for v in (0, 0.2, 0.4, 0.6)]
    assert sizes == sorted(sizes, reverse=True) and sizes[-1] < 0.7 * sizes[0]


def test_a_shut_eye_moves_with_the_other_sliders():
    deformation = reshape_face(FACE, {"eyes.closed": 1.0, "eyes.size": 0.3})
    larger = deform_labels(FACE, reshape_face(FACE, {"eyes.size": 0.3}))
    assert (deform_labels(FACE, deformation.without_revealed()) == larger).all()
    assert eyes(deform_labels(FACE, deformation)) == (0, 0)
