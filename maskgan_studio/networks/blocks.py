"""Building blocks that several networks share."""

from __future__ import annotations

from functools import lru_cache

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


class NoiseInjection(nn.Module):
    """Adds one plane of noise times a learned strength per channel (StyleGAN, Karras et al. 2019, section 2).

    Args:
        channels: of the features.
        start: where every strength starts.
    """

    def __init__(self, channels: int, start: float = 0.0) -> None:
        super().__init__()
        self.strength = nn.Parameter(torch.full((1, channels, 1, 1), start))

    def forward(self, x: Tensor, noise: Tensor) -> Tensor:
        """Features (N, C, H, W) and a plane (N or 1, 1, H, W)."""
        return x + self.strength.to(x.dtype) * noise.to(x.dtype)


@lru_cache(maxsize=16)
def fixed_noise(height: int, width: int) -> Tensor:
    """The plane of noise (1, 1, height, width) from N(0, 1) that a trained network uses at a size: always the same
    numbers, on the CPU, so that one mask in one style gives one image."""
    with torch.inference_mode(False):  # what is kept must be of use with gradients as well
        generator = torch.Generator().manual_seed(height * 2**16 + width)
        return torch.randn(1, 1, height, width, generator=generator, device="cpu")


def blur(x: Tensor) -> Tensor:
    """Blur (N, C, H, W) by [1, 2, 1] / 4 both ways with reflect padding: evens out what a transposed convolution gives
    to odd and even pixels (Zhang, Making Convolutional Networks Shift-Invariant Again, ICML 2019)."""
    # Made on the device: while a CUDA graph is recorded nothing can be copied there.
    line = 0.5 - torch.arange(-1, 2, dtype=x.dtype, device=x.device).abs() / 4
    kernel = (line[:, None] * line).expand(x.shape[1], 1, 3, 3)
    return F.conv2d(F.pad(x, (1, 1, 1, 1), mode="reflect"), kernel, groups=x.shape[1])


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
