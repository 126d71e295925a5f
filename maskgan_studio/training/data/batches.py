"""The batch of any step of a phase, made from the decoded images."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import torch
from lightning_fabric import Fabric
from torch import Tensor

from maskgan_studio.errors import TrainingError
from maskgan_studio.photo.datasets import Sample, Source
from maskgan_studio.training.data.augmentation import Augmentation
from maskgan_studio.training.data.dataset import Batch, DecodedImages, SampleOrder, split_samples
from maskgan_studio.training.recipe import Phase

#: Names of the streams of random numbers of one sample, so that no two share a seed.
AUGMENTATION, REFERENCE, REGION, MANIFOLD, PASTE = range(5)


class BatchUser(Protocol):
    """What the batches need to know of a stage; see ``stages.base.Stage``."""

    fabric: Fabric
    augmentation: Augmentation
    two_views: bool
    attributes: tuple[str, ...]


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
        self.decoded: DecodedImages
        if before is not None and before.phase.size == phase.size:
            self.decoded = before.decoded
        else:
            self.decoded = decode_images(stage, samples, phase.size, cache, repair=True)
        self.order = SampleOrder(sizes, weights, seed)

    def batch(self, first: int, count: int) -> Batch:
        """The batch of the samples number ``first`` to ``first + count - 1`` of the run."""
        numbers = range(first, first + count)
        indices = torch.tensor([self.order.image_of(k) for k in numbers], device=self.decoded.images.device)
        images, masks = self.pairs(numbers, indices)
        seeds = [(self.seed, k, AUGMENTATION) for k in numbers]
        x, labels = self.stage.augmentation(images, masks, seeds, size=self.phase.crop or None)
        style_x, style_labels = x, labels
        if self.stage.two_views:
            style_x, style_labels = self.stage.augmentation(images, masks, seeds, view=1)
        attributes = self.decoded.attributes[indices]
        return Batch(x, labels, style_x, style_labels, self.decoded.masks[self.references(numbers)], attributes)

    def pairs(self, numbers: Sequence[int], indices: Tensor) -> tuple[Tensor, Tensor]:
        """Images uint8 (N, H, W, 3) and masks (N, H, W) before augmentation, of the samples with these numbers."""
        return self.decoded.images[indices], self.decoded.masks[indices]

    def references(self, numbers: Sequence[int]) -> list[int]:
        """Another person's image for each sample, by its index."""
        count = len(self.decoded)
        return [int(np.random.default_rng((self.seed, k, REFERENCE)).integers(count)) for k in numbers]


def decode_images(
    stage: BatchUser, samples: Sequence[Sample], size: int, cache: Path, repair: bool = False
) -> DecodedImages:
    """Decode samples for a stage; the first process of a machine does so, the others find the cache filled."""
    with stage.fabric.rank_zero_first(local=True):
        return DecodedImages(samples, size, cache, stage.fabric.device, stage.attributes, repair)
