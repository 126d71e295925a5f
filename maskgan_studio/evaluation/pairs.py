"""Pairs of target and source faces, and the list of them on disk, so that runs and methods compare."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from maskgan_studio.errors import DataError
from maskgan_studio.tables import read_table

_COLUMNS = ("name", "target", "source")


@dataclass(frozen=True, slots=True)
class Pair:
    """Who gives the style and who gives the shape.

    Attributes:
        name: unique in a list; a method's image of the pair is ``{name}.png``.
        target: face whose photo gives the style (I^t, M^t).
        source: face whose mask, or part of it, the result follows.
    """

    name: str
    target: str
    source: str

    @classmethod
    def of(cls, target: str, source: str) -> Pair:
        """A pair named after its faces."""
        name = target if source == target else f"{target}-{source}"
        return cls(name.replace("/", "_"), target, source)


def write_pairs(file: Path, pairs: Sequence[Pair], files: dict[str, dict[str, Path]] | None = None) -> None:
    """Write a pair list.

    Args:
        file: the CSV file; columns name, target, source, and those of ``files``.
        pairs: in order.
        files: per pair name more columns, such as photo, mask and target_mask, with which `render --pairs` reads the
            list as well.

    Raises:
        DataError: the file cannot be written.
    """
    files = files or {}
    extra = list(next(iter(files.values()), {}))
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("w", newline="", encoding="utf-8") as stream:
            writer = csv.writer(stream)
            writer.writerow([*_COLUMNS, *extra])
            for pair in pairs:
                writer.writerow([pair.name, pair.target, pair.source, *files.get(pair.name, {}).values()])
    except OSError as error:
        raise DataError(f"{file} cannot be written ({error}).") from None


def read_pairs(file: Path) -> list[Pair]:
    """Read a pair list; columns other than name, target and source are left alone.

    Raises:
        DataError: the file cannot be read, lacks a column or value, is empty, or names a pair twice.
    """
    pairs: dict[str, Pair] = {}
    for row in read_table(file, _COLUMNS, "a pair list"):
        values = [row[column] for column in _COLUMNS]
        if not all(values):
            raise DataError(
                "{file}, line {line}: {columns} are all needed.", file=file, line=row.line, columns=", ".join(_COLUMNS)
            )
        if Path(values[0]).name != values[0] or values[0] in pairs:
            raise DataError(
                "{file}, line {line}: the name {name} names a folder or comes twice.",
                file=file,
                line=row.line,
                name=repr(values[0]),
            )
        pairs[values[0]] = Pair(*values)
    return list(pairs.values())
