"""What all tests share: no screen, no user folders, and the data beside the checkout where it is there."""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import settings
from shape_faces import shape_mask, write_faces

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# How long an example takes says how busy the machine is, not whether it is right.
settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder ``shared/data`` beside the checkout (or under $MASKGAN_SHARED); skips the test where it is absent."""
    root = os.environ.get("MASKGAN_SHARED")
    shared = Path(root) if root else Path(__file__).resolve().parents[2] / "shared"
    if not (shared / "data").is_dir():
        pytest.skip("no shared/data folder beside the checkout (set MASKGAN_SHARED)")
    return shared / "data"


@pytest.fixture(scope="session")
def tiny_set(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a set of weights with a parser and a DMN of random weights that renders in milliseconds."""
    import torch

    from maskgan_studio.networks import DenseMappingNetwork, FaceParser
    from maskgan_studio.networks.initialisation import initialise_alive
    from maskgan_studio.weights import save_set

    torch.manual_seed(1)
    dmn = DenseMappingNetwork(width=4, downsamplings=4, blocks=1, style_width=4, style_in_decoder=True)
    initialise_alive(dmn)
    folder = tmp_path_factory.mktemp("weights") / "tiny"
    networks = {"dmn": dmn, "parser": FaceParser(width=4, working_size=128)}
    return save_set(folder, networks, name="tiny", training={}, card="# Tiny\n\nRandom numbers for tests.\n").path


@pytest.fixture(scope="session")
def completing_set(tiny_set: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny set with a small completion network of random weights."""
    import torch

    from maskgan_studio.networks import CompletionNetwork
    from maskgan_studio.weights import save_set

    torch.manual_seed(0)
    network = CompletionNetwork(widths=(4, 6, 8, 8), dilations=(1, 2))
    torch.nn.init.normal_(network.head.weight, 0.0, 0.05)
    folder = tmp_path_factory.mktemp("weights") / "completing"
    shutil.copytree(tiny_set, folder)
    return save_set(folder, {"completion": network}, name="completing", training={}, card="", update=True).path


@pytest.fixture(scope="session")
def _homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A user's folder for each test."""
    folder = tmp_path_factory.mktemp("homes")
    return (folder / str(number) for number in itertools.count())


@pytest.fixture(autouse=True)
def _private_user_folders(_homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep tests away from the settings, caches and weights of the person who runs them."""
    home = next(_homes)
    for variable in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(variable, str(home / variable.lower()))


@pytest.fixture(scope="session")
def faces(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve training pairs of 64 x 64; not to be changed."""
    return write_faces(tmp_path_factory.mktemp("data") / "faces")


@pytest.fixture(scope="session")
def face_mask() -> np.ndarray:
    return shape_mask()


@pytest.fixture(scope="session")
def make_faces() -> Callable[..., Path]:
    return write_faces
