"""The morph panel, by its buttons."""

from __future__ import annotations

import numpy as np
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
