"""Image files of any kind and condition: pixels as stored, or one sentence that says what is wrong with the file."""

from __future__ import annotations

import contextlib
import functools
import io
import logging
import threading
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import cv2
import numpy as np
from PIL import Image, PngImagePlugin, UnidentifiedImageError

from maskgan_studio.errors import PhotoError, StudioError
from maskgan_studio.photo.files.formats import READABLE

__all__ = ["MAX_PIXELS", "MIN_SIDE", "ImageFileError", "check_size", "open_image_file", "read_samples"]

log = logging.getLogger(__name__)

MAX_PIXELS = 100_000_000
MIN_SIDE = 64
# Editors write their history into images, some of it many megabytes long; Pillow's own limit is one.
PngImagePlugin.MAX_TEXT_CHUNK = max(PngImagePlugin.MAX_TEXT_CHUNK, 64 * 2**20)
PngImagePlugin.MAX_TEXT_MEMORY = max(PngImagePlugin.MAX_TEXT_MEMORY, 256 * 2**20)

_HEIC_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"})
_AVIF_BRANDS = frozenset({b"avif", b"avis"})
_RAW_SUFFIXES = frozenset({".cr2", ".cr3", ".nef", ".arw", ".dng", ".orf", ".rw2", ".raf", ".pef", ".srw"})
_TIFF_MARKS = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_KNOWN_MARKS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"BM", *_TIFF_MARKS)
_BAND = 256  # rows
# Filters of warnings belong to the whole process.
_warnings = threading.Lock()


class ImageFileError(PhotoError):
    """An image file cannot be read.

    Attributes:
        reason: "missing", "unknown" for what is no image, "unusable" for all else.
    """

    def __init__(self, template: str, /, *, reason: str = "unusable", **values: object) -> None:
        super().__init__(template, **values)
        self.reason = reason


@contextlib.contextmanager
def open_image_file(
    path: Path, data: bytes | None = None, *, formats: tuple[str, ...] = READABLE, min_side: int = MIN_SIDE
) -> Iterator[tuple[BinaryIO, Image.Image]]:
    """Open a file as an image of acceptable size; whatever goes wrong until the end is one sentence about the file.

    Args:
        path: the file.
        data: its content where there is no file; ``path`` then only names it in messages.
        formats: Pillow's names of those that count.
        min_side: smallest width and height.

    Yields:
        the stream, and the image, not yet decoded.

    Raises:
        ImageFileError: missing, a folder, empty, no image, damaged, too small or too large. StudioErrors of the block
            pass; everything else that a decoder raises in it becomes an ImageFileError.
    """
    name = path.name
    _register_heif()
    try:
        if data is None and path.is_dir():
            raise ImageFileError("“{name}” is a folder; choose a photo inside it.", name=name)
        with path.open("rb") if data is None else io.BytesIO(data) as file:
            head = file.read(32)
            if not head:
                raise ImageFileError("“{name}” is empty; choose another photo.", name=name)
            file.seek(0)
            try:
                image = _open(file, formats)
            except UnidentifiedImageError:
                raise _unknown(path, head) from None
            with image:
                check_size(*image.size, name, min_side)
                yield file, image
    except StudioError:
        raise
    except FileNotFoundError:
        raise ImageFileError("“{name}” does not exist; check the path.", name=name, reason="missing") from None
    except PermissionError:
        message = "“{name}” may not be read; change its permissions or choose another photo."
        raise ImageFileError(message, name=name) from None
    except Image.DecompressionBombError:
        raise ImageFileError(
            "“{name}” has more than {limit} megapixels; make it smaller first.", name=name, limit=MAX_PIXELS // 10**6
        ) from None
    except MemoryError:
        message = "“{name}” does not fit into memory; close other programs or make it smaller first."
        raise ImageFileError(message, name=name) from None
    except Exception as error:  # decoders raise almost anything for files with a few bytes changed
        if isinstance(error, ValueError) and "text" in str(error).lower():  # PngImagePlugin's limits
            message = "“{name}” holds more text beside its pixels than can be read; save it without its metadata."
            raise ImageFileError(message, name=name) from error
        log.info("%s: %s", name, _in_one_line(error))
        raise ImageFileError("“{name}” is damaged or cut short; choose another copy of it.", name=name) from error


def check_size(width: int, height: int, name: str, min_side: int = MIN_SIDE) -> None:
    """Raise PhotoError for an image that is too small to show a face, or too large to work with."""
    if min(width, height) < min_side:
        raise ImageFileError(
            "“{name}” is only {width}×{height} pixels; choose one with at least {least} on each side.",
            name=name,
            width=width,
            height=height,
            least=min_side,
        )
    if width * height > MAX_PIXELS:
        raise ImageFileError(
            "“{name}” has {megapixels:.0f} megapixels; make it smaller than {limit} first.",
            name=name,
            megapixels=width * height / 1e6,
            limit=MAX_PIXELS // 10**6,
        )


def read_samples(file: BinaryIO, image: Image.Image, name: str) -> tuple[np.ndarray, np.ndarray | None]:
    """Decode an open image as it is stored.

    Returns:
        colour: (H, W) grey, (H, W, 3) RGB or (H, W, 4) CMYK, uint8 or uint16; alpha (H, W) of the same depth, or None.

    Raises:
        PhotoError: the samples are of a kind that no photo has.
    """
    deep = _bits_per_sample(file, image) == 16 and image.mode in ("RGB", "RGBA", "LA")
    image.load()
    return (_deep_samples(file, image) if deep else None) or _samples(image, name)


def _open(file: BinaryIO, formats: tuple[str, ...]) -> Image.Image:
    Image.init()
    with _warnings, warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own limit follows, as a sentence
        return Image.open(file, formats=[known for known in formats if known in Image.OPEN])


def _unknown(path: Path, head: bytes) -> ImageFileError:
    """Why a file is not one that can be read, by what it holds: its name may say something else."""
    reason = "unusable"
    brand = head[8:12] if head[4:8] == b"ftyp" else b""
    if brand in _HEIC_BRANDS and "HEIF" not in Image.OPEN:
        message = "“{name}” is a HEIC photo: install the package pillow-heif, or export it as JPEG first."
    elif brand in _AVIF_BRANDS and "AVIF" not in Image.OPEN:
        message = "“{name}” is an AVIF photo, which is not supported here: export it as JPEG first."
    elif path.suffix.lower() in _RAW_SUFFIXES:
        message = "“{name}” is a camera's raw file: export it as JPEG or TIFF first."
    elif head.startswith(_TIFF_MARKS):
        message = "“{name}” is a TIFF of a rare kind: save it with 8 or 16 bits per channel, no floating point."
    elif brand or head.startswith(_KNOWN_MARKS) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        message = "“{name}” is damaged or cut short; choose another copy of it."
    elif "HEIF" in Image.OPEN:
        reason = "unknown"
        message = "“{name}” is not a picture that can be read; choose a JPEG, PNG, WebP, TIFF, BMP or HEIC photo."
    else:
        reason = "unknown"
        message = "“{name}” is not a picture that can be read; choose a JPEG, PNG, WebP, TIFF or BMP photo."
    return ImageFileError(message, name=path.name, reason=reason)


def _in_one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__


@functools.cache  # looking for a package that is not there takes as long as decoding a mask
def _register_heif() -> None:
    with contextlib.suppress(ImportError):
        import pillow_heif

        pillow_heif.register_heif_opener()


def _bits_per_sample(file: BinaryIO, image: Image.Image) -> int:
    if image.format == "TIFF":
        return int(max(image.tag_v2.get(258, (8,))))  # type: ignore[attr-defined]
    if image.format == "PNG":
        position = file.tell()
        file.seek(24)  # bit depth in the IHDR chunk
        depth = file.read(1)[0]
        file.seek(position)
        return depth
    return 8


def _samples(image: Image.Image, name: str) -> tuple[np.ndarray, np.ndarray | None]:
    mode = image.mode
    if mode.startswith("I"):
        grey = np.array(image)
        if grey.min() < 0 or grey.max() > 65535:
            message = "“{name}” has 32 bits per sample; save it with 8 or 16 bits per channel."
            raise ImageFileError(message, name=name)
        return grey.astype(np.uint16), None
    if mode == "F":
        message = "“{name}” has floating-point samples; save it with 8 or 16 bits per channel."
        raise ImageFileError(message, name=name)
    transparent = "transparency" in image.info or mode in ("PA", "RGBa", "La")
    wanted = mode
    if mode in ("1", "L", "LA", "La"):
        wanted = "LA" if transparent or mode == "LA" else "L"
    elif mode != "CMYK":
        wanted = "RGBA" if transparent or mode == "RGBA" else "RGB"
    # To the mode that it has, Pillow would make a copy.
    return _split(image if wanted == mode else image.convert(wanted))


def _split(image: Image.Image) -> tuple[np.ndarray, np.ndarray | None]:
    """Colour and alpha of an image in L, LA, RGB, RGBA or CMYK, copied in bands: converted at once, an image is in
    memory three times, besides Pillow's own."""
    has_alpha = image.mode.endswith("A")
    channels = len(image.getbands()) - has_alpha
    color = np.empty((image.height, image.width, channels), np.uint8)
    alpha = np.empty(color.shape[:2], np.uint8) if has_alpha else None
    for top in range(0, image.height, _BAND):
        bottom = min(top + _BAND, image.height)
        band = np.asarray(image.crop((0, top, image.width, bottom)))
        band = band.reshape(bottom - top, image.width, channels + has_alpha)
        color[top:bottom] = band[..., :channels]
        if alpha is not None:
            alpha[top:bottom] = band[..., -1]
    return (color[..., 0] if channels == 1 else color), alpha


def _deep_samples(file: BinaryIO, image: Image.Image) -> tuple[np.ndarray, np.ndarray | None] | None:
    """Decode 16-bit colour, which Pillow cuts to 8 bits; None where OpenCV does not keep the depth either."""
    file.seek(0)
    decoded = cv2.imdecode(np.frombuffer(file.read(), np.uint8), cv2.IMREAD_UNCHANGED)
    if decoded is None or decoded.dtype != np.uint16 or decoded.ndim != 3:
        return None
    alpha = np.ascontiguousarray(decoded[..., 3]) if decoded.shape[2] == 4 else None
    grey = image.mode == "LA"  # which OpenCV spreads over three channels
    return np.ascontiguousarray(decoded[..., 0] if grey else decoded[..., 2::-1]), alpha
