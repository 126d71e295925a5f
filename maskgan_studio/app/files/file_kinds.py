"""What a dropped or chosen file is: a photo, a mask, a project or a set of weights."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np
from PIL import Image

from maskgan_studio.labels import color_table

PROJECT_SUFFIX = ".ora"
#: A grey or palette PNG with so few different values is meant as a mask, also where some of them are over 18.
_MOST_MASK_VALUES = 40
#: A larger picture is a photo, unless its palette is a mask's: the window waits while a picture is looked through.
_LARGEST_SIDE = 2048
#: Share of a coloured mask that is in class colours at least.
_MOSTLY = 0.8


def detect_file_kind(path: Path) -> str:
    """Return "project", "mask", "weights" or "photo"; unreadable files count as photos."""
    if path.is_dir():
        return "weights"
    if path.suffix.lower() == PROJECT_SUFFIX:
        return "project"
    if path.suffix.lower() == ".png":
        try:
            stamp = path.stat()
        except (OSError, ValueError):
            return "photo"
        if _looks_like_mask(path, stamp.st_mtime_ns, stamp.st_size):
            return "mask"
    return "photo"


def shows_class_colors(pixels: np.ndarray) -> bool:
    """Whether nearly all of a picture (H, W, 3) is in class colours; some may be foreign, which the mask's reader says.

    Black, the background, counts for nothing: photos have black borders. Pictures of one plain colour are no masks.
    """
    colors = _packed(pixels[::2, ::2].reshape(-1, 3))
    colors = colors[colors != 0]
    known = np.isin(colors, _packed(color_table()[1:]))
    return len(np.unique(colors[known])) > 1 and bool(known.mean() >= _MOSTLY)


def _packed(colors: np.ndarray) -> np.ndarray:
    return np.asarray(colors.astype(np.uint32) @ np.array([65536, 256, 1], np.uint32))


@lru_cache(maxsize=256)
def _looks_like_mask(path: Path, _written: int, _size: int) -> bool:
    """Look at a file once, while it is dragged, and not again when it is dropped, unless it was written since."""
    try:
        with Image.open(path) as image:
            if max(image.size) > _LARGEST_SIDE:
                # ``getpalette`` would decode the picture.
                colors = 0 if image.palette is None else len(image.palette.palette) // 3
                return image.mode == "P" and colors in range(1, _MOST_MASK_VALUES)
            if image.mode in ("P", "L", "1", "I;16", "I"):
                return len(image.getcolors(1 << 16) or ()) in range(1, _MOST_MASK_VALUES)
            if image.mode in ("RGB", "RGBA"):
                return shows_class_colors(np.asarray(image.convert("RGB")))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        pass
    return False
