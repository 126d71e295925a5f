"""A photo file's metadata: kept on loading so that saving can restore it."""

from __future__ import annotations

import contextlib
import struct
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

__all__ = ["ORIENTATION_TAG", "PhotoMetadata", "file_stamp", "read_metadata", "reset_exif_orientation"]

ORIENTATION_TAG = 274
_EXIF_IFD, _PIXEL_WIDTH, _PIXEL_HEIGHT = 34665, 40962, 40963
# A TIFF file keeps descriptions of the scene and of its own byte layout in one directory: only the former may travel.
# Description, make, model, orientation, resolution (3), software, date, artist, copyright, EXIF, GPS.
_DESCRIPTIVE_TAGS = {270, 271, 272, ORIENTATION_TAG, 282, 283, 296, 305, 306, 315, 33432, _EXIF_IFD, 34853}
# Broken metadata must never keep a good image from opening.
_BROKEN = (OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, struct.error)


@dataclass(frozen=True)
class PhotoMetadata:
    """Everything but the pixels.

    Attributes:
        format: Pillow's name of the file format, "JPEG" for instance; empty for pixels that came from no file.
        exif: EXIF block as stored, b"" if none.
        icc: the colour profile the file's own pixels are in, b"" if none or unusable.
        xmp: XMP packet, b"" if none.
        orientation: EXIF orientation 1 to 8 as stored in the file; `Photo.pixels` are upright already.
        dpi: resolution in dots per inch, or None.
        jpeg_tables: quantisation tables of a JPEG file, so that saving it again loses next to nothing.
        jpeg_sampling: chroma sampling of a JPEG file, as Pillow counts them; -1 where unknown.
        stamp: (bytes, modification time in ns) of the file as it was read, or None.
    """

    format: str = ""
    exif: bytes = b""
    icc: bytes = b""
    xmp: bytes = b""
    orientation: int = 1
    dpi: tuple[float, float] | None = None
    jpeg_tables: tuple[tuple[int, ...], ...] = ()
    jpeg_sampling: int = -1
    stamp: tuple[int, int] | None = None


def read_metadata(image: Image.Image, orientation: int, stamp: tuple[int, int] | None) -> PhotoMetadata:
    """Collect the metadata of a loaded Pillow image; parts that cannot be read are left out."""
    xmp = image.info.get("xmp", b"")
    tables: dict[int, list[int]] = getattr(image, "quantization", {})
    return PhotoMetadata(
        format="JPEG" if image.format == "MPO" else image.format or "",  # phones write JPEG with a second image as MPO
        exif=_exif_bytes(image),
        icc=image.info.get("icc_profile") or b"",
        xmp=xmp.encode() if isinstance(xmp, str) else xmp,
        orientation=orientation,
        dpi=_dpi(image),
        jpeg_tables=tuple(tuple(table) for _, table in sorted(tables.items())),
        jpeg_sampling=_sampling(image),
        stamp=stamp,
    )


def file_stamp(path: Path) -> tuple[int, int]:
    """Return size and modification time of a file: the same stamp, the same content. Raises OSError."""
    stat = path.stat()
    return stat.st_size, stat.st_mtime_ns


def reset_exif_orientation(exif: bytes, size: tuple[int, int]) -> bytes:
    """Rewrite an EXIF block for upright pixels of `size` (width, height): orientation 1, no stale thumbnail."""
    if not exif:
        return b""
    block = Image.Exif()
    with contextlib.suppress(*_BROKEN):
        block.load(exif)
        if ORIENTATION_TAG in block:
            block[ORIENTATION_TAG] = 1
        details = block.get_ifd(_EXIF_IFD)
        if _PIXEL_WIDTH in details:
            details[_PIXEL_WIDTH], details[_PIXEL_HEIGHT] = size
        return block.tobytes()
    return b""


def _exif_bytes(image: Image.Image) -> bytes:
    with contextlib.suppress(*_BROKEN):
        if image.format != "TIFF" and image.info.get("exif"):
            return bytes(image.info["exif"])
        exif = image.getexif()
        for tag in [tag for tag in exif if tag not in _DESCRIPTIVE_TAGS]:
            del exif[tag]
        return exif.tobytes() if len(exif) else b""
    return b""


def _dpi(image: Image.Image) -> tuple[float, float] | None:
    with contextlib.suppress(*_BROKEN):
        horizontal, vertical = (float(value) for value in image.info["dpi"])
        return (horizontal, vertical) if horizontal > 0 and vertical > 0 else None
    return None


def _sampling(image: Image.Image) -> int:
    if image.format not in ("JPEG", "MPO"):
        return -1
    from PIL import JpegImagePlugin

    return JpegImagePlugin.get_sampling(image)
