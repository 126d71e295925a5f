"""Stage ``parser``: the U-Net that finds a photo's mask (cross-entropy plus Dice)."""

from __future__ import annotations

from typing import cast

import torch
import torch.nn.functional as F
from lightning_fabric import Fabric
from torch import Tensor

from maskgan_studio.labels import NUM_CLASSES, color_table
from maskgan_studio.networks.backbone import one_hot
from maskgan_studio.networks.face_parser import FaceParser
from maskgan_studio.training.data.augmentation import plain
from maskgan_studio.training.data.dataset import Batch, DecodedImages
from maskgan_studio.training.recipe import Settings
from maskgan_studio.training.stages.base import Stage, grid
from maskgan_studio.training.stages.ema import MovingAverage
from maskgan_studio.training.stages.segmentation_scores import LabelScores

_VALIDATION_BATCH = 8


def dice_loss(probabilities: Tensor, truth: Tensor) -> Tensor:
    """One minus the mean Dice coefficient over the classes present in the batch.

    Args:
        probabilities: (N, C, H, W) after softmax.
        truth: one-hot (N, C, H, W).
    """
    overlap = (probabilities * truth).sum((0, 2, 3))
    total = (probabilities + truth).sum((0, 2, 3))
    present = truth.sum((0, 2, 3)) > 0
    dice = (2 * overlap + 1) / (total + 1)
    return 1 - (dice * present).sum() / present.sum()


class ParserStage(Stage):
    """Trains :class:`FaceParser` on labelled pairs."""

    name = "parser"

    def __init__(self, settings: Settings, fabric: Fabric, initial: dict | None = None) -> None:
        super().__init__(settings, fabric)
        network = (initial or {}).get("parser") or FaceParser(
            width=settings["width"], working_size=settings["working_size"]
        )
        self.network = self.place(network).train()
        self.networks = {"parser": self.network}
        self.averages = {"parser": MovingAverage(self.network, settings["ema"])}
        optimizer = torch.optim.AdamW(self.network.parameters(), lr=1.0, weight_decay=settings["weight_decay"])
        self.optimizers = {"parser": self.prepare(optimizer)}
        weights = torch.ones(NUM_CLASSES)
        for index in settings["rare_classes"]:
            weights[index] = settings["rare_weight"]
        self._weights = fabric.to_device(weights)

    def step(self, batch: Batch) -> dict[str, Tensor]:
        with self.fabric.autocast():
            logits = self.network(batch.images.contiguous(memory_format=torch.channels_last))
        logits = logits.float()
        entropy = F.cross_entropy(logits, batch.masks.long(), weight=self._weights)
        dice = dice_loss(logits.softmax(1), one_hot(batch.masks))
        self.update(entropy + self.settings["dice"] * dice, self.optimizers["parser"], [self.network])
        return {"cross_entropy": entropy.detach(), "dice": dice.detach()}

    @torch.no_grad()
    def predict(self, images: Tensor) -> Tensor:
        """Label maps (N, H, W) uint8 of uint8 images (N, H, W, 3) by the averaged network, in fp32."""
        x, _ = plain(images, images[..., 0])
        return cast(FaceParser, self.averages["parser"].average).parse(x)

    def validate(self, images: DecodedImages) -> dict[str, float]:
        scores = LabelScores()
        for start in range(0, len(images), _VALIDATION_BATCH):
            part = slice(start, start + _VALIDATION_BATCH)
            scores.add(images.masks[part], self.predict(images.images[part]))
        named = {f"f1_{index:02d}": value for index, value in scores.class_f1.items()}
        return {"pixel_accuracy": scores.pixel_accuracy, "mean_f1": scores.mean_f1, **named}

    def sample_grid(self, images: DecodedImages) -> Tensor:
        colours = torch.from_numpy(color_table())
        rows = []
        for i in range(min(6, len(images))):
            found = self.predict(images.images[i : i + 1])[0]
            maps = [colours[labels.cpu().long()].permute(2, 0, 1) / 255 for labels in (images.masks[i], found)]
            rows.append([images.images[i].permute(2, 0, 1) / 255, *maps])
        return grid(rows)
