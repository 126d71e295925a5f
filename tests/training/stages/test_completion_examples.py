"""Examples that completion is trained on, made in this process or in others."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from shape_faces import shape_mask

from maskgan_studio.engine.renderer import PlainRenderer
from maskgan_studio.labels import color_table
from maskgan_studio.networks import CompletionNetwork, DenseMappingNetwork
from maskgan_studio.training.run import Job, train
from maskgan_studio.training.stages.completion import _draw_at_once, _draw_each
from maskgan_studio.training.stages.completion_examples import ExampleMaker, open_workers


@pytest.fixture
def face() -> tuple[np.ndarray, ...]:
    """Photo, mask, edited mask and drawn picture."""
    mask = shape_mask(128)
    photo = color_table()[mask].astype(np.uint8)
    return photo, mask, mask, 255 - photo


def test_a_seed_decides_the_example_in_whichever_process_it_is_made(face):
    maker = ExampleMaker(64, 0.5, 0.1, 0.3, True)
    here, there = (open_workers(on_card) for on_card in (False, True))
    for number in range(3):
        made = [workers.submit(maker.make, (7, number, 2), *face).result() for workers in (here, there)]
        assert all(np.array_equal(a, b) for a, b in zip(*made, strict=True))
        image, mask, region, prepared = made[0]
        assert image.shape == prepared.shape == (64, 64, 3) and mask.shape == region.shape == (64, 64)
        assert region.any()


def test_batches_made_ahead_beside_a_gpu_train_alike(faces: Path, trained: Path, tmp_path: Path, monkeypatch):
    losses = []
    for name, ahead in (("at_once", 0), ("ahead", 3)):
        monkeypatch.setattr("maskgan_studio.training.stages.completion_batches._count_ahead", lambda _, n=ahead: n)
        out = tmp_path / name
        out.mkdir()
        for stage in ("mask-vae", "dmn"):
            (out / stage).symlink_to(trained / stage)
        train(Job(stages=["completion"], data=[str(faces)], recipe="tiny", out=out, device="cpu", steps=3))
        lines = map(json.loads, (out / "completion" / "log.jsonl").read_text(encoding="utf-8").splitlines())
        losses.append([line["loss"] for line in lines if "loss" in line])
    assert losses[0] == losses[1] and len(losses[0]) > 1


def test_a_gpus_drawings_are_those_of_one_at_a_time(face):
    photo, mask, _, _ = face
    network = DenseMappingNetwork(width=4, blocks=1, style_width=4).eval()
    images, masks = np.stack([photo, photo[:, ::-1]]), np.stack([mask, mask[:, ::-1]])
    each = _draw_each(PlainRenderer(network, torch.device("cpu")), images, masks)
    assert np.abs(_draw_at_once(network, torch.device("cpu"), images, masks).astype(int) - each).max() <= 1


def test_a_network_without_the_option_averages_texture():
    """The sets that were trained before there was one."""
    assert CompletionNetwork(widths=(2, 2, 2, 2), dilations=(1,)).arguments["average_texture"]
