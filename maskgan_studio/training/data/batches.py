"""The batch of any step of a phase, made from the decoded images; those of the next steps are read meanwhile."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from lightning_fabric import Fabric
from torch import Tensor

from maskgan_studio.errors import TrainingError
from maskgan_studio.photo.datasets import Sample, Source
from maskgan_studio.training.data.augmentation import Augmentation
from maskgan_studio.training.data.dataset import Batch, DecodedImages, SampleOrder, split_samples
from maskgan_studio.training.data.memory import choose_limit
from maskgan_studio.training.data.streaming import ImageStream
from maskgan_studio.training.recipe import Phase

#: Names of the streams of random numbers of one sample, so that no two share a seed.
AUGMENTATION, REFERENCE, REGION, MANIFOLD, PASTE = range(5)
#: Threads that read, and steps that they are ahead at most.
_READERS, _AHEAD = 4, 4


class BatchUser(Protocol):
    """What the batches need to know of a stage; see ``stages.base.Stage``."""

    fabric: Fabric
    augmentation: Augmentation
    two_views: bool
    attributes: tuple[str, ...]
    memory: int | None


class BatchSource:
    """Makes the batch of any step of a phase from the decoded images."""

    def __init__(
        self,
        stage: BatchUser,
        sources: Sequence[Source],
        phase: Phase,
        cache: Path,
        seed: int,
        before: BatchSource | None = None,
    ) -> None:
        samples, sizes, weights = split_samples(sources, "train", stage.attributes)
        if not samples:
            raise TrainingError(
                "None of the data folders holds a labelled training image; give masks or train a parser."
            )
        self.stage: BatchUser = stage
        self.phase = phase
        self.seed = seed
        self.decoded: ImageStream
        if before is not None and before.phase.size == phase.size:
            self.decoded = before.decoded
        else:
            self.decoded = _open_stream(stage, samples, phase.size, cache)
        self.order = SampleOrder(sizes, weights, seed)
        self._readers = ThreadPoolExecutor(_READERS, thread_name_prefix="images")
        self._coming: dict[tuple[int, int], tuple[list[int], Future[Any]]] = {}
        # Batches that wait are in memory as well; one is always there, or there is no step.
        row = 5 * phase.size**2
        self._ahead = max(1, min(_AHEAD, self.decoded.limit // (4 * row * phase.batch)))

    def batch(self, first: int, count: int) -> Batch:
        """The batch of the samples number ``first`` to ``first + count - 1`` of the run."""
        numbers = range(first, first + count)
        indices, images, masks, reference_masks = self.read(first, count)
        images, masks = self.prepare(numbers, images, masks)
        seeds = [(self.seed, k, AUGMENTATION) for k in numbers]
        x, labels = self.stage.augmentation(images, masks, seeds, size=self.phase.crop or None)
        style_x, style_labels = x, labels
        if self.stage.two_views:
            style_x, style_labels = self.stage.augmentation(images, masks, seeds, view=1)
        step = first // self.phase.batch
        return Batch(x, labels, style_x, style_labels, reference_masks, self.decoded.attributes[indices], step)

    def prepare(self, numbers: Sequence[int], images: Tensor, masks: Tensor) -> tuple[Tensor, Tensor]:
        """What is done to images uint8 (N, H, W, 3) and masks (N, H, W) of these samples before they are augmented."""
        return images, masks

    def read(self, first: int, count: int) -> tuple[list[int], Tensor, Tensor, Tensor]:
        """These samples' indices, and their images, masks and reference masks as they are decoded, on the device.

        Those of the next steps are asked for as well, by the same stride as the loop's.
        """
        wanted = [(first + step * self.phase.batch, count) for step in range(self._ahead + 1)]
        coming = {key: self._coming.get(key) or self._request(*key) for key in wanted}
        for key in self._coming.keys() - coming.keys():
            self._coming[key][1].cancel()
        indices, fetched = coming.pop(wanted[0])
        self._coming = coming
        return indices, *self.decoded.place(fetched.result())

    def _request(self, first: int, count: int) -> tuple[list[int], Future[Any]]:
        numbers = range(first, first + count)
        indices = [self.order.image_of(k) for k in numbers]
        # Another person's mask for each sample.
        rngs = [np.random.default_rng((self.seed, k, REFERENCE)) for k in numbers]
        references = [int(rng.integers(len(self.decoded))) for rng in rngs]
        return indices, self._readers.submit(self.decoded.fetch, indices, references)


def _open_stream(stage: BatchUser, samples: Sequence[Sample], size: int, cache: Path) -> ImageStream:
    """Open a stage's training images; the first process of a machine decodes, the others find the cache filled."""
    fabric = stage.fabric
    processes = int(os.environ.get("LOCAL_WORLD_SIZE", fabric.world_size))
    with fabric.rank_zero_first(local=True):
        limit = choose_limit(stage.memory, processes)
        return ImageStream(samples, size, cache, fabric.device, limit, stage.attributes)


def decode_images(stage: BatchUser, samples: Sequence[Sample], size: int, cache: Path) -> DecodedImages:
    """Decode held-out samples for a stage; the first process of a machine does so first."""
    with stage.fabric.rank_zero_first(local=True):
        return DecodedImages(samples, size, cache, stage.fabric.device, stage.attributes)
