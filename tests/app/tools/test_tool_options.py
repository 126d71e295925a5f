"""The options bar: sizes, what may be painted over, symmetry."""

from __future__ import annotations

import pytest
from pointing import drag
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest

from maskgan_studio.labels import part_named

NOSE, HAT = (part_named(name).index for name in ("nose", "hat"))


@pytest.fixture
def seen(editor):
    """What the layers show, following every edit."""
    return lambda: editor.workspace.session.stack.composite()


def test_each_tool_keeps_its_own_size(editor):
    options, slider = editor.workspace.options, editor.options_bar.size_slider
    editor.tools.choose("warp")
    QTest.keyClick(slider, Qt.Key.Key_Home)
    QTest.keyClick(slider, Qt.Key.Key_Right)
    assert options.size == 2
    editor.tools.choose("brush")
    assert options.size == slider.value() == 24
    QTest.keyClick(editor, "]")
    editor.tools.choose("picker")
    editor.tools.choose("warp")
    assert options.size == slider.value() == 2
    editor.tools.choose("brush")
    assert options.size == 26


def test_the_axis_is_drawn_only_where_it_acts(editor):
    canvas = editor.canvas
    canvas.set_mode("result")
    spot = [canvas.view.to_screen(QPointF(256, row), canvas.panes()[0].frame).toPoint() for row in range(405, 430)]

    def colors() -> list[QColor]:
        shown = canvas.grab().toImage()
        return [shown.pixelColor(place) for place in spot]

    without = colors()
    editor.actions_["edit.symmetry"].trigger()
    acting = {name: colors() != without for name in editor.tools._tools if not editor.tools.choose(name)}
    assert {name for name, drawn in acting.items() if not drawn} == {"picker", "select"}


def test_the_options_bar_restricts_the_brush_to_the_part_first_touched(editor, seen, qtbot):
    bar = editor.options_bar.only_over
    qtbot.keyClick(bar, Qt.Key.Key_Down)
    assert editor.workspace.session.constraints.only_first
    before = seen().copy()
    editor.workspace.choose_part(HAT)
    for tool in ("brush", "lasso"):
        editor.tools.choose(tool)
        drag(editor.canvas, [(256, 300), (330, 300), (330, 340)])
        changed = seen() != before
        assert changed.any() and (before[changed] == NOSE).all()
        editor.actions_["edit.undo"].trigger()


def test_a_closed_stroke_fills_its_inside_when_that_is_chosen(editor, seen):
    editor.workspace.choose_part(HAT)
    ring = [(60, 420), (120, 420), (120, 480), (60, 480), (60, 420)]
    drag(editor.canvas, ring)
    assert seen()[450, 90] != HAT
    editor.options_bar.outlines.click()
    drag(editor.canvas, ring)
    assert seen()[450, 90] == HAT and len(editor.workspace.session.history.entries) == 2


def test_only_over_restricts_the_brush(editor, seen, qtbot):
    bar = editor.options_bar.only_over
    for _ in range(bar.findData(NOSE) - bar.currentIndex()):
        qtbot.keyClick(bar, Qt.Key.Key_Down)
    assert bar.currentData() == NOSE
    before = seen().copy()
    editor.workspace.choose_part(HAT)
    drag(editor.canvas, [(200, 300), (320, 300)])
    changed = seen() != before
    assert changed.any() and (before[changed] == NOSE).all()


def test_locked_part_is_never_painted_over(editor, seen):
    editor.panels.parts._rows[NOSE].lock.click()
    editor.workspace.choose_part(HAT)
    nose = seen() == NOSE
    drag(editor.canvas, [(200, 300), (320, 300)])
    assert (seen()[nose] == NOSE).all()
    assert (seen() == HAT).any()
