"""Checkpoints come back as they were, and a failing write costs nothing."""

from __future__ import annotations

import errno
from typing import Any

import pytest
import torch
from safetensors import SafetensorError
from torch import nn

from maskgan_studio.errors import TrainingError
from maskgan_studio.training import checkpoint
from maskgan_studio.training.checkpoint import checkpoints, load_checkpoint, save_checkpoint


def assert_same(a: Any, b: Any) -> None:
    if isinstance(a, torch.Tensor):
        assert a.dtype == b.dtype and torch.equal(a, b)
    elif isinstance(a, dict):
        assert list(a) == list(b)
        for key in a:
            assert_same(a[key], b[key])
    elif isinstance(a, (list, tuple)):
        assert len(a) == len(b)
        for x, y in zip(a, b, strict=True):
            assert_same(x, y)
    else:
        assert a == b


def test_nested_state_comes_back(tmp_path):
    network = nn.Conv2d(3, 8, 3).to(memory_format=torch.channels_last)
    optimizer = torch.optim.Adam(network.parameters())
    network(torch.randn(1, 3, 8, 8)).sum().backward()
    optimizer.step()
    shared = torch.arange(6.0)
    state = {
        "step": 7,
        "network": network.state_dict(),
        "optimizer": optimizer.state_dict(),  # has numbers for keys
        "shared": [shared, shared.view(2, 3)[1], None, True, 0.1, "text"],
        "scalar": torch.tensor(3),
        "half": torch.ones(2, dtype=torch.bfloat16),
        "random": torch.get_rng_state(),
        "empty": {},
    }
    save_checkpoint(tmp_path, 7, state)
    back = load_checkpoint(tmp_path)
    state["optimizer"] = optimizer.state_dict()
    assert_same(state, back)
    network.load_state_dict(back["network"])
    optimizer.load_state_dict(back["optimizer"])


def test_nothing_there_is_none(tmp_path):
    assert load_checkpoint(tmp_path) is None
    assert load_checkpoint(tmp_path / "missing") is None


def test_the_last_two_are_kept(tmp_path):
    for step in (1, 2, 10, 100):
        save_checkpoint(tmp_path, step, {"step": step})
    assert [file.name for file in checkpoints(tmp_path)] == [
        "checkpoint-00000010.safetensors",
        "checkpoint-00000100.safetensors",
    ]
    assert load_checkpoint(tmp_path) == {"step": 100}


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "No space left on device"), SafetensorError("I/O error")])
def test_a_full_disk_leaves_the_last_good_one(tmp_path, monkeypatch, error):
    save_checkpoint(tmp_path, 1, {"value": torch.ones(3)})

    def full(tensors: object, file: Any, metadata: object) -> None:
        file.write_bytes(b"the first half")
        raise error

    monkeypatch.setattr(checkpoint, "save_file", full)
    with pytest.raises(TrainingError, match=r"step 2 could not be written.*--resume"):
        save_checkpoint(tmp_path, 2, {"value": torch.zeros(3)})
    assert [file.name for file in tmp_path.iterdir()] == ["checkpoint-00000001.safetensors"]
    assert torch.equal(load_checkpoint(tmp_path)["value"], torch.ones(3))


def test_a_half_written_file_is_no_checkpoint(tmp_path):
    save_checkpoint(tmp_path, 1, {"step": 1})
    (tmp_path / "checkpoint-00000002.partial").write_bytes(b"killed here")
    assert load_checkpoint(tmp_path) == {"step": 1}


@pytest.mark.parametrize("damage", [b"", b"\x10\0\0\0\0\0\0\0{}", None])
def test_a_damaged_newest_one_falls_back(tmp_path, damage):
    save_checkpoint(tmp_path, 1, {"value": torch.ones(3)})
    newest = save_checkpoint(tmp_path, 2, {"value": torch.zeros(3)})
    newest.write_bytes(newest.read_bytes()[:-5] if damage is None else damage)
    assert torch.equal(load_checkpoint(tmp_path)["value"], torch.ones(3))


def test_nothing_but_damaged_ones_is_an_error(tmp_path):
    save_checkpoint(tmp_path, 1, {"step": 1}).write_bytes(b"")
    with pytest.raises(TrainingError, match="can be read"):
        load_checkpoint(tmp_path)
