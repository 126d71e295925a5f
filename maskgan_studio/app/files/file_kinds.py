"""What a dropped or chosen file is: a photo, a mask, a project or a set of weights."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from maskgan_studio.labels import NUM_CLASSES, color_table

PROJECT_SUFFIX = ".ora"
#: A grey or palette PNG with so few different values is meant as a mask, also where some of them are over 18.
_MOST_MASK_VALUES = 40


def kind_of(path: Path) -> str:
    """Return "project", "mask", "weights" or "photo"; what cannot be read counts as a photo, whose loader says why."""
    if path.is_dir():
        return "weights"
    if path.suffix.lower() == PROJECT_SUFFIX:
        return "project"
    if path.suffix.lower() == ".png" and _looks_like_mask(path):
        return "mask"
    return "photo"


def _looks_like_mask(path: Path) -> bool:
    try:
        with Image.open(path) as image:
            if image.mode in ("P", "L", "1", "I;16", "I"):
                return len(image.getcolors(1 << 16) or ()) in range(1, _MOST_MASK_VALUES)
            if image.mode in ("RGB", "RGBA") and max(image.size) <= 2048:
                found = image.convert("RGB").getcolors(NUM_CLASSES)
                known = {tuple(color) for color in color_table().tolist()}
                # A plain black picture is no mask.
                return found is not None and len(found) > 1 and {color for _, color in found} <= known
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        pass
    return False
