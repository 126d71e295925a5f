"""The parts of the fast backbone, each against PyTorch's own operation."""

from __future__ import annotations

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from hypothesis import given, settings
from hypothesis import strategies as st

from maskgan_studio.engine import winograd
from maskgan_studio.engine.fast_backbone import FastBackbone
from maskgan_studio.engine.one_hot_stem import OneHotStem
from maskgan_studio.engine.surroundings import WholeImage
from maskgan_studio.networks.backbone import Backbone, one_hot
from maskgan_studio.networks.blocks import ReflectConv, adaptive_instance_norm, instance_norm


@settings(deadline=None, max_examples=25)
@given(st.integers(1, 7), st.integers(1, 7), st.integers(1, 4), st.integers(1, 4), st.integers(0, 1000))
def test_winograd_is_the_convolution(in_channels, out_channels, rows, columns, seed):
    torch.manual_seed(seed)
    padded = torch.randn(1, in_channels, 2 * rows + 2, 2 * columns + 2)
    weight = torch.randn(out_channels, in_channels, 3, 3)
    result = winograd.convolve(padded, winograd.transform_weight(weight, torch.float32))
    torch.testing.assert_close(result, F.conv2d(padded, weight), rtol=1e-4, atol=1e-4)
    assert result.is_contiguous(memory_format=torch.channels_last)


def test_winograd_is_as_exact_as_a_direct_convolution():
    torch.manual_seed(0)
    padded, weight = torch.randn(1, 256, 18, 18), torch.randn(64, 256, 3, 3) / 48
    true = F.conv2d(padded.double(), weight.double())
    error = (winograd.convolve(padded, winograd.transform_weight(weight, torch.float32)) - true).abs().max()
    assert error < 1e-5


@pytest.mark.parametrize("size", [16, 64])
@pytest.mark.parametrize("pattern", ["noise", "halves", "one part"])
def test_the_stem_needs_no_planes(size, pattern):
    torch.manual_seed(0)
    labels = {
        "noise": np.random.default_rng(0).integers(0, 19, (size, size), dtype=np.uint8),
        "halves": np.kron(np.array([[3], [7]], np.uint8), np.ones((size // 2, size), np.uint8)),
        "one part": np.full((size, size), 18, np.uint8),
    }[pattern]
    layer = ReflectConv(19, 5, 7)
    with torch.no_grad():
        expected = F.relu(instance_norm(layer(one_hot(torch.from_numpy(labels)[None]))))
        features = OneHotStem(layer.weight, torch.float32)(labels)
    assert features.is_contiguous(memory_format=torch.channels_last)
    if pattern != "one part":  # there the norm divides rounding errors by nearly nothing
        torch.testing.assert_close(features, expected, rtol=1e-4, atol=1e-4)
    assert features.isfinite().all()


@pytest.mark.parametrize("channels_last", [False, True])
def test_the_norm_is_instance_norm_and_keeps_the_memory_format(channels_last):
    torch.manual_seed(0)
    memory_format = torch.channels_last if channels_last else torch.contiguous_format
    x = torch.randn(1, 6, 8, 10).contiguous(memory_format=memory_format)
    parameters, norm = torch.randn(1, 12), WholeImage().norm
    torch.testing.assert_close(norm(x), instance_norm(x), rtol=1e-4, atol=1e-5)
    torch.testing.assert_close(norm(x, parameters), adaptive_instance_norm(x, parameters), rtol=1e-4, atol=1e-5)
    assert norm(x).is_contiguous(memory_format=memory_format)


def test_arranged_weights_stay_within_their_bound():
    """Winograd's larger copies are made for as many convolutions as half again the network's size allows."""
    backbone = Backbone(19, 3, width=16, downsamplings=2, blocks=4)
    size = sum(parameter.nbytes for parameter in backbone.parameters())
    fast = FastBackbone(backbone, torch.device("cpu"), torch.float32, use_winograd=True)
    held: list[torch.Tensor] = [*fast._down, *fast._up, fast._head]
    for pair in fast._blocks:
        held += [next(iter(convolution.keywords.values())) for convolution in pair]
    kinds = [convolution.func for pair in fast._blocks for convolution in pair]
    assert winograd.convolve in kinds
    assert sum(tensor.nbytes for tensor in held) <= 1.5 * size
