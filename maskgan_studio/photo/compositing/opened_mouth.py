"""Wide open mouths: below the upper teeth it is dark, and farther down lies the tongue.

A network that is told "inside of the mouth" draws teeth, for that is what it nearly always saw there; in a mouth that
opens farther than teeth reach it draws them too long.
"""

from __future__ import annotations

import cv2
import numpy as np

from maskgan_studio.labels import part_named
from maskgan_studio.photo.kernels import smoothstep

__all__ = ["shade_opened_mouth"]

_INSIDE, _LOWER = (part_named(name).index for name in ("mouth", "l_lip"))
# Pixels of the 512² crop. How far the upper teeth reach below the lip in the middle of a mouth, by the mouth's width:
# medians over 374 mouths that show their inside. Of those up to 25 pixels high four in five show nothing but teeth.
_TEETH_AT_WIDTH = (75.0, 105.0), (10.0, 20.0)
_FADE = 5.0
_LEAST = 60  # pixels that open
_HIGHER = 4  # a mouth that grows no higher than this has been widened, and shows teeth
_SOFT = 3.0  # from what opens into what was open
_DARKEST = 0.96  # how much of what was drawn is hidden
# Of the lower lip's colour: the dark, and the tongue, which lies in the lower part of a wide opening.
_DARK, _TONGUE = np.array([0.24, 0.16, 0.16], np.float32), np.array([0.66, 0.55, 0.55], np.float32)
_USUAL_LIP = np.array([165, 95, 90], np.float32)
_TONGUE_FROM, _TONGUE_ROOM = 0.5, 16.0  # share of the opening's height; pixels below the teeth


def shade_opened_mouth(
    picture: np.ndarray,
    crop: np.ndarray,
    target_mask: np.ndarray,
    source_mask: np.ndarray,
    window: tuple[slice, slice],
) -> None:
    """Darken in place what lies below the teeth of a mouth that an edit opens.

    Args:
        picture: (h, w, 3) float32 in 0 to 255, of the window.
        crop: (S, S, 3) uint8, the photo.
        target_mask, source_mask: (S, S) uint8, what the photo shows, and the edited mask.
        window: rows and columns of the crop.
    """
    inside = source_mask == _INSIDE
    opened = inside & (target_mask != _INSIDE)
    if opened.sum() < _LEAST or _find_height(inside) < _find_height(target_mask == _INSIDE) + _HIGHER:
        return
    columns = np.flatnonzero(inside.any(axis=0))
    first = inside[:, columns].argmax(axis=0).astype(np.float32)
    first = cv2.GaussianBlur(first[None], (0, 0), 4, borderType=cv2.BORDER_REPLICATE)[0]
    t = 2 * (columns - columns[0]) / max(columns[-1] - columns[0], 1) - 1
    teeth = np.interp(columns[-1] - columns[0] + 1, *_TEETH_AT_WIDTH)
    reach = teeth * (1 - 0.55 * t * t)  # the corners' teeth are smaller
    rows = np.arange(len(inside), dtype=np.float32)[:, None]
    depth = np.zeros(inside.shape, np.float32)
    depth[:, columns] = smoothstep((rows - first - reach.astype(np.float32)) / _FADE)
    # Up to the edge of the lower lip, which the light reaches.
    edge = cv2.distanceTransform(inside.astype(np.uint8), cv2.DIST_L2, 3)
    near = smoothstep(1 - cv2.distanceTransform((~opened).astype(np.uint8), cv2.DIST_L2, 3) / _SOFT)
    weight = _DARKEST * depth * smoothstep(edge / 2) * near
    last = len(inside) - inside[::-1, columns].argmax(axis=0).astype(np.float32)
    last = cv2.GaussianBlur(last[None], (0, 0), 4, borderType=cv2.BORDER_REPLICATE)[0]
    share = (rows - first) / np.maximum(last - first, 1)
    tongue = np.zeros(inside.shape, np.float32)
    wide = np.clip((last - first - reach) / _TONGUE_ROOM, 0, 1) * np.clip(1 - t * t, 0, 1)
    tongue[:, columns] = smoothstep((share - _TONGUE_FROM) / (1 - _TONGUE_FROM)) * wide
    lip = (target_mask == _LOWER) & (source_mask == _LOWER)
    color = np.median(crop[lip], axis=0).astype(np.float32) if lip.sum() >= _LEAST else _USUAL_LIP
    dark = color * (_DARK + tongue[window][..., None] * (_TONGUE - _DARK))
    picture += weight[window][..., None] * (dark - picture)


def _find_height(shape: np.ndarray) -> int:
    """The most pixels of a shape (H, W) bool in one column."""
    return int(shape.sum(axis=0).max())
