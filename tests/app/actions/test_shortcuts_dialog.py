"""Keys, and who has them."""

from __future__ import annotations

import pytest
from pointing import press
from PySide6.QtGui import QKeySequence

from maskgan_studio.app.actions.shortcuts_dialog import ShortcutSheet


@pytest.fixture
def sheet(window, qtbot) -> ShortcutSheet:
    window.actions_["help.keys"].trigger()
    sheet = window.findChild(ShortcutSheet)
    qtbot.waitExposed(sheet)
    return sheet


def test_no_key_belongs_to_two_actions(window):
    taken = {}
    for action_id in window.actions_:
        for key in window.actions_.keys(action_id):
            assert taken.setdefault(key, action_id) == action_id


def test_a_key_that_is_given_away_is_taken_from_its_owner_and_kept(window, sheet):
    sheet.fields["tool.eraser"].setKeySequence(QKeySequence("B"))
    assert window.actions_.keys("tool.eraser") == ("B",)
    assert window.actions_.keys("tool.brush") == ()
    assert sheet.fields["tool.brush"].keySequence().isEmpty()
    press(sheet, "Restore Defaults")
    assert window.actions_.keys("tool.brush") == ("B",)
    assert sheet.fields["tool.eraser"].keySequence() == QKeySequence("E")
