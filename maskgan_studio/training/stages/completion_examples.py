"""One training example of completion: a window of a photo with a region that is hidden.

Made on the CPU, by many processes at once where a GPU would wait for it.
"""

from __future__ import annotations

import atexit
import os
import signal
import sys
from collections.abc import Iterable
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context

import cv2
import numpy as np

from maskgan_studio.batch.parent_watch import exit_with_parent
from maskgan_studio.labels import FLIP
from maskgan_studio.photo.compositing.completion_base import prepare_completion_base
from maskgan_studio.photo.compositing.reused_parts import ReusedPart
from maskgan_studio.training.data.edit_regions import cut_window, simulate_region, simulate_reused_parts

__all__ = ["Example", "ExampleMaker", "open_workers", "prepare_example"]

#: Image, mask, region and prepared picture of one window.
Example = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]

_THREADS = 4
_FLIP = np.array(FLIP, np.uint8)


@dataclass(frozen=True)
class ExampleMaker:
    """Simulates edits of photos.

    Flips and gains are the augmentation: anything else would need the DMN's picture to be drawn again.

    Attributes:
        size: height and width of a window.
        flip: probability.
        gain: largest change of a channel's colours, of photo and DMN's picture alike.
        reused_share: of the hidden features that the photo gives.
        average_texture: see :func:`prepare_completion_base`.
    """

    size: int
    flip: float
    gain: float
    reused_share: float
    average_texture: bool

    def make(
        self, seed: tuple[int, ...], image: np.ndarray, mask: np.ndarray, edited: np.ndarray, drawn: np.ndarray
    ) -> Example:
        """Make the example that a seed decides.

        Args:
            image, mask, edited, drawn: photo, its mask, a mask that someone may have made of it, and the DMN's picture:
                uint8 (S, S, 3), (S, S), (S, S), (S, S, 3).
        """
        rng = np.random.default_rng(seed)
        if rng.random() < self.flip:
            image, drawn, mask, edited = image[:, ::-1], drawn[:, ::-1], _FLIP[mask[:, ::-1]], _FLIP[edited[:, ::-1]]
        gains = 1 + rng.uniform(-self.gain, self.gain, 3).astype(np.float32)
        region = simulate_region(mask, rng, edited)
        top, left = cut_window(region, self.size, rng)
        reused = simulate_reused_parts(image, mask, region, self.reused_share, rng)
        window = (top, left, self.size)
        return prepare_example(image, mask, drawn, region, window, gains, reused, self.average_texture)


def prepare_example(
    image: np.ndarray,
    mask: np.ndarray,
    drawn: np.ndarray,
    region: np.ndarray,
    window: tuple[int, int, int],
    gains: np.ndarray | float = 1.0,
    reused: Iterable[ReusedPart] = (),
    average_texture: bool = True,
) -> Example:
    """Cut one training example out of a picture of any size.

    Args:
        image, mask, drawn, region: uint8 (S, S, 3), uint8 (S, S), uint8 (S, S, 3), bool (S, S).
        window: top, left, size.
        gains: factors of the colours of photo and DMN's picture alike.
        reused: parts that the photo gives.
        average_texture: see :func:`prepare_completion_base`.

    Returns:
        image (H, W, 3) float32 in [-1, 1], mask uint8, region bool, prepared picture float32 in [-1, 1].
    """
    image, drawn = np.ascontiguousarray(image), np.ascontiguousarray(drawn)
    top, left, size = window
    cut = np.s_[top : top + size, left : left + size]
    base = prepare_completion_base(image, drawn, mask, mask, region, cut, reused, average_texture)
    photo, prepared = (np.clip(array * gains, 0, 255) / 127.5 - 1 for array in (image[cut], base))
    return photo.astype(np.float32), mask[cut], region[cut], prepared.astype(np.float32)


@cache
def open_workers(on_card: bool) -> Executor:
    """What makes examples: processes on all cores but one beside a GPU, else a few threads; kept until the end."""
    if not on_card:
        return ThreadPoolExecutor(_THREADS, thread_name_prefix="examples")
    processes = max(1, (os.cpu_count() or 1) - 1)
    # Forked ones would inherit a GPU's context, which they cannot use.
    workers = ProcessPoolExecutor(processes, get_context("spawn"), initializer=_start_worker)
    atexit.register(open_workers.cache_clear)  # while all modules that a pool's end needs are still there
    return workers


def _start_worker() -> None:
    cv2.setNumThreads(1)
    exit_with_parent()
    # The run that started it ends it: a signal to all of a run's processes would tear it out of handing an example
    # over.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":
        os.setpgrp()
