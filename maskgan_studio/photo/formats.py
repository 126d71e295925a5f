"""The picture formats that are read and written, by their names in Pillow and their suffixes: one list for all."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["BY_NAME", "PHOTO_SUFFIXES", "READABLE", "WRITABLE", "PictureFormat"]


@dataclass(frozen=True, slots=True)
class PictureFormat:
    """One format of picture files.

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
    PictureFormat("JPEG", (".jpg", ".jpeg", ".jpe", ".jfif"), writable=True, holds_alpha=False),
    PictureFormat("PNG", (".png",), writable=True),
    PictureFormat("WEBP", (".webp",), writable=True),
    PictureFormat("TIFF", (".tif", ".tiff"), writable=True),
    PictureFormat("BMP", (".bmp",), writable=True, holds_profile=False, holds_alpha=False),
    PictureFormat("DIB", (".dib",), holds_profile=False),
    PictureFormat("HEIF", (".heic", ".heif"), writable=True),
    PictureFormat("AVIF", (".avif",)),
    PictureFormat("GIF", (".gif",)),
    PictureFormat("JPEG2000", (".jp2", ".j2k")),
    PictureFormat("PPM", (".ppm", ".pgm", ".pnm")),
    PictureFormat("TGA", (".tga",)),
)

#: Formats by Pillow's name.
BY_NAME = {known.name: known for known in _FORMATS}
#: Pillow's names of all that is read.
READABLE = tuple(BY_NAME)
#: Endings of files that are taken for photos.
PHOTO_SUFFIXES = tuple(suffix for known in _FORMATS for suffix in known.suffixes)
#: Ending to format, of those that photos can be saved in.
WRITABLE = {suffix: known for known in _FORMATS if known.writable for suffix in known.suffixes}
