"""Completion at work: the edited region of a photo, drawn so that it continues the photo."""

from __future__ import annotations

import numpy as np
import torch
from cachetools import LRUCache
from torch import Tensor

from maskgan_studio.engine.requests import Window
from maskgan_studio.engine.target import Target
from maskgan_studio.networks import CompletionNetwork
from maskgan_studio.networks.backbone import one_hot
from maskgan_studio.photo.compositing.closed_eyes import find_closed_eyes
from maskgan_studio.photo.compositing.completion_base import prepare_completion_base
from maskgan_studio.photo.compositing.completion_region import (
    Box,
    composite_completion,
    find_box,
    find_completion_region,
)
from maskgan_studio.photo.compositing.glasses_rests import find_glasses_rests
from maskgan_studio.photo.compositing.opened_mouth import shade_opened_mouth
from maskgan_studio.photo.compositing.reused_parts import find_reused_parts
from maskgan_studio.photo.compositing.sharpness import match_sharpness
from maskgan_studio.photo.compositing.stray_hair import find_stray_hair, removes_hair

#: Photos whose noise is kept: a few megabytes each.
_PHOTOS = 2


class Completion:
    """Draws regions with a trained network.

    Args:
        network: belongs to this object from now on.
        device: where it runs.
    """

    def __init__(self, network: CompletionNetwork, device: torch.device) -> None:
        self._device = device
        self._network = network.to(device=device, memory_format=torch.channels_last).eval()  # type: ignore[call-overload]
        self._noise: LRUCache[str, list[Tensor]] = LRUCache(_PHOTOS)

    def composite(
        self,
        target: Target,
        source_mask: np.ndarray,
        result: np.ndarray,
        preview: bool = False,
        window: Window | None = None,
    ) -> np.ndarray:
        """Draw what was edited so that it continues the photo, and lay it in.

        Args:
            target: photo, alignment and mask.
            source_mask: the edited mask, which differs from the target's.
            result: uint8 (512, 512, 3), the DMN's picture at the source mask.
            preview: lay the prepared DMN's picture in, without the network.
            window: rows and columns of the crop; nothing is laid in elsewhere.

        Returns:
            uint8 (H, W, 3), the photo's size.
        """
        reused = [
            *find_reused_parts(target.crop, target.mask, source_mask),
            *find_closed_eyes(target.crop, target.mask, source_mask),
        ]
        region = find_completion_region(target.mask, source_mask, reused)
        region |= find_glasses_rests(target.mask, source_mask)
        seen = window or np.s_[:, :]
        if removes_hair(target.mask[seen], source_mask[seen]):
            region |= find_stray_hair(target.crop, target.mask, source_mask)
        wanted = region
        if window is not None:
            wanted = np.zeros_like(region)
            wanted[window] = region[window]
            if not wanted.any():
                return target.photo.pixels.copy()
        box = find_box(wanted)
        averaged = self._network.arguments["average_texture"]
        base = prepare_completion_base(target.crop, result, target.mask, source_mask, region, box, reused, averaged)
        shade_opened_mouth(base, target.crop, target.mask, source_mask, box)
        base = base.clip(0, 255)
        completed = base
        if not preview:
            completed = self.draw(target.crop, base, source_mask, wanted, box, target.key)
            completed = match_sharpness(completed, target.crop, target.mask, source_mask, wanted, box)
        photo, crop, alignment = target.photo.pixels, target.crop, target.alignment
        return composite_completion(photo, alignment, crop, target.mask, source_mask, wanted, completed, box, preview)

    @torch.inference_mode()
    def draw(
        self,
        crop: np.ndarray,
        base: np.ndarray,
        source_mask: np.ndarray,
        region: np.ndarray,
        box: Box,
        seed: str,
    ) -> np.ndarray:
        """Draw the region of an edit.

        Args:
            crop: (S, S, 3) uint8, the photo.
            base: (h, w, 3) float32 in 0 to 255, what :func:`prepare_completion_base` gives for the box.
            source_mask: (S, S) uint8.
            region: (S, S) bool, what is to be drawn; nothing of the photo there is looked at.
            box: part of the crop that holds the region, at multiples of the network's stride.
            seed: hexadecimal digits, of the photo: the same edit gives the same picture, wherever the box ends.

        Returns:
            (h, w, 3) float32 in 0 to 255, of the box.
        """
        photo, prepared = (self._upload(array) / 127.5 - 1 for array in (crop[box], base))
        mask = one_hot(torch.from_numpy(np.ascontiguousarray(source_mask[box])).to(self._device)[None])
        hidden = torch.from_numpy(region[box].astype(np.float32)).to(self._device)[None, None]
        made = self._network(photo, hidden, prepared, mask, self._noise_in(box, crop.shape[:2], seed))
        return np.asarray(((made[0].clamp(-1, 1) + 1) * 127.5).permute(1, 2, 0).float().cpu().numpy())

    def _upload(self, image: np.ndarray) -> Tensor:
        return torch.from_numpy(image.astype(np.float32)).to(self._device).permute(2, 0, 1)[None]

    def _noise_in(self, box: Box, shape: tuple[int, int], seed: str) -> list[Tensor]:
        """The planes of noise of a box, cut out of those of the whole crop."""
        if seed not in self._noise:
            generator = torch.Generator().manual_seed(int(seed[:12], 16))
            self._noise[seed] = self._network.draw_noise(1, *shape, generator)
        rows, columns = box
        cut = []
        for plane in self._noise[seed]:
            shrink = shape[0] // plane.shape[-2]
            part = plane[
                ..., rows.start // shrink : rows.stop // shrink, columns.start // shrink : columns.stop // shrink
            ]
            cut.append(part.to(self._device))
        return cut
