"""Completion: draws the edited region of a photo so that it continues the photo around it.

Our extension, not in the paper, which names it as future work (section 6): "combining MaskGAN with image completion
techniques to further preserve details on the regions without editing". The Dense Mapping Network decides what is
drawn; this network makes it part of one photo.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from maskgan_studio.networks.blocks import NoiseInjection

_SLOPE = 0.2
#: Where the learned strength of noise starts: little, so that the first steps learn colours.
_NOISE_START = 0.02


class DilatedBlock(nn.Module):
    """Two 3x3 convolutions, the first dilated, with noise between them, added to the input."""

    def __init__(self, channels: int, dilation: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(channels, channels, 3, padding=dilation, dilation=dilation)
        self.noise = NoiseInjection(channels, _NOISE_START)
        self.conv2 = nn.Conv2d(channels, channels, 3, padding=1)

    def forward(self, x: Tensor, noise: Tensor) -> Tensor:
        y = F.leaky_relu(self.noise(self.conv1(x), noise), _SLOPE)
        return x + self.conv2(y)


class CompletionNetwork(nn.Module):
    """Draws the hidden region of a photo: a U-Net without norms, so that it may run on a box of any size.

    It sees the photo outside the region, the region, the DMN's image (`prepare_completion_base`
    prepares it) and the source mask, and adds a correction to the DMN's image. What the mask leaves open, such as
    single strands, comes from noise at every level.

    Args:
        widths: channels at full size and after each halving.
        dilations: of the residual blocks at the lowest resolution.
        classes: planes of a one-hot mask.
        average_texture: whether it was trained on the DMN's image with its texture averaged over the network's stride:
            a DMN without noise weaves a pattern there, which completion would keep.
    """

    def __init__(
        self,
        widths: Sequence[int] = (24, 48, 96, 128),
        dilations: Sequence[int] = (1, 2, 4, 8, 4, 1),
        classes: int = 19,
        average_texture: bool = True,
    ) -> None:
        super().__init__()
        self.arguments: dict[str, Any] = {
            "widths": list(widths),
            "dilations": list(dilations),
            "classes": classes,
            "average_texture": average_texture,
        }
        # Photo and region, the DMN's image, the mask, and a plane of noise in the region.
        self.stem = nn.Conv2d(3 + 1 + 3 + classes + 1, widths[0], 5, padding=2)
        self.down = nn.ModuleList(nn.Conv2d(a, b, 4, stride=2, padding=1) for a, b in pairwise(widths))
        self.blocks = nn.ModuleList(DilatedBlock(widths[-1], dilation) for dilation in dilations)
        # 1x1 before the upsampling and an added skip: a third of the cost of concatenated features.
        self.narrow = nn.ModuleList(nn.Conv2d(b, a, 1) for a, b in pairwise(widths))
        self.up = nn.ModuleList(nn.Conv2d(a, a, 3, padding=1) for a in widths[:-1])
        self.up_noise = nn.ModuleList(NoiseInjection(a, _NOISE_START) for a in widths[:-1])
        self.head = nn.Conv2d(widths[0], 3, 3, padding=1)
        # A network without numbers is filled from a file. Drawing them on the meta device would load torch's compiler:
        # seconds, and keeps 75 MB.
        if not self.head.weight.is_meta:
            self._initialise()

    @property
    def stride(self) -> int:
        """What height and width must be multiples of."""
        return 2 ** len(self.down)

    def noise_shapes(self, height: int, width: int) -> list[tuple[int, int]]:
        """Sizes (height, width) of the planes of noise in the order in which they are used, for an input's size."""
        levels = [(height >> level, width >> level) for level in range(len(self.down) + 1)]
        return [levels[0], *[levels[-1]] * len(self.blocks), *levels[-2::-1]]

    def draw_noise(self, count: int, height: int, width: int, generator: torch.Generator | None = None) -> list[Tensor]:
        """Planes (count, 1, h, w) from N(0, 1) for :meth:`forward`, on the CPU where a generator is given."""
        device = torch.device("cpu") if generator is not None else self.head.weight.device
        return [
            torch.randn(count, 1, h, w, generator=generator, device=device) for h, w in self.noise_shapes(height, width)
        ]

    def forward(self, photo: Tensor, region: Tensor, drawn: Tensor, mask: Tensor, noise: Sequence[Tensor]) -> Tensor:
        """Draw everything; the caller keeps the photo outside the region.

        Args:
            photo: (N, 3, H, W) RGB in [-1, 1]; what lies in the region is not looked at.
            region: (N, 1, H, W), 1 where is to be drawn, 0 elsewhere.
            drawn: the prepared DMN's image (N, 3, H, W).
            mask: the source mask, one-hot (N, classes, H, W).
            noise: planes from :meth:`draw_noise`.

        Returns:
            (N, 3, H, W), about [-1, 1]; H and W are multiples of ``stride``.
        """
        planes = iter(noise)
        x = torch.cat([photo * (1 - region), region, drawn, mask, region * next(planes)], dim=1)
        x = F.leaky_relu(self.stem(x), _SLOPE)
        skips = []
        for convolution in self.down:
            skips.append(x)
            x = F.leaky_relu(convolution(x), _SLOPE)
        for block in self.blocks:
            x = block(x, next(planes))
        for level in reversed(range(len(self.up))):
            x = F.interpolate(self.narrow[level](x), scale_factor=2, mode="bilinear", align_corners=False)
            x = self.up[level](F.leaky_relu(x + skips[level], _SLOPE))
            x = F.leaky_relu(self.up_noise[level](x, next(planes)), _SLOPE)
        return drawn + self.head(x).to(drawn.dtype)

    def _initialise(self) -> None:
        """He start, with blocks near identity and a last layer near 0: the first result is the DMN's image."""
        for layer in self.modules():
            if isinstance(layer, nn.Conv2d):
                nn.init.kaiming_normal_(layer.weight, a=_SLOPE, nonlinearity="leaky_relu")
                assert layer.bias is not None
                nn.init.zeros_(layer.bias)
        for block in self.blocks:
            assert isinstance(block, DilatedBlock)
            with torch.no_grad():
                block.conv2.weight.mul_(0.3)
        nn.init.normal_(self.head.weight, 0.0, 1e-3)
