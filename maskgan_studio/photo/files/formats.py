"""The image formats that are read and written, by their names in Pillow and their suffixes: one list for all."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["BY_NAME", "PHOTO_SUFFIXES", "READABLE", "WRITABLE", "ImageFormat"]


@dataclass(frozen=True, slots=True)
class ImageFormat:
    """One format of image files.

    Attributes:
        name: Pillow's name.
        suffixes: endings of its files, the usual one first; none where its files have those of another format.
        writable: photos can be saved in it.
        holds_profile: a colour profile travels in its files; in others the numbers are sRGB.
        holds_alpha: opacity travels in its files.
    """

    name: str
    suffixes: tuple[str, ...]
    writable: bool = False
    holds_profile: bool = True
    holds_alpha: bool = True


# Named one by one: Pillow would also start Ghostscript for EPS, or read formats no camera or scanner writes.
_FORMATS = (
    ImageFormat("JPEG", (".jpg", ".jpeg", ".jpe", ".jfif"), writable=True, holds_alpha=False),
    ImageFormat("PNG", (".png",), writable=True),
    ImageFormat("WEBP", (".webp",), writable=True),
    ImageFormat("TIFF", (".tif", ".tiff"), writable=True),
    ImageFormat("BMP", (".bmp",), writable=True, holds_profile=False, holds_alpha=False),
    ImageFormat("DIB", (".dib",), holds_profile=False),
    ImageFormat("HEIF", (".heic", ".heif"), writable=True),
    ImageFormat("AVIF", (".avif",)),
    ImageFormat("GIF", (".gif",)),
    ImageFormat("JPEG2000", (".jp2", ".j2k")),
    ImageFormat("PPM", (".ppm", ".pgm", ".pnm")),
    ImageFormat("TGA", (".tga",)),
)

#: Formats by Pillow's name.
BY_NAME = {known.name: known for known in _FORMATS}
#: Pillow's names of all that is read.
READABLE = tuple(BY_NAME)
#: Endings of files that are taken for photos.
PHOTO_SUFFIXES = tuple(suffix for known in _FORMATS for suffix in known.suffixes)
#: Ending to format, of those that photos can be saved in.
WRITABLE = {suffix: known for known in _FORMATS if known.writable for suffix in known.suffixes}
