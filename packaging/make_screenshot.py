"""Make the picture of the window in resources/help: a sample portrait, edited by the real network.

    QT_QPA_PLATFORM=offscreen .venv/bin/python packaging/make_screenshot.py

The portrait shows nobody. To be made again when the window or the weights have changed.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PySide6.QtWidgets import QApplication

from maskgan_studio.app.application import make_pipeline
from maskgan_studio.app.common.settings import Settings
from maskgan_studio.app.common.theme import Theme
from maskgan_studio.app.window.main_window import MainWindow
from maskgan_studio.document.operations.transform import affine, transform_parts
from maskgan_studio.document.session import Session
from maskgan_studio.labels import part_named
from maskgan_studio.paths import resources_dir

_SIZE = (1440, 880)
_PATIENCE_S = 120


def main() -> None:
    """Open a sample portrait, paint, wait for the network, save what the window looks like."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    arguments.add_argument("--portrait", type=Path, default=resources_dir() / "samples" / "portrait-2.png")
    arguments.add_argument("--weights", default="studio")
    arguments.add_argument("-o", "--output", type=Path, default=resources_dir() / "help" / "window.webp")
    options = arguments.parse_args()
    app = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(Path(folder) / "settings.ini")
        settings.set("tour/seen", True)
        window = MainWindow(lambda set_: make_pipeline(set_, "auto"), options.weights, settings, Theme(app, "dark"))
        window.resize(*_SIZE)
        window.show()
        tiles: dict[str, bool] = {}
        window.editor.looks.drawn.connect(lambda name, pixels: tiles.__setitem__(name, pixels is not None))
        window.documents.open([options.portrait])
        _wait(app, lambda: window.live.current is not None)
        _wait(app, lambda: len(tiles) > 0 and all(tiles.values()))
        session = window.workspace.session
        assert session is not None
        _paint(session)
        window.workspace.choose_part(part_named("u_lip").index)
        mask = session.source_mask
        _wait(app, lambda: _is_shown(window, mask))
        _rest(app)
        window.grab().save(str(options.output), "WEBP", 88)  # type: ignore[call-overload]
        session.group.mark_saved()
        window.close()


def _paint(session: Session) -> None:
    """A wider smile and raised brows, as the tool that transforms parts makes them."""
    mask = session.source_mask
    lips = [part_named(name).index for name in ("mouth", "u_lip", "l_lip")]
    brows = [part_named(name).index for name in ("l_brow", "r_brow")]
    wider = affine(_centre(np.isin(mask, lips)), scale=(1.15, 1.08))
    session.apply("Transform", transform_parts(session.stack, session.active_layer, lips, wider))
    higher = affine(_centre(np.isin(mask, brows)), move=(0, -10))
    session.apply("Transform", transform_parts(session.stack, session.active_layer, brows, higher))


def _centre(where: np.ndarray) -> tuple[float, float]:
    rows, columns = np.nonzero(where)
    return float(columns.mean()), float(rows.mean())


def _is_shown(window: MainWindow, mask: np.ndarray) -> bool:
    request = window.live.current.result.request if window.live.current else None
    return request is not None and request.size == mask.shape[0] and np.array_equal(request.source_mask, mask)


def _rest(app: QApplication) -> None:
    """Let the new picture fade in."""
    end = time.monotonic() + 1.5
    _wait(app, lambda: time.monotonic() > end)


def _wait(app: QApplication, condition: Callable[[], bool]) -> None:
    end = time.monotonic() + _PATIENCE_S
    while not condition():
        if time.monotonic() > end:
            raise SystemExit("The window did not get that far.")
        app.processEvents()
        time.sleep(0.02)


if __name__ == "__main__":
    main()
