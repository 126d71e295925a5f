"""Spatial-Aware Style Encoder (paper section 3.1, figure 11): the target's look, read at the place of each part."""

from __future__ import annotations

import torch.nn.functional as F
from torch import Tensor, nn

from maskgan_studio.networks.blocks import ReflectConv, SpatialFeatureTransform


class LabelEncoder(nn.Module):
    """Encodes the target mask into the two conditions of the style encoder's SFT layers. No norm anywhere."""

    def __init__(self, classes: int, width: int) -> None:
        super().__init__()
        w = width
        self.first = nn.ModuleList(
            [ReflectConv(classes, w, 7), ReflectConv(w, 2 * w, 4, 2), ReflectConv(2 * w, 4 * w, 4, 2)]
        )
        self.second = nn.ModuleList(ReflectConv(4 * w, 4 * w, 4, 2) for _ in range(3))

    def forward(self, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Map one-hot (N, classes, H, W) to features (N, 4w, H/4, W/4) and (N, 4w, H/32, W/32).

        The last layer of each half has no activation, as released.
        """
        x = F.relu(self.first[0](mask))
        x = F.relu(self.first[1](x))
        fine = self.first[2](x)
        x = F.relu(self.second[0](F.relu(fine)))
        x = F.relu(self.second[1](x))
        return fine, self.second[2](x)


class StyleEncoder(nn.Module):
    """Encodes the target image, modulated by its mask, into one vector of AdaIN parameters. No norm anywhere:
    instance norm would remove the very style that is to be read.

    Args:
        width: channels of the first layer (16 as released).
        style_size: length of the vector.
    """

    def __init__(self, width: int, style_size: int) -> None:
        super().__init__()
        w = width
        self.first = nn.ModuleList([ReflectConv(3, w, 7), ReflectConv(w, 2 * w, 4, 2), ReflectConv(2 * w, 4 * w, 4, 2)])
        self.sft1 = SpatialFeatureTransform(4 * w)
        self.second = nn.ModuleList(ReflectConv(4 * w, 4 * w, 4, 2) for _ in range(3))
        self.sft2 = SpatialFeatureTransform(4 * w)
        self.head = nn.Conv2d(4 * w, style_size, 1)

    def forward(self, image: Tensor, fine: Tensor, coarse: Tensor) -> Tensor:
        """Map an image (N, 3, H, W) in [-1, 1] and the label encoder's two features to a style vector (N, S)."""
        x = image
        for convolution in self.first:
            x = F.relu(convolution(x))
        x = self.sft1(x, fine)
        for convolution in self.second:
            x = F.relu(convolution(x))
        x = self.sft2(x, coarse)
        return self.head(F.adaptive_avg_pool2d(x, 1)).flatten(1)
