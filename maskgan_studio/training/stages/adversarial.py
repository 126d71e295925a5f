"""What the stages share that learn against discriminators (paper section 3.3)."""

from __future__ import annotations

from collections.abc import Iterable

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
        mask: Tensor,
        image: Tensor,
        generated: Tensor,
        optimizer: str,
        trained: list[nn.Module],
        further: dict[str, tuple[float, Tensor]] | None = None,
    ) -> dict[str, Tensor]:
        """Update the discriminators on (image, generated), then ``trained`` by eq. 6.

        Args:
            mask: one-hot condition (N, 19, H, W).
            image, generated: real and made image (N, 3, H, W) in [-1, 1].
            optimizer: name of the optimiser of ``trained``.
            trained: the networks that made ``generated``.
            further: terms that a stage adds to eq. 6, by name: weight and loss.
        """
        settings = self.settings
        with self.fabric.autocast():
            real = self.discriminator(mask, image)
            fake = self.discriminator(mask, generated.detach())
        kind = settings["adversarial"]
        on_real, on_fake = adversarial_loss(real, True, kind), adversarial_loss(fake, False, kind)
        self.update(0.5 * (on_real + on_fake), self.optimizers["discriminator"], [self.discriminator])

        self.discriminator.requires_grad_(False)
        with self.fabric.autocast():
            judged: DiscriminatorFeatures = self.discriminator(mask, generated)
            # Judged again by the updated discriminator would cost a pass; the features just computed serve as well.
            matching = feature_matching_loss(real, judged)
            perceptual = self.perceptual(generated, image) if self.perceptual else generated.new_zeros(())
        adversarial = adversarial_loss(judged, True, kind)
        loss = (
            settings["adversarial_weight"] * adversarial
            + settings["feature_matching_weight"] * matching
            + settings["perceptual_weight"] * perceptual
        )
        for weight, term in (further or {}).values():
            loss = loss + weight * term
        self.update(loss, self.optimizers[optimizer], trained)
        self.discriminator.requires_grad_(True)
        losses = {
            "real": on_real,
            "fake": on_fake,
            "adversarial": adversarial,
            "features": matching,
            "percept": perceptual,
            **{name: term for name, (_, term) in (further or {}).items()},
        }
        return {name: value.detach() for name, value in losses.items()}


def _fresh_discriminator(settings: Settings) -> MultiscaleDiscriminator:
    network = MultiscaleDiscriminator(width=settings["discriminator_width"])
    initialise_released(network)
    return network
