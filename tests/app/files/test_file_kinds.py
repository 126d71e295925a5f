from __future__ import annotations

import numpy as np
import pytest
from fake_pipeline import face_mask
from PIL import Image

from maskgan_studio.app.files import file_kinds
from maskgan_studio.app.files.file_kinds import detect_file_kind, shows_class_colors
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


def test_a_large_picture_is_told_by_its_palette_without_being_decoded(tmp_path, monkeypatch):
    mask, photo = tmp_path / "mask.png", tmp_path / "photo.png"
    image = Image.fromarray(face_mask(2560))
    image.putpalette(color_table().tobytes())
    image.save(mask)
    Image.fromarray(np.zeros((2560, 2560), np.uint8)).save(photo)
    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", lambda _image: pytest.fail("decoded"))
    assert detect_file_kind(mask) == "mask" and detect_file_kind(photo) == "photo"


def test_a_picture_is_looked_through_again_only_when_it_was_written(tmp_path, monkeypatch):
    path, looks = tmp_path / "x.png", []
    Image.fromarray(colored()).save(path)
    monkeypatch.setattr(
        file_kinds, "shows_class_colors", lambda pixels: looks.append(path) or shows_class_colors(pixels)
    )
    assert detect_file_kind(path) == detect_file_kind(path) == "mask" and len(looks) == 1
    Image.fromarray(colored(300)).save(path)
    assert detect_file_kind(path) == "photo" and len(looks) == 2
