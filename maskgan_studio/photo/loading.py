"""Read a photo file into upright sRGB pixels, keeping beside them all that an exact export needs."""

from __future__ import annotations

import contextlib
import io
import struct
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

import cv2
import numpy as np
from PIL import Image, UnidentifiedImageError

from maskgan_studio.errors import PhotoError
from maskgan_studio.photo.color import color_mode, eight_bits, to_srgb, usable_profile
from maskgan_studio.photo.metadata import ORIENTATION_TAG, PhotoMetadata, file_stamp, read_metadata

__all__ = ["MAX_PIXELS", "MIN_SIDE", "NativePixels", "Photo", "load_photo"]

MAX_PIXELS = 100_000_000
MIN_SIDE = 64
# Named one by one: Pillow would also start Ghostscript for EPS, or read formats no camera or scanner writes.
_FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "BMP", "DIB", "HEIF", "AVIF", "GIF", "JPEG2000", "PPM", "TGA")
# What decoders were seen to raise for files with a few bytes changed.
_DAMAGED: tuple[type[Exception], ...] = (
    *(OSError, EOFError, SyntaxError, ValueError, TypeError, LookupError, ArithmeticError, RuntimeError),
    *(struct.error, cv2.error),
)
_UPRIGHT = {  # EXIF orientation -> the turn that undoes it
    2: lambda a: a[:, ::-1],
    3: lambda a: a[::-1, ::-1],
    4: lambda a: a[::-1],
    5: lambda a: a.swapaxes(0, 1),
    6: lambda a: np.rot90(a, -1),
    7: lambda a: a.swapaxes(0, 1)[::-1, ::-1],
    8: lambda a: np.rot90(a),
}


@dataclass(frozen=True, eq=False)
class NativePixels:
    """The file's own upright pixels, where they are more than 8-bit sRGB can hold.

    Attributes:
        color: (H, W) grey, (H, W, 3) RGB or (H, W, 4) CMYK, uint8 or uint16, in the colour space of the ICC profile.
        alpha: (H, W) of the same depth, or None.
    """

    color: np.ndarray
    alpha: np.ndarray | None = None


@dataclass(frozen=True, eq=False)
class Photo:
    """A photograph as the program works on it.

    Attributes:
        pixels: (H, W, 3) uint8 sRGB, upright.
        alpha: (H, W) uint8 opacity, or None where the file has none. Colours under it are not premultiplied.
        path: the file it came from, or None.
        metadata: what the file says beside its pixels.
        native: the file's own pixels when `pixels` and `alpha` are not exactly these, else None.
    """

    pixels: np.ndarray
    alpha: np.ndarray | None = None
    path: Path | None = None
    metadata: PhotoMetadata = field(default_factory=PhotoMetadata)
    native: NativePixels | None = None

    @classmethod
    def from_pixels(cls, pixels: np.ndarray) -> Photo:
        """Wrap an (H, W, 3) RGB, (H, W, 4) RGBA or (H, W) grey uint8 array; raises PhotoError for anything else."""
        pixels = np.asarray(pixels)
        if pixels.dtype != np.uint8 or pixels.ndim not in (2, 3) or pixels.shape[2:] not in ((), (3,), (4,)):
            raise PhotoError(f"A photo must be 8-bit grey, RGB or RGBA pixels, not {pixels.dtype} {pixels.shape}.")
        _check_size(pixels.shape[1], pixels.shape[0], "The picture")
        if pixels.ndim == 2:
            return cls(np.repeat(pixels[..., None], 3, axis=2))
        alpha = np.ascontiguousarray(pixels[..., 3]) if pixels.shape[2] == 4 else None
        return cls(np.ascontiguousarray(pixels[..., :3]), alpha)


def load_photo(path: str | Path, data: bytes | None = None) -> Photo:
    """Read a photo: JPEG, PNG, WebP, TIFF, BMP, AVIF, GIF (first picture), or HEIC where pillow-heif is installed.

    Args:
        path: the file.
        data: its content where there is no file (a photo inside a project); `path` then only names it in messages.

    EXIF orientation is applied, colour profiles are converted to sRGB, 16-bit samples are rounded to 8 bits; the file's
    own pixels stay at hand in `Photo.native`.

    Raises:
        PhotoError: missing, a folder, empty, not an image, damaged, smaller than MIN_SIDE or larger than MAX_PIXELS.
    """
    path = Path(path)
    with _opened(path, data) as (file, image):
        stored = _orientation(image)
        deep = _bits_per_sample(file, image) == 16 and image.mode in ("RGB", "RGBA", "LA")
        image.load()
        # Pillow and OpenCV turn TIFF themselves, and the tag is gone then; PNG may tell only after its pixels.
        pending = _orientation(image)
        color, alpha = (_deep_samples(file, image) if deep else None) or _samples(image)
        color, alpha = _turn(color, pending), None if alpha is None else _turn(alpha, pending)
        stamp = None if data is not None else file_stamp(path)
        metadata = read_metadata(image, stored if pending == 1 else pending, stamp)
    metadata = replace(metadata, icc=usable_profile(metadata.icc, color_mode(color)))
    pixels = to_srgb(eight_bits(color), metadata.icc)
    native = None if pixels is color else NativePixels(color, alpha)
    return Photo(pixels, None if alpha is None else eight_bits(alpha), path if data is None else None, metadata, native)


@contextlib.contextmanager
def _opened(path: Path, data: bytes | None) -> Iterator[tuple[BinaryIO, Image.Image]]:
    """Open a file as an image of acceptable size, turning every failure into one sentence that names the file."""
    name = f"“{path.name}”"
    _register_heif()
    try:
        if data is None and path.is_dir():
            raise PhotoError(f"{name} is a folder; choose a photo inside it.")
        with _stream(path, data) as file, warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own limit follows, as a sentence
            if not file.read(1):
                raise PhotoError(f"{name} is empty; choose another photo.")
            file.seek(0)
            Image.init()
            with Image.open(file, formats=[known for known in _FORMATS if known in Image.OPEN]) as image:
                _check_size(*image.size, name)
                yield file, image
    except FileNotFoundError:
        raise PhotoError(f"{name} does not exist; check the path.") from None
    except PermissionError:
        raise PhotoError(f"{name} may not be read; change its permissions or choose another photo.") from None
    except UnidentifiedImageError:
        raise PhotoError(_unreadable(path, name)) from None
    except Image.DecompressionBombError:
        raise PhotoError(f"{name} has more than {MAX_PIXELS // 10**6} megapixels; make it smaller first.") from None
    except MemoryError:
        raise PhotoError(f"{name} does not fit into memory; close other programs or make it smaller first.") from None
    except _DAMAGED as error:
        raise PhotoError(f"{name} is damaged or cut short ({error}); choose another copy of it.") from error


def _stream(path: Path, data: bytes | None) -> BinaryIO:
    return path.open("rb") if data is None else io.BytesIO(data)


def _unreadable(path: Path, name: str) -> str:
    if path.suffix.lower() in (".heic", ".heif") and "HEIF" not in Image.OPEN:
        return f"{name} is a HEIC photo: install the package pillow-heif, or export it as JPEG first."
    return f"{name} is not a picture this program can read; choose a JPEG, PNG, WebP, TIFF, BMP or HEIC photo."


def _check_size(width: int, height: int, name: str) -> None:
    if min(width, height) < MIN_SIDE:
        raise PhotoError(f"{name} is only {width}×{height} pixels; choose one with at least {MIN_SIDE} on each side.")
    if width * height > MAX_PIXELS:
        megapixels = width * height / 1e6
        raise PhotoError(f"{name} has {megapixels:.0f} megapixels; make it smaller than {MAX_PIXELS // 10**6} first.")


def _register_heif() -> None:
    with contextlib.suppress(ImportError):
        import pillow_heif

        pillow_heif.register_heif_opener()


def _orientation(image: Image.Image) -> int:
    try:
        orientation = image.getexif().get(ORIENTATION_TAG, 1)
    except Exception:  # broken EXIF raises almost anything, and is no reason to refuse the picture
        return 1
    return orientation if orientation in _UPRIGHT else 1


def _turn(array: np.ndarray, orientation: int) -> np.ndarray:
    return array if orientation == 1 else np.ascontiguousarray(_UPRIGHT[orientation](array))


def _bits_per_sample(file: BinaryIO, image: Image.Image) -> int:
    if image.format == "TIFF":
        return max(image.tag_v2.get(258, (8,)))  # type: ignore[attr-defined]
    if image.format == "PNG":
        position = file.tell()
        file.seek(24)  # bit depth in the IHDR chunk
        depth = file.read(1)[0]
        file.seek(position)
        return depth
    return 8


def _samples(image: Image.Image) -> tuple[np.ndarray, np.ndarray | None]:
    """Split a loaded image into colour (grey, RGB or CMYK) and alpha, as stored."""
    mode = image.mode
    if mode.startswith("I"):
        grey = np.array(image)
        if grey.min() < 0 or grey.max() > 65535:
            raise ValueError("32 bits per sample")
        return grey.astype(np.uint16), None
    if mode == "F":
        raise ValueError("floating-point samples; save it with 16 bits")
    transparent = "transparency" in image.info or mode in ("PA", "RGBa", "La")
    if mode in ("1", "L", "LA", "La"):
        image = image.convert("LA" if transparent or mode == "LA" else "L")
    elif mode != "CMYK":
        image = image.convert("RGBA" if transparent or mode == "RGBA" else "RGB")
    array = np.array(image)
    if image.mode == "LA":
        return np.ascontiguousarray(array[..., 0]), np.ascontiguousarray(array[..., 1])
    if image.mode == "RGBA":
        return np.ascontiguousarray(array[..., :3]), np.ascontiguousarray(array[..., 3])
    return array, None


def _deep_samples(file: BinaryIO, image: Image.Image) -> tuple[np.ndarray, np.ndarray | None] | None:
    """Decode 16-bit colour, which Pillow cuts to 8 bits; None where OpenCV does not keep the depth either."""
    file.seek(0)
    decoded = cv2.imdecode(np.frombuffer(file.read(), np.uint8), cv2.IMREAD_UNCHANGED)
    if decoded is None or decoded.dtype != np.uint16 or decoded.ndim != 3:
        return None
    alpha = np.ascontiguousarray(decoded[..., 3]) if decoded.shape[2] == 4 else None
    grey = image.mode == "LA"  # which OpenCV spreads over three channels
    return np.ascontiguousarray(decoded[..., 0] if grey else decoded[..., 2::-1]), alpha
