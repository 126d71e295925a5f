"""Colour profiles: from a file's own colour space to sRGB for the screen and the networks, and back for saving."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from PIL import Image, ImageCms

__all__ = ["UNUSABLE", "Profile", "find_color_mode", "from_srgb", "open_profile", "to_srgb", "to_uint8"]

#: The exceptions of a profile that is damaged or incomplete.
UNUSABLE = (ImageCms.PyCMSError, OSError, ValueError, TypeError, ArithmeticError, RuntimeError)

_PIL_MODE = {"GRAY": "L", "RGB ": "RGB", "CMYK": "CMYK"}
# Relative colorimetric keeps every colour that sRGB can show where it is; black point compensation keeps shadows of
# printing profiles from turning to one flat black.
_INTENT = ImageCms.Intent.RELATIVE_COLORIMETRIC
_FLAGS = ImageCms.Flags.BLACKPOINTCOMPENSATION
# Two roundings of sRGB differ by so many 8-bit steps; a space of another gamma or other primaries by more.
_SAME_SPACE = 2


@dataclass(frozen=True, slots=True)
class Profile:
    """What an image's colour profile is good for.

    Attributes:
        icc: the profile, b"" if there is none, or none that can be used.
        writable: colours can be converted into its space too, so that an edited image can keep it.
        dropped: there is a profile, and it cannot be used.
    """

    icc: bytes = b""
    writable: bool = True
    dropped: bool = False


def find_color_mode(color: np.ndarray) -> str:
    """Return Pillow's name for (H, W) grey, (H, W, 3) RGB or (H, W, 4) CMYK pixels."""
    return "L" if color.ndim == 2 else {3: "RGB", 4: "CMYK"}[color.shape[2]]


def to_uint8(array: np.ndarray) -> np.ndarray:
    """Round uint16 samples to uint8 (65535 becomes 255); uint8 comes back as it is."""
    return array if array.dtype == np.uint8 else cv2.convertScaleAbs(array, alpha=1 / 257).reshape(array.shape)


@lru_cache(maxsize=16)
def open_profile(icc: bytes, mode: str) -> Profile:
    """Try a profile on a pixel, in both directions: one that can be opened need not be usable.

    Args:
        icc: what a file has for a profile, b"" if none.
        mode: Pillow's mode of the file's pixels: "L", "RGB" or "CMYK".
    """
    if not icc:
        return Profile()
    try:
        space = _open(icc).profile.xcolor_space
        if _PIL_MODE.get(space) != mode:
            # An sRGB profile of grey pixels changes nothing.
            return Profile(dropped=not (mode == "L" and space == "RGB " and _is_srgb(icc)))
        to_srgb(np.zeros((1, 1) if mode == "L" else (1, 1, len(mode)), np.uint8), icc)
    except UNUSABLE:
        return Profile(dropped=True)
    try:
        from_srgb(np.zeros((1, 1, 3), np.uint8), mode, icc)
    except UNUSABLE:
        return Profile(icc, writable=False)
    return Profile(icc)


def to_srgb(color: np.ndarray, icc: bytes) -> np.ndarray:
    """Convert uint8 pixels to sRGB by the profile's content; its name is ignored.

    Args:
        color: (H, W) grey, (H, W, 3) RGB or (H, W, 4) CMYK, uint8.
        icc: a profile that `open_profile` found usable, or b"" for sRGB (grey and RGB) or uncalibrated inks (CMYK).

    Returns:
        (H, W, 3) uint8 sRGB; the very same array when it already is that.
    """
    mode = find_color_mode(color)
    if icc and not _is_srgb(icc):
        return _convert(Image.fromarray(color, mode), _open(icc), _srgb(), "RGB")
    if mode == "RGB":
        return color
    return np.array(Image.fromarray(color, mode).convert("RGB"))


def from_srgb(pixels: np.ndarray, mode: str, icc: bytes) -> np.ndarray:
    """Undo `to_srgb`: (H, W, 3) uint8 sRGB to a space given by mode "L", "RGB" or "CMYK" and its profile."""
    if icc and not _is_srgb(icc):
        return _convert(Image.fromarray(pixels), _srgb(), _open(icc), mode)
    return pixels if mode == "RGB" else np.array(Image.fromarray(pixels).convert(mode))


def _convert(
    image: Image.Image, source: ImageCms.ImageCmsProfile, target: ImageCms.ImageCmsProfile, mode: str
) -> np.ndarray:
    converted = ImageCms.profileToProfile(image, source, target, _INTENT, outputMode=mode, flags=_FLAGS)
    assert converted is not None
    return np.array(converted)


def _open(icc: bytes) -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(io.BytesIO(icc))


def _srgb() -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


@lru_cache(maxsize=16)
def _is_srgb(icc: bytes) -> bool:
    """Whether a profile leaves colours where sRGB has them, but for rounding: then the numbers are kept as they are."""
    profile = _open(icc)
    if profile.profile.xcolor_space != "RGB ":
        return False
    steps = np.linspace(0, 255, 18).round().astype(np.uint8)
    colors = np.stack(np.meshgrid(steps, steps, steps), axis=-1).reshape(1, -1, 3)
    greys = np.repeat(np.arange(256, dtype=np.uint8)[None, :, None], 3, axis=2)
    tried = np.concatenate([colors, greys], axis=1)
    shown = _convert(Image.fromarray(tried), profile, _srgb(), "RGB")
    return int(np.abs(shown.astype(np.int16) - tried).max()) <= _SAME_SPACE
