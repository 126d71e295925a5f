"""Selection in the photo, by scribbles."""

from __future__ import annotations

import threading
from dataclasses import replace

import numpy as np
import pytest
from pointing import drag, on_screen, press
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from maskgan_studio.document.session import Session
from maskgan_studio.labels import part_named
from maskgan_studio.photo.masks.scribble_selection import select_by_scribbles

HAT = part_named("hat").index
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def blue(editor):
    """A document whose photo has a blue square on grey, (512, 512) bool where it is blue."""
    target, square = editor.workspace.target, np.zeros((512, 512), bool)
    square[100:220, 60:180] = True
    noise = np.random.default_rng(0).normal(0, 6, (512, 512, 3))
    crop = np.clip(np.where(square[..., None], (40, 60, 200), (120, 120, 120)) + noise, 0, 255).astype(np.uint8)
    editor.workspace.open(Session.new(target.mask), replace(target, crop=crop))
    editor.workspace.choose_part(HAT)
    return square


def test_return_gives_the_selection_the_chosen_part(editor, blue, qtbot):
    seen = editor.workspace.session.stack.composite
    QTest.keyClick(editor, "q")
    spots = [on_screen(editor.canvas, point) for point in ((120, 155), (120, 205), (120, 300))]
    before = editor.canvas.grab().toImage()
    drag(editor.canvas, [(90, 150), (150, 160)])
    assert "edges" in editor.editor.activities.text
    qtbot.waitUntil(lambda: not editor.editor.activities.text)
    assert not (seen() == HAT).any(), "only shown yet"
    after = editor.canvas.grab().toImage()
    shown = [after.pixelColor(spot) != before.pixelColor(spot) for spot in spots]
    assert shown == [True, True, False], "the scribble and the square, nothing beside it"
    QTest.keyClick(editor.canvas, Qt.Key.Key_Return)
    hat = seen() == HAT
    assert (hat & blue).sum() / (hat | blue).sum() > 0.95
    assert len(editor.workspace.session.history.entries) == 1 and not editor.tools.active.is_busy


def test_shift_and_the_option_leave_out_what_is_marked(editor, blue, qtbot):
    editor.tools.choose("select")
    qtbot.waitUntil(editor.options_bar.excludes.isVisible)
    drag(editor.canvas, [(90, 130), (150, 130)])
    drag(editor.canvas, [(70, 200), (170, 200)], SHIFT)
    editor.options_bar.excludes.click()
    drag(editor.canvas, [(70, 210), (170, 210)])
    press(editor.options_bar, "Apply")
    qtbot.waitUntil(lambda: not editor.tools.active.is_busy)
    hat = editor.workspace.session.stack.composite() == HAT
    assert hat[130, 120] and not hat[[200, 210], 120].any()


def test_escape_and_the_button_drop_the_selection(editor, blue, qtbot):
    editor.tools.choose("select")
    qtbot.waitUntil(editor.options_bar.excludes.isVisible)
    for drop in (
        lambda: QTest.keyClick(editor.canvas, Qt.Key.Key_Escape),
        lambda: press(editor.options_bar, "Discard"),
    ):
        drag(editor.canvas, [(90, 150), (150, 160)])
        assert editor.tools.active.is_busy
        drop()
        assert not editor.tools.active.is_busy
        QTest.keyClick(editor.canvas, Qt.Key.Key_Return)
        assert not editor.workspace.session.history.entries


def test_without_a_photo_it_says_what_to_do(editor):
    editor.workspace.open(Session.new(editor.workspace.target.mask), None)
    editor.tools.choose("select")
    drag(editor.canvas, [(90, 150), (150, 160)])
    assert "no photo" in editor.area.message_bar.problem.message


def test_the_hand_goes_on_while_the_edges_are_followed(editor, blue, monkeypatch, qtbot):
    gate, threads = threading.Event(), []

    def wait_and_select(*arguments):
        gate.wait(60)
        threads.append(threading.current_thread())
        return select_by_scribbles(*arguments)

    monkeypatch.setattr("maskgan_studio.app.tools.select.select_by_scribbles", wait_and_select)
    editor.tools.choose("select")
    drag(editor.canvas, [(90, 120), (150, 120)])
    drag(editor.canvas, [(70, 210), (170, 210)], SHIFT)  # scribbled while the first one is looked at
    QTest.keyClick(editor.canvas, Qt.Key.Key_Return)
    editor.workspace.choose_part(1)
    editor.tools.choose("brush")
    assert not editor.workspace.session.history.entries
    gate.set()
    qtbot.waitUntil(lambda: bool(editor.workspace.session.history.entries))
    hat = editor.workspace.session.stack.composite() == HAT
    assert hat[130, 120] and not hat[210, 120], "all scribbles count, and the part at the time of Return"
    assert threading.main_thread() not in threads
