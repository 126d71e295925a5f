"""Four drawn faces in the dataset's layout, and the command line in this process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from maskgan_studio.cli import main
from maskgan_studio.engine.synthetic_face import draw_sample_crop, draw_sample_mask


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two of the faces smile; not to be changed."""
    root = tmp_path_factory.mktemp("faces")
    (root / "CelebA-HQ-img").mkdir()
    (root / "mask").mkdir()
    for i in range(4):
        shift = 4 * i
        Image.fromarray(np.roll(draw_sample_crop(), shift, axis=1)).save(root / "CelebA-HQ-img" / f"{i}.jpg")
        Image.fromarray(np.roll(draw_sample_mask(), shift, axis=1)).save(root / "mask" / f"{i}.png")
    lines = ["4", "Smiling Male", "0.jpg 1 -1", "1.jpg -1 1", "2.jpg 1 1", "3.jpg -1 -1"]
    (root / "CelebAMask-HQ-attribute-anno.txt").write_text("\n".join(lines) + "\n")
    return root


@pytest.fixture(scope="session")
def run_command() -> Callable[..., None]:
    """Run the program with words of any type; it has to succeed."""

    def run(*words: object) -> None:
        with pytest.raises(SystemExit) as stopped:
            main([str(word) for word in words])
        assert stopped.value.code in (0, None)

    return run


@pytest.fixture(scope="session")
def squeezenet_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """SqueezeNet with random weights."""
    from safetensors.torch import save_file

    from maskgan_studio.networks.perceptual import SqueezeNetFeatures

    file = tmp_path_factory.mktemp("features") / "squeezenet.safetensors"
    save_file(SqueezeNetFeatures().state_dict(), file)
    return file
