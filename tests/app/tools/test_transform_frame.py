"""The frame of the transform tool stays around its part, whoever moves that."""

from __future__ import annotations

import numpy as np
import pytest
from pointing import drag
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from maskgan_studio.labels import part_named

NOSE = part_named("nose").index


@pytest.fixture
def middles(editor):
    """Where the part and the frame around it are: (x, y) each."""

    def where() -> tuple[list[float], list[float]]:
        y, x = np.nonzero(editor.workspace.session.stack.composite() == NOSE)
        frame = editor.tools["transform"]._frame().boundingRect()
        return [(x.min() + x.max() + 1) / 2, (y.min() + y.max() + 1) / 2], [frame.center().x(), frame.center().y()]

    editor.tools.choose("transform")
    return where


def test_after_return_undo_and_redo_the_frame_is_around_the_part(editor, middles):
    start, _ = middles()
    drag(editor.canvas, [(256, 300), (276, 300), (296, 310)])
    QTest.keyClick(editor.canvas, Qt.Key.Key_Return)
    part, frame = middles()
    assert part == pytest.approx([start[0] + 40, start[1] + 10], abs=2) and frame == pytest.approx(part, abs=1)
    editor.actions_["edit.undo"].trigger()
    part, frame = middles()
    assert part == start and frame == pytest.approx(part, abs=1)
    editor.actions_["edit.redo"].trigger()
    part, frame = middles()
    assert part != start and frame == pytest.approx(part, abs=1)


def test_a_transform_that_was_begun_is_undone_although_the_history_is_empty(editor, middles):
    undo, session = editor.actions_["edit.undo"], editor.workspace.session
    editor.workspace.choose_part(NOSE)
    start, _ = middles()
    assert not session.history.entries and not undo.isEnabled()
    drag(editor.canvas, [(256, 300), (276, 300), (296, 310)])
    assert middles()[0] != start and not session.history.entries
    QTest.keyClick(editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    part, frame = middles()
    assert part == start and frame == pytest.approx(part, abs=1)
    assert not undo.isEnabled() and not session.history.can_redo


def test_undo_before_return_takes_the_frame_back_too(editor, middles):
    editor.tools.choose("brush")
    drag(editor.canvas, [(100, 450), (110, 450)])  # a step that could be undone
    editor.tools.choose("transform")
    editor.workspace.choose_part(NOSE)
    start, _ = middles()
    drag(editor.canvas, [(256, 300), (276, 300), (296, 310)])
    editor.actions_["edit.undo"].trigger()
    part, frame = middles()
    assert part == start and frame == pytest.approx(part, abs=1)
    drag(editor.canvas, [(256, 300), (266, 300)])
    part, frame = middles()
    assert part == pytest.approx([start[0] + 10, start[1]], abs=2) and frame == pytest.approx(part, abs=1)
