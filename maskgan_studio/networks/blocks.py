"""Building blocks that several networks share."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

#: The epsilon of the released networks' instance norms.
EPSILON = 1e-5


def instance_norm(x: Tensor) -> Tensor:
    """Normalise every (H, W) plane of ``x`` (N, C, H, W) to mean 0 and variance 1, without affine parameters."""
    normed = F.instance_norm(x, eps=EPSILON)
    if len(x) == 1 and normed.requires_grad:
        # PyTorch (2.13 on CPUs) misreads the gradient of a single image where that is laid out channels-last.
        normed.register_hook(torch.Tensor.contiguous)
    return normed


def adaptive_instance_norm(x: Tensor, parameters: Tensor) -> Tensor:
    """AdaIN (paper eq. 2): instance norm whose scale and shift come from the style.

    Args:
        x: features (N, C, H, W).
        parameters: (N, 2C); the first C values are the shift (bias), the next C the scale (weight), as released.
    """
    shift, scale = parameters[:, :, None, None].chunk(2, dim=1)
    return torch.addcmul(shift.to(x.dtype), instance_norm(x), scale.to(x.dtype))


class ReflectConv(nn.Conv2d):
    """A convolution with reflect padding; parameters are those of the plain convolution."""

    def __init__(self, in_channels: int, out_channels: int, kernel: int, stride: int = 1) -> None:
        padding = (kernel - 1) // 2
        super().__init__(in_channels, out_channels, kernel, stride, padding, padding_mode="reflect")


class SpatialFeatureTransform(nn.Module):
    """SFT layer: modulates style features by a scale and a shift computed from mask features (paper section 3.1).

    ``out = x * scale(condition) + shift(condition)``; note that no 1 is added to the scale.
    """

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.scale1 = nn.Conv2d(channels, channels, 1)
        self.scale2 = nn.Conv2d(channels, channels, 1)
        self.shift1 = nn.Conv2d(channels, channels, 1)
        self.shift2 = nn.Conv2d(channels, channels, 1)

    def forward(self, x: Tensor, condition: Tensor) -> Tensor:
        """Modulate ``x`` by ``condition``, both (N, C, H, W)."""
        scale = self.scale2(F.leaky_relu(self.scale1(condition), 0.1))
        shift = self.shift2(F.leaky_relu(self.shift1(condition), 0.1))
        return x * scale + shift
