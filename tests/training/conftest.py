"""Faces of coloured shapes to train on, and runs of the recipe `tiny` on them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import torch

from maskgan_studio.training.export.export import export_run
from maskgan_studio.training.run import Job, train


@pytest.fixture(autouse=True)
def _one_thread() -> Iterator[None]:
    """Equal numbers in this process and in those that it starts."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def train_tiny(data: Path, out: Path, *stages: str, recipe: str | Path = "tiny", **options: object) -> Path:
    """Train on the CPU; returns ``out``."""
    train(Job(stages=stages, data=[str(data)], recipe=str(recipe), out=out, device="cpu", **options))
    return out


@pytest.fixture(scope="session")
def trained(faces: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a finished run of all stages; not to be changed."""
    torch.set_num_threads(1)
    return train_tiny(faces, tmp_path_factory.mktemp("runs") / "all", "parser", "mask-vae", "dmn", "ebst", "completion")


@pytest.fixture(scope="session")
def trained_set(trained: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The set of weights that `trained` becomes; not to be changed."""
    return export_run(trained, tmp_path_factory.mktemp("sets") / "mine", "mine").path


@pytest.fixture(scope="session")
def train_stages() -> Callable[..., Path]:
    return train_tiny
