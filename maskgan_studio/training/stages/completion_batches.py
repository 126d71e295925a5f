"""What completion trains on: photos, regions that simulate edits, and what the DMN draws there."""

from __future__ import annotations

import mmap
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor

from maskgan_studio.errors import DataError
from maskgan_studio.photo.datasets import Source
from maskgan_studio.training.data.batches import MANIFOLD, REGION, BatchSource
from maskgan_studio.training.data.cache import MappedRows
from maskgan_studio.training.recipe import Phase
from maskgan_studio.training.stages.completion_examples import Example, ExampleMaker, open_workers
from maskgan_studio.training.stages.mask_vae import move_on_manifold

if TYPE_CHECKING:
    from maskgan_studio.training.stages.completion import CompletionStage

Draw = Callable[[np.ndarray, np.ndarray], np.ndarray]

#: Steps that windows are made ahead on a GPU, which waits for nothing else; on a CPU training itself needs the cores.
_AHEAD = 3


@dataclass(frozen=True)
class CompletionBatch:
    """What a step of completion gets, all of one window's size.

    Attributes:
        images: (N, 3, H, W) float RGB in [-1, 1].
        masks: (N, H, W) uint8 label maps.
        regions: (N, 1, H, W) float, 1 where is to be drawn.
        drawn: the DMN's prepared pictures (N, 3, H, W) float in [-1, 1].
        judged: whether the discriminators take part in this step.
    """

    images: Tensor
    masks: Tensor
    regions: Tensor
    drawn: Tensor
    judged: bool = True


class DrawnImages:
    """The DMN's reconstructions of decoded images, each made when it is first asked for and kept on disk.

    They do not change during a run, so that a step costs the small network alone.

    Args:
        draw: maps images uint8 (N, S, S, 3) and their masks uint8 (N, S, S) to the DMN's pictures, uint8 (N, S, S, 3).
        count, size: number of images, and their height and width.
        file: where the pictures are kept; its name must tell network and images.
        limit: bytes of them that may stay in memory.

    Raises:
        DataError: the file cannot be written.
    """

    def __init__(self, draw: Draw, count: int, size: int, file: Path, limit: int) -> None:
        self._draw = draw
        flags = file.with_suffix(".done.npy")
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            fresh = not (file.is_file() and flags.is_file())
            if fresh:  # a file of holes, filled as pictures are drawn
                np.lib.format.open_memmap(file, "w+", np.uint8, (count, size, size, 3))
            self._done = np.lib.format.open_memmap(
                flags, "w+" if fresh else "r+", np.bool_, (count,) if fresh else None
            )
            self._pictures = MappedRows(file, limit, mmap.ACCESS_WRITE)
        except (OSError, ValueError) as error:
            raise DataError(f"The drawn images cannot be kept in {file.parent}: {error}; free some space.") from None

    def get(self, indices: Sequence[int], images: np.ndarray, masks: np.ndarray) -> np.ndarray:
        """Reconstructions uint8 (N, S, S, 3) of the images uint8 (N, S, S, 3) of these indices, with their masks."""
        pictures = self._pictures
        missing = [place for place, index in enumerate(indices) if not self._done[index]]
        if missing:
            rows = [indices[place] for place in missing]
            made = self._draw(images[missing], masks[missing])
            pictures.rows[rows] = made
            pictures.count(made.nbytes)
            self._done[rows] = True
        found = np.empty_like(images)
        pictures.read(indices, found)
        return found


class CompletionBatches(BatchSource):
    """Batches for completion. Beside a GPU, those of the next steps are made meanwhile."""

    stage: CompletionStage
    drawn: DrawnImages

    def __init__(
        self,
        stage: CompletionStage,
        sources: Sequence[Source],
        phase: Phase,
        cache: Path,
        seed: int,
        before: BatchSource | None = None,
    ) -> None:
        super().__init__(stage, sources, phase, cache, seed, before)
        settings = stage.settings
        self._maker = ExampleMaker(
            phase.crop or phase.size,
            settings["flip"],
            settings["gain"],
            settings["reused_share"],
            stage.network.arguments["average_texture"],
        )
        self._workers = open_workers(self.decoded.device.type == "cuda")
        self._steps_ahead = _count_ahead(self.decoded.device)
        self._started: dict[tuple[int, int], list[Future[Example]]] = {}

    def batch(self, first: int, count: int) -> CompletionBatch:  # type: ignore[override]
        wanted = [(first + step * self.phase.batch, count) for step in range(self._steps_ahead + 1)]
        started = {key: self._started.get(key) or self._start(*key) for key in wanted}
        self._started = started
        examples = [future.result() for future in started.pop(wanted[0])]
        # By the step's number, so that a resumed run and all processes agree.
        judged = first // self.phase.batch % self.stage.settings["adversarial_every"] == 0
        return replace(collate(examples, self.decoded.device), judged=judged)

    def _start(self, first: int, count: int) -> list[Future[Example]]:
        numbers = range(first, first + count)
        indices, *read = self.read(first, count)
        images, labels, _ = (rows.cpu().numpy() for rows in read)
        edited = self._edited(numbers, *read[1:]).cpu().numpy()
        drawn = self.drawn.get(indices, images, labels)
        seeds = [(self.seed, k, REGION) for k in numbers]
        return [
            self._workers.submit(self._maker.make, *example)
            for example in zip(seeds, images, labels, edited, drawn, strict=True)
        ]

    def _edited(self, numbers: Sequence[int], labels: Tensor, references: Tensor) -> Tensor:
        """Masks as EBST edits them (Algorithm 1, lines 3 to 7) for a share of the samples, else those of the photo."""
        share = self.stage.settings["manifold_share"]
        draws = [np.random.default_rng((self.seed, k, MANIFOLD)).random() for k in numbers]
        chosen = [i for i, draw in enumerate(draws) if draw < share]
        if not chosen:
            return labels
        inter, outer = move_on_manifold(
            self.stage.manifold, labels[chosen], references[chosen], self.stage.settings["manifold_step"]
        )
        edited = labels.clone()
        for place, i in enumerate(chosen):
            edited[i] = (inter if draws[i] < share / 2 else outer)[place]
        return edited


def _count_ahead(device: torch.device) -> int:
    return _AHEAD if device.type == "cuda" else 0


def collate(windows: Sequence[Example], device: torch.device) -> CompletionBatch:
    """Stack examples of one size on the training device."""
    images, masks, regions, drawn = (
        torch.from_numpy(np.stack(arrays)).to(device) for arrays in zip(*windows, strict=True)
    )
    return CompletionBatch(images.permute(0, 3, 1, 2), masks, regions[:, None].float(), drawn.permute(0, 3, 1, 2))
