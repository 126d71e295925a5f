"""Other colours for hair, lips, skin and other parts, on the photo's own pixels.

Colours are changed in OKLab (Ottosson 2020), in which lightness, chroma and hue can be changed one by one without the
others seeming to change. What differs from pixel to pixel (strands, pores, folds) stays.
"""

from __future__ import annotations

from collections.abc import Mapping
from threading import Lock

import numpy as np
from cachetools import LRUCache, cached

from maskgan_studio.photo.alignment.frame import Alignment
from maskgan_studio.photo.bands import split_into_bands
from maskgan_studio.photo.kernels import find_labels
from maskgan_studio.photo.masks.matting import PartMatte, estimate_matte
from maskgan_studio.photo.retouching.iris_matte import find_iris_matte
from maskgan_studio.recoloring import COLORED_PARTS, Recoloring, check_part, parse_color

__all__ = ["recolor_photo"]


# Per part: radius of its matte's filter, and how many pixels of the 512² crop beyond its mask it is seen.
_MATTES = {"hair": (8, 24), "brows": (4, 6), "lips": (3, 4), "eyeglasses": (3, 4), "background": (8, 12)}
_USUAL_MATTE = (6, 8)
_LEAST = 20  # pixels of a part
_DARKEST, _LIGHTEST, _TINY = 0.12, 0.93, 1e-3  # OKLab's lightness
_CONTRAST_POWER, _LEAST_CONTRAST, _MOST_CONTRAST = 0.5, 0.5, 1.3
_OWN_CHROMA = 0.6  # of the differences in colour within a part that stay under a new colour


def recolor_photo(
    pixels: np.ndarray, alignment: Alignment, mask: np.ndarray, recolorings: Mapping[str, Recoloring]
) -> np.ndarray:
    """Give parts of a face other colours.

    Args:
        pixels: (H, W, 3) uint8, the photo, or a finished edit of it.
        alignment: where the face's crop lies in it.
        mask: (S, S) uint8, what the pixels show.
        recolorings: by the names of ``recoloring.COLORED_PARTS``.

    Returns:
        (H, W, 3) uint8; the same array where nothing changes. What lies outside the parts keeps its bits.

    Raises:
        EditError: there is no such part.
    """
    recolored = pixels
    crop = None
    for name, recoloring in recolorings.items():
        check_part(name)
        inside = find_labels(mask, COLORED_PARTS[name])
        if recoloring.is_identity or inside.sum() < _LEAST:
            continue
        crop = alignment.crop(pixels) if crop is None else crop
        if name == "iris":
            matte, inside = find_iris_matte(crop, mask)
            if not inside.any():
                continue
        else:
            matte = _find_matte(crop, inside, *_MATTES.get(name, _USUAL_MATTE))
        recolored = pixels.copy() if recolored is pixels else recolored
        usual = np.median(_to_oklab(crop[inside]), axis=0)
        _recolor_part(recolored, pixels, alignment, matte, usual, recoloring)
    return recolored


#: Those of the last parts: while a colour is dragged, what it colours stays.
_mattes: LRUCache[tuple[object, ...], PartMatte] = LRUCache(4)


@cached(_mattes, key=lambda crop, inside, *how: (crop.tobytes(), inside.tobytes(), *how), lock=Lock())
def _find_matte(crop: np.ndarray, inside: np.ndarray, radius: int, reach: int) -> PartMatte:
    return estimate_matte(crop, inside, radius, reach)


def _recolor_part(
    recolored: np.ndarray,
    pixels: np.ndarray,
    alignment: Alignment,
    matte: PartMatte,
    usual: np.ndarray,
    recoloring: Recoloring,
) -> None:
    y, x = np.nonzero(matte.near)
    corners = alignment.to_photo(np.array([[a, b] for a in (x.min(), x.max()) for b in (y.min(), y.max())]))
    left, top = np.maximum(np.floor(corners.min(axis=0)).astype(int) - 1, 0)
    right, bottom = np.ceil(corners.max(axis=0)).astype(int) + 2
    right, bottom = min(right, pixels.shape[1]), min(bottom, pixels.shape[0])
    for rows in split_into_bands(top, bottom, right - left):
        matrix = alignment.inverse - np.array([[0, 0, left], [0, 0, rows.start]])
        alpha = matte.sample(pixels[rows, left:right], matrix) * recoloring.strength
        seen = alpha > 0.5 / 255
        if not seen.any():
            continue
        before = recolored[rows, left:right][seen]
        after = _to_rgb(_change(_to_oklab(before), usual, recoloring))
        mixed = before + alpha[seen][:, None] * (after - before)
        recolored[rows, left:right][seen] = np.rint(mixed).clip(0, 255).astype(np.uint8)


def _change(lab: np.ndarray, usual: np.ndarray, recoloring: Recoloring) -> np.ndarray:
    """Other colours (N, 3) in OKLab for pixels of a part that usually has one colour (3,)."""
    lightness, chroma = lab[:, :1], lab[:, 1:]
    if recoloring.color is not None:
        wanted = _to_oklab(np.array([[parse_color(recoloring.color)]], np.uint8))[0, 0]
        # Half of a shift, which keeps contrast, and half of a curve through black and white, which clips nothing.
        own, aim = np.clip([usual[0], wanted[0]], _DARKEST, _LIGHTEST)
        power = np.float32(np.log(aim) / np.log(own))
        curve = np.clip(lightness, _TINY, 1) ** power + (wanted[0] - aim)
        contrast = np.clip(((wanted[0] + 0.05) / (usual[0] + 0.05)) ** _CONTRAST_POWER, _LEAST_CONTRAST, _MOST_CONTRAST)
        lightness = 0.5 * (curve + wanted[0] + contrast * (lightness - usual[0]))
        # Shadows and lights have less colour than what lies between.
        fade = np.sqrt(np.clip(lightness / max(float(wanted[0]), 0.05), 0, 1))
        chroma = wanted[1:] * fade + _OWN_CHROMA * contrast * (chroma - usual[1:])
    if recoloring.hue or recoloring.saturation:
        angle = np.deg2rad(recoloring.hue)
        turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]], np.float32)
        chroma = chroma @ (np.float32(1 + recoloring.saturation) * turn.T)
    lightness = np.clip(lightness, 0, 1)
    if recoloring.lightness:
        lightness = lightness ** np.float32(2.0**-recoloring.lightness)
    return np.concatenate([lightness, chroma], axis=1).astype(np.float32)


_TO_CONES = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    np.float32,
)
_TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ],
    np.float32,
)
_FROM_LAB, _FROM_CONES = np.linalg.inv(_TO_LAB), np.linalg.inv(_TO_CONES)
_STEPS = 8192


def _decode_gamma(value: np.ndarray) -> np.ndarray:
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4).astype(np.float32)


def _encode_gamma(linear: np.ndarray) -> np.ndarray:
    return np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055).astype(np.float32)


# sRGB's curve as tables; the second by the square root, whose steps are finest in the dark, where the curve is steep.
_LINEAR = _decode_gamma(np.arange(256) / 255)
_GAMMA = 255 * _encode_gamma((np.arange(_STEPS) / (_STEPS - 1)) ** 2)


def _to_oklab(rgb: np.ndarray) -> np.ndarray:
    """sRGB uint8 (..., 3) to OKLab float32."""
    return np.asarray(np.cbrt(_LINEAR[rgb] @ _TO_CONES.T) @ _TO_LAB.T)


def _to_rgb(lab: np.ndarray) -> np.ndarray:
    """OKLab (..., 3) to sRGB float32 in 0 to 255, clipped."""
    cones = lab @ _FROM_LAB.T
    linear = np.clip(cones * cones * cones @ _FROM_CONES.T, 0, 1)
    return np.asarray(_GAMMA[np.rint(np.sqrt(linear) * (_STEPS - 1)).astype(np.int32)])
