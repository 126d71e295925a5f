"""Mask images of any kind into label maps: by their numbers, or by their colours where these say more."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image

from maskgan_studio.errors import MaskError, Translatable
from maskgan_studio.labels import BACKGROUND, NUM_CLASSES, color_table
from maskgan_studio.photo.files.decoding import ImageFileError, open_image_file

__all__ = ["DecodedMask", "decode_mask"]

# Formats that keep class numbers or colours exactly, as a rule.
_FORMATS = ("PNG", "BMP", "GIF", "TIFF", "WEBP", "PPM", "TGA")
_OPAQUE = 128
# Colours that are those of classes, but also of every palette of plain colours: alone they are no sign of our palette.
_PLAIN_COLORS = frozenset({(0, 0, 0), (255, 0, 0), (255, 255, 0), (0, 255, 255)})


class DecodedMask(NamedTuple):
    """A mask image.

    Attributes:
        labels: (H, W) uint8, 0 to 18; background where `foreign`.
        foreign: (H, W) bool, pixels in colours of no class.
        first: colour, x and y of the first of these, or None.
        notices: what was decided on the way, a sentence each.
    """

    labels: np.ndarray
    foreign: np.ndarray
    first: tuple[tuple[int, int, int], int, int] | None
    notices: tuple[Translatable, ...]


def decode_mask(path: Path, size: int | None, data: bytes | None = None) -> DecodedMask:
    """Read a mask: palette or 8-bit grey with values 0 to 18, or an image in the class colours.

    Of a palette image whose palette holds the class colours the colours are taken, and it is said where the numbers
    differ: programs that make files smaller renumber palettes. Pixels that are more transparent than opaque are
    background.

    Args:
        path: the file.
        size: width and height that it must have; None for any.
        data: its content where there is no file.

    Raises:
        MaskError: the file cannot be read, has another size, or values over 18.
    """
    name = path.name
    try:
        with open_image_file(path, data, formats=(*_FORMATS, "JPEG"), min_side=1) as (_, image):
            if image.format == "JPEG":
                message = "“{name}” is a JPEG, which changes class numbers and colours: save the mask as PNG."
                raise MaskError(message, name=name)
            if size is not None and image.size != (size, size):
                raise MaskError(
                    "“{name}” is {width}×{height} pixels; a mask must be {size}×{size}, in the frame of the aligned "
                    "face.",
                    name=name,
                    width=image.width,
                    height=image.height,
                    size=size,
                )
            return _decode(image, name)
    except ImageFileError as error:
        raise _as_mask_error(error, name) from error


def _as_mask_error(error: ImageFileError, name: str) -> MaskError:
    if error.reason == "missing":
        return MaskError("“{name}” does not exist; check the path.", name=name)
    if error.reason == "unknown":
        return MaskError("“{name}” is not a picture; choose a mask PNG.", name=name)
    return MaskError("“{name}” cannot be read as a mask: {problem}", name=name, problem=error)


def _decode(image: Image.Image, name: str) -> DecodedMask:
    image.load()
    if image.mode in ("P", "PA"):
        decoded = _from_palette(image, name)
    elif image.mode in ("L", "LA"):
        decoded = _from_numbers(np.array(image.getchannel(0)), name)
    elif image.mode in ("RGB", "RGBA", "RGBX"):
        pixels = np.array(image.convert("RGB"))
        if not pixels.any():
            raise MaskError("“{name}” is no mask: it is a colour picture, and all black.", name=name)
        decoded = _from_colors(pixels)
    else:
        message = "“{name}” is no mask: save it as 8-bit palette or grey PNG with the values 0 to 18."
        raise MaskError(message, name=name)
    return _without_transparent(decoded, image, name)


def _from_numbers(labels: np.ndarray, name: str) -> DecodedMask:
    if labels.max() >= NUM_CLASSES:
        raise MaskError(
            "“{name}” has the value {value}; a mask holds class numbers 0 to {last} (is it a photo or a "
            "black-and-white part file?).",
            name=name,
            value=labels.max(),
            last=NUM_CLASSES - 1,
        )
    return DecodedMask(labels, np.zeros(labels.shape, bool), None, ())


def _from_palette(image: Image.Image, name: str) -> DecodedMask:
    numbers = np.array(image.getchannel(0) if image.mode == "PA" else image)
    palette = np.zeros((256, 3), np.uint8)
    entries = np.array(image.getpalette("RGB"), np.uint8).reshape(-1, 3)[:256]
    palette[: len(entries)] = entries
    if np.array_equal(palette[:NUM_CLASSES], color_table()):
        return _from_numbers(numbers, name)
    used = [int(number) for number in np.unique(numbers)]
    colors = [tuple(int(value) for value in palette[number]) for number in used]
    of_class = {tuple(color): index for index, color in enumerate(color_table().tolist())}
    known = [color for color in colors if color in of_class]
    ours = len(set(known)) == len(known) and not _PLAIN_COLORS.issuperset(known)
    if not ours or 2 * len(known) <= len(used) or all(of_class.get(c) == n for n, c in zip(used, colors, strict=True)):
        return _from_numbers(numbers, name)
    decoded = _from_colors(palette[numbers])
    notice = Translatable(
        "“{name}” has the class colours under other numbers than the classes; the colours were taken.", {"name": name}
    )
    return decoded._replace(notices=(*decoded.notices, notice))


def _from_colors(pixels: np.ndarray) -> DecodedMask:
    codes, table = _codes(pixels), _codes(color_table())
    order = np.argsort(table)
    position = np.searchsorted(table[order], codes).clip(max=NUM_CLASSES - 1)
    labels = order[position].astype(np.uint8)
    foreign = table[labels] != codes
    labels[foreign] = BACKGROUND
    return _with_first(DecodedMask(labels, foreign, None, ()), pixels)


def _with_first(decoded: DecodedMask, pixels: np.ndarray) -> DecodedMask:
    if not decoded.foreign.any():
        return decoded
    y, x = divmod(int(decoded.foreign.argmax()), decoded.foreign.shape[1])
    red, green, blue = (int(value) for value in pixels[y, x])
    return decoded._replace(first=((red, green, blue), x, y))


def _without_transparent(decoded: DecodedMask, image: Image.Image, name: str) -> DecodedMask:
    if image.mode not in ("RGBA", "LA", "PA") and "transparency" not in image.info:
        return decoded
    rgba = np.array(image.convert("RGBA"))
    clear = rgba[..., 3] < _OPAQUE
    changed = clear & ((decoded.labels != BACKGROUND) | decoded.foreign)
    if not changed.any():
        return decoded
    labels, foreign = decoded.labels.copy(), decoded.foreign & ~clear
    labels[clear] = BACKGROUND
    notice = Translatable(
        "“{name}” is transparent at {count} pixels; these became background.",
        {"name": name, "count": int(changed.sum())},
    )
    return _with_first(DecodedMask(labels, foreign, None, (*decoded.notices, notice)), rgba[..., :3])


def _codes(colors: np.ndarray) -> np.ndarray:
    return colors.astype(np.int32) @ np.array([65536, 256, 1], dtype=np.int32)
