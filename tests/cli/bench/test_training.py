"""The bench measures two ways of doing the same step."""

from __future__ import annotations

import pytest
import torch
from lightning_fabric import Fabric

from maskgan_studio.cli.bench import training
from maskgan_studio.cli.bench.training import Load, PlainStage, describe, measure_training
from maskgan_studio.photo.datasets import open_source
from maskgan_studio.training.loop import BatchSource
from maskgan_studio.training.recipe import Phase, load_recipe
from maskgan_studio.training.stages.dmn import DenseMappingStage


def test_the_plain_step_learns_the_same(faces, tmp_path):
    settings = load_recipe("tiny").stage("dmn")
    fabric = Fabric(accelerator="cpu", devices=1)
    losses, weights = [], []
    for kind in (PlainStage, DenseMappingStage):
        torch.manual_seed(0)
        stage = kind(settings, fabric)
        stage.set_learning_rate(1e-4)
        batches = BatchSource(stage, [open_source(str(faces))], Phase(64, 2, 1, 1e-4, 1e-4), tmp_path, 1)
        for first in (0, 4):
            found = stage.step(batches.batch(first, 4))
        losses.append({name: value.item() for name, value in found.items()})
        weights.append(stage.generator.backbone.stem.weight.detach())
    assert losses[0] == pytest.approx(losses[1], abs=1e-4)
    torch.testing.assert_close(*weights, atol=1e-4, rtol=0)


def test_the_figures_have_the_names_that_scripts_read(monkeypatch):
    class Worker:
        def __init__(self, way: str, *_: object) -> None:
            self._seconds = {"plain": 4.0, "own": 2.0}[way]

        def ask(self, what: str) -> float:
            return self._seconds if what == "step" else {"warm": 8.0, "cold": 16.0}[what]

        def close(self) -> None:
            pass

    monkeypatch.setattr(training, "_Worker", Worker)
    result = measure_training(torch.device("cpu"), Load("cpu", "tiny", 64, batch=4, rounds=2, steps=2))
    speeds = {name: value for name, value in result.items() if name.endswith("images_per_s")}
    assert speeds == {"plain_images_per_s": 2.0, "images_per_s": 4.0} | {
        "loader_images_per_s": 16.0,
        "loader_cold_images_per_s": 8.0,
    }
    assert "2.00 x" in describe(result) and "4.00 x" in describe(result)
