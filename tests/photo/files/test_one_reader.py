"""Whoever reads a photo reads it with the one reader: upright, in sRGB, at 8 bits."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from stored_photos import STORED, deep_png, exif_with, swapped_profile

from maskgan_studio.evaluation.faces import Faces
from maskgan_studio.evaluation.methods import Case, Folder
from maskgan_studio.evaluation.pairs import Pair
from maskgan_studio.photo.datasets import Sample, read_image
from maskgan_studio.photo.files.loading import load_photo, load_reduced
from maskgan_studio.training.data.checks import check_sample


@pytest.fixture
def square(portrait: np.ndarray) -> np.ndarray:
    return np.ascontiguousarray(portrait[:192, :192])


def reduced(pixels: np.ndarray, size: int) -> np.ndarray:
    return np.asarray(Image.fromarray(pixels).resize((size, size), Image.Resampling.BICUBIC))


def write(path: Path, kind: str, pixels: np.ndarray) -> Path:
    if kind == "turned":
        Image.fromarray(np.ascontiguousarray(STORED[6](pixels))).save(path, exif=exif_with(6))
    elif kind == "profile":
        Image.fromarray(np.ascontiguousarray(pixels[..., [1, 0, 2]])).save(path, icc_profile=swapped_profile())
    elif kind == "deep grey":
        Image.fromarray(pixels[..., 1].astype(np.uint16) * 257).save(path)
    else:
        path.write_bytes(deep_png(pixels.astype(np.uint16) * 257, 8))
    return path


@pytest.mark.parametrize("kind", ["turned", "profile", "deep grey", "deep"])
def test_training_sees_what_the_window_shows(square, tmp_path, kind):
    file = write(tmp_path / "a.png", kind, square)
    shown = load_photo(file).pixels
    found = read_image(Sample("a", file, None), 192)
    assert np.array_equal(found, shown)
    assert np.array_equal(read_image(Sample("a", file, None), 64), reduced(shown, 64))


@pytest.mark.parametrize("orientation", STORED)
@pytest.mark.parametrize("suffix", ["jpg", "tif", "png"])
def test_size_is_that_of_the_upright_photo(portrait, tmp_path, suffix, orientation):
    file = tmp_path / f"a.{suffix}"
    Image.fromarray(np.ascontiguousarray(STORED[orientation](portrait))).save(file, exif=exif_with(orientation))
    photo = load_reduced(file, 48)
    assert (photo.width, photo.height) == (200, 240)
    # The decoder's own reduction differs from ours a little.
    assert np.abs(photo.pixels.astype(int) - reduced(load_photo(file).pixels, 48)).mean() < 6
    (finding,) = [f for f in check_sample(Sample("a", file, None), False) if "square" in f.problem]
    assert "200 x 240" in finding.problem


def test_evaluation_sees_it_too(square, tmp_path):
    (tmp_path / "img").mkdir()
    (tmp_path / "mask").mkdir()
    (tmp_path / "results").mkdir()
    big = np.ascontiguousarray(np.kron(square[:128, :128], np.ones((4, 4, 1), np.uint8)))
    for file in (tmp_path / "img" / "a.png", tmp_path / "results" / "a.png"):
        write(file, "turned", big)
    Image.new("L", (512, 512), 1).save(tmp_path / "mask" / "a.png")
    assert np.array_equal(Faces(f"{tmp_path / 'img'}:{tmp_path / 'mask'}").photo("a"), big)
    case = Case(Pair.of("a", "a"), big, big[..., 0], big[..., 0])
    assert np.array_equal(Folder(f"x={tmp_path / 'results'}").make_image(case), big)


def test_an_older_readers_cache_is_not_used_again(make_old_key, tmp_path):
    old, new = make_old_key
    assert old != new


@pytest.fixture
def make_old_key(square, tmp_path, monkeypatch):
    from maskgan_studio.training.data import cache

    file = write(tmp_path / "a.png", "deep", square)
    new = cache.fingerprint([Sample("a", file, None)], "64")
    monkeypatch.setattr(cache, "READER", "1")
    return cache.fingerprint([Sample("a", file, None)], "64"), new


def test_the_case_of_a_turned_photo(shared_data):
    case = shared_data.parent / "cases" / "02-exif-pair" / "6.jpg"
    if not case.is_file():
        pytest.skip("no shared/cases")
    found = read_image(Sample("6", case, None), 256)
    assert np.array_equal(found, load_photo(case).pixels)
    with Image.open(case) as stored:
        assert not np.array_equal(found, np.asarray(stored.convert("RGB")))
