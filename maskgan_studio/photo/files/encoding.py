"""Image files with metadata: by Pillow, and by a few lines of our own what it cannot write (16-bit colour)."""

from __future__ import annotations

import contextlib
import struct
import zlib
from dataclasses import dataclass
from typing import Any, BinaryIO

import cv2
import numpy as np
from PIL import Image, PngImagePlugin

from maskgan_studio.photo.files.color import find_color_mode, to_uint8
from maskgan_studio.photo.files.formats import BY_NAME

__all__ = ["JPEG_SEGMENT", "Encoded", "encode"]

#: What a JPEG file can hold of EXIF or XMP, in bytes.
JPEG_SEGMENT = 65_500
_QUALITY = 95
_XMP_KEYWORD = "XML:com.adobe.xmp"


@dataclass(frozen=True, eq=False)
class Encoded:
    """What goes into an image file.

    Attributes:
        color: (H, W) grey, (H, W, 3) RGB or (H, W, 4) CMYK; uint8 or uint16.
        alpha: (H, W) of the same depth, or None.
        icc, exif, xmp: metadata blocks, b"" for none.
        dpi: dots per inch, or None.
        jpeg_tables, jpeg_sampling: quantisation tables and chroma sampling to write a JPEG with; () and -1 for our own.
    """

    color: np.ndarray
    alpha: np.ndarray | None = None
    icc: bytes = b""
    exif: bytes = b""
    xmp: bytes = b""
    dpi: tuple[float, float] | None = None
    jpeg_tables: tuple[tuple[int, ...], ...] = ()
    jpeg_sampling: int = -1


def encode(file: BinaryIO, name: str, content: Encoded, quality: int | None = None) -> None:
    """Write an image in a writable format of `formats`; what it cannot hold is left out, transparency becomes white.

    Raises OSError or ValueError when the format cannot hold the image at all (WebP beyond 16383 pixels, say).
    """
    if name == "TIFF":
        _write_tiff(file, content)
    elif name == "PNG" and content.color.dtype == np.uint16:
        _write_deep_png(file, content)
    else:
        _write_with_pillow(file, name, content, quality)


def _write_with_pillow(file: BinaryIO, name: str, content: Encoded, quality: int | None) -> None:
    color, alpha = to_uint8(content.color), content.alpha
    alpha = None if alpha is None else to_uint8(alpha)
    if alpha is not None and not BY_NAME[name].holds_alpha:
        color, alpha = _on_white(color, alpha), None
    blocks = {"icc_profile": content.icc, "exif": content.exif, "xmp": content.xmp, "dpi": content.dpi}
    options: dict[str, Any] = {key: block for key, block in blocks.items() if block}
    if name == "JPEG" and len(content.exif) > JPEG_SEGMENT:
        del options["exif"]
    if name == "JPEG":
        if quality is None and content.jpeg_tables:
            options.update(qtables=[list(table) for table in content.jpeg_tables], subsampling=content.jpeg_sampling)
        else:
            options.update(quality=quality or _QUALITY, subsampling=0)
    elif name == "PNG":
        texts = PngImagePlugin.PngInfo()
        if content.xmp:
            texts.add_itxt(_XMP_KEYWORD, content.xmp.decode())
        options.update(pnginfo=texts)
    elif name == "WEBP":
        options.update({"lossless": True, "exact": True} if quality is None else {"quality": quality})
    elif name == "HEIF":
        with contextlib.suppress(ImportError):
            import pillow_heif

            pillow_heif.register_heif_opener()
        if "HEIF" not in Image.SAVE:
            raise ValueError("HEIC needs the package pillow-heif")
        options.update(quality=quality or _QUALITY)
    image = Image.fromarray(color, find_color_mode(color))
    if alpha is not None:
        image.putalpha(Image.fromarray(alpha))
    image.save(file, format=name, **options)


def _write_deep_png(file: BinaryIO, content: Encoded) -> None:
    color = content.color
    if content.alpha is not None:
        color = np.dstack([color if color.ndim == 3 else np.repeat(color[..., None], 3, axis=2), content.alpha])
    order = {2: None, 3: cv2.COLOR_RGB2BGR, 4: cv2.COLOR_RGBA2BGRA}[color.ndim if color.ndim == 2 else color.shape[2]]
    _, png = cv2.imencode(".png", color if order is None else cv2.cvtColor(color, order))
    data = png.tobytes()
    after_header = 8 + 25  # signature, IHDR
    file.write(data[:after_header])
    if content.icc:
        file.write(_png_chunk(b"iCCP", b"ICC profile\0\0" + zlib.compress(content.icc)))
    if content.dpi:
        per_meter = (round(dots / 0.0254) for dots in content.dpi)
        file.write(_png_chunk(b"pHYs", struct.pack(">IIB", *per_meter, 1)))
    if content.exif:
        file.write(_png_chunk(b"eXIf", content.exif.removeprefix(b"Exif\0\0")))
    if content.xmp:
        file.write(_png_chunk(b"iTXt", _XMP_KEYWORD.encode() + b"\0\0\0\0\0" + content.xmp))
    file.write(data[after_header:])


def _png_chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _write_tiff(file: BinaryIO, content: Encoded) -> None:
    """Write a TIFF of one deflated strip. An EXIF block is a TIFF without image, so it serves as the beginning."""
    planes = content.color if content.color.ndim == 3 else content.color[..., None]
    inks = planes.shape[2] == 4
    if content.alpha is not None:
        planes = np.dstack([planes, content.alpha])
    head = Image.Exif()
    if content.exif:
        head.load(content.exif)
    order = head.endian or ">"
    strip = zlib.compress(planes.astype(f"{order}u{planes.itemsize}", copy=False).tobytes())
    height, width, samples = planes.shape
    head[256], head[257] = width, height
    head[258] = (planes.itemsize * 8,) * samples
    head[259] = 8  # deflate
    head[262] = 5 if inks else {1: 1, 3: 2}[content.color[0, 0].size]
    head[277] = samples
    head[278] = height
    head[279] = len(strip)
    head[284] = 1  # samples side by side
    if content.alpha is not None:
        head[338] = 2  # not premultiplied
    if content.dpi:
        head[282], head[283], head[296] = *content.dpi, 2
    if content.icc:
        head[34675] = content.icc
    if content.xmp:
        head[700] = content.xmp
    head[273] = 0  # Pillow counts the strip's place from the end of what it writes
    file.write(head.tobytes().removeprefix(b"Exif\0\0"))
    file.write(strip)


def _on_white(color: np.ndarray, alpha: np.ndarray) -> np.ndarray:
    weight = (alpha if color.ndim == 2 else alpha[..., None]).astype(np.float32) / 255
    return np.rint(color * weight + 255 * (1 - weight)).astype(np.uint8)
