"""Files that lie in tar files: a path may lead through one, as ``shards/000000.tar/000000012.jpg``."""

from __future__ import annotations

import json
import tarfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from maskgan_studio.errors import DataError

__all__ = [
    "Shard",
    "ShardSample",
    "file_on_disk",
    "index_file",
    "is_member",
    "make_index",
    "open_shard",
    "read_member",
    "scan_shard",
]

SHARD_SUFFIX = ".tar"
_FORMAT, _VERSION = "maskgan-studio-shard", 1
_OPEN = 1024


@dataclass(frozen=True, slots=True)
class ShardSample:
    """One sample of a shard, as WebDataset groups its members.

    Attributes:
        key: what its members' names begin with, up to the first dot.
        files: the members by the rest of their names ("jpg", "mask.png"), as offset and size in bytes.
        about: what is known of it: ``name``, ``split``, ``attributes``.
    """

    key: str
    files: Mapping[str, tuple[int, int]]
    about: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Shard:
    """A tar file and where its samples lie in it."""

    file: Path
    samples: tuple[ShardSample, ...]
    places: Mapping[str, tuple[int, int]]


def is_member(path: Path) -> bool:
    """Whether a path leads into a tar file."""
    return _split(path) is not None


def file_on_disk(path: Path) -> Path:
    """The file itself, or the tar file that it lies in."""
    found = _split(path)
    return path if found is None else found[0]


def read_member(path: Path) -> bytes | None:
    """The content of a file in a tar file; None for a path that leads into none.

    Raises:
        DataError: the tar file cannot be read, or has no such member.
    """
    found = _split(path)
    if found is None:
        return None
    file, name = found
    place = open_shard(file).places.get(name)
    if place is None:
        raise DataError("{file} has no member {name}.", file=file, name=name)
    try:
        with file.open("rb") as opened:
            opened.seek(place[0])
            return opened.read(place[1])
    except OSError as error:
        raise _unreadable(file, error) from None


def open_shard(file: Path) -> Shard:
    """Read where the members of a tar file lie: from the index beside it, or else from the file itself.

    Raises:
        DataError: it cannot be read.
    """
    try:
        state = file.stat()
    except OSError as error:
        raise _unreadable(file, error) from None
    return _open_shard(file, state.st_size, state.st_mtime_ns)


@lru_cache(_OPEN)
def _open_shard(file: Path, size: int, changed: int) -> Shard:
    samples = _read_index(file, size)
    if samples is None:
        samples = scan_shard(file)
    places = {f"{sample.key}.{ending}": place for sample in samples for ending, place in sample.files.items()}
    return Shard(file, samples, places)


def index_file(file: Path) -> Path:
    """Where the index of a tar file lies."""
    return file.with_suffix(".index.json")


def make_index(file: Path, samples: tuple[ShardSample, ...]) -> bytes:
    """The content of a tar file's index."""
    entries = [{"key": one.key, "files": dict(one.files), "about": dict(one.about)} for one in samples]
    content = {"format": _FORMAT, "version": _VERSION, "bytes": file.stat().st_size, "samples": entries}
    return json.dumps(content).encode()


def _read_index(file: Path, size: int) -> tuple[ShardSample, ...] | None:
    """None where there is no index, or one of another file."""
    try:
        content = json.loads(index_file(file).read_bytes())
        if (content["format"], content["version"], content["bytes"]) != (_FORMAT, _VERSION, size):
            return None
        return tuple(
            ShardSample(
                one["key"], {name: (start, length) for name, (start, length) in one["files"].items()}, one["about"]
            )
            for one in content["samples"]
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def scan_shard(file: Path) -> tuple[ShardSample, ...]:
    """Find the samples of a tar file by reading it once; raises DataError."""
    files: dict[str, dict[str, tuple[int, int]]] = {}
    about: dict[str, Any] = {}
    try:
        with tarfile.open(file, "r:") as archive:
            for member in archive:
                folder, slash, name = member.name.rpartition("/")
                stem, _, ending = name.partition(".")
                if not member.isfile() or not ending:
                    continue
                key = f"{folder}{slash}{stem}"
                files.setdefault(key, {})[ending.lower()] = (member.offset_data, member.size)
                if ending.lower() == "json":
                    content = archive.extractfile(member)
                    about[key] = json.loads(content.read()) if content is not None else {}
    except (OSError, tarfile.TarError, ValueError) as error:
        raise _unreadable(file, error) from None
    known = {key: found if isinstance(found, dict) else {} for key, found in about.items()}
    return tuple(ShardSample(key, members, known.get(key, {})) for key, members in files.items())


def _split(path: Path) -> tuple[Path, str] | None:
    for parent in path.parents:
        if parent.suffix == SHARD_SUFFIX and not parent.is_dir():
            return parent, path.relative_to(parent).as_posix()
    return None


def _unreadable(file: Path, error: Exception) -> DataError:
    reason = getattr(error, "strerror", None) or error
    return DataError("{file} cannot be read as a tar file ({error}).", file=file, error=reason)
