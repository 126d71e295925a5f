"""Augmentation of image and mask alike, batched on the training device and seeded per sample."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from maskgan_studio.labels import FLIP, PARTS
from maskgan_studio.training.recipe import Settings

# ITU-R BT.601 luma, the grey that saturation is mixed with.
_LUMA = np.array([0.299, 0.587, 0.114])
# Names of the streams of random numbers of one sample; views follow the geometry's.
_COLOUR, _GEOMETRY = 0, 1
# What a closer look is for; the others are large, or seen well from afar.
_SMALL = [part.index for part in PARTS if part.name not in ("background", "skin", "hair", "hat", "neck", "cloth")]


class Augmentation:
    """Flip with left/right label swap, similarity transform, colour jitter and loss of sharpness.

    Args:
        settings: the ``augmentation`` table of a recipe stage: ``flip`` (probability), ``rotation`` (degrees),
            ``scale`` ([low, high]; above 1 enlarges the face), ``shift`` (fraction of the size), ``colour`` (strength
            of brightness, contrast, saturation and channel gains), ``gamma`` (strength, in octaves), ``blur``
            (largest factor of resolution loss), ``noise`` (standard deviation, 0 to 255), ``padding`` ("border" or
            "reflection"), ``inside`` (true keeps the window in the picture, so that nothing is padded), ``zoom_share``
            (of the samples that look closely at a small part) and ``zoom`` ([low, high] of their scale).
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        table = np.arange(256, dtype=np.uint8)
        table[: len(FLIP)] = FLIP
        self._flip_table = torch.from_numpy(table)

    def __call__(
        self, images: Tensor, masks: Tensor, seeds: Sequence[tuple[int, ...]], view: int = 0, size: int | None = None
    ) -> tuple[Tensor, Tensor]:
        """Augment uint8 images (N, H, W, 3) and masks (N, H, W).

        Args:
            seeds: one seed per sample; equal seeds give equal transformations.
            view: another view has another geometry, but the same colours: of one photo, the style must agree.
            size: height and width S of what is returned. At scale 1 it shows the whole picture, above 1 a part of it
                with the detail that the picture has; None for the pictures' own.

        Returns:
            float images (N, 3, S, S) in [-1, 1] and uint8 masks (N, S, S).
        """
        device = images.device
        generators = [np.random.default_rng((*seed, _GEOMETRY + view)) for seed in seeds]
        geometry = np.stack([self._geometry(rng, mask) for rng, mask in zip(generators, masks, strict=True)])
        generators = [np.random.default_rng((*seed, _COLOUR)) for seed in seeds]
        colour = np.stack([self._colour(rng) for rng in generators])
        settings = self._settings

        x = images.permute(0, 3, 1, 2).to(torch.float32) / 255
        theta = torch.from_numpy(geometry[:, :2].astype(np.float32)).to(device)
        size = size or x.shape[-1]
        grid = F.affine_grid(theta, [*x.shape[:2], size, size], align_corners=False)
        x = F.grid_sample(x, grid, mode="bilinear", padding_mode=settings["padding"], align_corners=False)
        planes = masks[:, None].to(torch.float32)
        planes = F.grid_sample(planes, grid, mode="nearest", padding_mode=settings["padding"], align_corners=False)
        labels = planes[:, 0].round().to(torch.uint8)
        flipped = torch.from_numpy(geometry[:, 2, 0] > 0).to(device)
        table = self._flip_table.to(device)
        labels = torch.where(flipped[:, None, None], table[labels.long()], labels)

        matrix = torch.from_numpy(colour[:, :, :3].astype(np.float32)).to(device)
        offset = torch.from_numpy(colour[:, :, 3].astype(np.float32)).to(device)
        gamma = torch.from_numpy(colour[:, 0, 4].astype(np.float32)).to(device)
        x = (torch.einsum("nij,njhw->nihw", matrix, x) + offset[:, :, None, None]).clamp_(1e-4, 1)
        x = x.pow(gamma[:, None, None, None])
        x = self._soften(x, generators)
        return x * 2 - 1, labels

    def _geometry(self, rng: np.random.Generator, mask: Tensor) -> np.ndarray:
        """(3, 3): rows 0 and 1 are the sampling matrix of ``affine_grid``; entry (2, 0) is whether it mirrors."""
        settings = self._settings
        low, high = settings["scale"]
        share = settings.optional("zoom_share", 0.0)
        zoomed = share > 0 and rng.random() < share
        if zoomed:
            low, high = settings["zoom"]
        scale = math.exp(rng.uniform(math.log(low), math.log(high)))
        angle = math.radians(rng.uniform(-1, 1) * settings["rotation"])
        shift = rng.uniform(-2, 2, 2) * settings["shift"]
        mirror = rng.random() < settings["flip"]
        shown = abs(math.cos(angle)) + abs(math.sin(angle))
        inside = settings.optional("inside", False)
        if inside:
            scale = max(scale, shown)
        matrix = np.zeros((3, 3))
        rotation = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
        matrix[:2, :2] = rotation @ np.diag([-1.0 if mirror else 1.0, 1.0]) / scale
        matrix[:2, 2] = shift / scale
        if zoomed:
            # As near to the part as the window can be without leaving the picture.
            room = max(0.0, 1 - 1 / scale)
            matrix[:2, 2] += _small_part_centre(mask, rng).clip(-room, room)
        if inside:
            matrix[:2, 2] = matrix[:2, 2].clip(shown / scale - 1, 1 - shown / scale)
        matrix[2, 0] = mirror
        return matrix

    def _colour(self, rng: np.random.Generator) -> np.ndarray:
        """(3, 5): colour matrix, offset, and the exponent in entry (0, 4)."""
        strength = self._settings["colour"]
        brightness, contrast, saturation = 1 + rng.uniform(-strength, strength, 3)
        gains = 1 + rng.uniform(-strength, strength, 3) / 3
        matrix = saturation * np.eye(3) + (1 - saturation) * np.tile(_LUMA, (3, 1))
        result = np.zeros((3, 5))
        result[:, :3] = np.diag(gains) @ matrix * brightness * contrast
        result[:, 3] = 0.5 * (1 - contrast)
        result[0, 4] = 2 ** rng.uniform(-self._settings["gamma"], self._settings["gamma"])
        return result

    def _soften(self, x: Tensor, generators: Sequence[np.random.Generator]) -> Tensor:
        """Lower the resolution of every second sample and add sensor noise, as phone images have."""
        settings = self._settings
        if settings["blur"] > 1:
            size = x.shape[-1]
            softened = []
            for image, rng in zip(x, generators, strict=True):
                factor = rng.uniform(1, settings["blur"])
                if rng.random() < 0.5:
                    small = F.interpolate(image[None], size=max(16, int(size / factor)), mode="area")
                    image = F.interpolate(small, size=size, mode="bilinear")[0]
                softened.append(image)
            x = torch.stack(softened)
        if settings["noise"]:
            levels = [rng.uniform(0, settings["noise"]) / 255 for rng in generators]
            noise = np.stack([rng.standard_normal(x.shape[1:], dtype=np.float32) for rng in generators])
            x = x + torch.from_numpy(noise).to(x.device) * torch.tensor(levels, device=x.device)[:, None, None, None]
        return x


def _small_part_centre(mask: Tensor, rng: np.random.Generator) -> np.ndarray:
    """Where a random small part of a mask (H, W) is: (x, y), each from -1 to 1; the middle where there is none."""
    labels = mask.cpu().numpy()
    present = [part for part in _SMALL if (labels == part).any()]
    if not present:
        return np.zeros(2)
    rows, columns = np.nonzero(labels == rng.choice(present))
    return np.array([2 * columns.mean() / labels.shape[1] - 1, 2 * rows.mean() / labels.shape[0] - 1])


def plain(images: Tensor, masks: Tensor) -> tuple[Tensor, Tensor]:
    """The same conversion without any augmentation: (N, H, W, 3) uint8 to (N, 3, H, W) in [-1, 1]."""
    return images.permute(0, 3, 1, 2).to(torch.float32) / 127.5 - 1, masks
