"""How fast stage I trains, against a plain training step of the same networks, in one run."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from lightning_fabric import Fabric
from PIL import Image
from safetensors.torch import save_file
from torch import nn

from maskgan_studio.engine.device import device_title
from maskgan_studio.engine.malloc_tuning import keep_freed_memory
from maskgan_studio.engine.synthetic_face import draw_sample_crop, draw_sample_mask
from maskgan_studio.errors import TrainingError
from maskgan_studio.networks.perceptual import SqueezeNetFeatures
from maskgan_studio.photo.datasets import open_source
from maskgan_studio.training.data.batches import BatchSource
from maskgan_studio.training.data.dataset import Batch
from maskgan_studio.training.recipe import Phase, load_recipe
from maskgan_studio.training.stages.dmn import DenseMappingStage
from maskgan_studio.training.stages.losses import PerceptualLoss

#: Images that differ on the disk: enough that reading them is more than opening a file.
_IMAGES = 128
_SEED = 5


@dataclass(frozen=True)
class Load:
    """What is measured.

    Attributes:
        device: "cpu" or "cuda".
        recipe: whose ``dmn`` table says the networks' sizes and the precision of our own step.
        size: height and width of the images.
        batch: images per step.
        rounds: how often each way is timed; its best time counts.
        steps: per round.
    """

    device: str
    recipe: str
    size: int
    batch: int
    rounds: int
    steps: int

    @classmethod
    def for_device(cls, device: torch.device) -> Load:
        """512 x 512 on a GPU; 256 x 256, where most of a CPU's training happens, on a CPU."""
        # An even number of steps: the discriminators take part in every second one.
        if device.type == "cpu":
            return cls("cpu", "studio", 256, 4, rounds=2, steps=2)
        return cls("cuda", "studio", 512, 8, rounds=5, steps=10)


class PlainStage(DenseMappingStage):
    """Stage I as one writes it first: channels-first tensors and PyTorch's default Adam; the losses are the same."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.format = torch.contiguous_format

    def place(self, network: nn.Module) -> nn.Module:
        return self.fabric.to_device(network)

    def adam(self, parameters: Iterable[nn.Parameter]) -> torch.optim.Optimizer:
        return self.prepare(torch.optim.Adam(parameters, lr=1.0, betas=(0.5, 0.999)))


def measure_training(device: torch.device, load: Load | None = None) -> dict[str, Any]:
    """Time stage I with generated images and a perceptual network of random weights.

    Both ways make the same batches, take the same steps (batch and augmentation, discriminators, generator with
    perceptual loss, moving average) and take turns, so that a disturbance of the machine favours neither; each runs in
    a process of its own. The plain way is float32 without TF32, channels-first, eager, PyTorch's default Adam, and the
    C library's default memory settings. The ratio of the two therefore includes all that ``train`` does about speed:
    the recipe's precision, channels-last layout, fused Adam and, on a CPU, kept memory. ``loader_images_per_s`` is the
    making of batches alone: drawing the order, reading decoded images, augmenting both views;
    ``loader_cold_images_per_s`` is the same when the system has forgotten the decoded files, None where it cannot be
    made to.

    Returns:
        ``plain_images_per_s``, ``images_per_s``, ``loader_images_per_s``, ``loader_cold_images_per_s``, ``device``,
        ``precision``, ``size``, ``batch``.

    Raises:
        TrainingError: a measuring process failed.
    """
    load = load or Load.for_device(device)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _write_inputs(folder)
        plain, own = _Worker("plain", folder, load), _Worker("own", folder, load)
        try:
            times: dict[str, list[float]] = {"plain": [], "own": [], "warm": [], "cold": []}
            for _ in range(load.rounds):
                times["plain"].append(plain.ask("step"))
                times["own"].append(own.ask("step"))
                for state in ("cold", "warm"):
                    times[state].append(own.ask(state))
        finally:
            plain.close()
            own.close()
    made = {"plain": load.steps * load.batch, "own": load.steps * load.batch, "warm": _IMAGES, "cold": _IMAGES}
    speed = {way: round(made[way] / min(seconds), 3) for way, seconds in times.items()}
    return {
        "device": device_title(device),
        "precision": load_recipe(load.recipe).stage("dmn")["precision"],
        "size": load.size,
        "batch": load.batch,
        "plain_images_per_s": speed["plain"],
        "images_per_s": speed["own"],
        "loader_images_per_s": speed["warm"],
        "loader_cold_images_per_s": speed["cold"] if hasattr(os, "posix_fadvise") else None,
    }


def describe(result: dict[str, Any]) -> str:
    """The results for users."""
    plain, own, loader, cold = (result[f"{way}images_per_s"] for way in ("plain_", "", "loader_", "loader_cold_"))
    from_disk = "" if cold is None else f"\n  with a cold cache    {cold:10.2f} images/s  {cold / own:6.2f} x"
    return (
        f"{result['device']}; stage I, {result['batch']} images of {result['size']}² per step\n"
        f"  plain float32 step   {plain:10.2f} images/s\n"
        f"  this program         {own:10.2f} images/s  {own / plain:6.2f} x ({result['precision']})\n"
        f"  batches alone        {loader:10.2f} images/s  {loader / own:6.2f} x this program's step{from_disk}"
    )


def _write_inputs(folder: Path) -> None:
    for kind, image in (("images", draw_sample_crop()), ("masks", draw_sample_mask())):
        (folder / kind).mkdir()
        first = folder / kind / "0.png"
        Image.fromarray(image).save(first)
        for i in range(1, _IMAGES):
            shutil.copy(first, folder / kind / f"{i}.png")
    torch.manual_seed(_SEED)
    save_file(SqueezeNetFeatures().state_dict(), folder / "squeezenet.safetensors")


class _Worker:
    """A process that takes steps when asked and answers with their seconds."""

    def __init__(self, way: str, folder: Path, load: Load) -> None:
        command = [sys.executable, "-m", __name__, way, str(folder), json.dumps(asdict(load))]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, what: str) -> float:
        assert self._process.stdin is not None and self._process.stdout is not None
        try:
            self._process.stdin.write(f"{what}\n")
            self._process.stdin.flush()
            return float(self._process.stdout.readline())
        except (OSError, ValueError):
            raise TrainingError("A measuring process ended early; its own message is above.") from None

    def close(self) -> None:
        self._process.terminate()
        self._process.communicate()


def _answer(way: str, folder: Path, load: Load) -> None:
    """The worker's side: warm up, then answer every line of stdin with the seconds of ``load.steps`` steps."""
    settings = load_recipe(load.recipe).stage("dmn")
    precision = "32-true"
    if way == "own":
        precision = settings["precision"]
        if load.device == "cpu":
            keep_freed_memory()
    else:
        torch.backends.cuda.matmul.allow_tf32 = False
        torch.backends.cudnn.allow_tf32 = False
    fabric = Fabric(accelerator=load.device, devices=1, precision=precision)  # type: ignore[arg-type]
    torch.manual_seed(_SEED)
    kind = DenseMappingStage if way == "own" else PlainStage
    stage = kind(settings, fabric, None, PerceptualLoss(folder / "squeezenet.safetensors"))
    stage.set_learning_rate(1e-4)
    source = open_source(f"{folder / 'images'}:{folder / 'masks'}")
    phase = Phase(load.size, load.batch, 0, 0.0, 0.0)
    cache = folder / f"cache-{way}"
    batches = BatchSource(stage, [source], phase, cache, _SEED)
    # For the loader alone: the system forgets no page that the steps' batches have mapped.
    unmapped = shutil.copytree(cache, folder / f"unmapped-{way}")
    seen = 0

    def make() -> Batch:
        nonlocal seen
        seen += load.batch
        return batches.batch(seen - load.batch, load.batch)

    def step() -> None:
        stage.step(make())
        for role, average in stage.averages.items():
            average.update(stage.networks[role], seen)

    def load_epoch() -> None:
        fresh = BatchSource(stage, [source], phase, unmapped, _SEED)  # nothing has been read ahead
        for first in range(0, _IMAGES, load.batch):
            fresh.batch(first, load.batch)

    def take_steps() -> None:
        for _ in range(load.steps):
            step()

    ways = {"step": take_steps, "warm": load_epoch, "cold": load_epoch}
    step()
    for line in sys.stdin:
        if line.strip() == "cold":
            _forget(unmapped)
        _wait_for(fabric.device)
        start = time.perf_counter()
        ways[line.strip()]()
        _wait_for(fabric.device)
        print(time.perf_counter() - start, flush=True)


def _forget(cache: Path) -> None:
    """Have the system drop what it keeps of files in memory, where it can be asked to."""
    if not hasattr(os, "posix_fadvise"):
        return
    for file in cache.glob("*.npy"):
        descriptor = os.open(file, os.O_RDONLY)
        try:
            os.fsync(descriptor)
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
        finally:
            os.close(descriptor)


def _wait_for(device: torch.device) -> None:
    if device.type == "cuda":
        torch.cuda.synchronize(device)


if __name__ == "__main__":
    _answer(sys.argv[1], Path(sys.argv[2]), Load(**json.loads(sys.argv[3])))
