"""The one reader of photographs: upright sRGB pixels, and beside them all that an exact export needs."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from PIL import Image

from maskgan_studio.errors import PhotoError, Translatable
from maskgan_studio.photo.files.color import UNUSABLE, Profile, find_color_mode, open_profile, to_srgb, to_uint8
from maskgan_studio.photo.files.decoding import MAX_PIXELS, MIN_SIDE, check_size, open_image_file, read_samples
from maskgan_studio.photo.files.metadata import ORIENTATION_TAG, PhotoMetadata, file_stamp, read_metadata

__all__ = [
    "MAX_PIXELS",
    "MIN_SIDE",
    "READER",
    "NativePixels",
    "Photo",
    "ReducedPhoto",
    "load_photo",
    "load_reduced",
]

#: Part of the key of everything that is kept of decoded photos; changed when the same file gives other pixels.
READER = "2"

_UPRIGHT = {  # EXIF orientation -> the turn that undoes it
    2: lambda a: a[:, ::-1],
    3: lambda a: a[::-1, ::-1],
    4: lambda a: a[::-1],
    5: lambda a: a.swapaxes(0, 1),
    6: lambda a: np.rot90(a, -1),
    7: lambda a: a.swapaxes(0, 1)[::-1, ::-1],
    8: lambda a: np.rot90(a),
}
_SIDEWAYS = frozenset({5, 6, 7, 8})


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
        metadata: the file's EXIF, XMP and profile.
        native: the file's own pixels when `pixels` and `alpha` are not exactly these, else None.
        notice: a sentence about what could not be kept, or None.
    """

    pixels: np.ndarray
    alpha: np.ndarray | None = None
    path: Path | None = None
    metadata: PhotoMetadata = field(default_factory=PhotoMetadata)
    native: NativePixels | None = None
    notice: Translatable | None = None

    @classmethod
    def from_pixels(cls, pixels: np.ndarray) -> Photo:
        """Wrap an (H, W, 3) RGB, (H, W, 4) RGBA or (H, W) grey uint8 array; raises PhotoError for anything else."""
        pixels = np.asarray(pixels)
        if pixels.dtype != np.uint8 or pixels.ndim not in (2, 3) or pixels.shape[2:] not in ((), (3,), (4,)):
            message = "A photo must be 8-bit grey, RGB or RGBA pixels, not {kind} {shape}."
            raise PhotoError(message, kind=pixels.dtype, shape=str(pixels.shape))
        check_size(pixels.shape[1], pixels.shape[0], "The picture")
        if pixels.ndim == 2:
            return cls(np.repeat(pixels[..., None], 3, axis=2))
        alpha = np.ascontiguousarray(pixels[..., 3]) if pixels.shape[2] == 4 else None
        return cls(np.ascontiguousarray(pixels[..., :3]), alpha)


@dataclass(frozen=True, eq=False)
class ReducedPhoto:
    """A photograph as training and evaluation see it.

    Attributes:
        pixels: (size, size, 3) uint8 sRGB, upright; squeezed where the photo is not square.
        width, height: of the upright photo.
    """

    pixels: np.ndarray
    width: int
    height: int


def load_photo(path: str | Path, data: bytes | None = None) -> Photo:
    """Read a photo: JPEG, PNG, WebP, TIFF, BMP, AVIF, GIF (first image), or HEIC where pillow-heif is installed.

    Args:
        path: the file.
        data: its content where there is no file (a photo inside a project); `path` then only names it in messages.

    EXIF orientation is applied, colour profiles are converted to sRGB, 16-bit samples are rounded to 8 bits; the file's
    own pixels stay available in `Photo.native`. A profile that cannot be used is left out, and `Photo.notice` says so.

    Raises:
        PhotoError: missing, a folder, empty, not an image, damaged, smaller than MIN_SIDE or larger than MAX_PIXELS.
    """
    path = Path(path)
    with open_image_file(path, data) as (file, image):
        stored = _orientation(image)
        color, alpha = read_samples(file, image, path.name)
        # Pillow and OpenCV turn TIFF themselves, and the tag is gone then; PNG may tell only after its pixels.
        pending = _orientation(image)
        color, alpha = _turn(color, pending), None if alpha is None else _turn(alpha, pending)
        stamp = None if data is not None else file_stamp(path)
        metadata = read_metadata(image, stored if pending == 1 else pending, stamp)
        pixels, profile = _in_srgb(color, metadata.icc)
    notice = _notice(profile, path.name)
    path_of_file = path if data is None else None
    metadata = replace(metadata, icc=profile.icc if profile.writable else b"")
    native = None if pixels is color or not profile.writable else NativePixels(color, alpha)
    return Photo(pixels, None if alpha is None else to_uint8(alpha), path_of_file, metadata, native, notice)


def load_reduced(path: str | Path, size: int, data: bytes | None = None) -> ReducedPhoto:
    """Read a photo at size x size: the same pixels as `load_photo`'s, reduced, but quicker and without their metadata.

    Args:
        path: the file.
        size: width and height.
        data: its content where there is no file; `path` then only names it in messages.

    Raises:
        PhotoError: as for `load_photo`, but that small ones pass.
    """
    path = Path(path)
    with open_image_file(path, data, min_side=1) as (file, image):
        width, height = image.size
        # Draft mode lets the JPEG decoder skip detail that the reduction throws away.
        drafted = image.draft(None, (size, size)) is not None
        color, _ = read_samples(file, image, path.name)
        orientation = _orientation(image)
        color = _turn(color, orientation)
        pixels, _ = _in_srgb(color, image.info.get("icc_profile") or b"")
    if not drafted:
        height, width = color.shape[:2]
    elif orientation in _SIDEWAYS:
        width, height = height, width
    if pixels.shape[:2] != (size, size):
        pixels = np.asarray(Image.fromarray(pixels).resize((size, size), Image.Resampling.BICUBIC))
    return ReducedPhoto(pixels, width, height)


def _orientation(image: Image.Image) -> int:
    try:
        orientation = image.getexif().get(ORIENTATION_TAG, 1)
    except Exception:  # broken EXIF raises almost anything, and is no reason to refuse the image
        return 1
    return orientation if orientation in _UPRIGHT else 1


def _turn(array: np.ndarray, orientation: int) -> np.ndarray:
    return array if orientation == 1 else np.ascontiguousarray(_UPRIGHT[orientation](array))


def _in_srgb(color: np.ndarray, icc: bytes) -> tuple[np.ndarray, Profile]:
    """The image in 8-bit sRGB, and what its profile is good for."""
    eight = to_uint8(color)
    profile = open_profile(icc, find_color_mode(color))
    try:
        return to_srgb(eight, profile.icc), profile
    except UNUSABLE:  # on these pixels, though not on the one that was tried
        return to_srgb(eight, b""), Profile(dropped=True)


def _notice(profile: Profile, name: str) -> Translatable | None:
    if profile.dropped:
        message = "“{name}” has a colour profile that cannot be used; it was left out, so colours may look different."
        return Translatable(message, {"name": name})
    if not profile.writable:
        message = "The colour profile of “{name}” can only be read; what is saved of this photo will be in sRGB."
        return Translatable(message, {"name": name})
    return None
