"""What a layer sees beside the pixels that it is given: the image's border, or the rest of an image rendered before.

A network normalised by the whole image's statistics, with wide convolutions at its coarsest level, cannot be run on a
window of the image alone. After a small edit, though, statistics and features elsewhere hardly change: those of the
last whole image stand in, and only the window around the edit is computed (Li et al., Efficient Spatially Sparse
Inference for Conditional GANs and Diffusion Models, NeurIPS 2022, sections 3.2 and 3.3).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import torch
import torch.nn.functional as F
from torch import Tensor

from maskgan_studio.engine.requests import Window
from maskgan_studio.networks.blocks import EPSILON


class WholeImage:
    """The image ends where the features end."""

    def norm(self, x: Tensor, parameters: Tensor | None = None) -> Tensor:
        """(Adaptive) instance norm of one image (1, C, H, W) that keeps the memory format.

        Args:
            x: features.
            parameters: AdaIN's (1, 2C), first the shifts, then the scales; None for a plain norm.
        """
        shift, scale = _split(parameters)
        return F.batch_norm(x, None, None, weight=scale, bias=shift, training=True, eps=EPSILON)

    def enter_blocks(self, x: Tensor) -> Tensor:
        """The coarsest level's features as the residual blocks get them."""
        return x

    def pad(self, x: Tensor) -> Tensor:
        """One more pixel on every side, for a 3x3 convolution of the coarsest level."""
        return F.pad(x, (1, 1, 1, 1), mode="reflect")

    def leave_blocks(self, x: Tensor) -> Tensor:
        """The coarsest level's features as the up-path gets them."""
        return x

    def cut(self, plane_of: Callable[[int, int], Tensor], x: Tensor) -> Tensor:
        """What of a plane lies under features (1, C, h, w); ``plane_of`` gives it for the image's height and width
        at their level."""
        return plane_of(x.shape[2], x.shape[3])


@dataclass(eq=False)
class Record:
    """What windows need of an image rendered before.

    Attributes:
        stem: mean and 1 / standard deviation of the first layer's channels, (C,).
        statistics: mean and variance of every later norm's input, in order, (C,).
        features: of the coarsest level, (1, C, H, W), before every convolution of the residual blocks, and after all.
    """

    stem: tuple[Tensor, Tensor] | None = None
    statistics: list[tuple[Tensor, Tensor]] = field(default_factory=list)
    features: list[Tensor] = field(default_factory=list)


class RecordedImage(WholeImage):
    """A whole image that leaves a record for windows of the next ones."""

    def __init__(self) -> None:
        self.record = Record()

    def norm(self, x: Tensor, parameters: Tensor | None = None) -> Tensor:
        shift, scale = _split(parameters)
        mean, variance = (torch.zeros(x.shape[1], dtype=torch.float32, device=x.device) for _ in range(2))
        pixels = x.shape[2] * x.shape[3]
        normalized = F.batch_norm(x, mean, variance, scale, shift, training=True, momentum=1.0, eps=EPSILON)
        self.record.statistics.append((mean, variance * ((pixels - 1) / pixels)))  # it gives the unbiased one
        return normalized

    def pad(self, x: Tensor) -> Tensor:
        self.record.features.append(x)
        return super().pad(x)

    def leave_blocks(self, x: Tensor) -> Tensor:
        self.record.features.append(x)
        return x


class ImageWindow(WholeImage):
    """A window of an image: what lies around it, and the statistics, are those of a whole image rendered before.

    Args:
        record: of that image.
        cells: the window at the coarsest level.
    """

    def __init__(self, record: Record, cells: Window) -> None:
        self._statistics: Iterator[tuple[Tensor, Tensor]] = iter(record.statistics)
        self._features: Iterator[Tensor] = iter(record.features)
        self._cells = cells
        self._size = height, width = record.features[0].shape[2:]
        self._seen = (_grow(cells[0], height), _grow(cells[1], width))
        # Whether the image goes on to the left, right, top and bottom.
        self._goes_on = [
            seen != own
            for (rows, own_rows) in [(self._seen[1], cells[1]), (self._seen[0], cells[0])]
            for seen, own in [(rows.start, own_rows.start), (rows.stop, own_rows.stop)]
        ]

    @property
    def seen(self) -> Window:
        """The window with a cell more on each side that is not the image's border: what goes in, and comes out."""
        return self._seen

    def norm(self, x: Tensor, parameters: Tensor | None = None) -> Tensor:
        shift, scale = _split(parameters)
        mean, variance = next(self._statistics)
        return F.batch_norm(x, mean, variance, weight=scale, bias=shift, training=False, eps=EPSILON)

    def enter_blocks(self, x: Tensor) -> Tensor:
        """Without the cells at the edges, where the down-path saw zeros instead of the image."""
        left, right, top, bottom = (int(goes_on) for goes_on in self._goes_on)
        return x[:, :, top : x.shape[2] - bottom, left : x.shape[3] - right]

    def pad(self, x: Tensor) -> Tensor:
        border = [int(not goes_on) for goes_on in self._goes_on]
        return F.pad(self._surrounded(x), border, mode="reflect")

    def leave_blocks(self, x: Tensor) -> Tensor:
        return self._surrounded(x)

    def cut(self, plane_of: Callable[[int, int], Tensor], x: Tensor) -> Tensor:
        rows, columns = self._seen
        scale = x.shape[2] // (rows.stop - rows.start)
        plane = plane_of(self._size[0] * scale, self._size[1] * scale)
        return plane[:, :, rows.start * scale : rows.stop * scale, columns.start * scale : columns.stop * scale]

    def _surrounded(self, x: Tensor) -> Tensor:
        """Features of the window amid those of the image before."""
        rows, columns = self._seen
        left, right, top, bottom = (int(goes_on) for goes_on in self._goes_on)
        whole = next(self._features)[:, :, rows, columns].to(x.dtype, copy=True, memory_format=torch.channels_last)
        whole[:, :, top : whole.shape[2] - bottom, left : whole.shape[3] - right] = x
        return whole


def _split(parameters: Tensor | None) -> tuple[Tensor | None, Tensor | None]:
    """Shifts and scales."""
    if parameters is None:
        return None, None
    shift, scale = parameters[0].chunk(2)
    return shift, scale


def _grow(part: slice, end: int) -> slice:
    return slice(max(0, part.start - 1), min(end, part.stop + 1))
