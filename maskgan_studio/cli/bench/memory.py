"""How much memory training takes on more images than fit: stage I of `paper`, narrow, on a synthetic set."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from lightning_fabric import Fabric
from PIL import Image
from safetensors.torch import save_file

from maskgan_studio.engine.malloc_tuning import keep_freed_memory
from maskgan_studio.engine.synthetic_face import draw_sample_crop, draw_sample_mask
from maskgan_studio.errors import TrainingError
from maskgan_studio.networks.perceptual import SqueezeNetFeatures
from maskgan_studio.photo.datasets import Source, open_source
from maskgan_studio.training.data.cache import decoded_key, image_file, mask_file
from maskgan_studio.training.data.dataset import SampleOrder, split_samples
from maskgan_studio.training.data.memory import parse_memory
from maskgan_studio.training.loop import train_stage
from maskgan_studio.training.recipe import Recipe, load_recipe
from maskgan_studio.training.reporting import Reporter
from maskgan_studio.training.stages.dmn import DenseMappingStage
from maskgan_studio.training.stages.losses import PerceptualLoss

_HELD_OUT = 0.01
_GIB = 2**30


@dataclass(frozen=True)
class MemoryLoad:
    """What is measured.

    Attributes:
        recipe: whose ``dmn`` table is trained, but for its width.
        images: how many.
        size: height and width.
        width: of generator and discriminators.
        micro_batch: images at a time.
        memory: what decoded images may fill.
        steps: how many; then a checkpoint, a sample grid and a validation.
    """

    recipe: str = "paper"
    images: int = 30_000
    size: int = 512
    width: int = 8
    micro_batch: int = 2
    memory: str = "1G"
    steps: int = 3


def measure_memory(load: MemoryLoad | None = None) -> dict[str, Any]:
    """Train some steps in a process of its own, on one face under many names whose decoded form is a sparse file.

    Reading takes memory as ever: the system maps pages of a hole like others. The faces of the first batches are there.

    Returns:
        ``peak_gib``: the most resident memory that the process had, files that it maps and the program's own included;
        ``decoded_gib``, ``seconds``, and what was measured.

    Raises:
        TrainingError: the training process failed, or this system does not tell.
    """
    load = load or MemoryLoad()
    if sys.platform == "win32":
        raise TrainingError("This system does not tell how much memory a process had at most.")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _write_inputs(folder, load)
        command = [sys.executable, "-m", __name__, str(folder), json.dumps(asdict(load))]
        start = time.perf_counter()
        run = subprocess.run(command, stdout=subprocess.PIPE, text=True)
        if run.returncode:
            raise TrainingError("The measuring process failed; its own message is above.")
        batch = _recipe(load).phases("dmn")[0].batch
        return {
            **asdict(load),
            "batch": batch,
            "decoded_gib": round(4 * load.images * load.size**2 / _GIB, 1),
            "peak_gib": round(int(run.stdout) / _GIB, 2),
            "seconds": round(time.perf_counter() - start, 1),
        }


def describe(result: dict[str, Any]) -> str:
    """The results for users."""
    return (
        f"{result['peak_gib']} GiB of resident memory at most: {result['steps']} steps of {result['recipe']}'s stage I "
        f"at width {result['width']}, a batch of {result['batch']} taken {result['micro_batch']} at a time,\n"
        f"{result['images']:,} images of {result['size']}² ({result['decoded_gib']} GiB decoded) within "
        f"--memory {result['memory']}; {result['seconds']} s"
    )


def _recipe(load: MemoryLoad) -> Recipe:
    recipe = load_recipe(load.recipe)
    changes = {"width": load.width, "discriminator_width": load.width, "micro_batch": load.micro_batch}
    changes |= {"validation_images": 4, "validation_size": load.size}
    table = recipe.stage("dmn").plain() | changes
    for phase in table["phases"]:
        phase["size"] = load.size
    return Recipe(recipe.name, {**recipe.tables, "dmn": table})


def _open(folder: Path) -> Source:
    return open_source(f"{folder / 'images'}:{folder / 'masks'}", _HELD_OUT)


def _write_inputs(folder: Path, load: MemoryLoad) -> None:
    face = {"images": draw_sample_crop(), "masks": draw_sample_mask()}
    for kind, pixels in face.items():
        (folder / kind).mkdir()
        first = folder / kind / "0.png"
        Image.fromarray(pixels).save(first)
        for number in range(1, load.images):
            _link(first, folder / kind / f"{number}.png")
    torch.manual_seed(0)
    save_file(SqueezeNetFeatures().state_dict(), folder / "squeezenet.safetensors")
    recipe = _recipe(load)
    samples, sizes, weights = split_samples([_open(folder)], "train")
    order = SampleOrder(sizes, weights, recipe.stage("dmn")["seed"])
    seen = [order.image_of(number) for number in range(load.steps * recipe.phases("dmn")[0].batch)]
    key = decoded_key(samples, load.size)
    (folder / "cache").mkdir()
    for kind, file in (("images", image_file), ("masks", mask_file)):
        pixels = np.array(Image.fromarray(face[kind]).resize((load.size,) * 2, Image.Resampling.NEAREST))
        path = file(folder / "cache", key)
        rows = np.lib.format.open_memmap(path, "w+", np.uint8, (len(samples), *pixels.shape), version=(1, 0))
        rows[seen] = pixels
        rows.flush()


def _link(file: Path, name: Path) -> None:
    try:
        os.link(file, name)
    except OSError:  # too many links, or a file system that knows none
        shutil.copy(file, name)


def _train(folder: Path, load: MemoryLoad) -> None:
    """The process that is measured: what `train` does, and at the end the peak in bytes on stdout."""
    import resource

    recipe = _recipe(load)
    settings = recipe.stage("dmn")
    keep_freed_memory()
    fabric = Fabric(accelerator="cpu", devices=1, precision=settings["precision"])
    stage = DenseMappingStage(settings, fabric, None, PerceptualLoss(folder / "squeezenet.safetensors"))
    stage.memory = parse_memory(load.memory)
    out, quiet = folder / "dmn", Reporter(quiet=True)
    train_stage(stage, recipe, [_open(folder)], out, resume=False, steps=load.steps, reporter=quiet)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(peak if sys.platform == "darwin" else 1024 * peak)


if __name__ == "__main__":
    _train(Path(sys.argv[1]), MemoryLoad(**json.loads(sys.argv[2])))
