"""The frame of the transform tool stays around its part, whoever moves that."""

from __future__ import annotations

import numpy as np
import pytest
from pointing import drag
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from maskgan_studio.labels import PARTS, part_named

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


def test_return_takes_the_frame_away_and_undo_and_redo_move_the_next_one(editor, middles):
    start, _ = middles()
    drag(editor.canvas, [(256, 300), (276, 300), (296, 310)])
    QTest.keyClick(editor.canvas, Qt.Key.Key_Return)
    part, frame = middles()
    assert part == pytest.approx([start[0] + 40, start[1] + 10], abs=2) and frame == [0, 0]
    drag(editor.canvas, [(296, 310)])
    part, frame = middles()
    assert frame == pytest.approx(part, abs=1)
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


@pytest.fixture
def taken(editor):
    """The names of the parts in the frame."""
    return lambda: {PARTS[part].name for part in editor.tools["transform"]._parts}


def click(editor, point, modifiers=Qt.KeyboardModifier.NoModifier):
    drag(editor.canvas, [point], modifiers)


def test_shift_and_a_click_take_several_parts_and_they_move_as_one(editor, taken):
    editor.tools.choose("transform")
    click(editor, (192, 245))
    assert taken() == {"r_eye"}
    click(editor, (320, 245), Qt.KeyboardModifier.ShiftModifier)
    assert taken() == {"r_eye", "l_eye"}
    before = editor.workspace.session.source_mask
    drag(editor.canvas, [(192, 245), (202, 255)])
    QTest.keyClick(editor.canvas, Qt.Key.Key_Return)
    after = editor.workspace.session.source_mask
    for eye in (part_named("l_eye").index, part_named("r_eye").index):
        moved = np.argwhere(after == eye).mean(axis=0) - np.argwhere(before == eye).mean(axis=0)
        assert moved == pytest.approx([10, 10], abs=1)
    assert len(editor.workspace.session.history.entries) == 1 and taken() == set()
    click(editor, (202, 255))
    click(editor, (202, 255), Qt.KeyboardModifier.ShiftModifier)
    assert taken() == set()


def test_the_options_bar_takes_what_belongs_together(editor, taken, qtbot):
    editor.tools.choose("transform")
    click(editor, (192, 245))
    box = editor.options_bar.takes
    qtbot.waitUntil(box.isVisible)
    qtbot.keyClick(box, Qt.Key.Key_Down)
    assert taken() == {"r_eye", "l_eye"}
    click(editor, (256, 366))
    assert taken() == {"mouth", "u_lip", "l_lip"}
    qtbot.keyClick(box, Qt.Key.Key_Down)
    assert taken() == {"skin", "nose", "l_eye", "r_eye", "l_brow", "r_brow", "mouth", "u_lip", "l_lip"}


def test_a_near_miss_takes_the_small_part(editor, taken):
    editor.tools.choose("transform")
    QTest.keyClick(editor.canvas, Qt.Key.Key_Escape)
    click(editor, (192, 245 + 12 + 4 / editor.canvas.view.scale))
    assert taken() == {"r_eye"}
    click(editor, (256, 180))
    assert taken() == {"skin"}
    click(editor, (192, 245 + 12 + 4 / editor.canvas.view.scale))  # also inside the frame of a large one
    assert taken() == {"r_eye"}


def test_beside_the_frame_a_drag_turns_and_a_click_takes(editor, taken, middles):
    click(editor, (256, 300))
    before = editor.workspace.session.source_mask
    beside = (256 + 28 + 20 / editor.canvas.view.scale, 300)
    click(editor, beside)
    assert taken() == {"skin"}
    click(editor, (256, 300))
    drag(editor.canvas, [beside, (beside[0] - 4, 340)])
    assert taken() == {"nose"}
    turned = np.argwhere(editor.workspace.session.source_mask == NOSE)
    assert turned.mean(axis=0) == pytest.approx(np.argwhere(before == NOSE).mean(axis=0), abs=1)
    assert np.ptp(turned[:, 1]) > np.ptp(np.argwhere(before == NOSE)[:, 1]) + 8


def test_a_side_of_the_frame_scales_one_way(editor, middles):
    click(editor, (256, 300))
    drag(editor.canvas, [(256, 255), (256, 235)])
    y, x = np.nonzero(editor.workspace.session.source_mask == NOSE)
    assert np.ptp(y) == pytest.approx(89 * 65 / 45, abs=3) and np.ptp(x) == pytest.approx(55, abs=2)


def test_symmetry_moves_the_other_eye_as_its_mirror_image(editor):
    editor.actions_["edit.symmetry"].trigger()
    editor.tools.choose("transform")
    drag(editor.canvas, [(192, 245), (182, 240)])
    mask = editor.workspace.session.source_mask
    right, left = (np.argwhere(mask == part_named(name).index).mean(axis=0) for name in ("r_eye", "l_eye"))
    assert right == pytest.approx([240, 182], abs=1) and left == pytest.approx([240, 330], abs=1)
    QTest.keyClick(editor.canvas, Qt.Key.Key_Escape)
    drag(editor.canvas, [(256, 300), (276, 310)])
    nose = np.argwhere(editor.workspace.session.source_mask == NOSE).mean(axis=0)
    assert nose == pytest.approx([310, 256], abs=1), "on the axis it stays on the axis"
