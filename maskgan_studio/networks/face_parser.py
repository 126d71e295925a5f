"""FaceParser: a U-Net that finds the 19-class mask of a photo (the paper uses a U-Net parser for its evaluation)."""

from __future__ import annotations

import math
from typing import cast

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from maskgan_studio.labels import FLIP

# The U-Net's four poolings and its strided stem: sizes are multiples of it.
_STRIDE = 32


class DoubleConv(nn.Module):
    """Two 3x3 convolutions with batch norm, the second added to the first: U-Net's unit, made easier to train."""

    def __init__(self, in_channels: int, out_channels: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(in_channels, out_channels, 3, padding=1, bias=False)
        self.norm1 = nn.BatchNorm2d(out_channels)
        self.conv2 = nn.Conv2d(out_channels, out_channels, 3, padding=1, bias=False)
        self.norm2 = nn.BatchNorm2d(out_channels)

    def forward(self, x: Tensor) -> Tensor:
        x = F.relu(self.norm1(self.conv1(x)))
        return F.relu(x + self.norm2(self.conv2(x)))


class FaceParser(nn.Module):
    """U-Net over half-resolution features; a global context vector distinguishes left from right.

    Args:
        width: channels of the first level; the levels have 1, 2, 4, 8 and 8 times as many.
        classes: planes of the output.
        working_size: height and width at which :meth:`parse` looks at an image; what the network was trained at last.
    """

    def __init__(self, width: int = 24, classes: int = 19, working_size: int = 512) -> None:
        super().__init__()
        self.arguments = {"width": width, "classes": classes, "working_size": working_size}
        self.working_size = working_size
        # Planes of a mirrored image in the order of an unmirrored one.
        self._mirrored = list(FLIP[:classes])
        widths = [width, 2 * width, 4 * width, 8 * width, 8 * width]
        # A strided stem: masks have no detail finer than two pixels, and everything after it costs a quarter.
        self.stem = nn.Conv2d(3, width, 5, stride=2, padding=2)
        self.down = nn.ModuleList(DoubleConv(a, b) for a, b in zip([width, *widths[:-1]], widths, strict=True))
        self.context = nn.Conv2d(widths[-1], widths[-1], 1)
        self.up = nn.ModuleList(
            DoubleConv(deep + skip, skip) for deep, skip in zip(widths[:0:-1], widths[-2::-1], strict=True)
        )
        self.head = nn.Conv2d(width, classes, 1)

    def forward(self, image: Tensor) -> Tensor:
        """Map RGB images (N, 3, H, W) in [-1, 1] to logits (N, classes, H, W); H and W multiples of 32."""
        return F.interpolate(self.coarse_logits(image), scale_factor=2, mode="bilinear")

    def coarse_logits(self, image: Tensor) -> Tensor:
        """The logits before they are enlarged, (N, classes, H/2, W/2)."""
        x = F.relu(self.stem(image))
        skips = []
        for level, block in enumerate(self.down):
            x = block(x if level == 0 else F.max_pool2d(x, 2))
            skips.append(x)
        x = skips.pop()
        x = x + self.context(F.adaptive_avg_pool2d(x, 1))
        for block in self.up:
            skip = skips.pop()
            x = block(torch.cat([F.interpolate(x, scale_factor=2, mode="bilinear"), skip], dim=1))
        return cast(Tensor, self.head(x))

    def parse(self, image: Tensor, thorough: bool = True) -> Tensor:
        """Label maps (N, H, W) uint8 of square RGB images (N, 3, H, W) in [-1, 1] of any size; see
        :meth:`probabilities`."""
        return self.probabilities(image, thorough).max(1).indices.to(torch.uint8)

    def probabilities(self, image: Tensor, thorough: bool = True) -> Tensor:
        """Probabilities (N, classes, H, W) of the classes, of square RGB images (N, 3, H, W) in [-1, 1] of any size.

        The images are brought to the working size and the classes' probabilities back, so that outlines stay smooth.

        Args:
            thorough: look at six views, as they are and mirrored, at the working size and a quarter smaller and
                larger, and average; on held-out faces half a point of accuracy for six times the work.
        """
        sizes = [self.working_size]
        if thorough:
            sizes += [math.ceil(self.working_size * scale / _STRIDE) * _STRIDE for scale in (0.75, 1.25)]
        total: Tensor | float = 0.0
        for size in sizes:
            view = image
            if size != image.shape[-1]:
                view = F.interpolate(image, size=size, mode="bilinear", antialias=True)
            found = self._seen(view)
            if thorough:
                found = found + self._seen(view.flip(-1)).flip(-1)[:, self._mirrored]
            if size != image.shape[-1]:
                found = F.interpolate(found, size=image.shape[-1], mode="bilinear")
            total = total + found
        return cast(Tensor, total) / (len(sizes) * (2 if thorough else 1))

    def _seen(self, image: Tensor) -> Tensor:
        return self(image.contiguous(memory_format=torch.channels_last)).softmax(1)


def sample_bilinear_phase(coarse: Tensor, row: int, column: int) -> Tensor:
    """Every second row and column of ``F.interpolate(coarse, scale_factor=2, mode="bilinear")``, from ``row`` and
    ``column`` (0 or 1) on, without computing the others: a loss on one such phase, chosen at random each step, is the
    full loss on average at a quarter of its cost."""
    for dim, phase in ((2, row), (3, column)):
        length = coarse.shape[dim]
        first, last = coarse.narrow(dim, 0, 1), coarse.narrow(dim, length - 1, 1)
        if phase == 0:
            neighbour = torch.cat([first, coarse.narrow(dim, 0, length - 1)], dim)
        else:
            neighbour = torch.cat([coarse.narrow(dim, 1, length - 1), last], dim)
        coarse = torch.lerp(coarse, neighbour, 0.25)
    return coarse
