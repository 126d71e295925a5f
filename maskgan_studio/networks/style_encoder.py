"""Spatial-Aware Style Encoder (paper section 3.1, figure 11): the target's look, read at the place of each part."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from maskgan_studio.networks.blocks import ReflectConv, SpatialFeatureTransform

#: How the target mask's features reach the style encoder: SFT layers (the paper's), concatenation (MaskGAN-concat,
#: table 5), or not at all (the baselines Pix2PixHD-m and SPADE).
FUSIONS = ("sft", "concat", "none")


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
        fusion: how the mask's features come in, see ``FUSIONS``.
    """

    def __init__(self, width: int, style_size: int, fusion: str = "sft") -> None:
        super().__init__()
        w, self.fusion = width, fusion
        fused = 8 * w if fusion == "concat" else 4 * w
        self.first = nn.ModuleList([ReflectConv(3, w, 7), ReflectConv(w, 2 * w, 4, 2), ReflectConv(2 * w, 4 * w, 4, 2)])
        if fusion == "sft":
            self.sft1 = SpatialFeatureTransform(4 * w)
        self.second = nn.ModuleList(ReflectConv(fused if i == 0 else 4 * w, 4 * w, 4, 2) for i in range(3))
        if fusion == "sft":
            self.sft2 = SpatialFeatureTransform(4 * w)
        self.head = nn.Conv2d(fused, style_size, 1)

    def forward(self, image: Tensor, conditions: tuple[Tensor, Tensor] | None) -> Tensor:
        """Map an image (N, 3, H, W) in [-1, 1] to a style vector (N, S).

        Args:
            image: the target.
            conditions: the label encoder's two features; None where ``fusion`` is "none".
        """
        x = image
        for convolution in self.first:
            x = F.relu(convolution(x))
        if conditions is not None:
            x = self.sft1(x, conditions[0]) if self.fusion == "sft" else torch.cat([x, conditions[0]], dim=1)
        for convolution in self.second:
            x = F.relu(convolution(x))
        if conditions is not None:
            x = self.sft2(x, conditions[1]) if self.fusion == "sft" else torch.cat([x, conditions[1]], dim=1)
        return self.head(F.adaptive_avg_pool2d(x, 1)).flatten(1)
