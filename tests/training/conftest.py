"""Faces of coloured shapes to train on, and runs of the recipe `tiny` on them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from maskgan_studio.labels import part_named
from maskgan_studio.training.run import Job, train


def shape_mask(size: int = 64) -> np.ndarray:
    """A label map of circles and boxes: background, skin, hair, both eyes, a mouth."""
    y, x = np.mgrid[:size, :size] * 64 // size
    mask = np.zeros((size, size), np.uint8)
    mask[(x - 32) ** 2 + (y - 32) ** 2 < 500] = part_named("skin").index
    mask[y < 14] = part_named("hair").index
    mask[(x - 42) ** 2 + (y - 28) ** 2 < 9] = part_named("l_eye").index
    mask[(x - 22) ** 2 + (y - 28) ** 2 < 9] = part_named("r_eye").index
    mask[(abs(x - 32) < 8) & (abs(y - 46) < 3)] = part_named("u_lip").index
    return mask


def write_faces(root: Path, count: int = 12) -> Path:
    """A folder like CelebAMask-HQ with index masks: one shape, other colours in every picture."""
    (root / "CelebA-HQ-img").mkdir(parents=True)
    (root / "mask").mkdir()
    rng = np.random.default_rng(0)
    for i in range(count):
        mask = np.roll(shape_mask(), i % 5 - 2, axis=1)
        image = rng.integers(0, 255, (19, 3))[mask].astype(np.uint8)
        Image.fromarray(image).save(root / "CelebA-HQ-img" / f"{i}.jpg")
        Image.fromarray(mask).save(root / "mask" / f"{i}.png")
    return root


@pytest.fixture(scope="session")
def faces(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve training pairs of 64 x 64; not to be changed."""
    return write_faces(tmp_path_factory.mktemp("data") / "faces")


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
def train_stages() -> Callable[..., Path]:
    return train_tiny


@pytest.fixture(scope="session")
def face_mask() -> np.ndarray:
    return shape_mask()


@pytest.fixture(scope="session")
def make_faces() -> Callable[..., Path]:
    return write_faces
