"""The moving average of weights."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from maskgan_studio.training.stages.ema import MovingAverage


def test_the_average_follows_its_formula():
    network = nn.Linear(1, 1, bias=False)
    nn.init.constant_(network.weight, 0.0)
    average = MovingAverage(network, decay=0.9)
    nn.init.constant_(network.weight, 1.0)
    average.update(network, step=10_000)
    assert average.average.weight.item() == pytest.approx(0.1)
    average.update(network, step=10_000)
    assert average.average.weight.item() == pytest.approx(0.19)


def test_the_start_is_forgotten_quickly():
    network = nn.Linear(1, 1, bias=False)
    nn.init.constant_(network.weight, 0.0)
    average = MovingAverage(network, decay=0.999)
    nn.init.constant_(network.weight, 1.0)
    average.update(network, step=0)
    assert average.average.weight.item() == pytest.approx(0.9)


def test_buffers_are_copied_and_training_leaves_the_average_alone():
    network = nn.BatchNorm1d(3)
    average = MovingAverage(network, decay=0.9)
    network(torch.randn(8, 3) + 5)
    assert average.average.running_mean.sum() == 0
    average.update(network, step=100)
    assert torch.equal(average.average.running_mean, network.running_mean)
    assert not average.average.training
    assert not any(parameter.requires_grad for parameter in average.average.parameters())
