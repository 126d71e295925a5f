"""Choosing how to render by measuring it: precision, threads and preview size, once per machine and network."""

from __future__ import annotations

import itertools
import json
import os
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from statistics import median

import numpy as np
import platformdirs
import torch

from maskgan_studio.atomic_write import atomic_write
from maskgan_studio.engine.cpu_renderer import CpuRenderer, has_native_bfloat16
from maskgan_studio.engine.cuda_renderer import CudaRenderer
from maskgan_studio.engine.device import device_title
from maskgan_studio.engine.renderer import PlainRenderer, Renderer
from maskgan_studio.engine.synthetic_face import draw_sample_crop, draw_sample_mask
from maskgan_studio.engine.target import CROP_SIZE
from maskgan_studio.networks import DenseMappingNetwork
from maskgan_studio.networks.backbone import Backbone

#: A precision may differ from float32 by this much, in 1/255, in all but 1 % of the pixels.
TOLERANCE = 2.0
#: A lower precision or another number of threads must be this much faster to be taken.
_WORTHWHILE = 1.2
#: A median trial that takes this many times the best one means that the machine was busy.
_STABLE = 1.5
#: A full image that is ready within this time needs no preview before it.
_NO_PREVIEW_MS = 80.0
#: A preview has to be ready within this time; a smaller one is taken where 256 is not.
MAX_PREVIEW_MS = 220.0
_TRIAL_SIZE, _SMALL_PREVIEW = 256, 128

_OWN_THREADS = torch.get_num_threads()

_of_this_process: dict[str, RenderConfig] = {}

LoadNetwork = Callable[[], DenseMappingNetwork]


@dataclass(frozen=True)
class RenderConfig:
    """How to render.

    Attributes:
        precision: of activations and weights.
        threads: on the CPU; 0 leaves torch's own number.
        preview_size: size of the image to show first; 512 where the full image is as quick.
        full_ms: expected time of a full image.
    """

    precision: str
    threads: int
    preview_size: int
    full_ms: float


def make_renderer(network: DenseMappingNetwork, device: torch.device, config: RenderConfig) -> Renderer:
    """Build the renderer of a device as chosen; the plain one for a generator that the fast ones do not know."""
    if not isinstance(network.backbone, Backbone):
        return PlainRenderer(network, device)
    if device.type == "cuda":
        return CudaRenderer(network, device, config.precision)
    if device.type == "cpu":
        torch.set_num_threads(config.threads or _OWN_THREADS)
        return CpuRenderer(network, config.precision)
    return PlainRenderer(network, device)


def autotune(load: LoadNetwork, device: torch.device, network_key: str) -> RenderConfig:
    """Look up what was chosen for this machine and network, or measure for a moment and remember.

    A measurement on a busy machine is kept until the process ends, a stable one permanently.

    Args:
        load: builds the network afresh; called once per precision tried.
        device: where it is to run.
        network_key: names the network; a network with other weights is measured again.
    """
    key = "|".join((device_title(device), torch.__version__, str(os.cpu_count()), network_key))
    path = Path(platformdirs.user_cache_dir("maskgan-studio", appauthor=False)) / "renderers.json"
    try:
        known = json.loads(path.read_text(encoding="utf-8"))
        return RenderConfig(**known[key])
    except (OSError, ValueError, KeyError, TypeError):
        pass
    if key in _of_this_process:
        return _of_this_process[key]
    config, stable = _measure(load, device)
    if stable:
        _remember(path, key, config)
    else:  # kept for this process, so that going back to a set draws the same pixels again
        _of_this_process[key] = config
    return config


def measure(load: LoadNetwork, device: torch.device) -> RenderConfig:
    """Try what the device offers, and take the fastest whose images are float32's within `TOLERANCE`."""
    return _measure(load, device)[0]


def _measure(load: LoadNetwork, device: torch.device) -> tuple[RenderConfig, bool]:
    """The configuration, and whether the measurement was stable."""
    reference: np.ndarray | None = None
    best, best_trial = RenderConfig("float32", 0, CROP_SIZE, 0.0), _Trial(float("inf"), float("inf"), True)
    stable = True
    for precision, threads in itertools.product(_precisions(device), _thread_numbers(device)):
        candidate = replace(best, precision=precision, threads=threads)
        image, trial = _try(make_renderer(load(), device, candidate))
        reference = image if reference is None else reference
        stable = stable and trial.stable
        # Precisions are compared by CPU time, which other load does not change.
        by_cost = device.type == "cpu" and threads == best.threads
        now, until_now = (trial.spent_ms, best_trial.spent_ms) if by_cost else (trial.ms, best_trial.ms)
        if find_percentile_error(image, reference) <= TOLERANCE and now * _WORTHWHILE < until_now:
            best, best_trial = candidate, trial
    full_ms = best_trial.ms * (CROP_SIZE / _TRIAL_SIZE) ** 2
    preview = choose_preview_size(_TRIAL_SIZE, best_trial.ms) if full_ms > _NO_PREVIEW_MS else CROP_SIZE
    return RenderConfig(best.precision, best.threads, preview, full_ms), stable


def choose_preview_size(size: int, milliseconds: float) -> int:
    """Size of the next preview when one of ``size`` took so long: a machine's load changes while one works."""
    if milliseconds > MAX_PREVIEW_MS:
        return _SMALL_PREVIEW
    return _TRIAL_SIZE if milliseconds * (_TRIAL_SIZE / size) ** 2 < MAX_PREVIEW_MS else size


def _precisions(device: torch.device) -> list[str]:
    """Precisions worth a try, float32 first."""
    if device.type == "cuda":
        return ["float32", "float16", "bfloat16"]
    return ["float32", "bfloat16"] if device.type == "cpu" and has_native_bfloat16() else ["float32"]


def _thread_numbers(device: torch.device) -> list[int]:
    """Numbers of threads worth a try: torch's own is one per core; two share a core on some processors and gain."""
    logical = os.cpu_count() or 1
    if device.type != "cpu" or logical == _OWN_THREADS or "OMP_NUM_THREADS" in os.environ:
        return [0]
    return [0, logical]


def find_percentile_error(image: np.ndarray, reference: np.ndarray) -> float:
    """The largest difference, in 1/255, among the 99 % of pixels that differ least."""
    difference = np.abs(image.astype(np.int16) - reference.astype(np.int16)).max(axis=2)
    return float(np.quantile(difference, 0.99, method="lower"))


@dataclass(frozen=True)
class _Trial:
    """Best milliseconds that passed and that the processor spent, and whether all trials took about as long."""

    ms: float
    spent_ms: float
    stable: bool


def _try(renderer: Renderer) -> tuple[np.ndarray, _Trial]:
    """An image of the drawn face and the time it takes, the best of three after a warm-up."""
    mask = draw_sample_mask()
    style = renderer.encode_style(draw_sample_crop(), mask, "sample")
    image = renderer.render(mask, style, _TRIAL_SIZE)
    passed, spent = [], []
    for _ in range(3):
        start, begun = time.perf_counter(), time.process_time()
        renderer.render(mask, style, _TRIAL_SIZE)
        passed.append((time.perf_counter() - start) * 1000)
        spent.append((time.process_time() - begun) * 1000)
    return image, _Trial(min(passed), min(spent), median(passed) < _STABLE * min(passed))


def _remember(path: Path, key: str, config: RenderConfig) -> None:
    """Add a choice to the file; a machine where nothing can be written measures again next time."""
    try:
        try:
            known = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            known = {}
        path.parent.mkdir(parents=True, exist_ok=True)
        with atomic_write(path) as file:
            file.write((json.dumps({**known, key: asdict(config)}, indent=1) + "\n").encode())
    except OSError:
        pass
