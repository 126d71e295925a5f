"""Samples in memory, and the order in which training sees them.

Everything random about sample number k of a run follows from the run's seed and k: which image it is and how it is
augmented. A checkpoint therefore needs only the number of samples seen, and two processes with half the batch each see
exactly what one process sees.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
import torch
from torch import Tensor

from maskgan_studio.atomic_write import atomic_write
from maskgan_studio.errors import DataError
from maskgan_studio.labels import UNSET
from maskgan_studio.photo.datasets import Sample, Source, read_image, read_mask, read_unsure
from maskgan_studio.photo.datasets.left_right import fix_swapped_sides
from maskgan_studio.photo.loading import READER

_DECODERS = 4
_CHUNK = 256


@dataclass(frozen=True)
class Batch:
    """What a training step gets.

    Attributes:
        images: (N, 3, H, W) float RGB in [-1, 1].
        masks: (N, H, W) uint8 label maps.
        style_images, style_masks: another augmentation of the same pairs for the style encoder, or the same tensors.
        reference_masks: (N, H, W) masks of other people, for EBST.
        attributes: (N, A) int8, 1 where a face has an attribute, 0 where not, -1 where it is unknown; A is the number
            of ``Stage.attributes``.
    """

    images: Tensor
    masks: Tensor
    style_images: Tensor
    style_masks: Tensor
    reference_masks: Tensor
    attributes: Tensor


class DecodedImages:
    """Images and masks of one size, decoded once to uint8 and kept on the training device, with known attributes.

    Raises:
        DataError: a file is unreadable or has vanished, or the cache cannot be written.

    Args:
        samples: what to decode.
        size: height and width.
        cache: folder for the decoded arrays, so that a resumed or later stage starts at once.
        device: where the arrays are kept.
        attributes: their names, in order; masks are not read then, all their pixels are 0.
        repair: give exchanged left and right parts their names, and what a sample is unsure of the value ``UNSET``; for
            training, never for what is measured.
    """

    def __init__(
        self,
        samples: Sequence[Sample],
        size: int,
        cache: Path,
        device: torch.device,
        attributes: Sequence[str] = (),
        repair: bool = False,
    ) -> None:
        key = self.key = fingerprint(samples, str(size))
        sorted_or_not = "sorted-masks" if repair else "masks"
        images = _cached(cache / f"{key}-images.npy", samples, (size, size, 3), read_image)
        self.size = size
        self.images = torch.from_numpy(images).to(device)
        if attributes:
            self.masks = torch.zeros(1, 1, 1, dtype=torch.uint8, device=device).expand(len(samples), size, size)
        else:
            masks = _cached(
                cache / f"{key}-{sorted_or_not}.npy", samples, (size, size), _read_sorted if repair else _read_mask
            )
            self.masks = torch.from_numpy(masks).to(device)
        known = [[int(sample.attributes.get(name, -1)) for name in attributes] for sample in samples]
        self.attributes = torch.tensor(known, dtype=torch.int8, device=device).view(len(samples), len(attributes))

    def __len__(self) -> int:
        return len(self.images)


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
        return file.stat().st_mtime_ns if file is not None else 0
    except OSError:
        raise DataError(f"{file} has vanished; restore the data folder and resume with --resume.") from None


def _cached(
    file: Path, samples: Sequence[Sample], shape: tuple[int, ...], read: Callable[[Sample, int], np.ndarray]
) -> np.ndarray:
    if not file.is_file():
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            with atomic_write(file) as out:
                _decode(out, samples, shape, read)
        except OSError as error:
            raise DataError(f"The decoded images cannot be kept in {file.parent}: {error}; free some space.") from None
    return np.load(file)


def _decode(
    out: BinaryIO, samples: Sequence[Sample], shape: tuple[int, ...], read: Callable[[Sample, int], np.ndarray]
) -> None:
    """Write all samples as one .npy file, sequentially: a full disk is an error then, not a bus error."""
    header = {"descr": "|u1", "fortran_order": False, "shape": (len(samples), *shape)}
    with ThreadPoolExecutor(_DECODERS) as pool:
        np.lib.format.write_array_header_1_0(out, header)
        for first in range(0, len(samples), _CHUNK):  # map() reads ahead without limit
            for decoded in pool.map(lambda sample: read(sample, shape[0]), samples[first : first + _CHUNK]):
                out.write(np.ascontiguousarray(decoded).data)


class SampleOrder:
    """Which image sample number k is: every source's images once per epoch times its weight, reshuffled."""

    def __init__(self, sizes: Sequence[int], weights: Sequence[float], seed: int) -> None:
        self._starts = np.concatenate([[0], np.cumsum(sizes)])[:-1]
        self._sizes = sizes
        self._counts = [max(1, round(size * weight)) for size, weight in zip(sizes, weights, strict=True)]
        self._seed = seed
        self.epoch_length = sum(self._counts)
        self._epoch = -1
        self._order = np.empty(0, np.int64)

    def image_of(self, k: int) -> int:
        """Index of the image that the k-th sample of the run shows."""
        epoch, position = divmod(k, self.epoch_length)
        if epoch != self._epoch:
            self._order = self._shuffled(epoch)
            self._epoch = epoch
        return int(self._order[position])

    def _shuffled(self, epoch: int) -> np.ndarray:
        rng = np.random.default_rng((self._seed, epoch))
        pieces = []
        for start, size, count in zip(self._starts, self._sizes, self._counts, strict=True):
            rounds = [rng.permutation(size) for _ in range(-(-count // size))]
            pieces.append(start + np.concatenate(rounds)[:count])
        order = np.concatenate(pieces)
        rng.shuffle(order)
        return order


def split_samples(
    sources: Sequence[Source], split: str, attributes: Sequence[str] = ()
) -> tuple[list[Sample], list[int], list[float]]:
    """Collect one split's samples over all sources: samples, number per source, weight per source.

    Only samples that have a mask count; where ``attributes`` are named, those of which one is known.
    """
    samples: list[Sample] = []
    sizes: list[int] = []
    weights: list[float] = []
    for source in sources:
        chosen = [
            sample
            for sample in source.samples
            if sample.split == split
            and (any(name in sample.attributes for name in attributes) if attributes else sample.labelled)
        ]
        if chosen:
            samples += chosen
            sizes.append(len(chosen))
            weights.append(source.weight)
    return samples, sizes, weights
