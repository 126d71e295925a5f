"""Stage ``completion``: the network that lays an edit into its photo (our extension, see ``networks.completion``)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import cast

import cv2
import numpy as np
import torch
from lightning_fabric import Fabric
from torch import Tensor, nn

from maskgan_studio.engine.cpu_renderer import CpuRenderer
from maskgan_studio.engine.renderer import PlainRenderer, Renderer
from maskgan_studio.labels import part_named
from maskgan_studio.networks.backbone import Backbone, one_hot
from maskgan_studio.networks.completion import CompletionNetwork
from maskgan_studio.networks.dense_mapping import DenseMappingNetwork
from maskgan_studio.networks.mask_vae import MaskVAE
from maskgan_studio.photo.datasets import Source
from maskgan_studio.photo.kernels import disk
from maskgan_studio.training.data.augmentation import plain
from maskgan_studio.training.data.batches import BatchSource
from maskgan_studio.training.data.dataset import DecodedImages
from maskgan_studio.training.recipe import Phase, Settings
from maskgan_studio.training.stages.adversarial import AdversarialStage, GeneratedBatch
from maskgan_studio.training.stages.base import grid, require_networks
from maskgan_studio.training.stages.completion_batches import (
    CompletionBatch,
    CompletionBatches,
    Draw,
    DrawnImages,
    collate,
)
from maskgan_studio.training.stages.completion_examples import prepare_example
from maskgan_studio.training.stages.ema import MovingAverage
from maskgan_studio.training.stages.losses import PerceptualLoss

_FACES = 5
_DRAWN_AT_ONCE = 16
_GROWN = 5  # pixels of 512 by which a hidden part is grown when it is measured
_HIDDEN = {
    "hair": [part_named("hair").index],
    "features": [
        part_named(name).index for name in ("l_eye", "r_eye", "l_brow", "r_brow", "nose", "mouth", "u_lip", "l_lip")
    ],
}


class CompletionStage(AdversarialStage):
    """Trains :class:`CompletionNetwork` on hidden regions of photos; the DMN and MaskVAE stay as they are.

    Losses are those of eq. 6 on the composite (region drawn, the rest real), and L1 in the region.

    Args:
        initial: must hold the trained ``dmn`` and ``mask_vae``; ``completion`` and its discriminator go on from what is
            there (the discriminator else from the DMN's), or are made afresh.

    Raises:
        TrainingError: no trained network to start from.
    """

    name = "completion"

    def __init__(
        self,
        settings: Settings,
        fabric: Fabric,
        initial: dict[str, nn.Module] | None = None,
        perceptual: PerceptualLoss | None = None,
    ) -> None:
        initial = initial or {}
        require_networks(initial, ("dmn", "mask_vae"), "Completion")
        judge = initial.get("completion_discriminator", initial.get("discriminator"))
        super().__init__(settings, fabric, judge, perceptual)
        generator = cast(DenseMappingNetwork, initial["dmn"])
        self._generator_digest = _digest(generator)
        self._draw = _make_drawer(generator, fabric.device)
        self.manifold = cast(MaskVAE, self.place(initial["mask_vae"]).eval().requires_grad_(False))
        self.network = cast(CompletionNetwork, self.place(_network_of(settings, initial)).train())
        self.networks = {"completion": self.network, "completion_discriminator": self.discriminator}
        self.averages = {"completion": MovingAverage(self.network, settings["ema"])}
        self.optimizers["completion"] = self.adam(self.network.parameters())
        self._examples: tuple[DecodedImages, dict[str, CompletionBatch]] | None = None

    def draw(self, images: np.ndarray, masks: np.ndarray) -> np.ndarray:
        """Reconstruct images uint8 (N, S, S, 3) with their masks uint8 (N, S, S)."""
        return self._draw(images, masks)

    def open_batches(
        self, sources: Sequence[Source], phase: Phase, cache: Path, before: BatchSource | None
    ) -> CompletionBatches:
        batches = CompletionBatches(self, sources, phase, cache, self.settings["seed"], before)
        if isinstance(before, CompletionBatches) and before.decoded is batches.decoded:
            batches.drawn = before.drawn
        else:
            decoded = batches.decoded
            file = cache / f"{decoded.key}-drawn-{self._generator_digest}.npy"
            batches.drawn = DrawnImages(self.draw, len(decoded), phase.size, file, decoded.limit // 2)
        return batches

    def step(self, batch: CompletionBatch) -> dict[str, Tensor]:
        mask = one_hot(batch.masks)
        made = self._complete(self.network, batch, mask)
        region = batch.regions
        composite = torch.lerp(batch.images, made, region)
        self.shift_perceptual()
        inside = ((made - batch.images).abs() * region).sum() / (3 * region.sum())
        images, composite = (x.contiguous(memory_format=self.format) for x in (batch.images, composite))
        generated = GeneratedBatch(mask, images, composite, {"inside": (self.settings["l1_weight"], inside)})
        return self.adversarial_update([lambda: generated], "completion", [self.network], batch.judged)

    def _complete(
        self, network: CompletionNetwork, batch: CompletionBatch, mask: Tensor, generator: torch.Generator | None = None
    ) -> Tensor:
        noise = network.draw_noise(len(mask), mask.shape[-2], mask.shape[-1], generator)
        noise = [plane.to(mask.device) for plane in noise]
        images, drawn = (x.contiguous(memory_format=self.format) for x in (batch.images, batch.drawn))
        with self.fabric.autocast():
            return network(images, batch.regions, drawn, mask, noise).float()

    @torch.no_grad()
    def validate(self, images: DecodedImages) -> dict[str, float]:
        """``hair_left``, ``features_left``: perceptual distance to the photo after that part was hidden and drawn
        again, as a share of the distance when the DMN's picture is laid in as it is; with the L1 in the region."""
        figures = {}
        for part, batch in self._hidden_parts(images).items():
            made = self._draw_examples(batch)
            figures[f"{part}_l1"] = ((made - batch.images).abs() * batch.regions).sum().item() / (
                6 * batch.regions.sum().item()
            )
            if self.perceptual is not None:
                bare = torch.lerp(batch.images, batch.drawn, batch.regions)
                after, before = (
                    torch.cat(
                        [self.perceptual.distance(a, b) for a, b in zip(x.split(2), batch.images.split(2), strict=True)]
                    )
                    for x in (made, bare)
                )
                figures[f"{part}_left"] = (after.mean() / before.mean()).item()
        return figures

    @torch.no_grad()
    def sample_grid(self, images: DecodedImages) -> Tensor:
        """Per face: the photo; with hair, then with features hidden: the prepared DMN's picture and the result."""
        columns: list[Tensor] = []
        for batch in self._hidden_parts(images).values():
            shown = _faces(batch, 0, _FACES)
            bare = torch.lerp(shown.images, shown.drawn, shown.regions)
            columns += [*([] if columns else [shown.images]), bare, self._draw_examples(shown)]
        rows = zip(*[(column + 1) / 2 for column in columns], strict=False)
        return grid([list(row) for row in rows])

    def _draw_examples(self, batch: CompletionBatch) -> Tensor:
        network = cast(CompletionNetwork, self.averages["completion"].average)
        made = []
        for i in range(len(batch.images)):
            one = _faces(batch, i, i + 1)
            noise = torch.Generator().manual_seed(i)
            made.append(self._complete(network, one, one_hot(one.masks), noise))
        return torch.lerp(batch.images, torch.cat(made), batch.regions)

    def _hidden_parts(self, images: DecodedImages) -> dict[str, CompletionBatch]:
        """Held-out faces with their hair, or all of their features, hidden; made once."""
        if self._examples is None or self._examples[0] is not images:
            windows: dict[str, list] = {part: [] for part in _HIDDEN}
            averaged = self.network.arguments["average_texture"]
            for image, mask in zip(images.images, images.masks, strict=True):
                photo, labels = image.cpu().numpy(), mask.cpu().numpy()
                drawn = self.draw(photo[None], labels[None])[0]
                for part, indices in _HIDDEN.items():
                    inside = np.isin(labels, indices)
                    if inside.any():
                        radius = max(1, _GROWN * images.size // 512)
                        region = cv2.dilate(inside.astype(np.uint8), disk(radius)) > 0
                        window = (0, 0, images.size)
                        windows[part].append(
                            prepare_example(photo, labels, drawn, region, window, average_texture=averaged)
                        )
            made = {part: collate(found, images.images.device) for part, found in windows.items() if found}
            self._examples = images, made
        return self._examples[1]


def _faces(batch: CompletionBatch, first: int, stop: int) -> CompletionBatch:
    """Some of a batch's faces."""
    tensors = (batch.images, batch.masks, batch.regions, batch.drawn)
    images, masks, regions, drawn = (value[first:stop] for value in tensors)
    return CompletionBatch(images, masks, regions, drawn)


def _network_of(settings: Settings, initial: dict[str, nn.Module]) -> CompletionNetwork:
    """The network to start from, with the recipe's ``average_texture``; its weights are the same with either."""
    averaged = settings.optional("average_texture", True)
    given = cast(CompletionNetwork | None, initial.get("completion"))
    if given is None:
        return CompletionNetwork(settings["widths"], settings["dilations"], average_texture=averaged)
    network = CompletionNetwork(**given.arguments | {"average_texture": averaged})
    network.load_state_dict(given.state_dict())
    return network


def _make_drawer(generator: DenseMappingNetwork, device: torch.device) -> Draw:
    """The quickest way to draw: at 512 pixels the DMN costs more than a step of completion."""
    if device.type == "cuda":
        placed = generator.to(device, memory_format=torch.channels_last).eval()  # type: ignore[call-overload]
        return partial(_draw_at_once, placed, device)
    exact = device.type == "cpu" and isinstance(generator.backbone, Backbone)
    renderer: Renderer = CpuRenderer(generator) if exact else PlainRenderer(generator, device)
    return partial(_draw_each, renderer)


@torch.inference_mode()
def _draw_at_once(
    generator: DenseMappingNetwork, device: torch.device, images: np.ndarray, masks: np.ndarray
) -> np.ndarray:
    x, labels = plain(torch.from_numpy(images).to(device), torch.from_numpy(masks).to(device))
    hot = one_hot(labels)
    made = torch.cat([generator(*part) for part in zip(*(y.split(_DRAWN_AT_ONCE) for y in (hot, hot, x)), strict=True)])
    return ((made.float() + 1) * 127.5).round().clamp(0, 255).byte().permute(0, 2, 3, 1).cpu().numpy()


def _draw_each(renderer: Renderer, images: np.ndarray, masks: np.ndarray) -> np.ndarray:
    made = [
        renderer.render(labels, renderer.encode_style(image, labels, ""), len(labels))
        for image, labels in zip(images, masks, strict=True)
    ]
    return np.stack(made)


def _digest(network: nn.Module) -> str:
    """Short hash of a network's weights."""
    key = hashlib.sha256()
    for value in network.state_dict().values():
        key.update(value.detach().float().cpu().numpy().tobytes())
    return key.hexdigest()[:12]
