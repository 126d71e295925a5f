"""One rule for all that writes files: nothing that is read is written over, and no two results share a file."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from maskgan_studio.errors import StudioError

__all__ = ["OutputError", "check_outputs", "refuse_inside", "same_file"]


class OutputError(StudioError):
    """A result would be written over a file that is read, or over another result."""


def check_outputs(outputs: Iterable[Path], inputs: Iterable[Path]) -> None:
    """Look at all files that a piece of work is going to write, before it writes the first one.

    Two names are one file where they lead to the same place through links of either kind, and where they differ in
    upper and lower case or in Unicode's ways to write an accent alone: many disks do not tell these apart.

    Args:
        outputs: files, and folders whose whole content is going to be replaced. One that comes twice is refused.
        inputs: files that are read.

    Raises:
        OutputError: with the first output that is an input, holds one, or is another output.
    """
    read: dict[object, Path] = {}
    for path in inputs:
        for key in _keys(path):
            read.setdefault(key, path)
    folders = {parent for path in read.values() for parent in _parents(path)}
    written: set[str] = set()
    for path in outputs:
        over = next((read[key] for key in _keys(path) if key in read), None)
        if over is not None:
            raise OutputError(
                "{input} is read and would be overwritten: choose another place or name than {output}; nothing was "
                "written.",
                output=path,
                input=over,
            )
        name = _name_key(path)
        if name in written:
            raise OutputError(
                "Two results would become {output}: give each a name of its own (upper and lower case count as one); "
                "nothing was written.",
                output=path,
            )
        if name in folders and path.is_dir():
            raise OutputError(
                "The folder {output} would be replaced while files in it are read: choose another one; nothing was "
                "written.",
                output=path,
            )
        written.add(name)


def refuse_inside(output: Path, folders: Iterable[Path]) -> None:
    """Keep a folder of results out of folders that are searched for files.

    Raises:
        OutputError: ``output`` is, or lies in, one of the folders.
    """
    places = set(_parents(output)) | {_name_key(output)}
    for folder in folders:
        if _name_key(folder) in places:
            raise OutputError(
                "{output} lies in {folder}, whose files are read: choose a folder outside it; nothing was written.",
                output=output,
                folder=folder,
            )


def same_file(one: Path, other: Path) -> bool:
    """Whether two names are one file, as ``check_outputs`` sees it."""
    return not set(_keys(one)).isdisjoint(_keys(other))


def _keys(path: Path) -> list[object]:
    """What is equal for two names of one file: the place that the name leads to, and the file that is there."""
    keys: list[object] = [_name_key(path)]
    try:
        stat = path.stat()
        if stat.st_ino:  # some file systems number nothing
            keys.append((stat.st_dev, stat.st_ino))
    except (OSError, ValueError):
        pass
    return keys


def _name_key(path: Path) -> str:
    return unicodedata.normalize("NFC", os.path.realpath(path)).casefold()


def _parents(path: Path) -> list[str]:
    real = Path(os.path.realpath(path))
    return [unicodedata.normalize("NFC", str(parent)).casefold() for parent in real.parents]
