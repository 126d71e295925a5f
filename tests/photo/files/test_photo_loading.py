from __future__ import annotations

import io
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageCms
from stored_photos import STORED, deep_png, exif_chunk, exif_with, swapped_profile

from maskgan_studio.errors import PhotoError
from maskgan_studio.photo.files.loading import Photo, load_photo


# How an image must be stored so that a viewer that obeys the tag shows it upright.
@pytest.mark.parametrize("orientation", STORED)
@pytest.mark.parametrize("suffix", ["png", "tif", "webp"])
def test_orientation_is_applied(portrait: np.ndarray, tmp_path: Path, suffix: str, orientation: int) -> None:
    path = tmp_path / f"turned.{suffix}"
    stored = Image.fromarray(np.ascontiguousarray(STORED[orientation](portrait)))
    stored.save(path, exif=exif_with(orientation), **({"lossless": True} if suffix == "webp" else {}))
    photo = load_photo(path)
    assert np.array_equal(photo.pixels, portrait)
    assert photo.metadata.orientation == orientation


@pytest.mark.parametrize("orientation", STORED)
def test_orientation_of_16_bit_files(deep_portrait: np.ndarray, tmp_path: Path, orientation: int) -> None:
    tifffile = pytest.importorskip("tifffile")
    stored = np.ascontiguousarray(STORED[orientation](deep_portrait))
    tifffile.imwrite(tmp_path / "a.tif", stored, photometric="rgb", extratags=[(274, "H", 1, orientation, True)])
    (tmp_path / "a.png").write_bytes(deep_png(stored, orientation))
    for name in ("a.tif", "a.png"):
        photo = load_photo(tmp_path / name)
        assert photo.native is not None
        assert np.array_equal(photo.native.color, deep_portrait), name


def test_orientation_told_after_the_pixels(portrait: np.ndarray, tmp_path: Path) -> None:
    Image.fromarray(np.ascontiguousarray(STORED[8](portrait))).save(tmp_path / "late.png")
    data = (tmp_path / "late.png").read_bytes()
    (tmp_path / "late.png").write_bytes(data[:-12] + exif_chunk(8) + data[-12:])
    photo = load_photo(tmp_path / "late.png")
    assert np.array_equal(photo.pixels, portrait)
    assert photo.metadata.orientation == 8


def test_16_bit_colour_is_rounded_for_the_screen(deep_portrait: np.ndarray, tmp_path: Path) -> None:
    (tmp_path / "deep.png").write_bytes(deep_png(deep_portrait, 1))
    photo = load_photo(tmp_path / "deep.png")
    assert photo.pixels.dtype == np.uint8
    assert np.array_equal(photo.pixels, np.rint(deep_portrait / 257).astype(np.uint8))


@pytest.mark.parametrize("suffix", ["png", "tif"])
def test_16_bit_grey(deep_portrait: np.ndarray, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"grey.{suffix}"
    Image.fromarray(deep_portrait[..., 1]).save(path)
    photo = load_photo(path)
    assert photo.native is not None
    assert np.array_equal(photo.native.color, deep_portrait[..., 1])
    assert (photo.pixels[..., 0] == photo.pixels[..., 2]).all()


def test_grey_and_palette_and_bilevel(portrait: np.ndarray, tmp_path: Path) -> None:
    image = Image.fromarray(portrait)
    image.convert("L").save(tmp_path / "grey.png")
    assert np.array_equal(load_photo(tmp_path / "grey.png").pixels[..., 0], np.array(image.convert("L")))
    image.quantize(32).save(tmp_path / "palette.png")
    assert np.array_equal(load_photo(tmp_path / "palette.png").pixels, np.array(image.quantize(32).convert("RGB")))
    image.convert("1").save(tmp_path / "fax.tif")
    assert set(np.unique(load_photo(tmp_path / "fax.tif").pixels)) == {0, 255}


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_alpha_is_kept_apart_and_colours_under_it_untouched(portrait: np.ndarray, tmp_path: Path, mode: str) -> None:
    image = Image.fromarray(portrait).convert("RGB" if mode == "RGBA" else "L")
    alpha = np.tile(np.arange(200, dtype=np.uint8), (240, 1))
    expected = np.array(image.convert("RGB"))
    image.putalpha(Image.fromarray(alpha))
    image.save(tmp_path / "a.png")
    photo = load_photo(tmp_path / "a.png")
    assert photo.alpha is not None
    assert np.array_equal(photo.alpha, alpha)
    assert np.array_equal(photo.pixels, expected)


def test_profile_is_converted_to_srgb(portrait: np.ndarray, tmp_path: Path) -> None:
    # A made-up camera profile with the primaries swapped: red and green change places on the way to sRGB.
    profile = swapped_profile()
    image = Image.fromarray(np.ascontiguousarray(portrait[..., [1, 0, 2]]))
    image.save(tmp_path / "swapped.png", icc_profile=profile)
    photo = load_photo(tmp_path / "swapped.png")
    assert np.abs(photo.pixels.astype(int) - portrait).mean() < 1.5
    assert photo.metadata.icc == profile
    assert photo.native is not None
    assert np.array_equal(photo.native.color, np.array(image))


def test_srgb_profile_changes_nothing(portrait: np.ndarray, tmp_path: Path) -> None:
    icc = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    Image.fromarray(portrait).save(tmp_path / "srgb.png", icc_profile=icc)
    photo = load_photo(tmp_path / "srgb.png")
    assert np.array_equal(photo.pixels, portrait)
    assert photo.native is None


def test_useless_profiles_are_ignored(portrait: np.ndarray, tmp_path: Path) -> None:
    grey_profile_on_colour = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    for icc in (b"not a profile at all", grey_profile_on_colour):
        Image.fromarray(portrait).save(tmp_path / "odd.png", icc_profile=icc)
        photo = load_photo(tmp_path / "odd.png")
        assert np.array_equal(photo.pixels, portrait)
        assert photo.metadata.icc == b""


def test_cmyk(portrait: np.ndarray, tmp_path: Path) -> None:
    image = Image.fromarray(portrait).convert("CMYK")
    image.save(tmp_path / "inks.tif")
    photo = load_photo(tmp_path / "inks.tif")
    assert np.array_equal(photo.pixels, portrait)
    assert photo.native is not None
    assert np.array_equal(photo.native.color, np.array(image))


def test_animation_gives_its_first_picture(portrait: np.ndarray, tmp_path: Path) -> None:
    first, second = Image.fromarray(portrait), Image.fromarray(255 - portrait)
    first.save(tmp_path / "film.webp", save_all=True, append_images=[second], lossless=True)
    assert np.array_equal(load_photo(tmp_path / "film.webp").pixels, portrait)


def test_heic(portrait: np.ndarray, tmp_path: Path) -> None:
    pillow_heif = pytest.importorskip("pillow_heif")
    pillow_heif.register_heif_opener()
    Image.fromarray(portrait).save(tmp_path / "phone.heic", quality=-1)
    photo = load_photo(tmp_path / "phone.heic")
    assert np.abs(photo.pixels.astype(int) - portrait).mean() < 3


def test_bytes_instead_of_a_file(portrait: np.ndarray) -> None:
    stream = io.BytesIO()
    Image.fromarray(portrait).save(stream, "PNG")
    photo = load_photo("inside a project.png", stream.getvalue())
    assert np.array_equal(photo.pixels, portrait)
    assert photo.path is None


def one_sentence(problem: pytest.ExceptionInfo[PhotoError], name: str) -> str:
    message = str(problem.value)
    assert f"“{name}”" in message
    assert "\n" not in message
    assert message.endswith(".")
    return message


@pytest.mark.parametrize(
    ("name", "content", "hint"),
    [
        ("empty.jpg", b"", "empty"),
        ("notes.txt", b"To whom it may concern\n" * 9, "not a picture"),
        ("phone.heic", b"\0\0\0\x18ftypheic" + bytes(64), "HEIC"),
        ("page.eps", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 99 99\n", "not a picture"),
    ],
)
def test_what_is_no_picture_is_refused(tmp_path: Path, name: str, content: bytes, hint: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(PhotoError) as problem:
        load_photo(tmp_path / name)
    if name != "phone.heic" or "HEIF" not in Image.OPEN:
        assert hint in one_sentence(problem, name)


@pytest.mark.parametrize("suffix", ["jpg", "png", "tif", "webp"])
def test_cut_short(portrait: np.ndarray, deep_portrait: np.ndarray, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"cut.{suffix}"
    Image.fromarray(portrait).save(path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(PhotoError) as problem:
        load_photo(path)
    assert "damaged" in one_sentence(problem, path.name)
    assert "(" not in str(problem.value), "what the decoder says is for the log"


def test_a_photo_is_in_memory_once_when_it_has_been_decoded(tmp_path: Path) -> None:
    path = tmp_path / "large.jpg"
    Image.fromarray(np.zeros((3000, 2000, 3), np.uint8)).save(path)
    load_photo(path)  # modules that are loaded by the first photo
    tracemalloc.start()
    photo = load_photo(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 1.3 * photo.pixels.nbytes


def test_deep_file_cut_short(deep_portrait: np.ndarray, tmp_path: Path) -> None:
    data = deep_png(deep_portrait, 1)
    (tmp_path / "deep.png").write_bytes(data[: len(data) // 2])
    with pytest.raises(PhotoError) as problem:
        load_photo(tmp_path / "deep.png")
    one_sentence(problem, "deep.png")


@pytest.mark.filterwarnings("ignore")
def test_damaged_files_are_read_or_refused(portrait: np.ndarray, deep_portrait: np.ndarray) -> None:
    """A few bytes changed anywhere: pixels or one sentence, nothing else."""
    rng = np.random.default_rng(7)
    small, files = portrait[::2, ::2], {}
    for name, options in {"a.jpg": {}, "b.png": {}, "c.webp": {}, "d.tif": {"compression": "tiff_lzw"}}.items():
        stream = io.BytesIO()
        Image.fromarray(small).save(stream, {"jpg": "JPEG", "tif": "TIFF"}.get(name[2:], name[2:]), **options)
        files[name] = stream.getvalue()
    files["e.png"] = deep_png(np.ascontiguousarray(deep_portrait[::2, ::2]), 6)
    refused = 0
    for name, data in files.items():
        for _ in range(30):
            damaged = bytearray(data)
            for place in rng.integers(0, rng.choice([len(data), 300]), 4):
                damaged[place] = rng.integers(256)
            try:
                assert load_photo(name, bytes(damaged)).pixels.dtype == np.uint8
            except PhotoError:
                refused += 1
    assert 20 < refused < 130


def test_missing_file_and_folder(tmp_path: Path) -> None:
    with pytest.raises(PhotoError) as problem:
        load_photo(tmp_path / "gone.jpg")
    assert "does not exist" in one_sentence(problem, "gone.jpg")
    (tmp_path / "album").mkdir()
    with pytest.raises(PhotoError) as problem:
        load_photo(tmp_path / "album")
    assert "folder" in one_sentence(problem, "album")


def test_too_small(tmp_path: Path) -> None:
    Image.new("RGB", (1, 1)).save(tmp_path / "dot.png")
    with pytest.raises(PhotoError) as problem:
        load_photo(tmp_path / "dot.png")
    assert "1×1" in one_sentence(problem, "dot.png")


def test_too_large_is_refused_before_it_is_decoded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Image.new("1", (12000, 9000)).save(tmp_path / "bomb.png")
    monkeypatch.setattr(Image.Image, "convert", lambda *_: pytest.fail("was decoded"))
    with pytest.raises(PhotoError) as problem:
        load_photo(tmp_path / "bomb.png")
    assert "megapixels" in one_sentence(problem, "bomb.png")


def test_below_the_limit_pillow_does_not_warn(
    portrait: np.ndarray, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, recwarn: pytest.WarningsRecorder
) -> None:
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", portrait.shape[0] * portrait.shape[1] - 1)
    Image.fromarray(portrait).save(tmp_path / "wall.png")
    load_photo(tmp_path / "wall.png")
    assert not recwarn.list


def test_floating_point_samples_are_refused(tmp_path: Path) -> None:
    Image.fromarray(np.ones((80, 80), np.float32)).save(tmp_path / "depth.tif")
    with pytest.raises(PhotoError, match="floating-point"):
        load_photo(tmp_path / "depth.tif")


@pytest.mark.filterwarnings("ignore:Corrupt EXIF")
def test_broken_exif_does_not_keep_a_photo_from_opening(portrait: np.ndarray, tmp_path: Path) -> None:
    Image.fromarray(portrait).save(tmp_path / "odd.jpg", exif=b"Exif\0\0MM\0*\xff\xff\xff\xff")
    assert load_photo(tmp_path / "odd.jpg").pixels.shape == portrait.shape


def test_from_pixels() -> None:
    rgba = np.full((70, 80, 4), 9, np.uint8)
    photo = Photo.from_pixels(rgba)
    assert photo.pixels.shape == (70, 80, 3)
    assert photo.alpha is not None
    assert Photo.from_pixels(rgba[..., 0]).pixels.shape == (70, 80, 3)
    with pytest.raises(PhotoError):
        Photo.from_pixels(rgba.astype(np.float32))
