"""The Pix2PixHD global generator (without local enhancer) that DMN and Alpha Blender build on."""

from __future__ import annotations

from itertools import pairwise

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from maskgan_studio.networks.blocks import ReflectConv, adaptive_instance_norm, instance_norm


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
    """

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        width: int,
        downsamplings: int,
        blocks: int,
        style_in_decoder: bool = False,
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
        self.head = ReflectConv(width, out_channels, 7)
        block_norms = [2 * widths[-1]] * (2 * blocks)
        decoder_norms = [2 * w for w in widths[-2::-1]] if style_in_decoder else []
        #: Lengths of the pieces into which a style vector is cut, in the order in which they are used.
        self.style_pieces = block_norms + decoder_norms

    def forward(self, x: Tensor, style: Tensor | None = None, shift: Tensor | None = None) -> Tensor:
        """Map (N, in, H, W) to (N, out, H, W); H and W must be multiples of ``2 ** downsamplings``.

        Args:
            style: AdaIN parameters of all layers, (N, sum(style_pieces)), or None for plain instance norms.
            shift: added per pixel to the shift of the last norm but one, (N, 2 * width, H / 2, W / 2).
        """
        pieces = iter(style.split(self.style_pieces, dim=1)) if style is not None else iter(())
        x = F.relu(instance_norm(self.stem(x)))
        for convolution in self.down:
            x = F.relu(instance_norm(convolution(x)))
        for block in self.blocks:
            x = block(x, next(pieces, None), next(pieces, None))
        for level, convolution in enumerate(self.up, start=1 - len(self.up)):
            x = _norm(convolution(x), next(pieces, None))
            x = F.relu(x + shift if level == -1 and shift is not None else x)
        return self.head(x)


def one_hot(labels: Tensor, classes: int = 19, dtype: torch.dtype = torch.float32) -> Tensor:
    """Turn label maps (N, H, W) of any integer type into planes (N, classes, H, W) of 0 and 1.

    The result is laid out channels-last where ``labels`` lies on a GPU or a CPU alike: the next operation is a
    convolution, which is fastest that way.
    """
    planes = F.one_hot(labels.long(), classes).to(dtype)
    return planes.permute(0, 3, 1, 2)
