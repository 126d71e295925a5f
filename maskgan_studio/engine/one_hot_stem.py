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
        size, margin = labels.shape[0], self._kernel // 2
        padded = cv2.copyMakeBorder(labels, margin, margin, margin, margin, cv2.BORDER_REFLECT_101)
        window = np.ones((self._kernel, self._kernel), np.uint8)
        inner = slice(margin, margin + size)
        mixed = (cv2.dilate(padded, window) != cv2.erode(padded, window))[inner, inner].ravel()
        places = np.flatnonzero(mixed)
        border = F.embedding_bag(self._indices(padded, places, size), self._rows, mode="sum")
        counts = np.bincount(labels.ravel()[~mixed], minlength=self._classes)
        uniform, border = self._normalized(border, torch.from_numpy(counts).float()[:, None], size * size)
        features = uniform.index_select(0, torch.from_numpy(labels.ravel().astype(np.int32)))
        features.index_copy_(0, torch.from_numpy(places), border)
        return features.view(1, size, size, -1).permute(0, 3, 1, 2)

    def _indices(self, padded: np.ndarray, places: np.ndarray, size: int) -> Tensor:
        """Table rows of the windows at ``places``, (len(places), k * k)."""
        width = size + 2 * (self._kernel // 2)
        y, x = np.divmod(places, size)
        steps = np.arange(self._kernel)
        offsets = (steps[:, None] * width + steps).ravel()
        labels = padded.ravel()[(y * width + x)[:, None] + offsets].astype(np.int32)
        return torch.from_numpy(labels + np.arange(len(offsets), dtype=np.int32) * self._classes)

    def _normalized(self, border: Tensor, counts: Tensor, pixels: int) -> tuple[Tensor, Tensor]:
        """Instance norm and ReLU, done on the distinct vectors with how often each occurs."""
        mean = ((counts * self._sums).sum(0) + border.sum(0)) / pixels
        uniform, border = self._sums - mean, border.sub_(mean)
        variance = ((counts * uniform.square()).sum(0) + torch.linalg.vecdot(border, border, dim=0)) / pixels
        scale = torch.rsqrt(variance + EPSILON)
        return (uniform * scale).relu_().to(self._dtype), border.mul_(scale).relu_().to(self._dtype)
