"""The backbone's first layer on a label map, without the planes.

A convolution of a one-hot mask only picks and sums weights. Where the whole 7x7 window holds one part (90 % of a face's
mask) the sum is one of 19 known vectors; elsewhere it is a sum of 49 table rows. Exact: the same numbers are added.
"""

from __future__ import annotations

import cv2
import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from maskgan_studio.engine.requests import Window
from maskgan_studio.networks.blocks import EPSILON


class OneHotStem:
    """Reflect-padded convolution, instance norm and ReLU of a one-hot mask, from its labels, on the CPU.

    Args:
        weight: (C, classes, k, k), k odd. The bias is not needed: the norm that follows takes it out again.
        dtype: type of the result; sums and statistics are always float32.
    """

    def __init__(self, weight: Tensor, dtype: torch.dtype) -> None:
        channels, self._classes, self._kernel, _ = weight.shape
        self._dtype = dtype
        self._rows = weight.permute(2, 3, 1, 0).reshape(-1, channels).float().contiguous()
        self._sums = weight.sum((2, 3)).T.float().contiguous()

    def __call__(self, labels: np.ndarray) -> Tensor:
        """Map a label map uint8 (S, S) to features (1, C, S, S), channels-last."""
        return self.record(labels)[0]

    def record(self, labels: np.ndarray) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        """The same, with each channel's mean and 1 / standard deviation, (C,), for windows of later label maps."""
        mixed, border = self._border(labels, np.s_[: len(labels), : len(labels)])
        counts = np.bincount(labels.ravel()[~mixed], minlength=self._classes)
        statistics = self._measure(border, torch.from_numpy(counts).float()[:, None], labels.size)
        return self._spread(labels, mixed, border, statistics), statistics

    def window(self, labels: np.ndarray, window: Window, statistics: tuple[Tensor, Tensor]) -> Tensor:
        """Features of a window (1, C, h, w) of the label map, normalised by those of another one."""
        mixed, border = self._border(labels, window)
        return self._spread(labels[window], mixed, border, statistics)

    def _border(self, labels: np.ndarray, window: Window) -> tuple[np.ndarray, Tensor]:
        """Where the kernel sees more than one part in a window (h * w,), and what it gives there."""
        margin, (rows, columns) = self._kernel // 2, window
        padded = cv2.copyMakeBorder(labels, margin, margin, margin, margin, cv2.BORDER_REFLECT_101)
        padded = np.ascontiguousarray(
            padded[rows.start or 0 : rows.stop + 2 * margin, columns.start or 0 : columns.stop + 2 * margin]
        )
        kernel = np.ones((self._kernel, self._kernel), np.uint8)
        inner = slice(margin, -margin)
        mixed = (cv2.dilate(padded, kernel) != cv2.erode(padded, kernel))[inner, inner].ravel()
        indices = self._indices(padded, np.flatnonzero(mixed))
        return mixed, F.embedding_bag(indices, self._rows, mode="sum")

    def _indices(self, padded: np.ndarray, places: np.ndarray) -> Tensor:
        """Table rows of what the kernel sees at ``places``, (len(places), k * k)."""
        width = padded.shape[1]
        y, x = np.divmod(places, width - self._kernel + 1)
        steps = np.arange(self._kernel)
        offsets = (steps[:, None] * width + steps).ravel()
        labels = padded.ravel()[(y * width + x)[:, None] + offsets].astype(np.int32)
        return torch.from_numpy(labels + np.arange(len(offsets), dtype=np.int32) * self._classes)

    def _measure(self, border: Tensor, counts: Tensor, pixels: int) -> tuple[Tensor, Tensor]:
        """Mean and 1 / standard deviation, from the distinct vectors and how often each occurs."""
        mean = ((counts * self._sums).sum(0) + border.sum(0)) / pixels
        uniform, there = self._sums - mean, border - mean
        variance = ((counts * uniform.square()).sum(0) + torch.linalg.vecdot(there, there, dim=0)) / pixels
        return mean, torch.rsqrt(variance + EPSILON)

    def _spread(
        self, labels: np.ndarray, mixed: np.ndarray, border: Tensor, statistics: tuple[Tensor, Tensor]
    ) -> Tensor:
        """Instance norm and ReLU, done on the distinct vectors, which then go to their pixels (1, C, h, w)."""
        mean, scale = statistics
        uniform = ((self._sums - mean) * scale).relu_().to(self._dtype)
        features = uniform.index_select(0, torch.from_numpy(labels.ravel().astype(np.int32)))
        normalized = border.sub_(mean).mul_(scale).relu_().to(self._dtype)
        features.index_copy_(0, torch.from_numpy(np.flatnonzero(mixed)), normalized)
        return features.view(1, *labels.shape, -1).permute(0, 3, 1, 2)
