"""Write an edited photo so that all that was not edited stays as it was in the file it came from.

A photo with a colour profile keeps it: only the edited pixels are converted from sRGB back into it. Converting the rest
to sRGB would change every pixel and cut off colours that sRGB does not have. Depth, alpha and inks are kept alike,
where the format can hold them.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np

from maskgan_studio.atomic_write import atomic_write
from maskgan_studio.errors import PhotoError
from maskgan_studio.photo.files.color import UNUSABLE, find_color_mode, from_srgb
from maskgan_studio.photo.files.encoding import JPEG_SEGMENT, Encoded, encode
from maskgan_studio.photo.files.formats import BY_NAME, WRITABLE
from maskgan_studio.photo.files.loading import Photo
from maskgan_studio.photo.files.metadata import PhotoMetadata, file_stamp, reset_exif_orientation
from maskgan_studio.photo.files.xmp import update_xmp

__all__ = ["find_format", "save_photo"]


def save_photo(
    path: str | Path,
    pixels: np.ndarray,
    source: Photo | None = None,
    *,
    quality: int | None = None,
    mark_as_ai: bool = False,
) -> None:
    """Write a photo; the suffix chooses the format: JPEG, PNG, WebP, TIFF, BMP, HEIC.

    Args:
        path: where to; an existing file is replaced in one step, so that a failure leaves it as it was.
        pixels: (H, W, 3) uint8 sRGB, of the source's size.
        source: the photo that was edited; its depth, alpha, colour profile and metadata are kept. Where nothing was
            edited and the format is its own, the file is copied as it is.
        quality: 1 to 100 for JPEG, HEIC and lossy WebP. By default as the source for JPEG (95 for another source),
            95 for HEIC, and WebP without loss.
        mark_as_ai: say in the metadata (IPTC digital source type) that a trained model made parts of the photo; an
            unedited one is not marked.

    Raises:
        PhotoError: unknown suffix, or the file cannot be written.
    """
    path = Path(path)
    name = find_format(path)
    if source is not None and source.pixels.shape != pixels.shape:
        raise ValueError(f"the edited photo is {pixels.shape}, its source {source.pixels.shape}")
    unedited = source is not None and np.array_equal(pixels, source.pixels)
    try:
        with atomic_write(path) as file:
            if source is not None and unedited and quality is None and _has_file(source, name):
                assert source.path is not None
                with source.path.open("rb") as original:
                    shutil.copyfileobj(original, file)
            else:
                encode(file, name, _content(pixels, source, name, mark_as_ai and not unedited), quality)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        message = "“{path}” cannot be written ({reason}); choose another place or format."
        raise PhotoError(message, path=path, reason=reason) from error


def find_format(path: str | Path) -> str:
    """Return the format that a file name asks for, "PNG" for instance; raises PhotoError for an unknown suffix."""
    suffix = Path(path).suffix.lower()
    if suffix not in WRITABLE:
        known = ", ".join(WRITABLE)
        message = "“{name}” does not say which format to write; end it with one of {known}."
        raise PhotoError(message, name=Path(path).name, known=known)
    return WRITABLE[suffix].name


def _has_file(source: Photo, name: str) -> bool:
    """Tell whether the photo's file is of this format and still what was loaded."""
    if source.path is None or source.metadata.format != name:
        return False
    try:
        return file_stamp(source.path) == source.metadata.stamp
    except OSError:  # the file is gone
        return False


def _content(pixels: np.ndarray, source: Photo | None, name: str, mark_as_ai: bool) -> Encoded:
    metadata = source.metadata if source is not None else PhotoMetadata()
    color, alpha, icc = pixels, source.alpha if source is not None else None, metadata.icc
    if source is not None and source.native is not None:
        mode = find_color_mode(source.native.color)
        unfit = (mode == "CMYK" and name not in ("JPEG", "TIFF")) or (mode == "L" and name in ("WEBP", "HEIF"))
        if unfit or (icc and not BY_NAME[name].holds_profile):
            icc = b""  # this format cannot hold the profile or its pixels: write sRGB
        else:
            try:
                color, alpha = _edited_native(pixels, source), source.native.alpha
            except UNUSABLE:  # a profile that can be read, but not written
                icc = b""
    xmp = update_xmp(metadata.xmp, mark_as_ai)
    if name == "JPEG" and len(xmp) > JPEG_SEGMENT:
        xmp = update_xmp(b"", mark_as_ai)
    return Encoded(
        color=color,
        alpha=alpha,
        icc=icc,
        exif=reset_exif_orientation(metadata.exif, (pixels.shape[1], pixels.shape[0])),
        xmp=xmp,
        dpi=metadata.dpi,
        jpeg_tables=metadata.jpeg_tables,
        jpeg_sampling=metadata.jpeg_sampling,
    )


def _edited_native(pixels: np.ndarray, source: Photo) -> np.ndarray:
    """Carry an edit over to the file's own pixels: each moves by what the edit changed, in its own space and depth."""
    assert source.native is not None
    native = source.native.color
    changed = (pixels != source.pixels).any(axis=2)
    if not changed.any():
        return native
    rows, columns = np.flatnonzero(changed.any(axis=1)), np.flatnonzero(changed.any(axis=0))
    window = (slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1))
    mode = find_color_mode(native)
    after = from_srgb(np.ascontiguousarray(pixels[window]), mode, source.metadata.icc)
    edited = native.copy()
    if mode == "CMYK":
        # Many mixtures of inks give one colour, so a difference of two mixtures says nothing about a third.
        edited[window] = np.where(changed[window][..., None], after, native[window])
        return edited
    before = from_srgb(np.ascontiguousarray(source.pixels[window]), mode, source.metadata.icc)
    top = np.iinfo(native.dtype).max
    moved = native[window].astype(np.int32) + (after.astype(np.int32) - before) * (top // 255)
    edited[window] = moved.clip(0, top).astype(native.dtype)
    return edited
