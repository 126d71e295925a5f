"""Images in a folder, without the clutter that copied folders are full of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from maskgan_studio.photo.files.formats import PHOTO_SUFFIXES

__all__ = ["Listing", "is_clutter", "list_images"]

# What systems leave in folders: previews, settings, the other half of files copied from a Mac.
_CLUTTER = frozenset({"thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r", "__macosx", "@eadir", "$recycle.bin"})


@dataclass(frozen=True)
class Listing:
    """What lies in a folder.

    Attributes:
        images: files that are named like images, sorted.
        passed_over: everything else but ordinary folders, sorted.
    """

    images: tuple[Path, ...]
    passed_over: tuple[Path, ...]


def is_clutter(path: Path) -> bool:
    """Whether a file or folder is none of a person's own: hidden ones (``._x.jpg``), previews, settings."""
    return path.name.startswith(".") or path.name.lower() in _CLUTTER


def list_images(folder: Path, suffixes: Iterable[str] = PHOTO_SUFFIXES, *, recursive: bool = False) -> Listing:
    """Find the images in a folder by their names.

    Args:
        folder: where to look.
        suffixes: endings that count, in lower case.
        recursive: look into its folders too, but not into clutter, nor into what is named like an image.

    Raises:
        OSError: the folder cannot be read.
    """
    wanted = frozenset(suffixes)
    images: list[Path] = []
    passed_over: list[Path] = []
    for path, is_image in _walk(folder, wanted, recursive):
        (images if is_image else passed_over).append(path)
    return Listing(tuple(sorted(images)), tuple(sorted(passed_over)))


def _walk(folder: Path, suffixes: frozenset[str], recursive: bool) -> Iterator[tuple[Path, bool]]:
    for path in folder.iterdir():
        named_like_one = path.suffix.lower() in suffixes
        if is_clutter(path):
            yield path, False
        elif path.is_dir():
            if named_like_one:
                yield path, False
            elif recursive and not path.is_symlink():  # a link may lead back here
                yield from _walk(path, suffixes, recursive)
        else:
            yield path, named_like_one
