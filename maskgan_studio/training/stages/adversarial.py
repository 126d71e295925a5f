"""What the stages share that learn against discriminators (paper section 3.3)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, cast

import torch
from lightning_fabric import Fabric
from torch import Tensor, nn

from maskgan_studio.networks.discriminator import MultiscaleDiscriminator
from maskgan_studio.networks.initialisation import initialise_released
from maskgan_studio.training.recipe import Settings
from maskgan_studio.training.stages.base import Stage
from maskgan_studio.training.stages.losses import (
    DiscriminatorFeatures,
    PerceptualLoss,
    adversarial_loss,
    feature_matching_loss,
)


@dataclass(frozen=True)
class GeneratedBatch:
    """What the discriminators judge.

    Attributes:
        mask: one-hot condition (N, 19, H, W).
        image, generated: real and generated image (N, 3, H, W) in [-1, 1].
        terms: what a stage adds to eq. 6, by name: weight and loss.
    """

    mask: Tensor
    image: Tensor
    generated: Tensor
    terms: dict[str, tuple[float, Tensor]] = field(default_factory=dict)


class AdversarialStage(Stage):
    """A stage with discriminators D_1, D_2 and the perceptual loss.

    Args:
        settings: the recipe's table of this stage.
        fabric: device, precision, processes.
        discriminator: to continue from, or None for a new one.
        perceptual: the perceptual loss, or None where the recipe's weight for it is 0.
    """

    def __init__(
        self,
        settings: Settings,
        fabric: Fabric,
        discriminator: nn.Module | None,
        perceptual: PerceptualLoss | None,
    ) -> None:
        super().__init__(settings, fabric)
        # Narrow convolutions at full size: on AVX2 their gradients take 1.5 to 4 times as long in channels-last.
        single = fabric.device.type == "cpu" and fabric.strategy.precision.precision == "32-true"
        #: How images, masks and networks lie in memory.
        self.format = torch.contiguous_format if single else torch.channels_last
        self.discriminator = self.place(discriminator or _fresh_discriminator(settings)).train()
        self.perceptual: PerceptualLoss | None = None
        if perceptual is not None:
            self.perceptual = cast(PerceptualLoss, self.place(perceptual))
        self.optimizers["discriminator"] = self.adam(self.discriminator.parameters())

    def place(self, network: nn.Module) -> nn.Module:
        """Move a network to the training device, in the stage's memory format."""
        return cast(Any, self.fabric.to_device(network)).to(memory_format=self.format)

    def shift_perceptual(self) -> None:
        """Let the perceptual loss of this step leave out a random margin, up to the recipe's ``perceptual_shift``."""
        largest = self.settings.optional("perceptual_shift", 0)
        if self.perceptual is not None and largest:
            self.perceptual.offset = tuple(torch.randint(largest, (2,)).tolist())
            self.perceptual.margin = largest - 1

    def compile(self, backend: str = "inductor") -> None:
        super().compile(backend)
        if self.perceptual is not None:
            self.perceptual.compile(dynamic=False, backend=backend)

    def adam(self, parameters: Iterable[nn.Parameter]) -> torch.optim.Optimizer:
        """The paper's optimiser (appendix A); the rate is set before every step."""
        betas = (0.5, self.settings.optional("adam_beta2", 0.999))
        return self.prepare(torch.optim.Adam(parameters, lr=1.0, betas=betas, fused=True))

    def adversarial_update(
        self,
        parts: Sequence[Callable[[], GeneratedBatch]],
        optimizer: str,
        trained: list[nn.Module],
        judged: bool = True,
    ) -> dict[str, Tensor]:
        """Update the discriminators on real and made images, then ``trained`` by eq. 6.

        Args:
            parts: each draws a part of the batch, all as many images. Several are drawn twice, the first time without
                gradients, so that only one is in memory at a time. All losses are means over images, hence the
                gradients are those of the whole batch, but for rounding.
            optimizer: name of the optimiser of ``trained``.
            trained: the networks that draw.
            judged: False leaves the discriminators out of this step: they may cost as much as all the rest.
        """
        whole = parts[0]() if len(parts) == 1 else None
        if whole is None:
            parts = [partial(_draw_seeded, draw, seed) for draw, seed in zip(parts, _seeds(len(parts)), strict=True)]
        features: list[DiscriminatorFeatures] = []
        found: dict[str, list[Tensor]] = defaultdict(list)

        def collect(losses: dict[str, Tensor]) -> None:
            for name, value in losses.items():
                found[name].append(value.detach())

        def judge(draw: Callable[[], GeneratedBatch]) -> Tensor:
            with torch.no_grad():
                batch = whole or draw()
            loss, real, losses = self._judge(batch)
            features.append(real)
            collect(losses)
            return loss / len(parts)

        def compare(draw: Callable[[], GeneratedBatch], real: DiscriminatorFeatures | None) -> Tensor:
            loss, losses = self._compare(whole or draw(), real)
            collect(losses)
            return loss / len(parts)

        if not judged:
            self.update(map(compare, parts, [None] * len(parts)), self.optimizers[optimizer], trained)
            return {name: torch.stack(values).mean() for name, values in found.items()}
        self.update(map(judge, parts), self.optimizers["discriminator"], [self.discriminator])
        self.discriminator.requires_grad_(False)
        self.update(map(compare, parts, features), self.optimizers[optimizer], trained)
        self.discriminator.requires_grad_(True)
        return {name: torch.stack(values).mean() for name, values in found.items()}

    def _judge(self, batch: GeneratedBatch) -> tuple[Tensor, DiscriminatorFeatures, dict[str, Tensor]]:
        """The discriminators' loss, their features of the real images, and the loss's terms."""
        with self.fabric.autocast():
            real = self.discriminator(batch.mask, batch.image)
            fake = self.discriminator(batch.mask, batch.generated.detach())
        kind = self.settings["adversarial"]
        on_real, on_fake = adversarial_loss(real, True, kind), adversarial_loss(fake, False, kind)
        kept = [[layer.detach() for layer in scale] for scale in real]
        return 0.5 * (on_real + on_fake), kept, {"real": on_real, "fake": on_fake}

    def _compare(self, batch: GeneratedBatch, real: DiscriminatorFeatures | None) -> tuple[Tensor, dict[str, Tensor]]:
        """Eq. 6 of the networks that draw, and its terms; without the discriminators where ``real`` is None."""
        settings, terms = self.settings, dict(batch.terms)
        with self.fabric.autocast():
            if real is not None:
                judged: DiscriminatorFeatures = self.discriminator(batch.mask, batch.generated)
                adversarial = adversarial_loss(judged, True, settings["adversarial"])
                terms["adversarial"] = settings["adversarial_weight"], adversarial
                # Judged again by the updated discriminator would cost a pass; the features just computed serve as well.
                terms["features"] = settings["feature_matching_weight"], feature_matching_loss(real, judged)
            if self.perceptual is not None:
                terms["percept"] = settings["perceptual_weight"], self.perceptual(batch.generated, batch.image)
        loss = batch.generated.new_zeros(())
        for weight, term in terms.values():
            loss = loss + weight * term
        return loss, {name: term for name, (_, term) in terms.items()}


def _seeds(count: int) -> list[int]:
    return torch.randint(2**62, (count,)).tolist()


def _draw_seeded(draw: Callable[[], GeneratedBatch], seed: int) -> GeneratedBatch:
    """Draw by the same random numbers each time: a part is drawn once for either side."""
    torch.manual_seed(seed)
    return draw()


def _fresh_discriminator(settings: Settings) -> MultiscaleDiscriminator:
    network = MultiscaleDiscriminator(width=settings["discriminator_width"])
    initialise_released(network)
    return network
