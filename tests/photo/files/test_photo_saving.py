from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo
from stored_photos import STORED, deep_png, exif_with, swapped_profile

from maskgan_studio.errors import PhotoError
from maskgan_studio.photo.files.loading import Photo, load_photo
from maskgan_studio.photo.files.saving import save_photo

LOSSLESS = ["png", "tif", "webp", "bmp"]
WINDOW = np.s_[60:100, 50:90]


def edited(pixels: np.ndarray) -> np.ndarray:
    changed = pixels.copy()
    changed[WINDOW] = changed[WINDOW] // 2 + 40
    return changed


def write_source(kind: str, portrait: np.ndarray, deep: np.ndarray, folder: Path) -> Path:
    """Photos of every kind that loading knows."""
    image = Image.fromarray(portrait)
    alpha = Image.fromarray(np.tile(np.arange(200, dtype=np.uint8), (240, 1)))
    path = folder / f"{kind}.png"
    if kind == "rgb":
        image.save(path)
    elif kind == "grey":
        image.convert("L").save(path)
    elif kind == "rgba":
        image.putalpha(alpha)
        image.save(path)
    elif kind == "grey_alpha":
        image = image.convert("L")
        image.putalpha(alpha)
        image.save(path)
    elif kind == "deep":
        path.write_bytes(deep_png(deep, 1))
    elif kind == "deep_turned":
        path.write_bytes(deep_png(np.ascontiguousarray(STORED[6](deep)), 6))
    elif kind == "deep_grey":
        Image.fromarray(deep[..., 0]).save(path)
    elif kind == "profile":
        image.save(path, icc_profile=swapped_profile())
    elif kind == "grey_profile":
        image.convert("L").save(path, icc_profile=grey_profile())
    elif kind == "cmyk":
        path = path.with_suffix(".tif")
        image.convert("CMYK").save(path)
    return path


def grey_profile() -> bytes:
    """A grey profile of gamma 1.8, which no sRGB image has."""
    curve = b"curv" + bytes(4) + b"\0\0\0\1" + b"\1\xcd" + bytes(2)
    white = b"XYZ " + bytes(4) + b"\0\0\xf6\xd6\0\1\0\0\0\0\xd3\x2d"
    text = b"mluc" + bytes(4) + b"\0\0\0\1\0\0\0\x0cenUS\0\0\0\x08\0\0\0\x1c\0g\0r\0e\0y"
    blocks = {b"desc": text, b"cprt": text, b"wtpt": white, b"kTRC": curve}
    offset = 128 + 4 + 12 * len(blocks)
    table, body = b"", b""
    for tag, block in blocks.items():
        table += tag + (offset + len(body)).to_bytes(4, "big") + len(block).to_bytes(4, "big")
        body += block
    size = (offset + len(body)).to_bytes(4, "big")
    header = size + bytes(4) + b"\2\x40\0\0mntrGRAYXYZ " + bytes(12) + b"acsp" + bytes(28)
    header += b"\0\0\xf6\xd6\0\1\0\0\0\0\xd3\x2d"
    return header.ljust(128, b"\0") + len(blocks).to_bytes(4, "big") + table + body


KINDS = ["rgb", "grey", "rgba", "grey_alpha", "deep", "deep_turned", "deep_grey", "profile", "grey_profile", "cmyk"]


def native(photo: Photo) -> np.ndarray:
    return photo.pixels if photo.native is None else photo.native.color


@pytest.mark.parametrize("suffix", ["png", "tif"])
@pytest.mark.parametrize("kind", KINDS)
def test_unedited_export_has_the_same_pixels(
    kind: str, suffix: str, portrait: np.ndarray, deep_portrait: np.ndarray, tmp_path: Path
) -> None:
    source = load_photo(write_source(kind, portrait, deep_portrait, tmp_path))
    out = tmp_path / "out" / f"out.{suffix}"
    out.parent.mkdir()
    save_photo(out, source.pixels.copy(), source, quality=95)  # a wish, so that the file is not simply copied
    again = load_photo(out)
    if kind == "cmyk" and suffix == "png":  # PNG has no inks
        assert np.array_equal(again.pixels, source.pixels)
        return
    if kind == "grey_alpha" or native(source).ndim == native(again).ndim:
        assert np.array_equal(again.pixels, source.pixels)
        assert native(again).dtype == native(source).dtype
    assert np.array_equal(native(again), native(source))
    assert (source.alpha is None) == (again.alpha is None)
    if source.alpha is not None:
        assert np.array_equal(again.alpha, source.alpha)
    assert again.metadata.icc == source.metadata.icc


@pytest.mark.parametrize("suffix", LOSSLESS)
def test_lossless_formats(portrait: np.ndarray, tmp_path: Path, suffix: str) -> None:
    save_photo(tmp_path / f"a.{suffix}", portrait)
    assert np.array_equal(load_photo(tmp_path / f"a.{suffix}").pixels, portrait)


@pytest.mark.parametrize("kind", KINDS)
def test_an_edit_changes_its_region_alone(
    kind: str, portrait: np.ndarray, deep_portrait: np.ndarray, tmp_path: Path
) -> None:
    source = load_photo(write_source(kind, portrait, deep_portrait, tmp_path))
    pixels = edited(source.pixels)
    save_photo(tmp_path / "out.tif", pixels, source)
    again = load_photo(tmp_path / "out.tif")
    outside = np.ones(portrait.shape[:2], bool)
    outside[WINDOW] = False
    assert np.array_equal(native(again)[outside], native(source)[outside])
    assert native(again).dtype == native(source).dtype
    difference = np.abs(again.pixels.astype(int) - pixels)
    if "grey" in kind:  # colour has no place in a grey file: compare brightness
        difference = difference.mean(axis=2)
    assert difference[WINDOW].mean() < 2.5
    assert not np.array_equal(native(again)[WINDOW], native(source)[WINDOW])


def test_16_bit_edit_keeps_the_fine_steps(portrait: np.ndarray, deep_portrait: np.ndarray, tmp_path: Path) -> None:
    source = load_photo(write_source("deep", portrait, deep_portrait, tmp_path))
    pixels = source.pixels.copy()
    pixels[WINDOW] += 1
    save_photo(tmp_path / "out.png", pixels, source)
    written = native(load_photo(tmp_path / "out.png")).astype(int)
    expected = deep_portrait.astype(int)
    expected[WINDOW] += 257 * (pixels[WINDOW].astype(int) - source.pixels[WINDOW])
    assert np.array_equal(written, expected.clip(0, 65535))


def test_untouched_jpeg_is_copied(portrait: np.ndarray, tmp_path: Path) -> None:
    Image.fromarray(portrait).save(tmp_path / "in.jpg", quality=70, exif=exif_with(6))
    source = load_photo(tmp_path / "in.jpg")
    save_photo(tmp_path / "out.jpeg", source.pixels.copy(), source)
    assert (tmp_path / "out.jpeg").read_bytes() == (tmp_path / "in.jpg").read_bytes()
    # Not so when the file has become another one meanwhile.
    Image.fromarray(255 - portrait).save(tmp_path / "in.jpg", quality=60)
    save_photo(tmp_path / "out.jpeg", source.pixels.copy(), source)
    assert np.abs(load_photo(tmp_path / "out.jpeg").pixels.astype(int) - source.pixels).mean() < 3


def test_a_jpeg_saved_over_itself_keeps_its_quality(portrait: np.ndarray, tmp_path: Path) -> None:
    Image.fromarray(portrait).save(tmp_path / "in.jpg", quality=60, subsampling=2)
    source = load_photo(tmp_path / "in.jpg")
    save_photo(tmp_path / "in.jpg", edited(source.pixels), source)
    again = load_photo(tmp_path / "in.jpg")
    assert again.metadata.jpeg_tables == source.metadata.jpeg_tables
    # 32 pixels from the edit no coefficient changed by more than rounding.
    assert np.abs(again.pixels[136:].astype(int) - source.pixels[136:]).mean() < 0.5


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp", "tif"])
def test_metadata_is_kept_and_orientation_reset(portrait: np.ndarray, tmp_path: Path, suffix: str) -> None:
    exif = exif_with(6)
    exif.get_ifd(34665)[36867] = "2024:05:06 07:08:09"
    exif.get_ifd(34665)[40962] = 240
    exif.get_ifd(34665)[40963] = 200
    stored = np.ascontiguousarray(STORED[6](portrait))
    icc = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    Image.fromarray(stored).save(tmp_path / "in.jpg", quality=95, exif=exif, icc_profile=icc, dpi=(300, 300))
    source = load_photo(tmp_path / "in.jpg")
    save_photo(tmp_path / f"out.{suffix}", edited(source.pixels), source)
    with Image.open(tmp_path / f"out.{suffix}") as image:
        kept = image.getexif()
        assert image.size == (200, 240)
        assert kept[271] == "Camera works"
        assert kept.get(274, 1) == 1
        details = kept.get_ifd(34665)
        assert details[36867] == "2024:05:06 07:08:09"
        assert (details[40962], details[40963]) == (200, 240)
        assert image.info["icc_profile"] == icc
        if suffix != "webp":  # WebP has no resolution
            assert [round(float(dots)) for dots in image.info["dpi"]] == [300, 300]


@pytest.mark.parametrize("suffix", ["png", "tif"])
def test_deep_files_keep_metadata(portrait: np.ndarray, deep_portrait: np.ndarray, tmp_path: Path, suffix: str) -> None:
    source = load_photo(write_source("deep_turned", portrait, deep_portrait, tmp_path))
    save_photo(tmp_path / f"out.{suffix}", edited(source.pixels), source, mark_as_ai=True)
    again = load_photo(tmp_path / f"out.{suffix}")
    assert again.metadata.orientation == 1
    with Image.open(tmp_path / f"out.{suffix}") as image:
        assert image.getexif()[271] == "Camera works"
    assert b"compositeWithTrainedAlgorithmicMedia" in again.metadata.xmp


PACKET = b"""<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:tiff="http://ns.adobe.com/tiff/1.0/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 tiff:Orientation="6" xmp:Rating="4"/></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp", "tif"])
@pytest.mark.parametrize("packet", [b"", PACKET, b"<broken", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"])
def test_ai_mark(portrait: np.ndarray, tmp_path: Path, suffix: str, packet: bytes) -> None:
    Image.fromarray(portrait).save(tmp_path / "in.jpg", **({"xmp": packet} if packet else {}))
    source = load_photo(tmp_path / "in.jpg")
    assert source.metadata.xmp == packet
    save_photo(tmp_path / f"out.{suffix}", edited(source.pixels), source, mark_as_ai=True)
    root = ElementTree.fromstring(load_photo(tmp_path / f"out.{suffix}").metadata.xmp.strip())
    description = root.find(".//{http://www.w3.org/1999/02/22-rdf-syntax-ns#}Description")
    assert description is not None
    kind = description.attrib["{http://iptc.org/std/Iptc4xmpExt/2008-02-29/}DigitalSourceType"]
    assert kind == "http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia"
    if packet == PACKET:
        assert description.attrib["{http://ns.adobe.com/xap/1.0/}Rating"] == "4"
        assert description.attrib["{http://ns.adobe.com/tiff/1.0/}Orientation"] == "1"


def test_what_was_not_edited_is_not_marked(portrait: np.ndarray, tmp_path: Path) -> None:
    Image.fromarray(portrait).save(tmp_path / "in.png")
    source = load_photo(tmp_path / "in.png")
    save_photo(tmp_path / "out.tif", source.pixels, source, mark_as_ai=True)
    assert load_photo(tmp_path / "out.tif").metadata.xmp == b""


def test_metadata_too_long_for_jpeg_is_left_out(portrait: np.ndarray, tmp_path: Path) -> None:
    long_packet = PACKET.replace(b'xmp:Rating="4"', b'xmp:Rating="' + b"4" * 70_000 + b'"')
    info = PngInfo()
    info.add_itxt("XML:com.adobe.xmp", long_packet.decode())
    exif = exif_with(1)
    exif[270] = "a" * 70_000
    Image.fromarray(portrait).save(tmp_path / "in.png", pnginfo=info, exif=exif)
    source = load_photo(tmp_path / "in.png")
    save_photo(tmp_path / "out.jpg", edited(source.pixels), source, mark_as_ai=True)
    assert b"compositeWithTrainedAlgorithmicMedia" in load_photo(tmp_path / "out.jpg").metadata.xmp


def test_transparency_becomes_white_in_jpeg(portrait: np.ndarray, tmp_path: Path) -> None:
    rgba = np.dstack([portrait, np.zeros(portrait.shape[:2], np.uint8)])
    save_photo(tmp_path / "a.jpg", portrait, Photo.from_pixels(rgba))
    assert load_photo(tmp_path / "a.jpg").pixels.min() > 250


def test_failure_leaves_the_old_file(portrait: np.ndarray, tmp_path: Path) -> None:
    save_photo(tmp_path / "a.webp", portrait)
    before = (tmp_path / "a.webp").read_bytes()
    too_wide = np.zeros((64, 17000, 3), np.uint8)
    with pytest.raises(PhotoError, match="cannot be written"):
        save_photo(tmp_path / "a.webp", too_wide)
    assert (tmp_path / "a.webp").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["a.webp"]


def test_refusals(portrait: np.ndarray, tmp_path: Path) -> None:
    with pytest.raises(PhotoError, match="does not say which format"):
        save_photo(tmp_path / "a.psd", portrait)
    with pytest.raises(PhotoError, match="cannot be written"):
        save_photo(tmp_path / "no such folder" / "a.png", portrait)
