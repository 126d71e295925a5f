"""What completion trains on: photos, regions that simulate edits, and what the DMN draws there."""

from __future__ import annotations

import mmap
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor

from maskgan_studio.errors import DataError
from maskgan_studio.labels import FLIP
from maskgan_studio.photo.compositing.completion_base import prepare_completion_base
from maskgan_studio.photo.compositing.reused_parts import ReusedPart
from maskgan_studio.training.data.batches import MANIFOLD, REGION, BatchSource
from maskgan_studio.training.data.cache import MappedRows
from maskgan_studio.training.data.edit_regions import cut_window, simulate_region, simulate_reused_parts
from maskgan_studio.training.stages.mask_vae import move_on_manifold

if TYPE_CHECKING:
    from maskgan_studio.training.stages.completion import CompletionStage

Draw = Callable[[np.ndarray, np.ndarray], np.ndarray]

_THREADS = 4
_FLIP = np.array(FLIP, np.uint8)


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
        draw: maps an image uint8 (S, S, 3) and its mask uint8 (S, S) to the DMN's picture, uint8 (S, S, 3).
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
        for index, image, mask in zip(indices, images, masks, strict=True):
            if not self._done[index]:
                pictures.rows[index] = self._draw(image, mask)
                pictures.count(image.nbytes)
                self._done[index] = True
        found = np.empty_like(images)
        pictures.read(indices, found)
        return found


class CompletionBatches(BatchSource):
    """Batches for completion: windows of photos with a region that is hidden.

    Flips and gains are the augmentation: anything else would need the DMN's picture to be drawn again.
    """

    stage: CompletionStage
    drawn: DrawnImages

    def batch(self, first: int, count: int) -> CompletionBatch:  # type: ignore[override]
        numbers = range(first, first + count)
        indices, *read = self.read(first, count)
        images, labels, _ = (rows.cpu().numpy() for rows in read)
        edited = self._edited(numbers, *read[1:]).cpu().numpy()
        drawn = self.drawn.get(indices, images, labels)
        with ThreadPoolExecutor(_THREADS) as pool:
            windows = list(pool.map(self._window, numbers, images, labels, edited, drawn))
        # By the step's number, so that a resumed run and all processes agree.
        judged = first // self.phase.batch % self.stage.settings["adversarial_every"] == 0
        return replace(collate(windows, self.decoded.device), judged=judged)

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

    def _window(self, k: int, image: np.ndarray, mask: np.ndarray, edited: np.ndarray, drawn: np.ndarray) -> Example:
        rng = np.random.default_rng((self.seed, k, REGION))
        if rng.random() < self.stage.settings["flip"]:
            image, drawn, mask, edited = image[:, ::-1], drawn[:, ::-1], _FLIP[mask[:, ::-1]], _FLIP[edited[:, ::-1]]
        gain = self.stage.settings["gain"]
        gains = 1 + rng.uniform(-gain, gain, 3).astype(np.float32)
        region = simulate_region(mask, rng, edited)
        size = self.phase.crop or self.phase.size
        top, left = cut_window(region, size, rng)
        reused = simulate_reused_parts(image, mask, region, self.stage.settings["reused_share"], rng)
        return prepare_example(image, mask, drawn, region, (top, left, size), gains, reused)


#: Image, mask, region and prepared picture of one window.
Example = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]


def prepare_example(
    image: np.ndarray,
    mask: np.ndarray,
    drawn: np.ndarray,
    region: np.ndarray,
    window: tuple[int, int, int],
    gains: np.ndarray | float = 1.0,
    reused: Iterable[ReusedPart] = (),
) -> Example:
    """Cut one training example out of a picture of any size.

    Args:
        image, mask, drawn, region: uint8 (S, S, 3), uint8 (S, S), uint8 (S, S, 3), bool (S, S).
        window: top, left, size.
        gains: factors of the colours of photo and DMN's picture alike.
        reused: parts that the photo gives.

    Returns:
        image (H, W, 3) float32 in [-1, 1], mask uint8, region bool, prepared picture float32 in [-1, 1].
    """
    image, drawn = np.ascontiguousarray(image), np.ascontiguousarray(drawn)
    top, left, size = window
    cut = np.s_[top : top + size, left : left + size]
    base = prepare_completion_base(image, drawn, mask, mask, region, cut, reused)
    photo, prepared = (np.clip(array * gains, 0, 255) / 127.5 - 1 for array in (image[cut], base))
    return photo.astype(np.float32), mask[cut], region[cut], prepared.astype(np.float32)


def collate(windows: Sequence[Example], device: torch.device) -> CompletionBatch:
    """Stack examples of one size on the training device."""
    images, masks, regions, drawn = (
        torch.from_numpy(np.stack(arrays)).to(device) for arrays in zip(*windows, strict=True)
    )
    return CompletionBatch(images.permute(0, 3, 1, 2), masks, regions[:, None].float(), drawn.permute(0, 3, 1, 2))
