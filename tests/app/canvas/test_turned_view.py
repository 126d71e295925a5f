"""Painting and the mask's tint stay right in a view that is turned or mirrored."""

from __future__ import annotations

import numpy as np
import pytest
from pointing import drag, on_screen
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from maskgan_studio.labels import part_named

HAT, SKIN = part_named("hat").index, part_named("skin").index


def press(editor, key, modifiers=Qt.KeyboardModifier.ControlModifier):
    QTest.keyClick(editor, key, modifiers)


@pytest.fixture(params=["left", "right and mirrored", "mirrored"])
def turned(request, editor):
    """A window whose view is turned by its keys."""
    if "left" in request.param:
        press(editor, Qt.Key.Key_4)
    if "right" in request.param:
        for _ in range(3):
            press(editor, Qt.Key.Key_6)
    if "mirrored" in request.param:
        press(editor, Qt.Key.Key_M, Qt.KeyboardModifier.ShiftModifier)
    return editor


def test_the_brush_paints_under_the_pointer_and_shows_it_there(turned):
    canvas = turned.canvas
    turned.workspace.choose_part(HAT)
    turned.workspace.options.size = 30
    before = canvas.grab().toImage()
    drag(canvas, [(150, 330), (170, 330)])
    ys, xs = np.nonzero(turned.workspace.session.stack.composite() == HAT)
    assert [ys.min(), xs.min(), ys.max(), xs.max()] == pytest.approx([315, 135, 345, 185], abs=2)
    canvas.pulse(HAT)
    after = canvas.grab().toImage()
    for point, changes in (((160, 330), True), ((160, 300), False), ((362, 330), False), ((160, 370), False)):
        place = on_screen(canvas, point)
        assert (after.pixelColor(place) != before.pixelColor(place)) == changes, point


def test_what_a_stroke_repaints_is_what_it_changed(turned, qtbot):
    canvas = turned.canvas
    canvas.grab()
    turned.workspace.choose_part(HAT)
    drag(canvas, [(200, 330), (240, 350)])
    canvas._pulse._end()
    qtbot.wait(1)
    image = canvas.grab().toImage()
    canvas.lay_out()  # makes all of the tint again
    assert canvas.grab().toImage() == image


def test_the_keys_turn_and_the_status_bar_says_so_until_the_view_is_upright(editor):
    numbers = editor.status._numbers
    press(editor, Qt.Key.Key_6)
    press(editor, Qt.Key.Key_M, Qt.KeyboardModifier.ShiftModifier)
    assert editor.actions_["view.mirror"].isChecked()
    assert "-15°" in numbers.text() and "mirrored" in numbers.text()
    press(editor, Qt.Key.Key_5)
    assert "°" not in numbers.text() and "mirrored" not in numbers.text()
    assert not editor.actions_["view.mirror"].isChecked() and not editor.canvas.view.is_turned


def test_shift_and_space_turn_with_the_pointer(editor):
    canvas, shift = editor.canvas, Qt.KeyboardModifier.ShiftModifier
    middle = canvas.panes()[0].frame.center().toPoint()
    QTest.keyPress(canvas, Qt.Key.Key_Space, shift)
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, shift, middle + QPoint(100, 0))
    QTest.mouseMove(canvas, middle + QPoint(0, 100))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, shift, middle + QPoint(0, 100))
    QTest.keyRelease(canvas, Qt.Key.Key_Space, shift)
    assert canvas.view.angle == pytest.approx(90, abs=1)
    assert not editor.workspace.session.history.can_undo


def test_a_fitted_view_stays_fitted_and_the_next_document_is_upright(editor):
    for _ in range(3):
        press(editor, Qt.Key.Key_6)
    canvas = editor.canvas
    pane = canvas.panes()[0].frame
    for corner in ((0, 0), (512, 0), (512, 512), (0, 512)):
        assert pane.contains(canvas.view.to_screen(QPointF(*corner), pane))
    editor.workspace.open(editor.workspace.session, editor.workspace.target)
    assert not canvas.view.is_turned
