"""Pieces that need no window: view, overlay, throttle, environment, settings, crash log."""

from __future__ import annotations

import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF

from maskgan_studio.app.canvas.overlay import MaskOverlay
from maskgan_studio.app.canvas.view import MAX_SCALE, MIN_SCALE, View
from maskgan_studio.app.common.images import to_qimage
from maskgan_studio.app.common.settings import Settings
from maskgan_studio.app.crash_log import CrashLog
from maskgan_studio.app.platform_env import prepare_environment
from maskgan_studio.app.rendering.throttle import Throttle

PANE = QRectF(0, 0, 300, 200)


@given(
    factor=st.floats(0.01, 100),
    x=st.floats(0, 300),
    y=st.floats(0, 200),
)
def test_zoom_keeps_the_point_under_the_pointer(factor, x, y):
    view, place = View(), QPointF(x, y)
    fixed = view.to_crop(place, PANE)
    view.zoom_at(factor, place, PANE)
    moved = view.to_crop(place, PANE)
    assert MIN_SCALE <= view.scale <= MAX_SCALE
    assert (moved.x(), moved.y()) == pytest.approx((fixed.x(), fixed.y()), abs=1e-6)


@given(
    scale=st.sampled_from([0.3, 1.0, 1.7, 4.0]),
    left=st.integers(0, 60),
    top=st.integers(0, 60),
    width=st.integers(1, 30),
    height=st.integers(1, 30),
    part=st.integers(0, 18),
)
def test_refreshing_a_rectangle_gives_the_same_as_refreshing_everything(scale, left, top, width, height, part):
    rng = np.random.default_rng(3)
    labels = np.repeat(np.repeat(rng.integers(0, 19, (8, 8), np.uint8), 8, 0), 8, 1)
    view = View(scale, 32, 32)
    overlays = [MaskOverlay(), MaskOverlay()]
    for overlay in overlays:
        overlay.lay_out(view, PANE, 1.0, 64)
        overlay.refresh(labels)
    labels[top : top + height, left : left + width] = part
    overlays[0].refresh(labels, QRectF(left, top, width, height))
    overlays[1].refresh(labels)
    assert np.array_equal(overlays[0]._buffer, overlays[1]._buffer)


def test_an_image_keeps_its_pixels_in_qt():
    pixels = np.random.default_rng(0).integers(0, 256, (5, 7, 3), np.uint8)
    image = to_qimage(pixels)
    shown = [[image.pixelColor(x, y).getRgb()[:3] for x in range(7)] for y in range(5)]
    assert np.array_equal(shown, pixels)


def test_throttle_fires_at_once_and_never_loses_the_last_change(qtbot):
    throttle, fired = Throttle(50), []
    throttle.fired.connect(lambda: fired.append(None))
    throttle.trigger()
    assert len(fired) == 1
    throttle.trigger()
    throttle.trigger()
    assert len(fired) == 1
    qtbot.waitUntil(lambda: len(fired) == 2)
    qtbot.waitUntil(lambda: not throttle._timer.isActive())
    assert len(fired) == 2


def test_opencv_variables_are_removed_and_others_kept():
    environ = {"QT_QPA_PLATFORM_PLUGIN_PATH": "/x/site-packages/cv2/qt/plugins", "QT_QPA_FONTDIR": "/usr/fonts"}
    prepare_environment(environ)
    assert environ == {"QT_QPA_FONTDIR": "/usr/fonts", "QT_API": "pyside6"}


def test_settings_keep_types_and_recent_files_that_exist(tmp_path):
    settings = Settings(tmp_path / "settings.ini")
    for value in (True, 3, 0.5, "text"):
        settings.set("key", value)
        settings.sync()
        assert Settings(tmp_path / "settings.ini").get("key", type(value)()) == value
    files = [tmp_path / name for name in ("a", "b")]
    for file in files:
        file.touch()
        settings.add_recent(file)
    settings.add_recent(files[0])
    assert settings.recent_files() == files
    files[0].unlink()
    assert settings.recent_files() == [files[1]]


def test_crash_log_is_found_at_the_next_start_and_gone_after_a_good_end(tmp_path):
    log, told = CrashLog(tmp_path), []
    assert not log.start(told.append)
    try:
        raise ValueError("odd")
    except ValueError as error:
        sys.excepthook(ValueError, error, error.__traceback__)
    assert told == ["odd"]
    log._file.close()
    following = CrashLog(tmp_path)
    assert following.start()
    assert "ValueError: odd" in following.previous_path.read_text()
    following.stop()
    assert not CrashLog(tmp_path).start()
    CrashLog(tmp_path).stop()
