"""The benchmark's figures are all there, with small networks in place of the paper's."""

from __future__ import annotations

import pytest
import torch

from maskgan_studio.cli.bench import rendering
from maskgan_studio.weights import find_set

CPU = torch.device("cpu")
WAYS = {"full_ms", "studio_ms", "studio_preview_ms"}


@pytest.mark.parametrize("busy", [False, True])
def test_every_way_is_compared_with_the_plain_one(tiny_set, monkeypatch, busy):
    small = find_set(tiny_set)
    monkeypatch.setattr(rendering, "_full_width", lambda: small.load("dmn"))
    monkeypatch.setattr(rendering, "_SECONDS", 0.0)
    monkeypatch.setattr(rendering, "_BUSY", 0.0 if busy else float("inf"))
    result = rendering.measure_rendering(small, CPU)
    assert set(result["ratios"]) == WAYS and all(ratio > 0 for ratio in result["ratios"].values())
    assert all(result[way] > 0 for way in {*WAYS, "full_plain_ms"})
    assert result["max_error"] <= 2 and result["unrest"] >= 1
    assert ("the machine was busy" in rendering.describe(result)) is busy
