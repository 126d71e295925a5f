"""Colour profiles are taken by what they say; what cannot be used is left out, and said."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageCms
from stored_photos import swapped_profile

from maskgan_studio.photo.files.color import open_profile
from maskgan_studio.photo.files.formats import WRITABLE
from maskgan_studio.photo.files.loading import load_photo
from maskgan_studio.photo.files.saving import save_photo

SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def called_srgb() -> bytes:
    """A profile with red and green exchanged that calls itself sRGB."""
    return swapped_profile().replace(b"m\0i\0n\0e", b"s\0R\0G\0B")


def header_only(space: bytes = b"RGB ") -> bytes:
    """A profile without a single tag: it opens, and no transform can be made of it."""
    header = bytearray(SRGB[:128])
    header[16:20] = space
    return struct.pack(">I", 132) + bytes(header[4:]) + bytes(4)


def test_a_name_is_not_believed(portrait, tmp_path):
    assert "sRGB" in ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(io.BytesIO(called_srgb())))
    Image.fromarray(np.ascontiguousarray(portrait[..., [1, 0, 2]])).save(tmp_path / "a.png", icc_profile=called_srgb())
    assert np.abs(load_photo(tmp_path / "a.png").pixels.astype(int) - portrait).mean() < 1.5


def test_srgb_by_another_name_keeps_its_numbers(portrait, tmp_path):
    other = SRGB.replace(b"s\0R\0G\0B", b"m\0i\0n\0e")
    assert other != SRGB
    Image.fromarray(portrait).save(tmp_path / "a.png", icc_profile=other)
    photo = load_photo(tmp_path / "a.png")
    assert np.array_equal(photo.pixels, portrait) and photo.native is None and photo.metadata.icc == other


@pytest.mark.parametrize("suffix", sorted(set(WRITABLE) - {".heic", ".heif"}))
def test_every_format_shows_the_same_colours(portrait, tmp_path, suffix):
    """With the profile where the format holds one, with sRGB numbers where it does not."""
    Image.fromarray(np.ascontiguousarray(portrait[..., [1, 0, 2]])).save(tmp_path / "a.png", icc_profile=called_srgb())
    photo = load_photo(tmp_path / "a.png")
    edited = photo.pixels.copy()
    edited[50:90, 60:120] = (200, 80, 40)
    out = tmp_path / f"out{suffix}"
    save_photo(out, edited, photo)
    with Image.open(out) as written:
        icc = written.info.get("icc_profile")
        shown = np.asarray(written.convert("RGB"))
    if icc is None:
        assert not WRITABLE[suffix].holds_profile
        assert np.abs(shown.astype(int) - edited).mean() < 3
    assert np.abs(load_photo(out).pixels.astype(int) - edited).mean() < 3


@pytest.mark.parametrize("icc", [header_only(), header_only(b"GRAY"), b"no profile at all", SRGB[:200], b"\0" * 4000])
@pytest.mark.parametrize("suffix", ["png", "jpg", "tif"])
def test_a_profile_that_cannot_be_used_is_left_out_and_said(portrait, tmp_path, suffix, icc):
    Image.fromarray(portrait).save(
        tmp_path / f"a.{suffix}", icc_profile=icc, **({"quality": 95} if suffix == "jpg" else {})
    )
    photo = load_photo(tmp_path / f"a.{suffix}")
    assert np.abs(photo.pixels.astype(int) - portrait).mean() < 4
    assert photo.metadata.icc == b"" and photo.native is None
    assert photo.notice is not None and f"a.{suffix}" in str(photo.notice) and "cannot be used" in str(photo.notice)
    for out in (f"out.{suffix}", "out.png", "out.bmp"):
        save_photo(tmp_path / out, 255 - photo.pixels, photo)
        assert load_photo(tmp_path / out).notice is None


def test_a_grey_photo_with_an_srgb_profile_needs_no_notice(portrait, tmp_path):
    Image.fromarray(portrait[..., 1]).save(tmp_path / "a.png", icc_profile=SRGB)
    photo = load_photo(tmp_path / "a.png")
    assert photo.notice is None and np.array_equal(photo.pixels[..., 0], portrait[..., 1])


def test_a_profile_that_can_only_be_read(portrait, tmp_path, monkeypatch):
    from maskgan_studio.photo.files import color

    real = color._convert

    def one_way(image, source, target, mode):
        if (
            mode == "CMYK"
            or target.profile.profile_description != source.profile.profile_description == "sRGB built-in"
        ):
            raise ImageCms.PyCMSError(ValueError("cannot build transform"))
        return real(image, source, target, mode)

    monkeypatch.setattr(color, "_convert", one_way)
    open_profile.cache_clear()
    Image.fromarray(np.ascontiguousarray(portrait[..., [1, 0, 2]])).save(
        tmp_path / "a.png", icc_profile=swapped_profile()
    )
    photo = load_photo(tmp_path / "a.png")
    open_profile.cache_clear()
    assert np.abs(photo.pixels.astype(int) - portrait).mean() < 1.5
    assert photo.notice is not None and "sRGB" in str(photo.notice)
    save_photo(tmp_path / "out.png", 255 - photo.pixels, photo)
    assert np.array_equal(np.asarray(Image.open(tmp_path / "out.png")), 255 - photo.pixels)


def test_damaged_profiles_never_stop_a_photo(portrait, tmp_path):
    """Some bytes of a profile changed: the photo opens and saves, whatever becomes of its colours."""
    rng = np.random.default_rng(3)
    small = np.ascontiguousarray(portrait[::2, ::2])
    profile = swapped_profile()
    for _ in range(60):
        icc = bytearray(profile)
        for place in rng.integers(0, rng.choice([len(icc), 300]), 5):
            icc[place] = rng.integers(256)
        Image.fromarray(small).save(tmp_path / "a.png", icc_profile=bytes(icc))
        photo = load_photo(tmp_path / "a.png")
        assert photo.pixels.shape == small.shape
        save_photo(tmp_path / "b.png", 255 - photo.pixels, photo)
        save_photo(tmp_path / "b.jpg", 255 - photo.pixels, photo)


@pytest.mark.parametrize(
    "name", ["04-header-only-profile/RGB_hdronly.jpg", "fuzz-photo/load-32.cmyk.jpg", "fuzz-photo/save-374.cmyk.jpg"]
)
def test_cases_open_and_save(shared_data, tmp_path, name):
    case: Path = shared_data.parent / "cases" / name
    if not case.is_file():
        pytest.skip("no shared/cases")
    photo = load_photo(case)
    assert photo.notice is not None
    for out in ("a.jpg", "a.png", "a.tif", "a.bmp", "a.webp"):
        save_photo(tmp_path / out, 255 - photo.pixels, photo)
        assert np.abs(load_photo(tmp_path / out).pixels.astype(int) - (255 - photo.pixels)).mean() < 4


def test_the_case_of_a_false_name(shared_data):
    case = shared_data.parent / "cases" / "05-esrgb" / "prof_esrgb.png"
    if not case.is_file():
        pytest.skip("no shared/cases")
    with Image.open(case) as stored:
        numbers = np.asarray(stored)
    assert np.abs(load_photo(case).pixels.astype(int) - numbers).mean() > 20
