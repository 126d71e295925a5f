"""Agreement of two label maps."""

from __future__ import annotations

from dataclasses import dataclass, field

import torch
from torch import Tensor

from maskgan_studio.labels import NUM_CLASSES


@dataclass
class LabelScores:
    """Collects a confusion matrix over many images (rows: truth, columns: prediction)."""

    confusion: Tensor = field(default_factory=lambda: torch.zeros(NUM_CLASSES, NUM_CLASSES, dtype=torch.int64))

    def add(self, truth: Tensor, prediction: Tensor) -> None:
        """Count label maps of equal shape, values 0 to 18."""
        pairs = truth.long().flatten() * NUM_CLASSES + prediction.long().flatten()
        self.confusion += torch.bincount(pairs, minlength=NUM_CLASSES**2).view(NUM_CLASSES, NUM_CLASSES).cpu()

    @property
    def pixel_accuracy(self) -> float:
        """Share of pixels with the right class."""
        return (self.confusion.diagonal().sum() / self.confusion.sum()).item()

    @property
    def class_f1(self) -> dict[int, float]:
        """F1 (Dice) of every class that occurs in the truth, over all pixels of all images."""
        hits = self.confusion.diagonal().double()
        truth, predicted = self.confusion.sum(1).double(), self.confusion.sum(0).double()
        f1 = 2 * hits / (truth + predicted).clamp_min(1)
        return {i: f1[i].item() for i in range(NUM_CLASSES) if truth[i] > 0}

    @property
    def mean_f1(self) -> float:
        """Mean F1 over the non-background classes that occur."""
        values = [value for index, value in self.class_f1.items() if index != 0]
        return sum(values) / max(1, len(values))
