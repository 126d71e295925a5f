"""Readers of the two tables that come with CelebAMask-HQ: 40 attributes and the head's pose of every image."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from maskgan_studio.errors import DataError

ATTRIBUTES_FILE = "CelebAMask-HQ-attribute-anno.txt"
POSE_FILE = "CelebAMask-HQ-pose-anno.txt"


@dataclass(frozen=True)
class Attributes:
    """What the attribute file says.

    Attributes:
        names: of the attributes ("Smiling", "Male" ...), in the file's order.
        values: per image, by the stem of its file name as in :class:`~maskgan_studio.training.sources.Sample`, which
            attributes hold: bool (len(names),).
    """

    names: tuple[str, ...]
    values: dict[str, np.ndarray]


@dataclass(frozen=True, slots=True)
class Pose:
    """Rotation of a head in degrees, as HopeNet measured it."""

    yaw: float
    pitch: float
    roll: float

    def distance(self, other: Pose) -> float:
        """Euclidean distance of two poses, in degrees."""
        return float(np.hypot(np.hypot(self.yaw - other.yaw, self.pitch - other.pitch), self.roll - other.roll))


def read_attributes(file: Path) -> Attributes:
    """Read the attribute file: a count, a line of names, then per image its file name and a 1 or -1 per attribute.

    Raises:
        DataError: the file is missing or built in another way; names the line.
    """
    lines = _lines(file)
    if len(lines) < 2:
        raise _wrong(file, 1, "a count, a line of names and a line per image")
    names = tuple(lines[1].split())
    values = {}
    for number, stem, words in _rows(lines, first=3):
        if len(words) != len(names) or not set(words) <= {"1", "-1"}:
            raise _wrong(file, number, f"a file name and {len(names)} values of 1 or -1")
        values[stem] = np.array([word == "1" for word in words])
    return Attributes(names, values)


def read_poses(file: Path) -> dict[str, Pose]:
    """Read the pose file: a count, the line "Yaw Pitch Raw", then per image its file name and three angles in degrees.

    Returns:
        the pose of every image by the stem of its file name.

    Raises:
        DataError: the file is missing or built in another way; names the line.
    """
    poses = {}
    for number, stem, words in _rows(_lines(file), first=3):
        try:
            yaw, pitch, roll = map(float, words)
        except ValueError:
            raise _wrong(file, number, "a file name and three angles") from None
        poses[stem] = Pose(yaw, pitch, roll)
    return poses


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{file} cannot be read ({error}); get it again with the dataset.") from None


def _rows(lines: list[str], first: int) -> Iterator[tuple[int, str, list[str]]]:
    """Line number (from 1), stem of the image's file name and the other words, of every line that is not empty."""
    for number, line in enumerate(lines[first - 1 :], start=first):
        if words := line.split():
            yield number, Path(words[0]).stem, words[1:]


def _wrong(file: Path, line: int, expected: str) -> DataError:
    return DataError(f"{file}, line {line}: expected {expected}; get the file again with the dataset.")
