"""AttributeClassifier: ResNet-18 that says which binary attributes a face has (paper section 5.3)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class BasicBlock(nn.Module):
    """Two 3x3 convolutions with batch norm, added to the input; the input is projected where its shape differs."""

    def __init__(self, in_channels: int, out_channels: int, stride: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(in_channels, out_channels, 3, stride, padding=1, bias=False)
        self.norm1 = nn.BatchNorm2d(out_channels)
        self.conv2 = nn.Conv2d(out_channels, out_channels, 3, padding=1, bias=False)
        self.norm2 = nn.BatchNorm2d(out_channels)
        self.project: nn.Module = nn.Identity()
        if stride != 1 or in_channels != out_channels:
            self.project = nn.Sequential(
                nn.Conv2d(in_channels, out_channels, 1, stride, bias=False), nn.BatchNorm2d(out_channels)
            )

    def forward(self, x: Tensor) -> Tensor:
        y = self.norm2(self.conv2(F.relu(self.norm1(self.conv1(x)))))
        return F.relu(y + self.project(x))


class AttributeClassifier(nn.Module):
    """ResNet-18 with one binary output per attribute.

    Args:
        attributes: their names, such as "Smiling" or "Male", in the order of the outputs.
        width: channels of the first level; 64 in ResNet-18.
        working_size: height and width at which :meth:`probabilities` looks at an image.
    """

    def __init__(self, attributes: Sequence[str], width: int = 64, working_size: int = 128) -> None:
        super().__init__()
        self.arguments = {"attributes": list(attributes), "width": width, "working_size": working_size}
        self.attributes = tuple(attributes)
        self.working_size = working_size
        self.stem = nn.Conv2d(3, width, 7, stride=2, padding=3, bias=False)
        self.norm = nn.BatchNorm2d(width)
        levels = [width, width, 2 * width, 4 * width, 8 * width]
        self.levels = nn.Sequential(
            *(
                nn.Sequential(BasicBlock(a, b, stride=1 if level == 0 else 2), BasicBlock(b, b, stride=1))
                for level, (a, b) in enumerate(pairwise(levels))
            )
        )
        self.head = nn.Linear(levels[-1], len(self.attributes))

    def forward(self, image: Tensor) -> Tensor:
        """Map RGB images (N, 3, H, W) in [-1, 1] to logits (N, attributes)."""
        x = F.max_pool2d(F.relu(self.norm(self.stem(image))), 3, stride=2, padding=1)
        return self.head(self.levels(x).mean((2, 3)))

    def probabilities(self, image: Tensor) -> Tensor:
        """Probability (N, attributes) of each attribute, for square images (N, 3, H, W) of any size."""
        if image.shape[-1] != self.working_size:
            image = F.interpolate(image, size=self.working_size, mode="bilinear", antialias=True)
        return torch.sigmoid(self(image))
