"""What the parser trains on: photos and masks, with rare parts of other faces pasted in."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor

from maskgan_studio.photo.datasets import Source
from maskgan_studio.training.data.batches import PASTE, BatchSource
from maskgan_studio.training.data.part_pasting import PartPaster
from maskgan_studio.training.recipe import Phase

if TYPE_CHECKING:
    from maskgan_studio.training.stages.parser import ParserStage

_THREADS = 8


class ParserBatches(BatchSource):
    """Batches in which ``paste_share`` of the faces get a rare part of another one; see :class:`PartPaster`."""

    def __init__(
        self,
        stage: ParserStage,
        sources: Sequence[Source],
        phase: Phase,
        cache: Path,
        seed: int,
        before: BatchSource | None = None,
    ) -> None:
        super().__init__(stage, sources, phase, cache, seed, before)
        self._share = stage.settings.optional("paste_share", 0.0)
        self._paster: PartPaster | None = None
        if isinstance(before, ParserBatches) and before.decoded is self.decoded:
            self._paster = before._paster
        elif self._share:
            self._paster = PartPaster(self.decoded.images(), self.decoded.masks())

    def prepare(self, numbers: Sequence[int], images: Tensor, masks: Tensor) -> tuple[Tensor, Tensor]:
        if self._paster is None:
            return images, masks
        rngs = [np.random.default_rng((self.seed, number, PASTE)) for number in numbers]
        chosen = [place for place, rng in enumerate(rngs) if rng.random() < self._share]
        if chosen:
            faces = images[chosen].cpu().numpy(), masks[chosen].cpu().numpy()
            with ThreadPoolExecutor(_THREADS) as pool:
                pasted = list(pool.map(self._paster.paste, *faces, [rngs[place] for place in chosen]))
            made, labels = (torch.from_numpy(np.stack(arrays)) for arrays in zip(*pasted, strict=True))
            images[chosen], masks[chosen] = made.to(images.device), labels.to(masks.device)
        return images, masks
