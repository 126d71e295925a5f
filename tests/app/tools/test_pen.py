"""The two ends of a pen."""

from __future__ import annotations

import numpy as np
from pointing import drag, pen
from PySide6.QtCore import QEvent

from maskgan_studio.labels import part_named

HAT = part_named("hat").index


def stroke(editor, row: int, eraser: bool) -> None:
    pen(editor.canvas, QEvent.Type.TabletPress, (200, row), 1.0, eraser)
    pen(editor.canvas, QEvent.Type.TabletMove, (300, row), 1.0, eraser)
    pen(editor.canvas, QEvent.Type.TabletRelease, (300, row), 0.0, eraser)


def test_the_eraser_end_erases_whatever_tool_is_chosen_and_the_tip_paints_again(editor):
    seen = editor.workspace.session.stack.composite
    before = seen().copy()
    editor.workspace.choose_part(HAT)
    for tool in ("eraser", "brush"):  # each has a size of its own
        editor.tools.choose(tool)
        editor.workspace.options.size = 40
    stroke(editor, 300, eraser=False)
    assert (seen() == HAT).any()
    stroke(editor, 300, eraser=True)
    assert np.array_equal(seen(), before)
    stroke(editor, 300, eraser=False)
    assert (seen() == HAT).any()
    stroke(editor, 300, eraser=True)
    drag(editor.canvas, [(200, 300), (300, 300)])
    assert (seen() == HAT).any(), "the mouse uses the chosen tool"
