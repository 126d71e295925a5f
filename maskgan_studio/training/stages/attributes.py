"""Stage ``attributes``: the ResNet-18 classifiers that judge results (paper section 5.3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

import torch
import torch.nn.functional as F
from lightning_fabric import Fabric
from torch import Tensor, nn

from maskgan_studio.errors import TrainingError
from maskgan_studio.networks.attribute_classifier import AttributeClassifier
from maskgan_studio.photo.datasets import Source
from maskgan_studio.training.data.augmentation import plain
from maskgan_studio.training.data.dataset import Batch, DecodedImages
from maskgan_studio.training.recipe import Settings
from maskgan_studio.training.stages.base import Stage, grid
from maskgan_studio.training.stages.ema import MovingAverage

_VALIDATION_BATCH = 32
_SHOWN = 8
_UNKNOWN = -1
# Frames of the sample grid: right, wrong, unknown.
_RIGHT, _WRONG, _NEUTRAL = (0.1, 0.7, 0.2), (0.9, 0.1, 0.1), (0.5, 0.5, 0.5)


def known_attributes(sources: Sequence[Source]) -> list[str]:
    """Names of the attributes that some sample is annotated with, in the tables' order."""
    return list(dict.fromkeys(name for source in sources for sample in source.samples for name in sample.attributes))


class AttributesStage(Stage):
    """Trains :class:`AttributeClassifier` by binary cross-entropy; an attribute that is not known has no part in it.

    Args:
        settings: the recipe's table of this stage; ``names`` lists the attributes, all where empty.
        fabric: device, precision, processes.
        initial: networks to go on from, by role; its attributes then are the stage's.
        known: what the data are annotated with.

    Raises:
        TrainingError: the data know none of the attributes.
    """

    name = "attributes"

    def __init__(
        self, settings: Settings, fabric: Fabric, initial: dict[str, nn.Module] | None, known: Sequence[str]
    ) -> None:
        super().__init__(settings, fabric)
        given = (initial or {}).get("attributes")
        wanted = list(cast(AttributeClassifier, given).attributes if given else settings["names"] or known)
        self.attributes = tuple(wanted if given else [name for name in wanted if name in known])
        if not set(self.attributes) & set(known):
            raise TrainingError(
                f"The data are annotated with {', '.join(known) or 'nothing'}, but {', '.join(wanted)} is wanted: "
                "change `names` in the recipe's [attributes] table."
            )
        network = given or AttributeClassifier(
            self.attributes, width=settings["width"], working_size=settings["working_size"]
        )
        self.network = self.place(network).train()
        self.networks = {"attributes": self.network}
        self.averages = {"attributes": MovingAverage(self.network, settings["ema"])}
        optimizer = torch.optim.AdamW(self.network.parameters(), lr=1.0, weight_decay=settings["weight_decay"])
        self.optimizers = {"attributes": self.prepare(optimizer)}

    def step(self, batch: Batch) -> dict[str, Tensor]:
        with self.fabric.autocast():
            logits = self.network(batch.images.contiguous(memory_format=torch.channels_last))
        known = batch.attributes != _UNKNOWN
        truth = (batch.attributes == 1).float()
        entropy = F.binary_cross_entropy_with_logits(logits.float(), truth, reduction="none")
        loss = (entropy * known).sum() / known.sum().clamp_min(1)
        self.update(loss, self.optimizers["attributes"], [self.network])
        return {"cross_entropy": loss.detach()}

    def load_state(self, state: dict) -> None:
        trained = state["arguments"]["attributes"]["attributes"]
        if tuple(trained) != self.attributes:
            raise TrainingError(
                f"The checkpoint knows the attributes {', '.join(trained)}, the data now {', '.join(self.attributes)}: "
                "resume with the same table, or choose another --out."
            )
        super().load_state(state)

    @torch.no_grad()
    def predict(self, images: Tensor) -> Tensor:
        """Probabilities (N, A) of uint8 images (N, H, W, 3) by the averaged network, in fp32."""
        network = cast(AttributeClassifier, self.averages["attributes"].average)
        parts = (plain(part, part[..., 0])[0] for part in images.split(_VALIDATION_BATCH))
        return torch.cat([network.probabilities(part) for part in parts])

    def validate(self, images: DecodedImages) -> dict[str, float]:
        """Accuracy and balanced accuracy (mean of both classes' own), of every attribute and their means."""
        found = self.predict(images.images) > 0.5
        accuracy, balanced = {}, {}
        for i, name in enumerate(self.attributes):
            truth = images.attributes[:, i]
            right = (found[:, i] == (truth == 1)).float()
            if (truth != _UNKNOWN).any():
                accuracy[name] = right[truth != _UNKNOWN].mean().item()
                shares = [right[truth == value].mean().item() for value in (0, 1) if (truth == value).any()]
                balanced[name] = sum(shares) / len(shares)
        named = {f"accuracy_{name}": value for name, value in accuracy.items()}
        return {"accuracy": _mean(accuracy), "balanced_accuracy": _mean(balanced), **named}

    def sample_grid(self, images: DecodedImages) -> Tensor:
        """A row per attribute: held-out faces from the least to the most probable, framed by right or wrong."""
        probabilities = self.predict(images.images[: 4 * _SHOWN])
        return grid([list(self._row(images, probabilities[:, i], i)) for i in range(len(self.attributes))])

    def _row(self, images: DecodedImages, probabilities: Tensor, attribute: int) -> Iterator[Tensor]:
        order = probabilities.argsort()
        for place in torch.linspace(0, len(order) - 1, _SHOWN).round().long():
            face = int(order[place])
            truth = int(images.attributes[face, attribute])
            frame = _RIGHT if (probabilities[face] > 0.5) == (truth == 1) else _WRONG
            image = images.images[face].permute(2, 0, 1).float() / 255
            yield _framed(image, _NEUTRAL if truth == _UNKNOWN else frame)


def _mean(values: dict[str, float]) -> float:
    return sum(values.values()) / max(1, len(values))


def _framed(image: Tensor, color: tuple[float, float, float]) -> Tensor:
    margin = max(1, image.shape[-1] // 32)
    framed = torch.tensor(color, device=image.device)[:, None, None].expand_as(image).clone()
    inner = slice(margin, -margin)
    framed[:, inner, inner] = image[:, inner, inner]
    return framed
