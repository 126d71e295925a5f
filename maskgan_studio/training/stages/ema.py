"""Exponential moving average of a network's weights: what is shipped is smoother than any single step."""

from __future__ import annotations

import copy

import torch
from torch import nn


class MovingAverage:
    """Keeps ``average = decay * average + (1 - decay) * weights``; buffers (batch-norm statistics) are copied.

    Args:
        network: the network being trained.
        decay: of one step. In the first steps a smaller one is used, so that what went before is forgotten quickly.
    """

    def __init__(self, network: nn.Module, decay: float) -> None:
        self.average = copy.deepcopy(network).eval().requires_grad_(False)
        self._decay = decay

    @torch.no_grad()
    def update(self, network: nn.Module, step: int) -> None:
        """Move the average towards ``network`` after step number ``step`` (from 0) of a phase."""
        decay = min(self._decay, (1 + step) / (10 + step))
        torch._foreach_lerp_(list(self.average.parameters()), list(network.parameters()), 1 - decay)
        for mine, theirs in zip(self.average.buffers(), network.buffers(), strict=True):
            mine.copy_(theirs)
