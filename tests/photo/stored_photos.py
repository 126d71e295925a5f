"""Photos as cameras and programs store them: turned, deep, in other colours."""

import struct
import zlib

import cv2
import numpy as np
from PIL import Image, ImageCms

#: How the pixels of an upright image are stored, by EXIF orientation.
STORED = {
    1: lambda a: a,
    2: lambda a: a[:, ::-1],
    3: lambda a: a[::-1, ::-1],
    4: lambda a: a[::-1],
    5: lambda a: a.swapaxes(0, 1),
    6: lambda a: np.rot90(a),
    7: lambda a: a[::-1, ::-1].swapaxes(0, 1),
    8: lambda a: np.rot90(a, -1),
}


def exif_with(orientation: int) -> Image.Exif:
    exif = Image.Exif()
    exif[274] = orientation
    exif[271] = "Camera works"
    return exif


def deep_png(pixels: np.ndarray, orientation: int) -> bytes:
    png = cv2.imencode(".png", cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR))[1].tobytes()
    return png[:33] + exif_chunk(orientation) + png[33:]


def exif_chunk(orientation: int) -> bytes:
    body = exif_with(orientation).tobytes().removeprefix(b"Exif\0\0")
    return struct.pack(">I", len(body)) + b"eXIf" + body + struct.pack(">I", zlib.crc32(b"eXIf" + body))


def swapped_profile() -> bytes:
    """sRGB with the red and green primaries exchanged."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    data = bytearray(bytes(data).replace(b"s\0R\0G\0B", b"m\0i\0n\0e").replace(b"sRGB built", b"mine built"))
    count = struct.unpack(">I", data[128:132])[0]
    tags = {data[132 + 12 * i : 136 + 12 * i].decode(): 132 + 12 * i for i in range(count)}
    red, green = tags["rXYZ"], tags["gXYZ"]
    data[red : red + 4], data[green : green + 4] = data[green : green + 4], data[red : red + 4]
    return bytes(data)
