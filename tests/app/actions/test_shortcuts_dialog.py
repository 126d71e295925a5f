"""Keys, and who has them."""

from __future__ import annotations

import pytest
from pointing import press
from PySide6.QtGui import QKeySequence

from maskgan_studio.app.actions.shortcuts_dialog import ShortcutSheet
from maskgan_studio.app.files import dialogs


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


def test_a_key_that_belongs_to_another_is_taken_over_only_when_asked_for(window, sheet, monkeypatch):
    sheet.fields["tool.eraser"].setKeySequence(QKeySequence("B"))
    assert sheet.message.text() == "B belongs to “Brush”."
    press(sheet, "Leave it there")
    assert window.actions_.keys("tool.eraser") == ("E",)
    assert sheet.fields["tool.eraser"].keySequence() == QKeySequence("E") and sheet.message.text() == ""
    sheet.fields["tool.eraser"].setKeySequence(QKeySequence("B"))
    press(sheet, "Take it over")
    assert window.actions_.keys("tool.eraser") == ("B",)
    assert window.actions_.keys("tool.brush") == ()
    assert sheet.fields["tool.brush"].keySequence().isEmpty()
    monkeypatch.setattr(dialogs, "ask_about_restoring_keys", lambda _parent: False)
    press(sheet, "Restore all keys")
    assert window.actions_.keys("tool.eraser") == ("B",)
    monkeypatch.setattr(dialogs, "ask_about_restoring_keys", lambda _parent: True)
    press(sheet, "Restore all keys")
    assert window.actions_.keys("tool.brush") == ("B",)
    assert sheet.fields["tool.eraser"].keySequence() == QKeySequence("E")


def test_a_free_key_is_in_use_at_once_and_one_of_the_canvas_is_refused(window, sheet):
    sheet.fields["edit.repair"].setKeySequence(QKeySequence("Ctrl+F8"))
    assert window.actions_.keys("edit.repair") == ("Ctrl+F8",)
    sheet.fields["edit.repair"].setKeySequence(QKeySequence("Space"))
    assert "Space" in sheet.message.text() and window.actions_.keys("edit.repair") == ("Ctrl+F8",)


def test_the_sheet_is_searched_by_words_and_keys(sheet):
    def found() -> set[str]:
        rows = range(sheet.table.rowCount())
        return {sheet.table.item(row, 1).text() for row in rows if not sheet.table.isRowHidden(row)}

    sheet.search.setText("brush tools")
    assert found() == {"Brush"}
    sheet.search.setText("ctrl+shift+e")
    assert found() == {"Export mask…"}
