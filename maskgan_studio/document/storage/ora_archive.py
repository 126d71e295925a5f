"""OpenRaster files of any program as layered images: the zip, its stack.xml and its PNGs.

Format: https://www.freedesktop.org/wiki/Specifications/OpenRaster (version 0.0.5, with the extensions for selected and
locked layers). Everything that is read is bounded, as a project may come from anywhere.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO
from xml.etree import ElementTree

import numpy as np
from PIL import Image

from maskgan_studio.errors import ProjectError, Translatable

__all__ = ["Archive", "LayeredImage", "Raster", "Usage", "decode_png", "encode_png", "read_archive", "write_archive"]

MIMETYPE = b"image/openraster"
_VERSION = "0.0.5"
_MAX_ENTRIES = 1000
_MAX_TOTAL_BYTES = 512 * 2**20
_MAX_XML_BYTES = 2**20
_MAX_SIDE = 4096
_MAX_LAYERS = 256
_MAX_PIXELS = 20 * 2**24  # of all layers together: twenty of the largest
_MAX_NESTING = 16
_THUMBNAIL_SIDE = 256


@dataclass(frozen=True, slots=True, eq=False)
class Raster:
    """One layer of the file.

    Attributes:
        name, visible, opacity, locked, selected: as in stack.xml; a group passes its own on to its layers.
        png: the layer's PNG file.
        x, y: where its upper left pixel lies in the image.
    """

    name: str
    png: bytes
    visible: bool = True
    opacity: float = 1.0
    locked: bool = False
    selected: bool = False
    x: int = 0
    y: int = 0

    @property
    def digest(self) -> str:
        """SHA-256 of the PNG file."""
        return hashlib.sha256(self.png).hexdigest()

    def pixels(self, height: int, width: int) -> np.ndarray:
        """The layer on a transparent image, (height, width, 4) uint8; raises ProjectError when it is damaged."""
        layer = decode_png(self.png, "RGBA", Translatable("layer “{name}”", {"name": self.name}))
        canvas = np.zeros((height, width, 4), np.uint8)
        top, left = max(self.y, 0), max(self.x, 0)
        bottom, right = min(self.y + layer.shape[0], height), min(self.x + layer.shape[1], width)
        if top < bottom and left < right:
            canvas[top:bottom, left:right] = layer[top - self.y : bottom - self.y, left - self.x : right - self.x]
        return canvas


@dataclass(frozen=True, slots=True, eq=False)
class LayeredImage:
    """A layered image: its size in pixels and its layers, bottom first."""

    height: int
    width: int
    rasters: Sequence[Raster]


@dataclass(slots=True)
class Usage:
    """How much a file and the files inside it hold so far."""

    entries: int = 0
    size: int = 0
    layers: int = 0
    pixels: int = 0


class Archive:
    """An open OpenRaster file. Raises ProjectError with a sentence whenever something in it cannot be used.

    Attributes:
        usage: what it holds, together with the files around it.
    """

    def __init__(self, archive: zipfile.ZipFile, usage: Usage | None = None) -> None:
        self._zip, self.usage = archive, usage or Usage()
        entries = archive.infolist()
        self.usage.entries += len(entries)
        self.usage.size += sum(entry.file_size for entry in entries)
        if self.usage.entries > _MAX_ENTRIES or self.usage.size > _MAX_TOTAL_BYTES:
            raise ProjectError("The project is larger than this program can open; it may be damaged or not a project.")
        self._names = {entry.filename for entry in entries}

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def read(self, name: str) -> bytes:
        """One file of the archive."""
        if name not in self._names:
            raise ProjectError(
                "The project lacks its part “{name}”; open a backup or an earlier version of it.", name=name
            )
        try:
            return self._zip.read(name)
        except Exception as error:  # damaged zips raise almost anything
            raise ProjectError(
                "The part “{name}” of the project is damaged; open a backup or an earlier version of it.", name=name
            ) from error

    def read_image(self) -> LayeredImage:
        """The layers that stack.xml lists, groups dissolved."""
        xml = self.read("stack.xml")
        # Entity expansion can make a small XML file huge; OpenRaster needs none.
        if len(xml) > _MAX_XML_BYTES or b"<!" in xml.replace(b"<!--", b""):
            raise ProjectError("The layer list of the project (stack.xml) is not one that this program can open.")
        try:
            image = ElementTree.fromstring(xml)
            height, width = int(image.get("h", "")), int(image.get("w", ""))
            root = image.find("stack")
            if image.tag != "image" or root is None or not (0 < height <= _MAX_SIDE and 0 < width <= _MAX_SIDE):
                raise ValueError("not a picture")
            rasters = self._rasters(root, Raster("", b""), 0)
        except ProjectError:
            raise
        except Exception as error:  # values of any kind may stand there
            raise ProjectError(
                "The layer list of the project (stack.xml) is damaged; open a backup or an earlier version."
            ) from error
        self.usage.layers += len(rasters)
        self.usage.pixels += len(rasters) * height * width
        if self.usage.layers > _MAX_LAYERS or self.usage.pixels > _MAX_PIXELS:
            raise ProjectError("The project has too many or too large layers; merge some of them or scale it down.")
        return LayeredImage(height, width, rasters[::-1])

    def _rasters(self, stack: ElementTree.Element, group: Raster, depth: int) -> list[Raster]:
        """The layers of a stack, top first, with what their group does to them."""
        if depth > _MAX_NESTING:
            raise ValueError("groups nested too deeply")
        found: list[Raster] = []
        for element in stack:
            if element.tag == "stack":
                found += self._rasters(element, _raster(element, b"", group), depth + 1)
            elif element.tag == "layer" and element.get("src"):
                found.append(_raster(element, self.read(element.get("src", "")), group))
        return found


def read_archive(file: BinaryIO, usage: Usage | None = None) -> Archive:
    """Open an OpenRaster file, with the usage of the one it lies in; raises ProjectError when it is none."""
    try:
        archive = Archive(zipfile.ZipFile(file), usage)
    except ProjectError:
        raise
    except Exception as error:
        raise ProjectError(
            "This file is not a project: OpenRaster files (.ora) are zip archives, and this one is none or damaged."
        ) from error
    if "stack.xml" not in archive:
        raise ProjectError("This file is not a project: it has no list of layers (stack.xml).")
    return archive


def write_archive(file: BinaryIO, image: LayeredImage, merged: np.ndarray, others: Mapping[str, bytes]) -> None:
    """Write an OpenRaster file.

    Args:
        file: open for writing.
        image: the layers.
        merged: (H, W, 4) uint8, the composite of all layers.
        others: further files by name, for our own folder.
    """
    root = ElementTree.Element("image", version=_VERSION, w=str(image.width), h=str(image.height))
    stack = ElementTree.SubElement(root, "stack")
    sources = {f"data/layer{number:03d}.png": raster for number, raster in enumerate(image.rasters)}
    for source, raster in reversed(sources.items()):
        attributes = {
            # XML has no place for control characters, nor UTF-8 for the halves of characters in odd file names.
            "name": "".join(character for character in raster.name if character.isprintable()),
            "src": source,
            "x": str(raster.x),
            "y": str(raster.y),
            "opacity": repr(float(raster.opacity)),
            "visibility": "visible" if raster.visible else "hidden",
            "composite-op": "svg:src-over",
            "edit-locked": str(raster.locked).lower(),
            "selected": str(raster.selected).lower(),
        }
        ElementTree.SubElement(stack, "layer", attributes)
    thumbnail = Image.fromarray(merged)
    thumbnail.thumbnail((_THUMBNAIL_SIDE, _THUMBNAIL_SIDE))
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(_entry("mimetype"), MIMETYPE)  # first and uncompressed, so that file(1) recognises it
        archive.writestr(_entry("stack.xml"), ElementTree.tostring(root, "UTF-8"), zipfile.ZIP_DEFLATED)
        for source, raster in sources.items():
            archive.writestr(_entry(source), raster.png)
        archive.writestr(_entry("mergedimage.png"), encode_png(merged))
        archive.writestr(_entry("Thumbnails/thumbnail.png"), encode_png(np.asarray(thumbnail)))
        for name, data in others.items():
            archive.writestr(_entry(name), data, zipfile.ZIP_DEFLATED if name.endswith(".json") else zipfile.ZIP_STORED)


def encode_png(pixels: np.ndarray) -> bytes:
    """Write a (H, W), (H, W, 3) or (H, W, 4) uint8 image as PNG."""
    buffer = io.BytesIO()
    # Label maps are flat: the fastest level makes them as small as the slowest.
    Image.fromarray(pixels).save(buffer, "PNG", compress_level=1 if pixels.ndim == 2 or pixels.shape[2] == 4 else 6)
    return buffer.getvalue()


def decode_png(data: bytes, mode: str, what: Translatable) -> np.ndarray:
    """Read a PNG as uint8 array in Pillow's ``mode``; raises ProjectError, which names ``what`` it should have been."""
    try:
        with Image.open(io.BytesIO(data), formats=["PNG"]) as image:
            if max(image.size) > _MAX_SIDE:
                raise ProjectError(
                    "The {what} of the project is larger than {limit} pixels; scale it down to open it.",
                    what=what,
                    limit=_MAX_SIDE,
                )
            return np.array(image.convert(mode))
    except ProjectError:
        raise
    except Exception as error:  # decoders raise almost anything for files with a few bytes changed
        raise ProjectError(
            "The {what} of the project is damaged; open a backup or an earlier version of it.", what=what
        ) from error


def _raster(element: ElementTree.Element, png: bytes, group: Raster) -> Raster:
    opacity = float(element.get("opacity", "1"))
    if not 0 <= opacity <= 1:
        raise ValueError("opacity beyond 0 and 1")
    return Raster(
        element.get("name", ""),
        png,
        visible=group.visible and element.get("visibility", "visible") != "hidden",
        opacity=group.opacity * opacity,
        locked=group.locked or element.get("edit-locked") in ("true", "1"),
        selected=element.get("selected") in ("true", "1"),
        x=group.x + int(float(element.get("x", "0"))),
        y=group.y + int(float(element.get("y", "0"))),
    )


def _entry(name: str) -> zipfile.ZipInfo:
    # A fixed date: the same document gives the same file.
    entry = zipfile.ZipInfo(name)
    entry.external_attr = 0o644 << 16
    return entry
