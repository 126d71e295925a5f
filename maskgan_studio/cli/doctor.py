"""``doctor``: what somebody who is to help needs to know, a line each."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Annotated

import typer

from maskgan_studio import __version__
from maskgan_studio.cli.options import Device, Weights
from maskgan_studio.errors import StudioError
from maskgan_studio.paths import is_bundle, own_command

_LIBRARIES = ("torch", "PySide6_Essentials", "numpy", "pillow", "safetensors")
_QT_PATIENCE_S = 60
_ASK_FOR_QT = "--qt"


def doctor(
    weights: Weights = "studio",
    device: Device = "auto",
    qt: Annotated[bool, typer.Option(_ASK_FOR_QT, hidden=True)] = False,
) -> None:
    """Say in a line each whether all is well: versions, device, screen, weights, folders, a timed picture.

    Exits with 1 where something is wrong. For bug reports.
    """
    if qt:
        typer.echo(_open_screen())
        return
    checks: list[tuple[str, Callable[[], str]]] = [
        ("program", _describe_program),
        ("libraries", _describe_libraries),
        ("device", lambda: _describe_device(device)),
        ("screen", _describe_screen),
        *((f"weights {name}", check) for name, check in _weight_checks()),
        *((f"folder for {name}", check) for name, check in _folder_checks()),
        ("faces", _find_sample_face),
        ("picture", lambda: _time_picture(weights, device)),
    ]
    failed = 0
    for name, check in checks:
        try:
            said, sign = check(), "ok  "
        except Exception as error:  # whatever is wrong is what is asked for
            said, sign = " ".join(str(error).split()) or type(error).__name__, "FAIL"
            failed += 1
        typer.echo(f"{sign}  {name}: {said}")
    if failed:
        raise StudioError("{count} of {number} checks failed.", count=failed, number=len(checks))


def _describe_program() -> str:
    form = "bundle" if is_bundle() else f"Python {platform.python_version()}"
    return f"maskgan-studio {__version__}, {form}, {platform.platform()}, {os.cpu_count()} processors"


def _describe_libraries() -> str:
    return ", ".join(f"{name} {_version(name)}" for name in (*_LIBRARIES, _opencv()))


def _opencv() -> str:
    # One module, several distributions.
    names = ("opencv-python", "opencv-python-headless", "opencv-contrib-python")
    return next((name for name in names if _version(name) != "missing"), names[0])


def _version(distribution: str) -> str:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return "missing"


def _describe_device(name: str) -> str:
    import torch

    from maskgan_studio.engine.device import choose_device, device_title

    chosen = choose_device(name)
    return f"{device_title(chosen)} ({chosen}), {torch.get_num_threads()} threads"


def _describe_screen() -> str:
    """Ask in a process of its own: Qt ends the process where it finds no screen."""
    words = [*own_command(), "doctor", _ASK_FOR_QT]
    run = subprocess.run(words, capture_output=True, text=True, timeout=_QT_PATIENCE_S)
    if run.returncode:
        reason = next((line for line in run.stderr.splitlines() if line.strip()), f"status {run.returncode}")
        raise StudioError("Qt finds no screen, the editor cannot start: {reason}", reason=reason)
    return run.stdout.strip()


def _open_screen() -> str:
    from PySide6.QtCore import qVersion
    from PySide6.QtGui import QGuiApplication

    from maskgan_studio.app.platform_env import prepare_environment

    prepare_environment()
    # All of Qt that the window uses: each module may lack a library of the system.
    import_module("maskgan_studio.app.single_instance")
    import_module("maskgan_studio.app.window.main_window")
    application = QGuiApplication(sys.argv[:1])
    screens = [f"{screen.size().width()}x{screen.size().height()}" for screen in application.screens()]
    return f"Qt {qVersion()} on {application.platformName()}, {', '.join(screens)}"


def _weight_checks() -> Iterator[tuple[str, Callable[[], str]]]:
    from maskgan_studio.weights import WeightSet, list_sets

    def check(found: WeightSet) -> str:
        problems = found.verify()
        if problems:
            raise StudioError("{problems}", problems=problems)
        return f"{found.bytes / 2**20:.1f} MiB as they were saved, {found.path}"

    for found in list_sets():
        yield found.name, partial(check, found)


def _folder_checks() -> Iterator[tuple[str, Callable[[], str]]]:
    import platformdirs

    from maskgan_studio.app.common.settings import config_dir, state_dir
    from maskgan_studio.weights import user_sets_dir

    def check(folder: Path) -> str:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"written")
        return f"writable, {folder}"

    cache = Path(platformdirs.user_cache_dir("maskgan-studio", appauthor=False))
    folders = {"settings": config_dir(), "autosaves": state_dir(), "measurements": cache, "weights": user_sets_dir()}
    for name, folder in folders.items():
        yield name, partial(check, folder)


def _find_sample_face() -> str:
    from maskgan_studio.paths import resources_dir
    from maskgan_studio.photo.alignment.detection import find_faces
    from maskgan_studio.photo.files.loading import load_photo

    sample = resources_dir() / "samples" / "portrait-1.png"
    if not find_faces(load_photo(sample).pixels):
        raise StudioError("no face is found in {sample}: what faces are found with is damaged.", sample=sample)
    return f"found in {sample.name}"


def _time_picture(weights: str, device: str) -> str:
    """Render the drawn face twice: the first time loads the networks, and measures on a machine that is new."""
    from maskgan_studio.engine.pipeline import Pipeline
    from maskgan_studio.engine.synthetic_face import draw_sample_crop, draw_sample_mask
    from maskgan_studio.photo.files.loading import Photo

    start = time.perf_counter()
    pipeline = Pipeline(weights, device)
    mask = draw_sample_mask()
    target = pipeline.prepare(Photo.from_pixels(draw_sample_crop()), aligned=True, mask=mask)
    style = pipeline.style(target)
    pipeline.render(mask, style)
    first = time.perf_counter() - start
    start = time.perf_counter()
    pipeline.render(mask, style)
    again = time.perf_counter() - start
    choice = pipeline.render_config
    return (
        f"{again * 1000:.0f} ms for 512x512 with {pipeline.weights_name} on {pipeline.device_name} "
        f"({choice.precision}, {choice.threads or 'default'} threads), {first:.1f} s the first time"
    )
