"""Every action by a few letters."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from maskgan_studio.app.actions.command_palette import matches


def test_palette_finds_by_letters_and_runs(editor):
    palette = editor.palette_
    palette.open()
    QTest.keyClicks(palette._field, "diff")
    QTest.keyClick(palette._field, Qt.Key.Key_Return)
    assert editor.canvas.scene.mode == "difference"
    assert not palette.isVisible()


def test_words_that_begin_with_the_letters_come_first():
    assert matches("sp", "Save project") < matches("sp", "Rasp")
    assert matches("xyz", "Save project") is None


def titles(palette) -> list[str]:
    return [palette._list.item(row).text() for row in range(palette._list.count())]


def test_palette_finds_what_is_no_action_of_the_menus(editor):
    palette = editor.palette_
    palette.open()
    QTest.keyClicks(palette._field, "smile")
    assert titles(palette)[0] == "Expression: Smile"
    QTest.keyClick(palette._field, Qt.Key.Key_Return)
    assert editor.workspace.session.face.setting.edit.values["smile"] == 0.6
    palette.open()
    QTest.keyClicks(palette._field, "glasses")
    assert {"Put on: Round glasses", "Paint eyeglasses"} <= {*titles(palette)}
    while titles(palette)[palette._list.currentRow()] != "Put on: Round glasses":
        QTest.keyClick(palette._field, Qt.Key.Key_Down)
    QTest.keyClick(palette._field, Qt.Key.Key_Return)
    assert (editor.workspace.session.source_mask == 3).any()
    palette.open()
    QTest.keyClicks(palette._field, "brow height")
    QTest.keyClick(palette._field, Qt.Key.Key_Return)
    assert editor.panels.face.row("brows.height").slider.hasFocus()


def test_variations_come_from_the_palette(editor, qtbot):
    palette = editor.palette_
    palette.open()
    QTest.keyClicks(palette._field, "variations")
    QTest.keyClick(palette._field, Qt.Key.Key_Return)
    qtbot.waitUntil(editor.panels.morph._tiles[0].isEnabled)


def test_palette_finds_what_only_a_hint_mentions_after_the_titles(editor):
    palette = editor.palette_
    palette.open()
    QTest.keyClicks(palette._field, "gif")
    found = [palette._list.item(row).data(Qt.ItemDataRole.UserRole) for row in range(palette._list.count())]
    assert found[-1] == "file.export_morph"
    palette.hide()
