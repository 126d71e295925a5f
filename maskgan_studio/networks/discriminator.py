"""Multi-scale PatchGAN discriminator of Pix2PixHD (paper section 3.3 and appendix A)."""

from __future__ import annotations

from itertools import pairwise

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from maskgan_studio.networks.blocks import instance_norm


class PatchDiscriminator(nn.Module):
    """``c64-c128-c256-c512`` and a 1-plane output; all layers' features are returned for feature matching."""

    def __init__(self, in_channels: int, width: int, layers: int) -> None:
        super().__init__()
        widths = [in_channels] + [min(width * 2**i, 512) for i in range(layers + 1)] + [1]
        self.convolutions = nn.ModuleList(
            nn.Conv2d(a, b, 4, stride=2 if i < layers else 1, padding=2) for i, (a, b) in enumerate(pairwise(widths))
        )

    def forward(self, x: Tensor) -> list[Tensor]:
        features: list[Tensor] = []
        last = len(self.convolutions) - 1
        for i, convolution in enumerate(self.convolutions):
            x = convolution(x)
            if 0 < i < last:
                x = instance_norm(x)
            if i < last:
                x = F.leaky_relu(x, 0.2)
            features.append(x)
        return features


class MultiscaleDiscriminator(nn.Module):
    """D_1 and D_2: the same network at full and at half resolution.

    Args:
        width: channels of the first layer; 64 in the paper.
        layers: stride-2 convolutions; 3 as released.
        scales: number of resolutions.
        classes: planes of the one-hot mask that conditions the judgement.
    """

    def __init__(self, width: int = 64, layers: int = 3, scales: int = 2, classes: int = 19) -> None:
        super().__init__()
        self.arguments = {"width": width, "layers": layers, "scales": scales, "classes": classes}
        self.scales = nn.ModuleList(PatchDiscriminator(classes + 3, width, layers) for _ in range(scales))

    def forward(self, mask: Tensor, image: Tensor) -> list[list[Tensor]]:
        """Judge images (N, 3, H, W) under their one-hot masks (N, classes, H, W).

        Returns:
            per scale, full resolution first, the features of every layer; the last is the patch-wise judgement.
        """
        x = torch.cat([mask, image], dim=1)
        judgements = []
        for i, scale in enumerate(self.scales):
            if i:
                x = F.avg_pool2d(x, 3, stride=2, padding=1, count_include_pad=False)
            judgements.append(scale(x))
        return judgements
