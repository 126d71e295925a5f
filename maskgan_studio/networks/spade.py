"""SPADE's generator (Park et al. 2019), the baseline of the paper's tables 2 to 4, under a style vector.

The mask modulates every norm in place; the style enters once, as the features that the generator starts from. Without
the original's spectral norm, so that all recipes share one loop and one set of losses.
"""

from __future__ import annotations

from itertools import pairwise

import torch.nn.functional as F
from torch import Tensor, nn

#: Length of the style vector, as in the original.
_LATENT = 256
#: The vector is spread over this grid, whatever the image's size; the original's grid is that of one fixed size.
_GRID = 4


class SpatiallyAdaptiveNorm(nn.Module):
    """Batch norm without parameters, then a scale and a shift per pixel, read from the mask by two convolutions.

    Batch norm as in the original: an instance norm would take out the style, which is even over the image.
    """

    def __init__(self, channels: int, classes: int, hidden: int) -> None:
        super().__init__()
        self.norm = nn.BatchNorm2d(channels, affine=False)
        self.shared = nn.Conv2d(classes, hidden, 3, padding=1)
        self.scale = nn.Conv2d(hidden, channels, 3, padding=1)
        self.shift = nn.Conv2d(hidden, channels, 3, padding=1)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Modulate ``x`` (N, C, h, w) by a mask (N, classes, H, W), which is brought to its size."""
        conditions = F.relu(self.shared(F.interpolate(mask, size=x.shape[-2:], mode="nearest")))
        return self.norm(x) * (1 + self.scale(conditions)) + self.shift(conditions)


class SpadeBlock(nn.Module):
    """Two 3x3 convolutions after modulated norms, added to the input; the input is projected where channels change."""

    def __init__(self, in_channels: int, out_channels: int, classes: int, hidden: int) -> None:
        super().__init__()
        middle = min(in_channels, out_channels)
        self.norm1 = SpatiallyAdaptiveNorm(in_channels, classes, hidden)
        self.conv1 = nn.Conv2d(in_channels, middle, 3, padding=1)
        self.norm2 = SpatiallyAdaptiveNorm(middle, classes, hidden)
        self.conv2 = nn.Conv2d(middle, out_channels, 3, padding=1)
        self.norm3 = SpatiallyAdaptiveNorm(in_channels, classes, hidden) if in_channels != out_channels else None
        self.project = nn.Conv2d(in_channels, out_channels, 1, bias=False) if in_channels != out_channels else None

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        y = self.conv1(F.leaky_relu(self.norm1(x, mask), 0.2))
        y = self.conv2(F.leaky_relu(self.norm2(y, mask), 0.2))
        if self.norm3 is not None and self.project is not None:
            x = self.project(self.norm3(x, mask))
        return x + y


class SpadeGenerator(nn.Module):
    """A style vector, grown to an image under a mask; takes the place of ``Backbone``.

    Args:
        classes: planes of the mask.
        out_channels: planes of the image.
        width: channels at full resolution; 64 in the original.
        upsamplings: number of doublings from the coarsest level.
        blocks: at the coarsest level; one more follows each doubling.
    """

    def __init__(self, classes: int, out_channels: int, width: int, upsamplings: int, blocks: int) -> None:
        super().__init__()
        widths = [width * 2**i for i in range(upsamplings + 1)][::-1]
        self.upsamplings = upsamplings
        self.start = nn.Linear(_LATENT, widths[0] * _GRID**2)
        self.blocks = nn.ModuleList(SpadeBlock(widths[0], widths[0], classes, 2 * width) for _ in range(blocks))
        self.up = nn.ModuleList(SpadeBlock(a, b, classes, 2 * width) for a, b in pairwise(widths))
        self.head = nn.Conv2d(width, out_channels, 3, padding=1)
        #: Lengths of the pieces of a style vector, as of ``Backbone``; this one is used as a whole.
        self.style_pieces = [_LATENT]

    def forward(self, mask: Tensor, style: Tensor) -> Tensor:
        """Map a mask (N, classes, H, W) and a style (N, sum(style_pieces)) to (N, out, H, W), before the tanh.

        H and W must be multiples of ``2 ** upsamplings``.
        """
        size = [side // 2**self.upsamplings for side in mask.shape[-2:]]
        x = self.start(style).unflatten(1, (-1, _GRID, _GRID))
        x = F.interpolate(x, size=size, mode="bilinear")
        for block in self.blocks:
            x = block(x, mask)
        for block in self.up:
            x = block(F.interpolate(x, scale_factor=2.0, mode="nearest"), mask)
        return self.head(F.leaky_relu(x, 0.2))
