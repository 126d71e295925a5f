"""How long an image takes, against the authors' way, in one run."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import torch

from maskgan_studio.cli.bench.completion import prepare_completion_timings
from maskgan_studio.cli.bench.timing import Timings, time_interleaved
from maskgan_studio.engine.autotune import find_percentile_error, make_renderer, measure
from maskgan_studio.engine.cpu_renderer import CpuRenderer
from maskgan_studio.engine.device import device_title
from maskgan_studio.engine.pipeline import Pipeline
from maskgan_studio.engine.renderer import PlainRenderer, Style
from maskgan_studio.engine.synthetic_face import draw_sample_crop, draw_sample_mask
from maskgan_studio.networks import DenseMappingNetwork
from maskgan_studio.networks.initialisation import initialise_alive
from maskgan_studio.weights import WeightSet

_PREVIEW = 256
#: A median time this many times the best means that the machine was busy.
_BUSY = 1.25
#: Least and largest number of rounds, and the seconds after which no more than the least are made.
_ROUNDS_CPU, _ROUNDS_GPU = (4, 12), (30, 60)
_SECONDS = 60.0
_ROUNDS_BUSY = 1

Work = Callable[[], np.ndarray]


def measure_rendering(weights: WeightSet, device: torch.device) -> dict[str, Any]:
    """Time one edit at 512 x 512, from a label map in memory to pixels in memory.

    The plain way is the authors': the whole network in float32 without TF32, style encoded every time. Its width is
    the paper's; its weights are random, which changes neither time nor the meaning of the error. All ways take turns
    until no best time improves any more, and each one's best time counts, so that a disturbance of the machine does not
    favour any.

    Returns:
        ``device``, ``full_plain_ms`` (paper's width, plain), ``full_ms`` (the same weights, this engine), ``studio_ms``
        and ``studio_preview_ms`` (``weights`` at 512 and 256), where the set has completion ``completion_mouth_ms`` and
        ``completion_hair_ms`` (laying another mouth, and all hair, into the photo, after ``studio_ms``), ``max_error``
        (largest difference to float32, in 1/255, in 99 % of the pixels, the worse of both networks), ``precision``,
        ``torch``, ``stages`` (of ``weights`` on a CPU, in ms), ``ratios`` (to the plain way: medians over the rounds),
        ``completion_ratios`` (of these weights' own ``studio_ms``), ``unrest`` (usual over best time: near 1 on an idle
        machine; on a busy CPU the ratios are of the time that one thread spends); on CUDA also
        ``full_default_ms``: the plain way with PyTorch's own settings.
    """

    def load_studio() -> DenseMappingNetwork:
        network = weights.load("dmn")
        assert isinstance(network, DenseMappingNetwork)
        return network

    plain = PlainRenderer(_full_width(), device)
    plain_studio = PlainRenderer(load_studio(), device)
    full_choice, studio_choice = measure(_full_width, device), measure(load_studio, device)
    full = make_renderer(_full_width(), device, full_choice)
    studio = make_renderer(load_studio(), device, studio_choice)
    mask = draw_sample_mask()
    full_style, studio_style = (
        renderer.encode_style(draw_sample_crop(), mask, "sample") for renderer in (full, studio)
    )

    ways: dict[str, Work] = {
        "full_plain_ms": lambda: _plainly(plain, mask),
        "full_ms": lambda: full.render(mask, full_style),
        "studio_ms": lambda: studio.render(mask, studio_style),
        "studio_preview_ms": lambda: studio.render(mask, studio_style, _PREVIEW),
    }
    if weights.has("completion"):
        ways |= prepare_completion_timings(Pipeline(weights.path, device.type))
    if device.type == "cuda":
        ways["full_default_ms"] = lambda: _plainly(plain, mask, tf32=True)
    least, most = _ROUNDS_CPU if device.type == "cpu" else _ROUNDS_GPU
    times, images = time_interleaved(ways, least, most, _SECONDS)
    error = max(
        find_percentile_error(images["full_ms"], images["full_plain_ms"]),
        find_percentile_error(images["studio_ms"], plain_studio.render(mask, studio_style)),
    )
    result: dict[str, Any] = {"device": device_title(device), "precision": studio.precision, "torch": torch.__version__}
    result |= {name: round(times.best(name), 3) for name in ways} | {"max_error": error}
    result["unrest"] = round(times.noise_ratio, 2)
    busy = device.type == "cpu" and times.noise_ratio > _BUSY
    if busy:
        times, _ = _on_one_thread(ways)
    result["ratios"] = {
        name: round(times.ratio("full_plain_ms", name, spent=busy), 2)
        for name in ways
        if name != "full_plain_ms" and not name.startswith("completion")
    }
    if "completion_mouth_ms" in ways:
        result["completion_ratios"] = {
            name: round(1 / times.ratio("studio_ms", name, spent=busy), 2)
            for name in ("completion_mouth_ms", "completion_hair_ms")
        }
    if isinstance(studio, CpuRenderer):
        result["stages"] = _stage_times(studio, mask, studio_style)
    return result


def _full_width() -> DenseMappingNetwork:
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        network = DenseMappingNetwork()
        initialise_alive(network)
    return network.eval()


def _plainly(renderer: PlainRenderer, mask: np.ndarray, tf32: bool = False) -> np.ndarray:
    with _precision_of_cuda(tf32):
        return renderer.render(mask, renderer.encode_style(draw_sample_crop(), mask, "sample"))


@contextmanager
def _precision_of_cuda(tf32: bool) -> Iterator[None]:
    before = torch.backends.cuda.matmul.allow_tf32
    torch.backends.cuda.matmul.allow_tf32 = tf32
    try:
        with torch.backends.cudnn.flags(enabled=True, allow_tf32=tf32):
            yield
    finally:
        torch.backends.cuda.matmul.allow_tf32 = before


def _on_one_thread(ways: dict[str, Work]) -> tuple[Timings, dict[str, np.ndarray]]:
    """Few rounds on one thread: what it spends does not depend on other work, while several wait for each other."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        return time_interleaved(ways, _ROUNDS_BUSY, _ROUNDS_BUSY, 0.0)
    finally:
        torch.set_num_threads(threads)


@torch.inference_mode()
def _stage_times(renderer: CpuRenderer, mask: np.ndarray, style: Style) -> dict[str, float]:
    """Milliseconds of each step of one image."""
    times = {}
    x: Any = mask
    for name, stage in renderer.stages(style, mask):
        start = time.perf_counter()
        x = stage(x)
        times[name] = round((time.perf_counter() - start) * 1000, 3)
    return times


def describe(result: dict[str, Any]) -> str:
    """The results as a table for users."""
    plain = result["full_plain_ms"]
    rows = [
        ("full width, plain float32, everything each time", plain),
        ("full width, plain, PyTorch's own precision", result.get("full_default_ms")),
        ("full width, this engine", result["full_ms"]),
        ("these weights", result["studio_ms"]),
        ("these weights, 256 x 256 preview", result["studio_preview_ms"]),
    ]
    lines = [f"{result['device']}, {result['precision']}, torch {result['torch']}; 512 x 512, one edit"]
    lines += [
        f"  {title:48} {milliseconds:10.1f} ms {plain / milliseconds:8.2f} x"
        for title, milliseconds in rows
        if milliseconds is not None
    ]
    for key, ratio in result.get("completion_ratios", {}).items():
        part = "a mouth" if "mouth" in key else "all hair"
        lines.append(
            f"  {part + ' laid into its photo after that':48} {result[key]:10.1f} ms {ratio:8.2f} of that time"
        )
    lines += [f"    {name:46} {milliseconds:10.1f} ms" for name, milliseconds in result.get("stages", {}).items()]
    if result["unrest"] > _BUSY:
        ratios = ", ".join(f"{name.removesuffix('_ms')} {ratio:.2f} x" for name, ratio in result["ratios"].items())
        lines.append(f"  the machine was busy (usual times are {result['unrest']:.1f} times the best);")
        lines.append(f"  ratios of the time that one thread spends: {ratios}")
    lines.append(f"  error against float32 in 99 % of the pixels: {result['max_error']:.0f}/255")
    return "\n".join(lines)
