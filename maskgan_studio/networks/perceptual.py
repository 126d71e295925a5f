"""Fixed feature extractors for the perceptual loss (paper eq. 9): VGG-19 as in the paper, SqueezeNet where no VGG-19
file is available. Layers only; the weights come from a file of the user's (``maskgan_studio.weights.features``).
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class Fire(nn.Module):
    """SqueezeNet's unit: a 1x1 squeeze, then 1x1 and 3x3 expansions side by side."""

    def __init__(self, in_channels: int, squeeze: int, expand: int) -> None:
        super().__init__()
        self.squeeze = nn.Conv2d(in_channels, squeeze, 1)
        self.expand1x1 = nn.Conv2d(squeeze, expand, 1)
        self.expand3x3 = nn.Conv2d(squeeze, expand, 3, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        x = F.relu(self.squeeze(x))
        return torch.cat([F.relu(self.expand1x1(x)), F.relu(self.expand3x3(x))], dim=1)


class SqueezeNetFeatures(nn.Module):
    """SqueezeNet 1.0 up to fire9; features after conv1, fire3, fire5, fire7 and fire9.

    The published weights have Caffe's conventions: RGB 0 to 255 minus a mean.
    """

    mean: Tensor

    def __init__(self) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(3, 96, 7, stride=2)
        self.fire2 = Fire(96, 16, 64)
        self.fire3 = Fire(128, 16, 64)
        self.fire4 = Fire(128, 32, 128)
        self.fire5 = Fire(256, 32, 128)
        self.fire6 = Fire(256, 48, 192)
        self.fire7 = Fire(384, 48, 192)
        self.fire8 = Fire(384, 64, 256)
        self.fire9 = Fire(512, 64, 256)
        self.register_buffer("mean", torch.tensor([123.0, 117.0, 104.0]).view(1, 3, 1, 1), persistent=False)

    def forward(self, image: Tensor) -> list[Tensor]:
        """Map RGB images (N, 3, H, W) in [-1, 1] to five feature maps, finest first."""
        conv1 = F.relu(self.conv1((image + 1) * 127.5 - self.mean))
        fire3 = self.fire3(self.fire2(F.max_pool2d(conv1, 3, 2, ceil_mode=True)))
        fire5 = self.fire5(F.max_pool2d(self.fire4(fire3), 3, 2, ceil_mode=True))
        fire7 = self.fire7(self.fire6(fire5))
        fire9 = self.fire9(F.max_pool2d(self.fire8(fire7), 3, 2, ceil_mode=True))
        return [conv1, fire3, fire5, fire7, fire9]


class VGG19Features(nn.Module):
    """VGG-19 up to relu5_1; features after relu1_1, relu2_1, relu3_1, relu4_1 and relu5_1 (as released).

    Parameter names are those of the common torchvision files (``features.0.weight`` ...), whose convention, ImageNet
    mean and standard deviation, is applied here.
    """

    _PLAN: tuple[int | str, ...] = (64, 64, "M", 128, 128, "M", 256, 256, 256, 256, "M", 512, 512, 512, 512, "M", 512)
    _TAKEN = (1, 6, 11, 20, 29)
    mean: Tensor
    std: Tensor

    def __init__(self) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        channels = 3
        for step in self._PLAN:
            if isinstance(step, str):
                layers.append(nn.MaxPool2d(2))
            else:
                layers += [nn.Conv2d(channels, step, 3, padding=1), nn.ReLU()]
                channels = step
        self.features = nn.Sequential(*layers)
        self.register_buffer("mean", torch.tensor([0.485, 0.456, 0.406]).view(1, 3, 1, 1), persistent=False)
        self.register_buffer("std", torch.tensor([0.229, 0.224, 0.225]).view(1, 3, 1, 1), persistent=False)

    def forward(self, image: Tensor) -> list[Tensor]:
        """Map RGB images (N, 3, H, W) in [-1, 1] to five feature maps, finest first."""
        x = ((image + 1) / 2 - self.mean) / self.std
        taken = []
        for i, layer in enumerate(self.features):
            x = layer(x)
            if i in self._TAKEN:
                taken.append(x)
        return taken


def perceptual_distance(features: nn.Module, image: Tensor, reference: Tensor) -> Tensor:
    """Distance (N,) of images in the manner of LPIPS, without its learned weights.

    Per layer the squared difference of the features, scaled to length 1 along the channels, averaged over the image;
    summed over the layers. 0 for equal images.

    Args:
        features: one of this module's networks.
        image, reference: (N, 3, H, W) RGB in [-1, 1].
    """
    total = torch.zeros(len(image), device=image.device)
    for a, b in zip(features(image), features(reference), strict=True):
        a, b = F.normalize(a.float(), dim=1), F.normalize(b.float(), dim=1)
        total += (a - b).square().sum(1).mean((1, 2))
    return total
