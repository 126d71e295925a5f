"""Stage ``parser``: the U-Net that finds a photo's mask (cross-entropy plus Dice)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import cast

import torch
import torch.nn.functional as F
from lightning_fabric import Fabric
from torch import Tensor

from maskgan_studio.labels import NUM_CLASSES, UNSET, color_table, part_named
from maskgan_studio.networks.backbone import one_hot
from maskgan_studio.networks.face_parser import FaceParser, sample_bilinear_phase
from maskgan_studio.photo.datasets import Source
from maskgan_studio.training.data.augmentation import plain
from maskgan_studio.training.data.batches import BatchSource
from maskgan_studio.training.data.dataset import Batch, DecodedImages
from maskgan_studio.training.recipe import Phase, Settings
from maskgan_studio.training.stages.base import Stage, grid
from maskgan_studio.training.stages.ema import MovingAverage
from maskgan_studio.training.stages.parser_batches import ParserBatches
from maskgan_studio.training.stages.segmentation_scores import LabelScores

_VALIDATION_BATCH = 8


def dice_loss(probabilities: Tensor, truth: Tensor) -> Tensor:
    """One minus the mean Dice coefficient over the classes present in the batch.

    Args:
        probabilities: (N, C, H, W) after softmax; 0 where a pixel does not count.
        truth: one-hot (N, C, H, W), or 0 likewise.
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
        # Its gradients take a third less time in the plain format on AVX2; see the training log.
        single = fabric.device.type == "cpu" and fabric.strategy.precision.precision == "32-true"
        self._format = torch.contiguous_format if single else torch.channels_last
        self.network.to(memory_format=self._format)  # type: ignore[call-overload]
        self.networks = {"parser": self.network}
        self.averages = {"parser": MovingAverage(self.network, settings["ema"])}
        optimizer = torch.optim.AdamW(self.network.parameters(), lr=1.0, weight_decay=settings["weight_decay"])
        self.optimizers = {"parser": self.prepare(optimizer)}
        weights = torch.ones(NUM_CLASSES)
        for index in settings["rare_classes"]:
            weights[index] = settings["rare_weight"]
        for name, weight in settings.optional("class_weights", {}).items():
            weights[part_named(name).index] = weight
        self._weights = fabric.to_device(weights)

    def open_batches(
        self, sources: Sequence[Source], phase: Phase, cache: Path, before: BatchSource | None
    ) -> BatchSource:
        return ParserBatches(self, sources, phase, cache, self.settings["seed"], before)

    def step(self, batch: Batch) -> dict[str, Tensor]:
        row, column = torch.randint(2, (2,)).tolist()
        with self.fabric.autocast():
            coarse = cast(FaceParser, self.network).coarse_logits(batch.images.contiguous(memory_format=self._format))
        logits = sample_bilinear_phase(coarse.float(), row, column)
        masks = batch.masks[:, row::2, column::2]
        known = masks != UNSET
        entropy = F.cross_entropy(logits, masks.long(), weight=self._weights, ignore_index=UNSET)
        truth = one_hot(torch.where(known, masks, 0)) * known[:, None]
        dice = dice_loss(logits.softmax(1) * known[:, None], truth)
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
