"""Training images in bounded memory: read as they are needed, some of them on the card.

Files of a folder are decoded once, to a file that is read by memory map; those of shards are decoded each time, so that
no disk has to hold them a second time. On a GPU as many images as fit stay in its memory. What is read for a batch is
the same either way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import torch
from torch import Tensor

from maskgan_studio.photo.datasets import Sample, is_member, read_image
from maskgan_studio.training.data.cache import MappedRows, Read, cached_images, cached_masks, decoded_key, mask_reader

#: Of the card's free memory, what images may take; the step needs the rest.
_SHARE_OF_CARD = 0.5
_CHUNK = 64


class Rows(Protocol):
    """Decoded rows, wherever they come from."""

    def read(self, indices: Sequence[int], out: np.ndarray) -> None:
        """Write the rows of ``indices`` to ``out``; called by several threads."""


class SampleRows:
    """Rows of samples of both kinds.

    Args:
        samples: in the order of the rows.
        size: height and width.
        decode: decodes a sample that lies in a shard.
        file: the decoded rows of the others; None where there are none.
        limit: bytes of that file that may stay in memory.
    """

    def __init__(self, samples: Sequence[Sample], size: int, decode: Read, file: Path | None, limit: int) -> None:
        self._samples, self._size, self._decode = samples, size, decode
        packed = np.array([is_member(sample.image) for sample in samples], bool)
        #: The row in the file, or -1.
        self._rows = np.where(packed, -1, np.cumsum(~packed) - 1)
        self._mapped = MappedRows(file, limit) if file is not None else None

    def read(self, indices: Sequence[int], out: np.ndarray) -> None:
        """See ``Rows``."""
        rows = self._rows[np.asarray(indices)]
        if self._mapped is not None and (rows >= 0).all():
            self._mapped.read(rows.tolist(), out)
            return
        for index, row, place in zip(indices, rows.tolist(), out, strict=True):
            if row < 0 or self._mapped is None:
                place[...] = self._decode(self._samples[index], self._size)
            else:
                self._mapped.read([row], place[None])


@dataclass(frozen=True)
class _Fetched:
    """Rows asked for: which, and of them those that are not on the card, in main memory."""

    indices: Tensor
    streamed: Tensor


class RowStore:
    """One array of rows: the first ``resident`` on the device, the others read when they are asked for.

    Args:
        rows: gives any of them.
        shape: number of rows, and each one's shape.
        device: where they are wanted.
        resident: number of those kept there.
    """

    def __init__(self, rows: Rows, shape: Sequence[int], device: torch.device, resident: int = 0) -> None:
        self._rows, self._shape, self._device = rows, tuple(shape[1:]), device
        self._resident = torch.empty((resident, *self._shape), dtype=torch.uint8, device=device)
        for first in range(0, resident, _CHUNK):
            part = range(first, min(first + _CHUNK, resident))
            self._resident[part.start : part.stop] = self.read(part).to(device)

    def fetch(self, indices: Sequence[int]) -> _Fetched:
        """Read what the device lacks; the slow part, for a thread of its own."""
        wanted = torch.as_tensor(indices, dtype=torch.int64)
        return _Fetched(wanted, self.read(wanted[wanted >= len(self._resident)].tolist()))

    def place(self, fetched: _Fetched) -> Tensor:
        """The rows (N, ...) uint8 on the device."""
        streamed = fetched.streamed.to(self._device, non_blocking=True)
        if len(streamed) == len(fetched.indices):
            return streamed
        kept = fetched.indices < len(self._resident)
        placed = torch.empty((len(kept), *self._shape), dtype=torch.uint8, device=self._device)
        placed[kept.to(self._device)] = self._resident[fetched.indices[kept].to(self._device)]
        placed[~kept.to(self._device)] = streamed
        return placed

    def read(self, indices: Sequence[int]) -> Tensor:
        """Rows in main memory."""
        # A card copies from pinned memory while it computes.
        out = torch.empty((len(indices), *self._shape), dtype=torch.uint8, pin_memory=self._device.type == "cuda")
        if len(indices):
            self._rows.read(indices, out.numpy())
        return out


class _Lazy(Sequence[np.ndarray]):
    def __init__(self, store: RowStore, count: int) -> None:
        self._store, self._count = store, count

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, index: Any) -> Any:
        if not 0 <= index < self._count:
            raise IndexError(index)
        return self._store.read([index])[0].numpy()


class ImageStream:
    """Images and masks of one size for training, with known attributes; exchanged left and right parts are renamed.

    Args:
        samples: what is decoded.
        size: height and width.
        cache: folder for the decoded files.
        device: where batches are wanted.
        limit: bytes of main memory that decoded rows may fill.
        attributes: their names, in order; masks are not read then, all their pixels are 0.
        resident: number of images that stay on the device; None for as many as fit on a card, and none on a CPU.

    Attributes:
        key: tells the samples, their state and the size.
        attributes: (N, A) int8 on the device.

    Raises:
        DataError: a file is unreadable or has vanished, or the cache cannot be written.
    """

    def __init__(
        self,
        samples: Sequence[Sample],
        size: int,
        cache: Path,
        device: torch.device,
        limit: int,
        attributes: Sequence[str] = (),
        resident: int | None = None,
    ) -> None:
        self.key, self.size, self.device, self.limit = decoded_key(samples, size), size, device, limit
        if resident is None:
            resident = _count_fitting(len(samples), size * size * (3 if attributes else 4), device)
        shape = (len(samples), size, size)
        others = [sample for sample in samples if not is_member(sample.image)]
        # A key asks for the date of every file, which is slow on a network's disk.
        key = self.key if len(others) == len(samples) else decoded_key(others, size)
        file = cached_images(others, size, cache, key) if others else None
        images = SampleRows(samples, size, read_image, file, limit * 3 // 4)
        self._images = RowStore(images, (*shape, 3), device, resident)
        self._masks: RowStore | None = None
        if not attributes:
            file = cached_masks(others, size, cache, key, repair=True) if others else None
            masks = SampleRows(samples, size, mask_reader(repair=True), file, limit // 4)
            self._masks = RowStore(masks, shape, device, resident)
        self.attributes = read_attributes(samples, attributes).to(device)

    def __len__(self) -> int:
        return len(self.attributes)

    def images(self) -> Sequence[np.ndarray]:
        """Every image, each read when it is looked at."""
        return _Lazy(self._images, len(self))

    def masks(self) -> Sequence[np.ndarray]:
        """Every mask, each read when it is looked at."""
        assert self._masks is not None
        return _Lazy(self._masks, len(self))

    def fetch(self, indices: Sequence[int], references: Sequence[int]) -> tuple[_Fetched, ...]:
        """Read a batch's images and masks, and the masks of ``references``; for a thread of its own."""
        if self._masks is None:
            return (self._images.fetch(indices),)
        return self._images.fetch(indices), self._masks.fetch(indices), self._masks.fetch(references)

    def place(self, fetched: tuple[_Fetched, ...]) -> tuple[Tensor, Tensor, Tensor]:
        """What was fetched, on the device: uint8 images (N, S, S, 3), masks and reference masks (N, S, S)."""
        images = self._images.place(fetched[0])
        if self._masks is None:
            blank = torch.zeros(1, 1, 1, dtype=torch.uint8, device=self.device).expand(images.shape[:3])
            return images, blank, blank
        return images, self._masks.place(fetched[1]), self._masks.place(fetched[2])


def read_attributes(samples: Sequence[Sample], names: Sequence[str]) -> Tensor:
    """(N, A) int8: 1 where a sample has an attribute, 0 where not, -1 where it is unknown."""
    known = [[int(sample.attributes.get(name, -1)) for name in names] for sample in samples]
    return torch.tensor(known, dtype=torch.int8).view(len(samples), len(names))


def _count_fitting(count: int, row_bytes: int, device: torch.device) -> int:
    if device.type != "cuda":
        return 0
    free, _ = torch.cuda.mem_get_info(device)
    return min(count, int(free * _SHARE_OF_CARD) // row_bytes)
