"""Colour profiles: from a file's own colour space to sRGB for the screen and the networks, and back for saving."""

from __future__ import annotations

import io

import cv2
import numpy as np
from PIL import Image, ImageCms

__all__ = ["color_mode", "eight_bits", "from_srgb", "to_srgb", "usable_profile"]

_PIL_MODE = {"GRAY": "L", "RGB ": "RGB", "CMYK": "CMYK"}
# Relative colorimetric keeps every colour that sRGB can show where it is; black point compensation keeps shadows of
# printing profiles from turning to one flat black.
_INTENT = ImageCms.Intent.RELATIVE_COLORIMETRIC
_FLAGS = ImageCms.Flags.BLACKPOINTCOMPENSATION


def color_mode(color: np.ndarray) -> str:
    """Return Pillow's name for (H, W) grey, (H, W, 3) RGB or (H, W, 4) CMYK pixels."""
    return "L" if color.ndim == 2 else {3: "RGB", 4: "CMYK"}[color.shape[2]]


def eight_bits(array: np.ndarray) -> np.ndarray:
    """Round uint16 samples to uint8 (65535 becomes 255); uint8 comes back as it is."""
    return array if array.dtype == np.uint8 else cv2.convertScaleAbs(array, alpha=1 / 257).reshape(array.shape)


def usable_profile(icc: bytes, mode: str) -> bytes:
    """Return the profile if it can be read and describes pixels of this Pillow mode ("L", "RGB", "CMYK"), else b""."""
    try:
        profile = _open(icc)
    except (OSError, ImageCms.PyCMSError):
        return b""
    return icc if _PIL_MODE.get(profile.profile.xcolor_space) == mode else b""


def to_srgb(color: np.ndarray, icc: bytes) -> np.ndarray:
    """Convert uint8 pixels to sRGB.

    Args:
        color: (H, W) grey, (H, W, 3) RGB or (H, W, 4) CMYK, uint8.
        icc: a profile that `usable_profile` accepted, or b"" for sRGB (grey and RGB) or uncalibrated inks (CMYK).

    Returns:
        (H, W, 3) uint8 sRGB; the very same array when it already is that.
    """
    mode = color_mode(color)
    if icc and not _is_srgb(icc):
        image = ImageCms.profileToProfile(
            Image.fromarray(color, mode), _open(icc), _srgb(), _INTENT, outputMode="RGB", flags=_FLAGS
        )
        assert image is not None
        return np.array(image)
    if mode == "RGB":
        return color
    return np.array(Image.fromarray(color, mode).convert("RGB"))


def from_srgb(pixels: np.ndarray, mode: str, icc: bytes) -> np.ndarray:
    """Undo `to_srgb`: (H, W, 3) uint8 sRGB to a space given by mode "L", "RGB" or "CMYK" and its profile."""
    if icc and not _is_srgb(icc):
        image = ImageCms.profileToProfile(
            Image.fromarray(pixels), _srgb(), _open(icc), _INTENT, outputMode=mode, flags=_FLAGS
        )
        assert image is not None
        return np.array(image)
    return pixels if mode == "RGB" else np.array(Image.fromarray(pixels).convert(mode))


def _open(icc: bytes) -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(io.BytesIO(icc))


def _srgb() -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


def _is_srgb(icc: bytes) -> bool:
    # By name: converting between two roundings of the same space would only change pixels by one for nothing.
    profile = _open(icc)
    return profile.profile.xcolor_space == "RGB " and "sRGB" in ImageCms.getProfileDescription(profile)
