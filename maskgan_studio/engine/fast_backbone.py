"""The image generation backbone, arranged for speed: the same sums in another order.

What differs from ``networks.backbone`` changes no result beyond rounding:

- everything is channels-last, where convolutions are fastest, and stays so: for one image, batch norm over its own
  statistics is instance norm, takes AdaIN's parameters as its own, and keeps the memory format;
- convolutions before a norm have no bias, because the norm takes it out again;
- 3x3 convolutions of the residual blocks are Winograd's where asked for;
- the last 7x7 convolution, three planes wide and slow for it, is a 1x7 convolution to 21 planes and a sum of 7 shifts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import cast

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from maskgan_studio.engine import winograd
from maskgan_studio.engine.requests import RenderCancelled, ShouldContinue, never_cancelled
from maskgan_studio.engine.surroundings import WholeImage
from maskgan_studio.networks.backbone import Backbone
from maskgan_studio.networks.blocks import blur, fixed_noise

#: Share of the weights' own size that Winograd's larger copies may add. With what making them takes, a network needs
#: some 1.5 times its float32 size at most.
_WINOGRAD_SHARE = 0.35

Convolution = Callable[[Tensor], Tensor]
Stage = Callable[[Tensor], Tensor]


class FastBackbone:
    """Everything after the first layer, for one image.

    Args:
        backbone: is taken over: its weights are released as soon as they are arranged, so that there never are two
            copies of all of them.
        device: where it runs.
        dtype: of weights and activations; statistics and residual sums are always float32.
        use_winograd: worth it on a CPU.
    """

    def __init__(self, backbone: Backbone, device: torch.device, dtype: torch.dtype, use_winograd: bool) -> None:
        self._dtype = dtype
        self._pieces = backbone.style_pieces
        self._head_bias = cast(Tensor, backbone.head.bias).detach().to(device, torch.float32)[:, None, None]
        size = sum(parameter.nbytes for parameter in backbone.parameters())
        budget = _WINOGRAD_SHARE * size

        def arrange(weight: Tensor) -> Tensor:
            return weight.to(device, dtype).contiguous(memory_format=torch.channels_last)

        self._head = arrange(_as_rows(take_weight(backbone.head)))
        self._down = [arrange(take_weight(layer)) for layer in backbone.down]
        self._up = [arrange(take_weight(layer)) for layer in backbone.up]
        self._strengths = [cast(Tensor, noise.strength).detach().to(device, dtype) for noise in backbone.up_noise]
        # Kept, so that a recorded graph finds them where they were.
        self._planes: dict[tuple[int, int], Tensor] = {}
        self.blurred = backbone.blur_upsampling
        self._blocks: list[tuple[Convolution, Convolution]] = []
        for block in backbone.blocks:
            pair: list[Convolution] = []
            for name in ("conv1", "conv2"):
                weight = take_weight(block.get_submodule(name))
                growth = weight.numel() * (16 / 9 * dtype.itemsize - weight.itemsize)
                if use_winograd and growth <= budget:
                    budget -= max(growth, 0.0)
                    transformed = winograd.transform_weight(weight, dtype)
                    pair.append(partial(winograd.convolve, transformed=transformed))
                else:
                    pair.append(partial(F.conv2d, weight=arrange(weight)))
            self._blocks.append((pair[0], pair[1]))

    def __call__(self, x: Tensor, style: Tensor, shift: Tensor | None = None) -> Tensor:
        """Map the first layer's features (1, C, H, W) and a style (1, S) to an image (3, H, W) in [-1, 1], float32.

        ``shift`` is a style map's, (1, C, H / 2, W / 2).
        """
        for _, stage in self.stages(style, shift):
            x = stage(x)
        return x

    def stages(
        self,
        style: Tensor,
        shift: Tensor | None = None,
        should_continue: ShouldContinue = never_cancelled,
        around: WholeImage | None = None,
    ) -> list[tuple[str, Stage]]:
        """The steps in a style, by name, each to be applied to the result of the one before.

        Before every layer they ask ``should_continue``, and raise RenderCancelled where the answer is no. ``around``
        is what they see beside what they are given, the image's border by default.
        """
        run = _Run(iter(style.split(self._pieces, dim=1)), should_continue, around or WholeImage())
        return [
            ("down", partial(self._down_path, run=run)),
            ("blocks", partial(self._residual_blocks, run=run)),
            ("up", partial(self._up_path, run=run, shift=shift)),
            ("head", partial(self._last_layer, run=run)),
        ]

    def _down_path(self, x: Tensor, run: _Run) -> Tensor:
        for weight in self._down:
            run.go_on()
            x = F.relu_(run.around.norm(F.conv2d(x, weight, stride=2, padding=1)))
        return x

    def _residual_blocks(self, x: Tensor, run: _Run) -> Tensor:
        around = run.around
        x = around.enter_blocks(x).float()
        for convolution1, convolution2 in self._blocks:
            run.go_on()
            y = F.relu_(around.norm(convolution1(around.pad(x.to(self._dtype))), next(run.pieces)))
            x = x + around.norm(convolution2(around.pad(y)), next(run.pieces))
        return around.leave_blocks(x.to(self._dtype))

    def _up_path(self, x: Tensor, run: _Run, shift: Tensor | None) -> Tensor:
        for level, weight in enumerate(self._up, start=1 - len(self._up)):
            run.go_on()
            enlarged = F.conv_transpose2d(x, weight, stride=2, padding=1, output_padding=1)
            if self.blurred:
                enlarged = blur(enlarged)
            if self._strengths:
                enlarged.addcmul_(self._strengths[level - 1], run.around.cut(self._plane, enlarged))
            x = run.around.norm(enlarged, next(run.pieces, None))
            if level == -1 and shift is not None:
                x = x.add_(shift)
            x = F.relu_(x)
        return x

    def _plane(self, height: int, width: int) -> Tensor:
        """The plane of noise (1, 1, height, width) of a whole image of this size."""
        if (height, width) not in self._planes:
            self._planes[height, width] = fixed_noise(height, width).to(self._head.device, self._dtype)
        return self._planes[height, width]

    def _last_layer(self, x: Tensor, run: _Run) -> Tensor:
        run.go_on()
        rows = F.conv2d(F.pad(x, (3, 3, 3, 3), mode="reflect"), self._head)[0].unflatten(0, (-1, 3))
        height = x.shape[2]
        total = rows[0, :, :height].float() + self._head_bias
        for k in range(1, len(rows)):  # each row of the kernel, shifted to its place
            total += rows[k, :, k : k + height]
        return torch.tanh(total)


@dataclass(eq=False)
class _Run:
    """One image on its way through the layers."""

    pieces: Iterator[Tensor]
    should_continue: ShouldContinue
    around: WholeImage

    def go_on(self) -> None:
        if not self.should_continue():
            raise RenderCancelled


def take_weight(layer: nn.Module) -> Tensor:
    """Take a layer's weight away from it."""
    weight = cast(Tensor, layer.weight).detach()
    layer.register_parameter("weight", None)
    return weight


def _as_rows(weight: Tensor) -> Tensor:
    """Turn a weight (3, C, 7, 7) into (7 * 3, C, 1, 7): one group of three planes per row of the kernel."""
    return weight.permute(2, 0, 1, 3).flatten(0, 1)[:, :, None]
