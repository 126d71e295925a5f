"""What is refused before a run starts, and that the answer is kept."""

from __future__ import annotations

import os

import numpy as np
import pytest
import torch
from PIL import Image

from maskgan_studio.engine.synthetic_face import draw_sample_crop, draw_sample_mask
from maskgan_studio.errors import DataError
from maskgan_studio.photo.datasets import open_source, read_mask
from maskgan_studio.photo.masks.label_order import convert_label_order
from maskgan_studio.training.data import validation
from maskgan_studio.training.data.checks import check_sample
from maskgan_studio.training.data.dataset import DecodedImages
from maskgan_studio.training.data.validation import find_problem, validate_source


def test_good_samples_have_no_problem(faces):
    assert [find_problem(sample) for sample in open_source(str(faces)).samples] == [None] * 12


@pytest.mark.parametrize("spoil", ["image", "mask", "values", "order"])
def test_unusable_files_are_named(make_faces, tmp_path, spoil):
    root = make_faces(tmp_path / "faces", 2)
    image, mask = root / "CelebA-HQ-img" / "1.jpg", root / "mask" / "1.png"
    if spoil == "image":
        image.write_bytes(image.read_bytes()[:100])
    elif spoil == "mask":
        mask.write_bytes(b"")
    elif spoil == "values":
        Image.new("L", (64, 64), 19).save(mask)
    else:
        from_official = np.argsort(convert_label_order(np.arange(19, dtype=np.uint8)[None])[0]).astype(np.uint8)
        Image.fromarray(from_official[draw_sample_mask()]).save(mask)
    good, bad = map(find_problem, open_source(str(root)).samples)
    assert good is None
    assert bad is not None and (image.name if spoil == "image" else mask.name) in bad


def test_what_is_merely_odd_is_trained_on(make_faces, tmp_path):
    root = make_faces(tmp_path / "faces", 1)
    Image.new("RGB", (300, 200)).save(root / "CelebA-HQ-img" / "0.jpg")
    (sample,) = open_source(str(root)).samples
    assert find_problem(sample) is None
    assert "not square" in str(check_sample(sample, expects_mask=True)[0])


def test_every_file_is_looked_at_once(faces, tmp_path, monkeypatch):
    source = open_source(str(faces))
    assert validate_source(source, False, tmp_path) is source
    monkeypatch.setattr(validation, "find_problem", lambda _: pytest.fail("looked again"))
    assert validate_source(source, False, tmp_path) is source


def test_files_without_a_date_are_there(make_faces, tmp_path):
    root = make_faces(tmp_path / "faces", 2)
    for file in root.rglob("*.*"):
        os.utime(file, ns=(0, 0))  # as reproducible archives unpack them
    source = open_source(str(root))
    assert validate_source(source, False, tmp_path / "cache") is source


def test_masks_are_mended_by_choice(make_faces, tmp_path, capsys):
    root = make_faces(tmp_path / "faces", 2)
    from_official = np.argsort(convert_label_order(np.arange(19, dtype=np.uint8)[None])[0]).astype(np.uint8)
    Image.fromarray(from_official[draw_sample_mask()]).save(root / "mask" / "1.png")
    with pytest.raises(DataError, match="another order"):
        validate_source(open_source(str(root)), False, tmp_path / "cache")
    for _ in range(2):  # the second time out of the cache
        mended = validate_source(open_source(str(root)), True, tmp_path / "cache", mend=True)
        assert len(mended.samples) == 2 and "mended: " in capsys.readouterr().err
        np.testing.assert_array_equal(read_mask(mended.samples[1], 512), draw_sample_mask())
        decoded = DecodedImages(mended.samples, 512, tmp_path / "cache", torch.device("cpu"))
        np.testing.assert_array_equal(decoded.masks[1].numpy(), draw_sample_mask())


def test_photos_of_one_stem_are_not_trained_on(tmp_path, capsys):
    (tmp_path / "images").mkdir()
    for name in ("a.png", "b.png", "b.jpg"):
        Image.fromarray(draw_sample_crop()).save(tmp_path / "images" / name)
    source = open_source(str(tmp_path / "images"))
    with pytest.raises(DataError, match="share one mask"):
        validate_source(source, False, tmp_path / "cache")
    assert [sample.name for sample in validate_source(source, True, tmp_path / "cache").samples] == ["a"]
    assert capsys.readouterr().err.count("skipped: ") == 2


def test_files_that_cannot_even_be_found_are_skipped(make_faces, tmp_path):
    root = make_faces(tmp_path / "faces", 2)
    (root / "CelebA-HQ-img" / "7.jpg").symlink_to(tmp_path / "nowhere.jpg")
    assert len(validate_source(open_source(str(root)), True, tmp_path / "cache").samples) == 2


def test_nothing_usable_is_an_error_even_when_skipping(make_faces, tmp_path):
    root = make_faces(tmp_path / "faces", 1)
    (root / "CelebA-HQ-img" / "0.jpg").write_bytes(b"")
    with pytest.raises(DataError, match="Nothing in"):
        validate_source(open_source(str(root)), True, tmp_path / "cache")
