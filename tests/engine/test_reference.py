"""A reference as data."""

from __future__ import annotations

import numpy as np
import pytest

from maskgan_studio.engine.reference import reference_from_bytes, reference_to_bytes
from maskgan_studio.engine.target import Target
from maskgan_studio.errors import ProjectError
from maskgan_studio.photo.alignment.face_alignment import Alignment
from maskgan_studio.photo.files.loading import Photo


def reference() -> Target:
    random = np.random.default_rng(3)
    photo = Photo(random.integers(0, 256, (900, 700, 3), np.uint8))
    crop = random.integers(0, 256, (512, 512, 3), np.uint8)
    return Target(photo, Alignment.identity((900, 700)), crop, random.integers(0, 19, (512, 512), np.uint8))


def test_it_comes_back_with_the_same_style_and_mask():
    kept, mix = reference_from_bytes(reference_to_bytes(reference(), 0.35))
    assert kept.key == reference().key and mix == 0.35
    assert np.array_equal(kept.mask, reference().mask)
    assert len({reference_to_bytes(kept, mix) for _ in range(20)} | {reference_to_bytes(reference(), 0.35)}) == 1


@pytest.mark.parametrize("damage", [b"", b"nonsense", reference_to_bytes(reference(), 0.5)[:-9]])
def test_damaged_data_is_refused_with_what_to_do(damage):
    with pytest.raises(ProjectError, match="choose the photo again"):
        reference_from_bytes(damage)


def test_a_mask_of_other_values_is_refused():
    target = reference()
    target.mask[0, 0] = 19
    with pytest.raises(ProjectError):
        reference_from_bytes(reference_to_bytes(target, 0.5))
