"""Stage ``mask-vae``: the manifold of plausible masks (paper eq. 3 to 5)."""

from __future__ import annotations

from typing import cast

import torch
import torch.nn.functional as F
from lightning_fabric import Fabric
from torch import Tensor, nn

from maskgan_studio.labels import NUM_CLASSES, color_table
from maskgan_studio.networks.backbone import one_hot
from maskgan_studio.networks.mask_vae import MaskVAE
from maskgan_studio.training.data.dataset import Batch, DecodedImages
from maskgan_studio.training.recipe import Settings
from maskgan_studio.training.stages.base import Stage, grid
from maskgan_studio.training.stages.ema import MovingAverage
from maskgan_studio.training.stages.losses import kl_divergence
from maskgan_studio.training.stages.segmentation_scores import LabelScores

_BATCH = 8
_FACES = 6
#: Steps of the interpolations on the sample grid.
_BETWEEN = (0.0, 0.25, 0.5, 0.75, 1.0)


def resize_labels(labels: Tensor, size: int) -> Tensor:
    """Resize label maps (N, H, W) to (N, size, size) by the nearest pixel."""
    if labels.shape[-1] == size:
        return labels
    return F.interpolate(labels[:, None].float(), size=(size, size), mode="nearest-exact")[:, 0].to(labels.dtype)


def decode_labels(network: MaskVAE, latent: Tensor, size: int) -> Tensor:
    """Label maps (N, size, size) of latent vectors; enlarged before a class is chosen, so that outlines stay smooth."""
    logits = network.decode(latent).float()
    if logits.shape[-1] != size:
        logits = F.interpolate(logits, size=size, mode="bilinear")
    return logits.argmax(1).to(torch.uint8)


class MaskVAEStage(Stage):
    """Trains :class:`MaskVAE` on masks alone; mean cross-entropy plus lambda_KL times the summed KL divergence."""

    name = "mask-vae"

    def __init__(self, settings: Settings, fabric: Fabric, initial: dict[str, nn.Module] | None = None) -> None:
        super().__init__(settings, fabric)
        network = (initial or {}).get("mask_vae") or MaskVAE(
            encoder_width=settings["encoder_width"],
            decoder_width=settings["decoder_width"],
            latent=settings["latent"],
            size=settings["size"],
            max_channels=settings["max_channels"] or None,
            spread=True,
        )
        self.network = cast(MaskVAE, self.place(network).train())
        self.networks = {"mask_vae": self.network}
        self.averages = {"mask_vae": MovingAverage(self.network, settings["ema"])}
        adam = torch.optim.Adam(self.network.parameters(), lr=1.0, betas=(0.5, 0.999), fused=True)
        self.optimizers = {"mask_vae": self.prepare(adam)}

    def step(self, batch: Batch) -> dict[str, Tensor]:
        labels = resize_labels(batch.masks, self.network.size)
        with self.fabric.autocast():
            logits, mean, log_variance = self.network(one_hot(labels))
        self.network.learn_spread(mean)
        entropy = F.cross_entropy(logits.float(), labels.long())
        divergence = kl_divergence(mean.float(), log_variance.float())
        self.update(entropy + self.settings["kl_weight"] * divergence, self.optimizers["mask_vae"], [self.network])
        return {"cross_entropy": entropy.detach(), "kl": divergence.detach()}

    @property
    def _average(self) -> MaskVAE:
        return cast(MaskVAE, self.averages["mask_vae"].average)

    @torch.no_grad()
    def validate(self, images: DecodedImages) -> dict[str, float]:
        """Reconstructions against the held-out masks at the masks' own size, however small the network's is."""
        scores = LabelScores()
        for masks in images.masks.split(_BATCH):
            latent, _ = self._average.encode(one_hot(resize_labels(masks, self.network.size)))
            scores.add(masks, decode_labels(self._average, latent, masks.shape[-1]))
        return {"pixel_accuracy": scores.pixel_accuracy, "mean_f1": scores.mean_f1}

    @torch.no_grad()
    def sample_grid(self, images: DecodedImages) -> Tensor:
        """Rows: a mask, then the way from it to the next person's mask along the manifold."""
        masks = resize_labels(images.masks[:_FACES], self.network.size)
        z, _ = self._average.encode(one_hot(masks))
        others = z.roll(1, 0)
        steps = [masks] + [self._average.decode(z + t * (others - z)).argmax(1) for t in _BETWEEN]
        colours = torch.from_numpy(color_table()).to(masks.device)
        return grid([[colours[column[i].long()].permute(2, 0, 1) / 255 for column in steps] for i in range(len(masks))])


def move_on_manifold(network: MaskVAE, masks: Tensor, references: Tensor, t: float) -> tuple[Tensor, Tensor]:
    """Inter and outer masks (Algorithm 1, lines 3 to 7): decoded from z + t (z_ref - z) and z - t (z_ref - z).

    The decoder's output is read as a label map, as released, so that the generator sees masks like a user's.

    Args:
        masks, references: label maps (N, H, W).
        t: 1 / lambda_inter.
    """
    z, _ = network.encode(one_hot(resize_labels(masks, network.size)))
    z_ref, _ = network.encode(one_hot(resize_labels(references, network.size)))
    assert network.arguments["classes"] == NUM_CLASSES
    size = masks.shape[-1]
    step = t * (z_ref - z)
    return decode_labels(network, z + step, size), decode_labels(network, z - step, size)
