from __future__ import annotations

import numpy as np
import pytest
from fake_pipeline import face_mask
from PIL import Image

from maskgan_studio.app.files.file_kinds import detect_file_kind
from maskgan_studio.labels import color_table


def colored(spoilt: int = 0) -> np.ndarray:
    """A mask in the class colours, with so many rows in a colour of no class."""
    pixels = color_table()[face_mask()]
    pixels[200 : 200 + spoilt] = (1, 2, 3)
    return pixels


@pytest.mark.parametrize(
    ("pixels", "kind"),
    [
        (face_mask(), "mask"),
        (colored(), "mask"),
        (colored(20), "mask"),  # whose foreign colour is named when it is read
        (colored(300), "photo"),
        (np.zeros((512, 512, 3), np.uint8), "photo"),
        (np.full((512, 512, 3), (255, 0, 0), np.uint8), "photo"),
        (np.random.default_rng(0).integers(0, 255, (512, 512, 3), np.uint8), "photo"),
        (np.pad(np.random.default_rng(0).integers(1, 255, (50, 50, 3), np.uint8), ((99,), (99,), (0,))), "photo"),
    ],
)
def test_pictures_by_what_is_in_them(tmp_path, pixels, kind):
    path = tmp_path / "x.png"
    Image.fromarray(pixels).save(path)
    assert detect_file_kind(path) == kind
