"""Decoded images on disk: one file of uint8 rows per size, written once and read by memory map."""

from __future__ import annotations

import hashlib
import mmap
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import BinaryIO

import numpy as np

from maskgan_studio.atomic_write import atomic_write
from maskgan_studio.errors import DataError
from maskgan_studio.labels import UNSET
from maskgan_studio.photo.datasets import Sample, file_on_disk, read_image, read_mask, read_unsure
from maskgan_studio.photo.datasets.left_right import fix_swapped_sides
from maskgan_studio.photo.files.loading import READER

_DECODERS = max(4, os.cpu_count() or 0)
_CHUNK = 64

#: Decodes a sample at a size.
Read = Callable[[Sample, int], np.ndarray]


class MappedRows:
    """Rows of a .npy file of uint8, read by memory map.

    What was read stays in memory up to ``limit`` bytes; then the pages are given back to the system, which may keep
    them as cached file or not.

    Args:
        file: the .npy file.
        limit: bytes that may stay mapped.
        access: ``mmap.ACCESS_READ``; ACCESS_WRITE to change the file; ACCESS_COPY for an array that may be written
            to, and is not.
    """

    def __init__(self, file: Path, limit: int, access: int = mmap.ACCESS_READ) -> None:
        with file.open("r+b" if access == mmap.ACCESS_WRITE else "rb") as opened:
            np.lib.format.read_magic(opened)
            shape, _, _ = np.lib.format.read_array_header_1_0(opened)
            start = opened.tell()
            self._map = mmap.mmap(opened.fileno(), 0, access=access)
        self.rows = np.frombuffer(self._map, np.uint8, int(np.prod(shape)), start).reshape(shape)
        self._limit = limit
        self._touched = 0

    def read(self, indices: Sequence[int], out: np.ndarray) -> None:
        """Copy the rows of ``indices`` to ``out``; may be called by several threads."""
        np.take(self.rows, indices, axis=0, out=out, mode="clip")  # "raise" would make another copy
        self.count(out.nbytes)

    def count(self, touched: int) -> None:
        """Note that so many bytes were read or written through ``rows``."""
        self._touched += touched
        if self._touched > self._limit:
            self.release()

    def release(self) -> None:
        """Give the pages back; what is in the file, or has been written to it, can be read again."""
        self._touched = 0
        if hasattr(self._map, "madvise"):  # not on Windows, which trims a process by itself
            self._map.madvise(mmap.MADV_DONTNEED)


def cached_images(samples: Sequence[Sample], size: int, cache: Path, key: str) -> Path:
    """The file of decoded images uint8 (N, size, size, 3), made where it is missing; raises DataError."""
    return _cached(image_file(cache, key), samples, (size, size, 3), read_image)


def cached_masks(samples: Sequence[Sample], size: int, cache: Path, key: str, repair: bool = False) -> Path:
    """The file of label maps uint8 (N, size, size); ``repair`` gives exchanged left and right parts their names,
    and what a sample is unsure of the value ``UNSET``: for training, never for what is measured."""
    return _cached(mask_file(cache, key, repair), samples, (size, size), mask_reader(repair))


def image_file(cache: Path, key: str) -> Path:
    """Where ``cached_images`` keeps them."""
    return cache / f"{key}-images.npy"


def mask_file(cache: Path, key: str, repair: bool = True) -> Path:
    """Where ``cached_masks`` keeps them."""
    return cache / f"{key}-{'sorted-masks' if repair else 'masks'}.npy"


def decoded_key(samples: Sequence[Sample], size: int) -> str:
    """What the names of the files of these samples begin with."""
    return fingerprint(samples, str(size))


def mask_reader(repair: bool) -> Read:
    """How masks are decoded."""
    return _read_sorted if repair else _read_mask


def _read_mask(sample: Sample, size: int) -> np.ndarray:
    return read_mask(sample, size, checked=True)  # when the source was validated


def _read_sorted(sample: Sample, size: int) -> np.ndarray:
    labels = fix_swapped_sides(_read_mask(sample, size))
    if sample.unsure is not None:
        labels = np.where(read_unsure(sample, size), np.uint8(UNSET), labels)
    return labels


def fingerprint(samples: Sequence[Sample], salt: str) -> str:
    """Short hash of which files the samples are, when they were last changed and how they are read; raises DataError
    where one is gone."""
    key = hashlib.sha256(f"{READER} {salt}".encode())
    for sample in samples:
        for file in (sample.image, sample.mask, sample.unsure, *(file for _, file in sample.parts)):
            key.update(os.fsencode(f"{file}:{_modified(file)}"))
        key.update(repr(sample.rules).encode())
    return key.hexdigest()[:16]


def _modified(file: Path | None) -> int:
    try:
        return file_on_disk(file).stat().st_mtime_ns if file is not None else 0
    except OSError:
        raise DataError(f"{file} has vanished; restore the data folder and resume with --resume.") from None


def _cached(file: Path, samples: Sequence[Sample], shape: tuple[int, ...], read: Read) -> Path:
    if not file.is_file():
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            with atomic_write(file) as out:
                _decode(out, samples, shape, read)
        except OSError as error:
            raise DataError(f"The decoded images cannot be kept in {file.parent}: {error}; free some space.") from None
    return file


def _decode(out: BinaryIO, samples: Sequence[Sample], shape: tuple[int, ...], read: Read) -> None:
    """Write all samples as one .npy file, sequentially: a full disk is an error then, not a bus error."""
    header = {"descr": "|u1", "fortran_order": False, "shape": (len(samples), *shape)}
    with ThreadPoolExecutor(_DECODERS) as pool:
        np.lib.format.write_array_header_1_0(out, header)
        for first in range(0, len(samples), _CHUNK):  # map() reads ahead without limit
            for decoded in pool.map(lambda sample: read(sample, shape[0]), samples[first : first + _CHUNK]):
                out.write(np.ascontiguousarray(decoded).data)
