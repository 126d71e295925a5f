"""Small pictures of files: of a photo, or the one that a project carries."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

from maskgan_studio.app.files.file_kinds import PROJECT_SUFFIX

#: A larger picture that cannot be decoded small at once would keep the reader of files for seconds, in pixels.
_MOST_PIXELS = 30_000_000
# What OpenRaster files carry for this.
_IN_PROJECT = ("Thumbnails/thumbnail.png", "mergedimage.png")


def read_thumbnail(path: Path, side: int) -> np.ndarray | None:
    """Return the middle of a picture, uint8 (side, side, 3); None where there is none to be had. Raises nothing."""
    try:
        with Image.open(_content(path) if path.suffix.lower() == PROJECT_SUFFIX else path) as image:
            image.draft("RGB", (2 * side, 2 * side))
            if image.width * image.height > _MOST_PIXELS:
                return None
            upright = ImageOps.exif_transpose(image).convert("RGB")
            return np.asarray(ImageOps.fit(upright, (side, side)))
    except Exception:  # decoders raise what they like, and a recent file is only looked at
        return None


def _content(path: Path) -> io.BytesIO:
    with zipfile.ZipFile(path) as archive:
        name = next(name for name in _IN_PROJECT if name in archive.namelist())
        return io.BytesIO(archive.read(name))
