"""Stage ``dmn``: the Dense Mapping Network alone (the paper's stage I)."""

from __future__ import annotations

from functools import partial
from typing import Any, cast

import torch.nn.functional as F
from lightning_fabric import Fabric
from torch import Tensor, nn

from maskgan_studio.errors import TrainingError
from maskgan_studio.networks.backbone import one_hot
from maskgan_studio.networks.dense_mapping import DenseMappingNetwork
from maskgan_studio.networks.initialisation import initialise_alive, initialise_released
from maskgan_studio.training.data.augmentation import plain
from maskgan_studio.training.data.dataset import Batch, DecodedImages
from maskgan_studio.training.recipe import Settings
from maskgan_studio.training.stages.adversarial import AdversarialStage, GeneratedBatch
from maskgan_studio.training.stages.ema import MovingAverage
from maskgan_studio.training.stages.losses import PerceptualLoss
from maskgan_studio.training.stages.reconstruction import measure_reconstruction, reconstruction_grid


class DenseMappingStage(AdversarialStage):
    """Stage I of Algorithm 1: G_A reconstructs the target from its own mask and style; D_1,2 judge it.

    Args:
        settings: the recipe's table of this stage.
        fabric: device, precision, processes.
        initial: networks to go on from, by role; fresh ones are made where there is none.
        perceptual: the perceptual loss, or None where the recipe's weight for it is 0.
    """

    name = "dmn"

    def __init__(
        self,
        settings: Settings,
        fabric: Fabric,
        initial: dict[str, nn.Module] | None = None,
        perceptual: PerceptualLoss | None = None,
    ) -> None:
        initial = initial or {}
        super().__init__(settings, fabric, initial.get("discriminator"), perceptual)
        self.generator = cast(DenseMappingNetwork, self.place(_given(initial, settings) or _fresh_generator(settings)))
        self.two_views = settings["two_views"]
        self._l1_weight: float = settings.optional("l1_weight", 0.0)
        self.networks = {"dmn": self.generator.train(), "discriminator": self.discriminator}
        self.averages = {"dmn": MovingAverage(self.generator, settings["ema"])}
        self.optimizers = {"generator": self.adam(self.generator.parameters()), **self.optimizers}

    def step(self, batch: Batch) -> dict[str, Tensor]:
        parts = [partial(self._reconstruct, part) for part in batch.split(self.micro_batch)]
        self.shift_perceptual()
        # Without a term that draws to the photo nothing would be learned in the steps between.
        drawn_to_photo = self.perceptual is not None or self._l1_weight > 0
        judged = not drawn_to_photo or batch.step % self.settings.optional("adversarial_every", 1) == 0
        return self.adversarial_update(parts, "generator", [self.generator], judged)

    def _reconstruct(self, batch: Batch) -> GeneratedBatch:
        mask = one_hot(batch.masks).contiguous(memory_format=self.format)
        style_mask = one_hot(batch.style_masks).contiguous(memory_format=self.format) if self.two_views else mask
        image, style_image = (x.contiguous(memory_format=self.format) for x in (batch.images, batch.style_images))
        with self.fabric.autocast():
            generated = self.generator(mask, style_mask, style_image)
        made = generated.float()
        terms = {"l1": (self._l1_weight, F.l1_loss(made, image))} if self._l1_weight else {}
        return GeneratedBatch(mask, image, made, terms)

    def validate(self, images: DecodedImages) -> dict[str, float]:
        network = cast(DenseMappingNetwork, self.averages["dmn"].average)
        return measure_reconstruction(network, images, self.perceptual)

    def sample_grid(self, images: DecodedImages) -> Tensor:
        network = cast(DenseMappingNetwork, self.averages["dmn"].average)
        x, masks = plain(images.images, images.masks)
        return reconstruction_grid(network, x, masks)


def _form(settings: Settings) -> dict[str, Any]:
    """Which of the paper's baselines and ablations the generator is; its own network by default."""
    return {
        "fusion": settings.optional("fusion", "sft"),
        "generator": settings.optional("generator", "pix2pixhd"),
    }


def _decoder_options(settings: Settings) -> dict[str, Any]:
    """Which of our extensions of the up-path, that need no further weights to start from, the generator has."""
    return {key: settings.optional(key, False) for key in ("noise_in_decoder", "blur_upsampling")}


def _given(initial: dict[str, nn.Module], settings: Settings) -> DenseMappingNetwork | None:
    """The network to start from; noise (of strength 0) and blur are added to it where the recipe asks for them."""
    network = cast(DenseMappingNetwork | None, initial.get("dmn"))
    if network is None:
        return None
    options = _decoder_options(settings)
    unlike = any(network.arguments[key] != value for key, value in _form(settings).items())
    if unlike or any(network.arguments[key] and not wanted for key, wanted in options.items()):
        raise TrainingError(
            "The network to start from has another style encoder or generator than the recipe asks for: choose the "
            "same variant of the recipe, or start without it."
        )
    if all(network.arguments[key] == wanted for key, wanted in options.items()):
        return network
    arguments: dict[str, Any] = network.arguments | options
    extended = DenseMappingNetwork(**arguments)
    extended.load_state_dict(network.state_dict(), strict=False)
    return extended


def _fresh_generator(settings: Settings) -> DenseMappingNetwork:
    network = DenseMappingNetwork(
        width=settings["width"],
        downsamplings=settings["downsamplings"],
        blocks=settings["blocks"],
        style_width=settings["style_width"],
        style_in_decoder=settings["style_in_decoder"],
        **_decoder_options(settings),
        **_form(settings),
    )
    if settings["initialisation"] == "alive":
        initialise_alive(network)
    else:
        initialise_released(network)
    return network
