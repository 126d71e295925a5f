"""Exact 3x3 convolution with 2.25 times fewer multiplications: Winograd's F(2x2, 3x3).

Lavin & Gray, Fast Algorithms for Convolutional Neural Networks (CVPR 2016), section 4.1: every 2x2 tile of the output
comes from a 4x4 tile of the input, ``Y = A' [(G g G') * (B' d B)] A``. The products over all tiles are 16 matrix
multiplications. In float32 the result is as close to the true one as a direct convolution's, on a CPU in half the time
(measurements: engine notes); the transformed weights are 16/9 as large.
"""

from __future__ import annotations

import torch
from torch import Tensor

_CHUNK = 32

_G = ((1.0, 0.0, 0.0), (0.5, 0.5, 0.5), (0.5, -0.5, 0.5), (0.0, 0.0, 1.0))


def transform_weight(weight: Tensor, dtype: torch.dtype) -> Tensor:
    """Turn a weight (O, C, 3, 3), float32, into the 16 matrices ``G g G'``, (16, C, O) of another type."""
    out_channels, in_channels = weight.shape[:2]
    transformed = weight.new_empty(16, in_channels, out_channels, dtype=dtype)
    matrix = weight.new_tensor(_G)
    # A few output channels at a time: the whole in one expression would need further copies of everything.
    for start in range(0, out_channels, _CHUNK):
        part = weight[start : start + _CHUNK]
        tiles = torch.einsum("ak,bl,ockl->abco", matrix, matrix, part)
        transformed[..., start : start + _CHUNK] = tiles.flatten(0, 1)
    return transformed


def convolve(padded: Tensor, transformed: Tensor) -> Tensor:
    """Convolve an input that is padded already.

    Args:
        padded: (1, C, H + 2, W + 2) with even H and W.
        transformed: what `transform_weight` made of the weight.

    Returns:
        (1, O, H, W), channels-last.
    """
    pixels = padded[0].permute(1, 2, 0)
    height, width, channels = pixels.shape
    rows, columns = (height - 2) // 2, (width - 2) // 2
    tiles = pixels.new_empty(4, 4, rows, columns, channels)
    d = [pixels[k : k + 2 * rows - 1 : 2] for k in range(4)]
    for target, mixed in zip(tiles, (d[0] - d[2], d[1] + d[2], d[2] - d[1], d[1] - d[3]), strict=True):
        e = [mixed[:, k : k + 2 * columns - 1 : 2] for k in range(4)]
        torch.sub(e[0], e[2], out=target[0])
        torch.add(e[1], e[2], out=target[1])
        torch.sub(e[2], e[1], out=target[2])
        torch.sub(e[1], e[3], out=target[3])
    products = torch.bmm(tiles.view(16, rows * columns, channels), transformed).view(4, 4, rows, columns, -1)
    result = products.new_empty(rows, 2, columns, 2, products.shape[-1])
    for i, m in enumerate((products[0] + products[1] + products[2], products[1] - products[2] - products[3])):
        torch.add(m[0], m[1], out=result[:, i, :, 0]).add_(m[2])
        torch.sub(m[1], m[2], out=result[:, i, :, 1]).sub_(m[3])
    return result.view(1, 2 * rows, 2 * columns, -1).permute(0, 3, 1, 2)
