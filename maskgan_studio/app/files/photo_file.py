"""Reads a photo's file once: its pixels to work with, and its bytes to keep in the project."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from maskgan_studio.photo.loading import Photo, load_photo
from maskgan_studio.photo.metadata import file_stamp


def read_photo(path: Path) -> tuple[Photo, bytes]:
    """Return a photo and the bytes of its file; raises PhotoError as ``load_photo`` does."""
    try:
        stamp, data = file_stamp(path), path.read_bytes()
    except OSError:
        return load_photo(path), b""  # which says in a sentence what is wrong
    photo = load_photo(path, data)
    return replace(photo, path=path, metadata=replace(photo.metadata, stamp=stamp)), data
