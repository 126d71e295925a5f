"""The morph panel, by its buttons."""

from __future__ import annotations

import numpy as np
from filing import open_file
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton


def button(panel, text: str) -> QPushButton:
    return next(found for found in panel.findChildren(QPushButton) if found.text() == text)


def test_a_click_lays_one_mask_however_often_variations_were_asked_for(editor, qtbot):
    panel, session = editor.panels.morph, editor.workspace.session
    offered: list[list[np.ndarray]] = []
    editor.editor.references.varied.connect(offered.append)
    for presses in (1, 2, 3):
        QTest.mouseClick(button(panel, "Variations"), Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda presses=presses: len(offered) == presses)
    assert not np.array_equal(offered[1][2], offered[2][2])
    QTest.mouseClick(panel._tiles[2], Qt.MouseButton.LeftButton)
    assert len(session.history.entries) == 1
    assert np.array_equal(session.source_mask, offered[2][2])


def test_tidy_is_one_step(editor, qtbot):
    session = editor.workspace.session
    QTest.mouseClick(button(editor.panels.morph, "Make it natural"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(session.history.entries) == 1)


def test_variations_are_shown_on_this_face_and_go_with_it(editor, photo, qtbot):
    panel, drawn = editor.panels.morph, {}
    editor.panels.docks["morph"].raise_()
    editor.editor.tiles.drawn.connect(lambda group, name, pixels: drawn.__setitem__((group, name), pixels))
    QTest.mouseClick(button(panel, "Variations"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: sum(g == "morph" and p is not None for (g, _), p in drawn.items()) == 8)
    assert panel._tiles[0].isEnabled() and not panel._tiles[0].icon().isNull()
    open_file(editor, photo, qtbot)
    assert not panel._tiles[0].isEnabled() and panel._tiles[0].icon().isNull()
