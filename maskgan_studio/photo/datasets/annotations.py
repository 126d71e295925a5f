"""What is known about faces besides their masks: the dataset's attribute and pose files, or a table of one's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from maskgan_studio.errors import DataError
from maskgan_studio.photo.datasets.folders import Source
from maskgan_studio.tables import read_table

__all__ = ["find_annotations", "read_attributes", "read_poses", "with_attributes"]

_ATTRIBUTE_FILE = "CelebAMask-HQ-attribute-anno.txt"
_POSE_FILE = "CelebAMask-HQ-pose-anno.txt"
_YES = frozenset({"1", "yes", "true", "male", "m"})
_NO = frozenset({"-1", "0", "no", "false", "female", "f"})


def find_annotations(root: Path) -> tuple[Path | None, Path | None]:
    """The attribute file (the dataset's, or ``metadata.csv``) and the pose file in a data folder, None if missing."""
    attributes = next((file for file in (root / _ATTRIBUTE_FILE, root / "metadata.csv") if file.is_file()), None)
    poses = root / _POSE_FILE
    return attributes, poses if poses.is_file() else None


def read_attributes(file: Path) -> dict[str, dict[str, bool]]:
    """Binary attributes by sample name.

    Understood are CelebAMask-HQ's file (a count, the names, then ``i.jpg`` and a value of 1 or -1 per name) and a CSV
    with a column ``file`` and one column per attribute, whose values are 1 and -1 or 0, yes and no, true and false. A
    column ``gender`` with male and female is the attribute Male.

    Raises:
        DataError: the file cannot be read as either.
    """
    if file.suffix.lower() in (".csv", ".tsv"):
        return _from_csv(file)
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{file} cannot be read as a table of attributes ({error}).") from None
    _, *lines = text.splitlines()
    names = lines[0].split() if lines else []
    found = {}
    for number, line in enumerate(lines[1:], start=3):
        if not line.strip():
            continue
        image, *values = line.split()
        if len(values) != len(names) or not set(values) <= {"1", "-1"}:
            raise DataError(f"{file}, line {number}: {len(names)} values of 1 or -1 are wanted.")
        found[_name(image)] = {name: value == "1" for name, value in zip(names, values, strict=True)}
    return found


def with_attributes(source: Source, table: Path | None = None) -> Source:
    """Add attributes to the samples of a source, from its own table or else from ``table``.

    A table that lies above the source's folder may name its files with that folder ("0/0000.webp").

    Raises:
        DataError: there is no table, it cannot be read, or it knows none of the images.
    """
    file = find_annotations(source.root)[0] or table
    if file is None and any(sample.attributes for sample in source.samples):
        return source  # shards bring them along
    if file is None:
        raise DataError(
            f"{source.root} holds neither {_ATTRIBUTE_FILE} nor metadata.csv: give a table with --attributes."
        )
    known = read_attributes(file)
    folder = source.root.resolve().name
    samples = tuple(
        replace(sample, attributes=known.get(sample.name) or known.get(f"{folder}/{sample.name}") or {})
        for sample in source.samples
    )
    if not any(sample.attributes for sample in samples):
        raise DataError(f"{file} knows none of the images in {source.root}; its column file must hold their names.")
    return replace(source, samples=samples)


def _from_csv(file: Path) -> dict[str, dict[str, bool]]:
    rows = read_table(file, ("file",), "a table of attributes", optional=("gender",))
    return {_name(row["file"]): _binary(row.values) for row in rows if row["file"]}


def _binary(row: Mapping[str, str]) -> dict[str, bool]:
    """The row's binary columns; others, such as an age, are left out."""
    found = {}
    for column, value in row.items():
        word = value.lower()
        if column and column != "file" and word in _YES | _NO:
            found["Male" if column == "gender" else column] = word in _YES
    return found


def _name(file: str) -> str:
    return Path(file).with_suffix("").as_posix()


def read_poses(file: Path) -> dict[str, tuple[float, float, float]]:
    """Yaw, pitch and roll in degrees by sample name, from the dataset's pose file (found by HopeNet).

    Raises:
        DataError: the file cannot be read, or holds no pose.
    """
    found = {}
    try:
        for line in file.read_text(encoding="utf-8").splitlines():
            words = line.split()
            if len(words) == 4:
                found[_name(words[0])] = (float(words[1]), float(words[2]), float(words[3]))
    except (OSError, ValueError) as error:
        raise DataError(f"{file} cannot be read as a pose file ({error}).") from None
    if not found:
        raise DataError(f"{file} holds no pose: a line is a file name, yaw, pitch and roll.")
    return found
