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


def test_palette_finds_what_only_a_hint_mentions_after_the_titles(editor):
    palette = editor.palette_
    palette.open()
    QTest.keyClicks(palette._field, "gif")
    found = [palette._list.item(row).data(Qt.ItemDataRole.UserRole) for row in range(palette._list.count())]
    assert found[-1] == "file.export_morph"
    palette.hide()
