"""The freeze brush, with real keys and strokes."""

from __future__ import annotations

import pytest
from pointing import drag, on_screen
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from maskgan_studio.document.session import Session
from maskgan_studio.labels import part_named

HAT = part_named("hat").index


@pytest.fixture
def seen(editor):
    """What the layers show, following every edit."""
    return lambda: editor.workspace.session.stack.composite()


def test_the_freeze_brush_keeps_what_it_covered_and_shows_it(editor, seen, qtbot):
    before, canvas = seen().copy(), editor.canvas
    shown = canvas.grab().toImage()
    QTest.keyClick(editor, "f")
    drag(canvas, [(256, 280), (256, 320)])
    frozen = editor.workspace.session.constraints.frozen
    spot = on_screen(canvas, (256, 300))
    assert frozen[300, 256] and any(
        canvas.grab().toImage().pixelColor(spot + QPoint(x, 0)) != shown.pixelColor(spot + QPoint(x, 0))
        for x in range(8)
    )
    QTest.keyClick(editor, "b")
    editor.workspace.choose_part(HAT)
    drag(canvas, [(200, 300), (320, 300)])
    assert (seen()[frozen] == before[frozen]).all() and (seen() == HAT).any()
    editor.tools.choose("freeze")
    drag(canvas, [(256, 300)], Qt.KeyboardModifier.ShiftModifier)
    assert not editor.workspace.session.constraints.frozen[300, 256]
    QTest.keyClick(editor, Qt.Key.Key_F, Qt.KeyboardModifier.ShiftModifier)
    assert editor.workspace.session.constraints.frozen is None
    QTest.keyClick(editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert editor.workspace.session.constraints.frozen is not None
    editor.workspace.open(Session.new(editor.workspace.session.target_mask), None)
    assert editor.workspace.session.constraints.frozen is None and canvas.scene.frozen is None
