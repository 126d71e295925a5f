"""Packing: shards train as their folder does."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
import torch
from lightning_fabric import Fabric

from maskgan_studio.cli import main
from maskgan_studio.photo.datasets import open_source, with_attributes
from maskgan_studio.training.data.augmentation import Augmentation
from maskgan_studio.training.data.batches import BatchSource
from maskgan_studio.training.recipe import Phase, load_recipe

webdataset = pytest.importorskip("webdataset", reason="the library of shards is not installed")


@pytest.fixture
def run_command(capsys) -> Callable[..., tuple[int, str, str]]:
    """Run a command line; returns exit status, stdout and stderr."""

    def run(*words: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as stopped:
            main([str(word) for word in words])
        captured = capsys.readouterr()
        return int(stopped.value.code or 0), captured.out, captured.err

    return run


@pytest.fixture
def shards(run_command, faces, tmp_path) -> str:
    status, stdout, stderr = run_command("data", "pack", faces, "-o", tmp_path / "shards", "--per-shard", 5)
    assert status == 0, stderr
    return stdout.strip()


def make_batches(cache: Path, *data: str) -> BatchSource:
    stage = SimpleNamespace(
        fabric=Fabric(accelerator="cpu", devices=1),
        augmentation=Augmentation(load_recipe("tiny").stage("dmn")["augmentation"]),
        two_views=True,
        attributes=(),
        memory=None,
    )
    return BatchSource(stage, [open_source(text, 0.2) for text in data], Phase(32, 4, 10, 1e-3, 1e-3), cache, seed=1)


def test_shards_and_folders_give_the_same_batches_bit_by_bit(faces, shards, make_faces, tmp_path):
    """Alone and beside a folder, which is read by other means."""
    assert Path(shards).name == "{000000..000002}.tar"
    more = str(make_faces(tmp_path / "more", 3))
    for others in ([], [more]):
        folder = make_batches(tmp_path / "cache", str(faces), *others)
        packed = make_batches(tmp_path / "cache", shards, *others)
        assert len(folder.decoded) == len(packed.decoded)
        for first in range(0, 24, 4):
            one, other = folder.batch(first, 4), packed.batch(first, 4)
            for field in ("images", "masks", "style_images", "style_masks", "reference_masks"):
                assert torch.equal(getattr(one, field), getattr(other, field)), (first, field)


def test_packing_is_repeatable_and_shards_can_be_packed_again(run_command, shards, tmp_path):
    again = run_command("data", "pack", shards, "-o", tmp_path / "again", "--per-shard", 5)[1].strip()
    for number in range(3):
        files = [Path(pattern).parent / f"00000{number}.tar" for pattern in (shards, again)]
        assert files[0].read_bytes() == files[1].read_bytes()
    status, _, stderr = run_command("data", "pack", shards, "-o", Path(shards).parent, "--per-shard", 5)
    assert status == 1 and "000000.tar" in stderr


def test_webdataset_reads_them(faces, shards):
    samples = list(webdataset.WebDataset(shards, shardshuffle=False))
    names = [sample.name for sample in open_source(str(faces)).samples]
    assert [json.loads(sample["json"])["name"] for sample in samples] == names
    assert all({"jpg", "mask.png"} <= sample.keys() for sample in samples)


def test_attributes_travel_along_and_bad_files_are_left_out(run_command, make_faces, tmp_path):
    root = make_faces(tmp_path / "faces", 3)
    (root / "CelebA-HQ-img" / "1.jpg").write_bytes(b"no picture")
    (root / "metadata.csv").write_text("file,Smiling\n0.jpg,1\n2.jpg,0\n")
    status, stdout, stderr = run_command("data", "pack", root, "-o", tmp_path / "shards")
    assert status == 1 and "1.jpg" in stderr and "1 images could not be packed" in stderr
    source = with_attributes(open_source(stdout.strip()))
    assert [sample.attributes for sample in source.samples] == [{"Smiling": True}, {"Smiling": False}]
    status, stdout, _ = run_command("data", "check", stdout.strip())
    assert "2 images, 2 with masks" in stdout
