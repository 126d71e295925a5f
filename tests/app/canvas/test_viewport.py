"""Zoom in the photo's own pixels, and the views that show before and after."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image
from pointing import drag
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtTest import QTest

from maskgan_studio.app.common.images import from_qimage
from maskgan_studio.labels import part_named

HAT = part_named("hat").index


@pytest.fixture
def shown(editor):
    """What a square of 100 pixels in a pane shows, uint8 (100, 100, 3)."""

    def pixels(number: int) -> np.ndarray:
        square = QRectF(0, 0, 100, 100)
        pane = editor.canvas.panes()[number].frame
        square.moveTo(QPointF(round(pane.left()) + 100, 300))
        return from_qimage(editor.canvas.grab(square.toRect()).toImage())

    return pixels


def test_at_100_percent_before_and_after_are_the_photos_own_pixels(editor, shown, photo, qtbot):
    QTest.keyClick(editor, Qt.Key.Key_F7)
    QTest.keyClick(editor, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert editor.canvas.zoom == pytest.approx(1)
    assert "100 %" in editor.status._numbers.text()
    own = np.asarray(Image.open(photo).convert("RGB"))
    before, after = shown(0), shown(1)
    assert np.array_equal(before, after)
    windows = np.lib.stride_tricks.sliding_window_view(own[:, :, 0], (100, 100))
    assert (windows == before[:, :, 0]).all(axis=(2, 3)).any()


def test_zoom_of_a_mask_alone_is_in_its_own_pixels(editor):
    editor.workspace.open(editor.workspace.session, None)
    editor.actions_["view.actual"].trigger()
    assert editor.canvas.view.scale == editor.canvas.zoom == pytest.approx(1)


@pytest.mark.parametrize(
    ("mode", "left"), [("compare", "original"), ("split", "original"), ("mask_split", "edit"), ("side", "edit")]
)
def test_what_stands_left_of_the_result(editor, mode, left):
    editor.actions_[f"view.{mode}"].trigger()
    assert [pane.kind for pane in editor.canvas.panes()] == [left, "result"]


def test_before_shows_the_photo_whatever_is_painted_and_can_be_painted_on(editor, shown, qtbot):
    editor.actions_["view.compare"].trigger()
    before, after = shown(0), shown(1)
    editor.workspace.choose_part(HAT)
    editor.workspace.options.size = 100
    point = editor.canvas.view.to_crop(QPointF(150, 350), editor.canvas.panes()[0].frame)
    drag(editor.canvas, [(point.x(), point.y())])
    assert (editor.workspace.session.stack.composite() == HAT).any()
    qtbot.waitUntil(lambda: not np.array_equal(shown(1), after))
    editor.canvas.pointer.handle(QEvent(QEvent.Type.Leave))
    assert np.array_equal(shown(0), before)


@pytest.mark.parametrize("width", [1280, 1600])
def test_the_photo_stays_in_place_whichever_tool_is_chosen(editor, width):
    editor.resize(width, 720)
    places = set()
    for name in editor.tools._tools:
        editor.tools.choose(name)
        QTest.qWait(0)
        corner = editor.canvas.mapToGlobal(editor.canvas.view.to_screen(QPointF(0, 0), editor.canvas.panes()[0].frame))
        places.add((corner.x(), corner.y(), editor.canvas.width(), editor.canvas.height()))
    assert len(places) == 1
