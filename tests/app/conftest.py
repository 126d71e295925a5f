"""Fixtures of the window's tests: a window with a fake pipeline, a photo, files."""

from __future__ import annotations

import gc
import hashlib
import io
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from fake_pipeline import FakePipeline
from PIL import Image
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from maskgan_studio.app.common.settings import Settings
from maskgan_studio.app.common.theme import Theme
from maskgan_studio.app.files.export_plan import ExportPlan
from maskgan_studio.app.rendering.morph import MorphOptions
from maskgan_studio.app.window.main_window import MainWindow
from maskgan_studio.photo.alignment import detection
from maskgan_studio.photo.alignment.detection import Face

# A condition that comes at all has come by then, however busy the machine; one that never comes fails all the same.
_PATIENCE_MS = 60_000


@pytest.fixture(scope="session", autouse=True)
def _imports_are_kept() -> None:
    """What was imported is no garbage: opening a document looks for some, among all that there is."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def _photos_are_searched_once() -> Iterator[None]:
    """Most tests open the same photo, and looking for its faces takes longer than all the rest."""
    found: dict[bytes, list[Face]] = {}

    def find(pixels: np.ndarray) -> list[Face]:
        key = hashlib.sha256(pixels.tobytes() + bytes(str(pixels.shape), "ascii")).digest()
        if key not in found:
            found[key] = detection.find_faces(pixels)
        return found[key].copy()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("maskgan_studio.app.controllers.face_detection.find_faces", find)
        yield


class PatientBot(QtBot):
    """pytest-qt's bot, whose waits last as long as a busy machine may need."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = _PATIENCE_MS) -> None:
        super().waitUntil(callback, timeout=timeout)


@pytest.fixture
def qtbot(qapp, request) -> QtBot:
    """pytest-qt's own fixture, with more patience."""
    return PatientBot(request)


@pytest.fixture
def pipeline() -> Iterator[FakePipeline]:
    """The pipeline of ``window``; its gate is opened at the end, so that no test leaves a thread waiting."""
    pipeline = FakePipeline()
    yield pipeline
    pipeline.open_gates()


@pytest.fixture
def window(qtbot, qapp, tmp_path: Path, pipeline: FakePipeline, monkeypatch) -> Iterator[MainWindow]:
    """A shown window; what is unsaved is thrown away when it closes."""
    monkeypatch.setattr("maskgan_studio.app.files.dialogs.ask_about_unsaved_work", lambda *_: "discard")
    monkeypatch.setattr("maskgan_studio.app.actions.export.choose_morph_options", lambda *_: MorphOptions(steps=3))
    monkeypatch.setattr("maskgan_studio.app.actions.export.choose_export", lambda *_: ExportPlan())
    settings = Settings(tmp_path / "settings.ini")
    settings.set("tour/seen", True)
    theme = Theme(qapp, "dark")
    window = MainWindow(lambda _weights: pipeline, "fake", settings, theme)
    window.resize(1200, 800)
    window.show()
    qtbot.waitExposed(window)
    yield window
    pipeline.open_gates()
    window.close()
    window.editor.stop()  # also where closing was put off
    # Windows that stay would be styled again with every window that follows.
    for thing in (window, theme):
        thing.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(scope="session")
def _photo_bytes() -> bytes:
    y, x = np.mgrid[:600, :600]
    pixels = np.stack([x * 255 // 599, y * 255 // 599, (x + y) * 255 // 1198], axis=2).astype(np.uint8)
    Image.fromarray(pixels).save(file := io.BytesIO(), "PNG")
    return file.getvalue()


@pytest.fixture
def photo(tmp_path: Path, _photo_bytes: bytes) -> Path:
    """A colourful image of 600 x 600 pixels."""
    path = tmp_path / "portrait.png"
    path.write_bytes(_photo_bytes)
    return path


@pytest.fixture
def editor(window: MainWindow, photo: Path, qtbot) -> MainWindow:
    """A window with the photo open and its first result shown."""
    window.documents.open([photo])
    qtbot.waitUntil(lambda: window.live.current is not None)
    return window
