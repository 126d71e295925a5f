"""Photos for the window: their pixels to work with, and the bytes to keep in the project."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np

from maskgan_studio.photo.files.loading import Photo, load_photo
from maskgan_studio.photo.files.metadata import file_stamp


def read_photo(path: Path) -> tuple[Photo, bytes]:
    """Return a photo and the bytes of its file; raises PhotoError as ``load_photo`` does."""
    try:
        stamp, data = file_stamp(path), path.read_bytes()
    except OSError:
        return load_photo(path), b""  # which raises the error
    photo = load_photo(path, data)
    return replace(photo, path=path, metadata=replace(photo.metadata, stamp=stamp)), data


def encode_png(pixels: np.ndarray) -> bytes:
    """Return a PNG of uint8 (H, W, 3) RGB pixels."""
    return cv2.imencode(".png", cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR))[1].tobytes()


def photo_of_pixels(name: str, pixels: np.ndarray) -> tuple[Photo, bytes]:
    """Return a photo of uint8 (H, W, 3) RGB pixels that were never a file, and a PNG of them; raises PhotoError."""
    data = encode_png(pixels)
    return load_photo(Path(name), data), data
