"""Stage ``ebst``: Editing Behavior Simulated Training (paper section 3.2, Algorithm 1)."""

from __future__ import annotations

from functools import partial
from typing import cast

import torch
from lightning_fabric import Fabric
from torch import Tensor, nn

from maskgan_studio.labels import color_table
from maskgan_studio.networks.alpha_blender import AlphaBlender
from maskgan_studio.networks.backbone import one_hot
from maskgan_studio.networks.dense_mapping import DenseMappingNetwork
from maskgan_studio.networks.initialisation import initialise_released
from maskgan_studio.networks.mask_vae import MaskVAE
from maskgan_studio.training.data.augmentation import plain
from maskgan_studio.training.data.dataset import Batch, DecodedImages
from maskgan_studio.training.recipe import Settings
from maskgan_studio.training.stages.adversarial import GeneratedBatch
from maskgan_studio.training.stages.base import grid, require_networks
from maskgan_studio.training.stages.dmn import DenseMappingStage
from maskgan_studio.training.stages.ema import MovingAverage
from maskgan_studio.training.stages.losses import PerceptualLoss
from maskgan_studio.training.stages.mask_vae import move_on_manifold

_FACES = 6


class EditingBehaviorStage(DenseMappingStage):
    """Alternates stage I (G_A on the target) and stage II (G_B: two edited masks, the shared DMN, Alpha Blender).

    Args:
        initial: must hold the trained ``dmn`` and ``mask_vae``; ``discriminator`` and ``alpha_blender`` are made
            afresh where there is none.

    Raises:
        TrainingError: no trained network to start from.
    """

    name = "ebst"

    def __init__(
        self,
        settings: Settings,
        fabric: Fabric,
        initial: dict[str, nn.Module] | None = None,
        perceptual: PerceptualLoss | None = None,
    ) -> None:
        initial = initial or {}
        require_networks(initial, ("dmn", "mask_vae"), "Editing behaviour training")
        super().__init__(settings, fabric, initial, perceptual)
        self.manifold = cast(MaskVAE, self.place(initial["mask_vae"]).eval().requires_grad_(False))
        self.blender = self.place(initial.get("alpha_blender") or _fresh_blender(settings)).train()
        self.networks["alpha_blender"] = self.blender
        self.averages["alpha_blender"] = MovingAverage(self.blender, settings["ema"])
        # One optimiser over G and B together for stage II, as released.
        self.optimizers["blend"] = self.adam([*self.generator.parameters(), *self.blender.parameters()])

    def step(self, batch: Batch) -> dict[str, Tensor]:
        stage_one = super().step(batch)  # Algorithm 1, line 8
        parts = [partial(self._blend, part) for part in batch.split(self.micro_batch)]
        stage_two = self.adversarial_update(parts, "blend", [self.generator, self.blender])
        return stage_one | {f"blend_{name}": value for name, value in stage_two.items()}

    def _blend(self, batch: Batch) -> GeneratedBatch:
        mask = one_hot(batch.masks)
        image = batch.images.contiguous(memory_format=self.format)
        style_mask = one_hot(batch.style_masks) if self.two_views else mask
        with torch.no_grad():  # lines 3 to 7
            inter, outer = move_on_manifold(
                self.manifold, batch.masks, batch.reference_masks, 1 / self.settings["lambda_inter"]
            )
        with self.fabric.autocast():  # line 9
            style = self.generator.encode_style(batch.style_images, style_mask)
            face_inter = self.generator.generate(one_hot(inter), style)
            face_outer = self.generator.generate(one_hot(outer), style)
            blend, _ = self.blender(face_inter, face_outer)
        return GeneratedBatch(mask, image, blend.float())

    @torch.no_grad()
    def sample_grid(self, images: DecodedImages) -> Tensor:
        """The stage I grid, and below it per face: inter mask and face, outer mask and face, blend, photo."""
        x, masks = plain(images.images[:_FACES], images.masks[:_FACES])
        generator = cast(DenseMappingNetwork, self.averages["dmn"].average)
        style = generator.encode_style(x, one_hot(masks))
        inter, outer = move_on_manifold(self.manifold, masks, masks.roll(1, 0), 1 / self.settings["lambda_inter"])
        faces = [generator.generate(one_hot(labels), style) for labels in (inter, outer)]
        blend, _ = self.averages["alpha_blender"].average(*faces)
        colours = torch.from_numpy(color_table()).to(masks.device)
        painted = [colours[labels.long()].permute(0, 3, 1, 2) / 255 for labels in (inter, outer)]
        shown = [(image + 1) / 2 for image in (*faces, blend, x)]
        columns = [painted[0], shown[0], painted[1], shown[1], shown[2], shown[3], shown[3]]
        return torch.cat([super().sample_grid(images), grid([list(column) for column in columns])], dim=1)


def _fresh_blender(settings: Settings) -> AlphaBlender:
    network = AlphaBlender(width=settings["blender_width"])
    initialise_released(network)
    return network
