"""The Pix2PixHD global generator (without local enhancer) that DMN and Alpha Blender build on."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from maskgan_studio.networks.blocks import (
    NoiseInjection,
    ReflectConv,
    adaptive_instance_norm,
    blur,
    fixed_noise,
    instance_norm,
)


class ResidualBlock(nn.Module):
    """Two 3x3 convolutions, each followed by (adaptive) instance norm, added to the input."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.conv1 = ReflectConv(channels, channels, 3)
        self.conv2 = ReflectConv(channels, channels, 3)

    def forward(self, x: Tensor, norm1: Tensor | None = None, norm2: Tensor | None = None) -> Tensor:
        """``norm1`` and ``norm2`` are AdaIN parameters (N, 2C); plain instance norm where they are None."""
        y = F.relu(_norm(self.conv1(x), norm1))
        return x + _norm(self.conv2(y), norm2)


def _norm(x: Tensor, parameters: Tensor | None) -> Tensor:
    return instance_norm(x) if parameters is None else adaptive_instance_norm(x, parameters)


class Backbone(nn.Module):
    """``c7s1-w, d2w ... , residual blocks, u ... , c7s1-out`` (paper appendix A), without the last activation.

    Args:
        in_channels, out_channels: planes of input and output.
        width: channels after the first layer; doubled by each downsampling.
        downsamplings: number of stride-2 convolutions and of transposed convolutions.
        blocks: residual blocks at the lowest resolution.
        style_in_decoder: the instance norms of the up-path are adaptive as well (our extension, not in the paper).
        noise_in_decoder: noise times a learned strength per channel, 0 at first, after every transposed convolution:
            where the mask is constant, nothing else differs from place to place (our extension).
        blur_upsampling: a fixed blur after every transposed convolution (our extension).
    """

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        width: int,
        downsamplings: int,
        blocks: int,
        style_in_decoder: bool = False,
        noise_in_decoder: bool = False,
        blur_upsampling: bool = False,
    ) -> None:
        super().__init__()
        widths = [width * 2**i for i in range(downsamplings + 1)]
        self.stem = ReflectConv(in_channels, width, 7)
        self.down = nn.ModuleList(nn.Conv2d(a, b, 3, stride=2, padding=1) for a, b in pairwise(widths))
        self.blocks = nn.ModuleList(ResidualBlock(widths[-1]) for _ in range(blocks))
        self.up = nn.ModuleList(
            nn.ConvTranspose2d(b, a, 3, stride=2, padding=1, output_padding=1)
            for a, b in zip(widths[-2::-1], widths[:0:-1], strict=True)
        )
        self.blur_upsampling = blur_upsampling
        noisy = widths[-2::-1] if noise_in_decoder else []
        #: Of every level of the up-path; empty without noise.
        self.up_noise = nn.ModuleList(NoiseInjection(channels) for channels in noisy)
        self.head = ReflectConv(width, out_channels, 7)
        block_norms = [2 * widths[-1]] * (2 * blocks)
        decoder_norms = [2 * w for w in widths[-2::-1]] if style_in_decoder else []
        #: Lengths of the pieces into which a style vector is cut, in the order in which they are used.
        self.style_pieces = block_norms + decoder_norms

    def noise_shapes(self, height: int, width: int) -> list[tuple[int, int]]:
        """Sizes (height, width) of the planes of noise of the up-path's levels, for an input's size."""
        return [(height >> level, width >> level) for level in reversed(range(len(self.up_noise)))]

    def draw_noise(self, count: int, height: int, width: int) -> list[Tensor]:
        """Planes (count, 1, h, w) from N(0, 1) for :meth:`forward`: new ones in training, else `fixed_noise`."""
        device = self.head.weight.device
        shapes = self.noise_shapes(height, width)
        if self.training:
            return [torch.randn(count, 1, h, w, device=device) for h, w in shapes]
        return [fixed_noise(h, w).to(device) for h, w in shapes]

    def enlarge(self, level: int, x: Tensor, noise: Sequence[Tensor]) -> Tensor:
        """Double (N, C, H, W) by a level's transposed convolution, with blur and noise where the network has them."""
        x = self.up[level](x)
        if self.blur_upsampling:
            x = blur(x)
        return self.up_noise[level](x, noise[level]) if self.up_noise else x

    def forward(
        self,
        x: Tensor,
        style: Tensor | None = None,
        shift: Tensor | None = None,
        noise: Sequence[Tensor] | None = None,
    ) -> Tensor:
        """Map (N, in, H, W) to (N, out, H, W); H and W must be multiples of ``2 ** downsamplings``.

        Args:
            style: AdaIN parameters of all layers, (N, sum(style_pieces)), or None for plain instance norms.
            shift: added per pixel to the shift of the last norm but one, (N, 2 * width, H / 2, W / 2).
            noise: planes for the up-path; those of :meth:`draw_noise` where None.
        """
        if noise is None:
            noise = self.draw_noise(len(x), x.shape[-2], x.shape[-1])
        pieces = iter(style.split(self.style_pieces, dim=1)) if style is not None else iter(())
        x = F.relu(instance_norm(self.stem(x)))
        for convolution in self.down:
            x = F.relu(instance_norm(convolution(x)))
        for block in self.blocks:
            x = block(x, next(pieces, None), next(pieces, None))
        last_but_one = len(self.up) - 2
        for level in range(len(self.up)):
            x = _norm(self.enlarge(level, x, noise), next(pieces, None))
            x = F.relu(x + shift if level == last_but_one and shift is not None else x)
        return self.head(x)


def one_hot(labels: Tensor, classes: int = 19, dtype: torch.dtype = torch.float32) -> Tensor:
    """Turn label maps (N, H, W) of any integer type into planes (N, classes, H, W) of 0 and 1.

    The result is laid out channels-last where ``labels`` lies on a GPU or a CPU alike: the next operation is a
    convolution, which is fastest that way.
    """
    planes = F.one_hot(labels.long(), classes).to(dtype)
    return planes.permute(0, 3, 1, 2)
