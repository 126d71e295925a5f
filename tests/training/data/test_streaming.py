"""Images in bounded memory: the same rows, wherever they lie, and no more of them than was allowed."""

from __future__ import annotations

import mmap
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from lightning_fabric import Fabric

from maskgan_studio.errors import TrainingError
from maskgan_studio.photo.datasets import open_source
from maskgan_studio.training.data import memory
from maskgan_studio.training.data.augmentation import Augmentation
from maskgan_studio.training.data.batches import BatchSource
from maskgan_studio.training.data.cache import MappedRows
from maskgan_studio.training.data.dataset import DecodedImages
from maskgan_studio.training.data.memory import choose_limit, measure_free_memory, parse_memory
from maskgan_studio.training.data.streaming import ImageStream
from maskgan_studio.training.recipe import Phase, load_recipe

CPU = torch.device("cpu")


@pytest.mark.parametrize("resident", [0, 5, 12])
def test_rows_are_the_same_wherever_they_lie(resident, faces, tmp_path):
    """On a card some rows are there and the others are copied to it: on the CPU the same is done in memory."""
    samples = open_source(str(faces)).samples
    whole = DecodedImages(samples, 32, tmp_path, CPU)
    stream = ImageStream(samples, 32, tmp_path, CPU, limit=1, resident=resident)
    indices, references = [7, 0, 11, 7], [3, 4, 5, 6]
    images, masks, others = stream.place(stream.fetch(indices, references))
    assert torch.equal(images, whole.images[indices])
    assert torch.equal(masks, whole.masks[indices]) and torch.equal(others, whole.masks[references])


def resident_bytes(file: Path) -> int:
    """How much of a mapped file is in this process's memory."""
    lines = Path("/proc/self/smaps").read_text().splitlines()
    found = [number for number, line in enumerate(lines) if line.endswith(str(file))]
    return sum(
        int(line.split()[1]) * 1024
        for number in found
        for line in lines[number : number + 8]
        if line.startswith("Rss:")
    )


@pytest.mark.skipif(not Path("/proc/self/smaps").exists(), reason="no /proc/self/smaps to read what is in memory")
def test_mapped_rows_stay_within_their_limit(tmp_path):
    file = tmp_path / "rows.npy"
    row, limit = 2**20, 2**22
    np.lib.format.open_memmap(file, "w+", np.uint8, (16, row))[:] = 1
    rows = MappedRows(file, limit)
    out = np.empty((1, row), np.uint8)
    most = 0
    for index in range(16):
        rows.read([index], out)
        most = max(most, resident_bytes(file))
    assert 0 < most <= limit + 2 * row


def test_what_was_written_survives_giving_pages_back(tmp_path):
    file = tmp_path / "rows.npy"
    np.lib.format.open_memmap(file, "w+", np.uint8, (4, 4096))
    rows = MappedRows(file, 1, mmap.ACCESS_WRITE)
    rows.rows[2] = 7
    rows.count(4096)
    assert rows.rows[2].min() == 7
    assert np.load(file)[2].min() == 7


def make_batches(faces: Path, cache: Path, memory: int | None = None) -> BatchSource:
    stage = SimpleNamespace(
        fabric=Fabric(accelerator="cpu", devices=1),
        augmentation=Augmentation(load_recipe("tiny").stage("dmn")["augmentation"]),
        two_views=True,
        attributes=(),
        memory=memory,
    )
    return BatchSource(stage, [open_source(str(faces))], Phase(32, 4, 10, 1e-3, 1e-3), cache, seed=1)


def test_a_batch_depends_on_its_number_alone(faces, tmp_path):
    """Read ahead or not, in another order, by a process that takes half of it, in next to no memory."""
    straight = make_batches(faces, tmp_path)
    seen = [straight.batch(first, 4) for first in range(0, 24, 4)]
    jumping = make_batches(faces, tmp_path, memory=1)
    for place in (5, 0, 3):
        found = jumping.batch(4 * place, 4)
        assert torch.equal(found.images, seen[place].images) and torch.equal(found.masks, seen[place].masks)
        assert torch.equal(found.style_images, seen[place].style_images)
        assert torch.equal(found.reference_masks, seen[place].reference_masks)
    half = make_batches(faces, tmp_path).batch(10, 2)
    assert torch.equal(half.images, seen[2].images[2:])


def test_amounts_of_memory(monkeypatch):
    assert [parse_memory(text) for text in (None, "4G", "1.5 GiB", "500m", "7")] == [
        None,
        2**32,
        3 * 2**29,
        500 * 2**20,
        7,
    ]
    for wrong in ("much", "0G", "-1G", "4X"):
        with pytest.raises(TrainingError, match="such as 4G"):
            parse_memory(wrong)
    monkeypatch.setattr(memory, "measure_free_memory", lambda: 8000)
    assert (choose_limit(None), choose_limit(None, 2), choose_limit(600, 2)) == (2000, 1000, 300)


def test_free_memory_is_measured():
    assert 2**20 < measure_free_memory() < 2**50
