"""What the stages share that learn against discriminators (paper section 3.3)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

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
class Drawn:
    """What the discriminators judge.

    Attributes:
        mask: one-hot condition (N, 19, H, W).
        image, made: real and made image (N, 3, H, W) in [-1, 1].
    """

    mask: Tensor
    image: Tensor
    made: Tensor


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
        self.discriminator = self.place(discriminator or _fresh_discriminator(settings)).train()
        self.perceptual: PerceptualLoss | None = None
        if perceptual is not None:
            self.perceptual = self.place(perceptual)  # type: ignore[assignment]
        self.optimizers["discriminator"] = self.adam(self.discriminator.parameters())

    def adam(self, parameters: Iterable[nn.Parameter]) -> torch.optim.Optimizer:
        """The paper's optimiser (appendix A); the rate is set before every step."""
        betas = (0.5, self.settings.optional("adam_beta2", 0.999))
        return self.prepare(torch.optim.Adam(parameters, lr=1.0, betas=betas, fused=True))

    def adversarial_update(
        self,
        parts: Sequence[Callable[[], Drawn]],
        optimizer: str,
        trained: list[nn.Module],
        further: dict[str, tuple[float, Tensor]] | None = None,
    ) -> dict[str, Tensor]:
        """Update the discriminators on real and made images, then ``trained`` by eq. 6.

        Args:
            parts: each draws a part of the batch, all as many images. Several are drawn twice, the first time without
                gradients, so that only one is in memory at a time. All losses are means over images, hence the
                gradients are those of the whole batch, but for rounding.
            optimizer: name of the optimiser of ``trained``.
            trained: the networks that draw.
            further: terms that a stage adds to eq. 6, by name: weight and loss; where there is one part.
        """
        whole = parts[0]() if len(parts) == 1 else None
        features: list[DiscriminatorFeatures] = []
        found: dict[str, list[Tensor]] = defaultdict(list)

        def collect(losses: dict[str, Tensor]) -> None:
            for name, value in losses.items():
                found[name].append(value.detach())

        def judge(draw: Callable[[], Drawn]) -> Tensor:
            with torch.no_grad():
                drawn = whole or draw()
            loss, real, losses = self._judge(drawn)
            features.append(real)
            collect(losses)
            return loss / len(parts)

        def compare(draw: Callable[[], Drawn], real: DiscriminatorFeatures) -> Tensor:
            loss, losses = self._compare(whole or draw(), real, further or {})
            collect(losses)
            return loss / len(parts)

        self.update(map(judge, parts), self.optimizers["discriminator"], [self.discriminator])
        self.discriminator.requires_grad_(False)
        self.update(map(compare, parts, features), self.optimizers[optimizer], trained)
        self.discriminator.requires_grad_(True)
        return {name: torch.stack(values).mean() for name, values in found.items()}

    def _judge(self, drawn: Drawn) -> tuple[Tensor, DiscriminatorFeatures, dict[str, Tensor]]:
        """The discriminators' loss, their features of the real images, and the loss's terms."""
        with self.fabric.autocast():
            real = self.discriminator(drawn.mask, drawn.image)
            fake = self.discriminator(drawn.mask, drawn.made.detach())
        kind = self.settings["adversarial"]
        on_real, on_fake = adversarial_loss(real, True, kind), adversarial_loss(fake, False, kind)
        kept = [[layer.detach() for layer in scale] for scale in real]
        return 0.5 * (on_real + on_fake), kept, {"real": on_real, "fake": on_fake}

    def _compare(
        self, drawn: Drawn, real: DiscriminatorFeatures, further: dict[str, tuple[float, Tensor]]
    ) -> tuple[Tensor, dict[str, Tensor]]:
        """Eq. 6 of the networks that draw, and its terms."""
        settings = self.settings
        with self.fabric.autocast():
            judged: DiscriminatorFeatures = self.discriminator(drawn.mask, drawn.made)
            # Judged again by the updated discriminator would cost a pass; the features just computed serve as well.
            matching = feature_matching_loss(real, judged)
            perceptual = self.perceptual(drawn.made, drawn.image) if self.perceptual else drawn.made.new_zeros(())
        adversarial = adversarial_loss(judged, True, settings["adversarial"])
        loss = (
            settings["adversarial_weight"] * adversarial
            + settings["feature_matching_weight"] * matching
            + settings["perceptual_weight"] * perceptual
        )
        for weight, term in further.values():
            loss = loss + weight * term
        losses = {"adversarial": adversarial, "features": matching, "percept": perceptual}
        return loss, losses | {name: term for name, (_, term) in further.items()}


def _fresh_discriminator(settings: Settings) -> MultiscaleDiscriminator:
    network = MultiscaleDiscriminator(width=settings["discriminator_width"])
    initialise_released(network)
    return network
