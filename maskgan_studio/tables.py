"""CSV tables as spreadsheets of any country write them."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from maskgan_studio.errors import DataError

__all__ = ["Row", "read_table"]

_DELIMITERS = (",", ";", "\t", "|")
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True)
class Row:
    """One row of a table.

    Attributes:
        line: its line in the file, counted from 1.
        values: by column, without blanks around them; a value that is not there is empty.
    """

    line: int
    values: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.values.get(column, "")


def read_table(file: Path, columns: Sequence[str], what: str, optional: Sequence[str] = ()) -> list[Row]:
    """Read a CSV file with a header.

    Understood are commas, semicolons, tabs and bars between the values, whichever the header has, or what a first line
    ``sep=;`` names; UTF-8, UTF-16 with a mark, and the encoding of Windows; a byte order mark; blanks around values and
    names of columns. Empty rows are left out.

    Args:
        file: the table.
        columns: those that it must have; found in upper or lower case, with ``_``, ``-`` or a blank between words.
        what: what the table is, for messages: "a table of pairs".
        optional: further ones that are found so; all others keep their names.

    Raises:
        DataError: the file cannot be read, or lacks a column or rows.
    """
    try:
        # Line ends as they are: splitlines() would also cut at characters that a value may hold.
        lines = io.StringIO(_decoded(file.read_bytes()), newline="").readlines()
    except OSError as error:
        raise DataError("{file} cannot be read as {what} ({error}).", file=file, what=what, error=error) from error
    skipped = 0
    while skipped < len(lines) and not lines[skipped].strip():
        skipped += 1
    delimiter = None
    if skipped < len(lines) and lines[skipped].strip().strip('"').lower().startswith("sep="):
        delimiter = lines[skipped].strip().strip('"')[4:5] or None
        skipped += 1
    header = lines[skipped] if skipped < len(lines) else ""
    known = (*columns, *optional)
    reader = csv.reader(lines[skipped:], delimiter=delimiter or _delimiter_of(header, known), skipinitialspace=True)
    try:
        names = [folded if (folded := _column(name)) in known else name.strip() for name in next(reader, [])]
        rows = [
            Row(skipped + reader.line_num, dict(zip(names, (value.strip() for value in values), strict=False)))
            for values in reader
            if any(value.strip() for value in values)
        ]
    except csv.Error as error:
        raise DataError("{file} cannot be read as {what} ({error}).", file=file, what=what, error=error) from error
    missing = [column for column in columns if column not in names]
    if missing or not rows:
        raise DataError(
            "{file} is not {what}: it needs a header with {columns} and a row for each; {lack}.",
            file=file,
            what=what,
            columns=_listed(columns),
            lack=f"its header lacks {_listed(missing)}" if missing else "it has no rows",
        )
    return rows


def _decoded(data: bytes) -> str:
    if data.startswith(_UTF16):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")  # what spreadsheets on Windows write


def _delimiter_of(header: str, columns: Sequence[str]) -> str:
    """The separator that splits a header into most of the expected columns, else into most columns."""

    def merit(delimiter: str) -> tuple[int, int]:
        names = [_column(name) for name in next(csv.reader([header], delimiter=delimiter), [])]
        return len(set(columns) & set(names)), len(names)

    return max(_DELIMITERS, key=merit)


def _column(name: str) -> str:
    return "_".join(name.strip().strip("\ufeff").lower().replace("-", " ").replace("_", " ").split())


def _listed(columns: Sequence[str]) -> str:
    *first, last = columns
    return f"{', '.join(first)} and {last}" if first else last
