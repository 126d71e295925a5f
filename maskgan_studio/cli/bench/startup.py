"""How quickly the first window stands, and a mask is read."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image

from maskgan_studio.engine.synthetic_face import draw_sample_mask
from maskgan_studio.photo.masks.mask_files import load_mask, save_mask


def measure_first_window() -> float:
    """Time from the start of Python to the first paint, of the second start."""
    code = (
        "import os, time; os.environ['QT_QPA_PLATFORM'] = 'offscreen'\n"
        "from maskgan_studio.app.application import run_application\n"
        "from maskgan_studio.app.window.central_area import CentralArea\n"
        "from PySide6.QtCore import QTimer; from PySide6.QtWidgets import QApplication\n"
        "shown = CentralArea.showEvent\n"
        "def painted(self, event):\n"
        "    shown(self, event); QTimer.singleShot(0, painted_first)\n"
        "def painted_first():\n"
        "    print(time.time(), flush=True); QApplication.quit()\n"
        "CentralArea.showEvent = painted\n"
        "run_application([], 'studio', 'auto')\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "XDG_CONFIG_HOME": folder, "XDG_STATE_HOME": folder, "PYTHONPYCACHEPREFIX": folder}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its bytecode
        times = []
        for _ in range(2):  # the first start warms the disk cache, and compiles
            start = time.time()
            child = subprocess.run([sys.executable, "-c", code], check=True, env=environment, capture_output=True)
            times.append(float(child.stdout.split()[-1]) - start)
    return times[-1]


def measure_open_mask_speedup(folder: Path) -> float:
    """How many times faster a mask is opened than by a loop over its pixels."""
    path = folder / "mask.png"
    save_mask(path, draw_sample_mask())
    ours = min(_seconds(lambda: load_mask(path)) for _ in range(5))
    return _seconds(lambda: _load_pixel_by_pixel(path)) / ours


def _load_pixel_by_pixel(path: Path) -> np.ndarray:
    with Image.open(path) as image:
        labels = np.zeros((image.height, image.width), np.uint8)
        for row in range(image.height):
            for column in range(image.width):
                labels[row, column] = image.getpixel((column, row))  # type: ignore[assignment]  # a mask has one value
    return labels


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
