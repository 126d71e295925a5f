"""Samples as training sees them, and in which order.

Everything random about sample number k of a run follows from the run's seed and k: which image it is and how it is
augmented. A checkpoint therefore needs only the number of samples seen, and two processes with half the batch each see
exactly what one process sees.
"""

from __future__ import annotations

import mmap
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from maskgan_studio.photo.datasets import Sample, Source
from maskgan_studio.training.data.cache import MappedRows, cached_images, cached_masks, decoded_key
from maskgan_studio.training.data.streaming import read_attributes


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
        step: number of the step in the run; the same in all processes and in a resumed run.
    """

    images: Tensor
    masks: Tensor
    style_images: Tensor
    style_masks: Tensor
    reference_masks: Tensor
    attributes: Tensor
    step: int = 0

    def split(self, size: int) -> list[Batch]:
        """Parts of at most ``size`` images; the whole where that is 0."""
        named = {field.name: getattr(self, field.name) for field in fields(self)}
        tensors = {name: value for name, value in named.items() if isinstance(value, Tensor)}
        split = zip(*(tensor.split(size or len(self.images)) for tensor in tensors.values()), strict=True)
        return [replace(self, **dict(zip(tensors, parts, strict=True))) for parts in split]


class DecodedImages:
    """Images and masks of one size as whole arrays on the training device, with known attributes: held-out ones.

    On a CPU they are mapped files, whose pages `release` gives back.

    Raises:
        DataError: a file is unreadable or has vanished, or the cache cannot be written.

    Args:
        samples: what to decode.
        size: height and width.
        cache: folder for the decoded arrays, so that a resumed or later stage starts at once.
        device: where the arrays are kept.
        attributes: their names, in order; masks are not read then, all their pixels are 0.
    """

    def __init__(
        self,
        samples: Sequence[Sample],
        size: int,
        cache: Path,
        device: torch.device,
        attributes: Sequence[str] = (),
    ) -> None:
        key = decoded_key(samples, size)
        self.size = size
        self._mapped: list[MappedRows] = []
        self.images = self._load(cached_images(samples, size, cache, key)).to(device)
        if attributes:
            self.masks = torch.zeros(1, 1, 1, dtype=torch.uint8, device=device).expand(len(samples), size, size)
        else:
            self.masks = self._load(cached_masks(samples, size, cache, key)).to(device)
        self.attributes = read_attributes(samples, attributes).to(device)

    def __len__(self) -> int:
        return len(self.images)

    def release(self) -> None:
        """Give memory back until the arrays are looked at again."""
        for mapped in self._mapped:
            mapped.release()

    def _load(self, file: Path) -> Tensor:
        # Of a read-only array torch would warn.
        self._mapped.append(MappedRows(file, 0, mmap.ACCESS_COPY))
        return torch.from_numpy(self._mapped[-1].rows)


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
