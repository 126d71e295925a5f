"""Lists of WebDataset tar files as ``--data`` arguments: on the disk, or fetched by a command once."""

from __future__ import annotations

import hashlib
import shutil
from importlib import import_module
from pathlib import Path
from typing import Any

from maskgan_studio.errors import DataError
from maskgan_studio.photo.datasets.folders import Sample, Source, split_by_name
from maskgan_studio.photo.datasets.members import SHARD_SUFFIX, ShardSample, is_member, open_shard
from maskgan_studio.photo.files.formats import PHOTO_SUFFIXES

__all__ = ["MASK_ENDING", "is_shard_list", "open_shards", "shard_files"]

MASK_ENDING = "mask.png"
_PIPE = "pipe:"
_IMAGE_ENDINGS = frozenset(suffix.lstrip(".") for suffix in PHOTO_SUFFIXES)


def is_shard_list(text: str) -> bool:
    """Whether a ``--data`` argument, its weight aside, names tar files."""
    return text.startswith(_PIPE) or (text.endswith(SHARD_SUFFIX) and not Path(text).is_dir())


def open_shards(text: str, weight: float = 1.0, validation: float = 0.0, fetched: Path | None = None) -> Source:
    """Find the samples of a list of shards.

    Args:
        text: a tar file, several with braces (``shards/{000000..000255}.tar``), or the same after ``pipe:`` as
            commands that write them to their standard output.
        weight, validation: see ``open_source``; samples that say themselves which split they belong to keep it.
        fetched: folder for what commands write; None refuses them.

    Raises:
        DataError: a shard cannot be read, holds no image, or the library that braces and commands need is missing.
    """
    pattern = text.removeprefix(_PIPE)
    names = _library("braceexpand").braceexpand(pattern) if "{" in pattern else [pattern]
    if not text.startswith(_PIPE):
        files = [Path(name) for name in names]
        missing = [file for file in files if not file.is_file()]
        if missing:
            message = "{count} of {all} shards do not exist, {file} among them; give those that are there."
            raise DataError(message, count=len(missing), all=len(files), file=missing[0])
    elif fetched is None:
        raise DataError("Shards are read by pipe only while training; fetch them first: {command}.", command=text)
    else:
        files = [_fetch(command, fetched) for command in names]
    samples: list[Sample] = []
    official = False
    for file in files:
        entries = open_shard(file).samples
        official = official or any("split" in entry.about for entry in entries)
        samples += [sample for entry in entries if (sample := _sample(file, entry, validation)) is not None]
    if not samples:
        raise DataError("{folder} holds no images; shards are what `data pack` writes.", folder=text)
    return Source(Path(text), tuple(samples), weight, official=official)


def shard_files(source: Source) -> list[Path]:
    """The tar files that samples of a source lie in."""
    return list(dict.fromkeys(sample.image.parent for sample in source.samples if is_member(sample.image)))


def _sample(file: Path, entry: ShardSample, validation: float) -> Sample | None:
    image = next((ending for ending in entry.files if ending in _IMAGE_ENDINGS), None)
    if image is None:
        return None
    name = str(entry.about.get("name", entry.key))
    mask = file / f"{entry.key}.{MASK_ENDING}" if MASK_ENDING in entry.files else None
    split = entry.about.get("split") or split_by_name(name, validation)
    attributes = {key: bool(value) for key, value in dict(entry.about.get("attributes") or {}).items()}
    return Sample(name, file / f"{entry.key}.{image}", mask, split=split, attributes=attributes)


def _fetch(command: str, folder: Path) -> Path:
    """Run a command for the tar file that it writes, once; processes that want the same wait for the first."""
    from filelock import FileLock

    from maskgan_studio.atomic_write import atomic_write

    file = folder / f"{hashlib.sha256(command.encode()).hexdigest()[:16]}{SHARD_SUFFIX}"
    gopen = _library("webdataset").gopen
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(file.with_suffix(".lock")):
            if not file.is_file():
                with atomic_write(file) as out, gopen(f"{_PIPE}{command}") as stream:
                    shutil.copyfileobj(stream, out)
    except OSError as error:
        message = "The shard that '{command}' writes could not be fetched into {folder} ({error})."
        raise DataError(message, command=command, folder=folder, error=error) from None
    return file


def _library(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError:
        message = "Lists of shards need {library}; install it with: pip install 'maskgan-studio[training]'"
        raise DataError(message, library="webdataset") from None
