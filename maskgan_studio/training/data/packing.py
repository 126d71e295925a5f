"""``data pack``: a data folder as WebDataset tar files, with an index beside each.

A sample is its image as it is, its mask as an index PNG, and what is known of it as JSON. The same files give the same
bytes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from webdataset import TarWriter

from maskgan_studio.atomic_write import atomic_write
from maskgan_studio.errors import DataError, StudioError
from maskgan_studio.photo.datasets import Sample, Source, read_labels
from maskgan_studio.photo.datasets.members import index_file, make_index, read_member, scan_shard
from maskgan_studio.photo.datasets.shards import MASK_ENDING
from maskgan_studio.photo.masks.mask_files import encode_mask
from maskgan_studio.training.data.validation import find_problem

_THREADS = 4
_DIGITS = 6


@dataclass(frozen=True)
class Packed:
    """What came of it: the shards as one argument for ``--data``, how many samples they hold, what was left out."""

    shards: str
    count: int
    left_out: tuple[str, ...]


def name_shards(folder: Path, count: int, per_shard: int) -> list[Path]:
    """The files that so many samples go into."""
    return [folder / f"{number:0{_DIGITS}d}.tar" for number in range(-(-count // per_shard))]


def pack_source(source: Source, folder: Path, per_shard: int, step: Callable[[str], None]) -> Packed:
    """Write the samples of a source as shards.

    Args:
        source: what is packed, in its order.
        folder: where to.
        per_shard: samples in a shard, before those are left out that cannot be read.
        step: called before each sample, with its name.

    Raises:
        DataError: a shard cannot be written.
    """
    files = name_shards(folder, len(source.samples), per_shard)
    left_out: list[str] = []
    for number, file in enumerate(files):
        first = number * per_shard
        chosen = source.samples[first : first + per_shard]
        try:
            folder.mkdir(parents=True, exist_ok=True)
            index_file(file).unlink(missing_ok=True)  # of an older shard
            with atomic_write(file) as out, TarWriter(out, user="", group="", mtime=0, encoder=False) as writer:
                for members in _read(chosen, first, source.official, left_out, step):
                    writer.write(members)
            with atomic_write(index_file(file)) as out:
                out.write(make_index(file, scan_shard(file)))
        except OSError as error:
            raise DataError("{file} cannot be written ({error}).", file=file, error=error.strerror or error) from error
    last = f"{len(files) - 1:0{_DIGITS}d}"
    pattern = folder / (f"{{{0:0{_DIGITS}d}..{last}}}.tar" if len(files) > 1 else files[0].name)
    return Packed(str(pattern), len(source.samples) - len(left_out), tuple(left_out))


def _read(
    samples: Sequence[Sample], first: int, with_split: bool, left_out: list[str], step: Callable[[str], None]
) -> Iterator[dict[str, str | bytes]]:
    def read(numbered: tuple[int, Sample]) -> dict[str, str | bytes] | str:
        number, sample = numbered
        return find_problem(sample) or _members(number, sample, with_split)

    with ThreadPoolExecutor(_THREADS) as pool:
        for start in range(0, len(samples), 8 * _THREADS):  # map() reads ahead without limit
            part = samples[start : start + 8 * _THREADS]
            for sample, found in zip(part, pool.map(read, enumerate(part, first + start)), strict=True):
                step(sample.name)
                if isinstance(found, str):
                    left_out.append(found)
                else:
                    yield found


def _members(number: int, sample: Sample, with_split: bool) -> dict[str, str | bytes] | str:
    about: dict[str, object] = {"name": sample.name}
    if with_split:
        about["split"] = sample.split
    if sample.attributes:
        about["attributes"] = dict(sample.attributes)
    try:
        image = read_member(sample.image) or sample.image.read_bytes()
        found: dict[str, str | bytes] = {"__key__": f"{number:09d}", sample.image.suffix.lower()[1:]: image}
        if sample.labelled:
            found[MASK_ENDING] = encode_mask(read_labels(sample, checked=True))
    except (OSError, StudioError) as error:
        return f"{sample.image} cannot be packed: {error}"
    return found | {"json": json.dumps(about).encode()}
