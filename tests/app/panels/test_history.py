"""The history panel, by its rows."""

from __future__ import annotations

import pytest
from pointing import click_row, drag, find
from PySide6.QtWidgets import QListWidget

from maskgan_studio.labels import part_named

HAT = part_named("hat").index


@pytest.fixture
def rows(editor, qtbot) -> QListWidget:
    """The list, after three strokes."""
    for y in (300, 330, 360):
        editor.workspace.choose_part(HAT)
        drag(editor.canvas, [(200, y), (220, y)])
    editor.panels.docks["history"].raise_()
    rows = find(editor.panels.history, QListWidget, "History")
    qtbot.waitUntil(lambda: rows.count() == 4)
    return rows


def test_history_lists_steps_and_jumps(editor, rows):
    history = editor.workspace.session.history
    for row in (1, 3, 0):
        rows.scrollToItem(rows.item(row))
        click_row(rows, row)
        assert history.position == row


def test_a_step_after_an_undone_one_takes_its_place(editor, rows, qtbot):
    editor.actions_["edit.undo"].trigger()
    drag(editor.canvas, [(300, 300), (320, 300)])
    editor.actions_["layer.add"].trigger()
    qtbot.waitUntil(lambda: rows.count() == 5)
    titles = [rows.item(row).text() for row in range(rows.count())]
    assert titles == ["Opened", "Hat painted", "Hat painted", "Hat painted", "Add layer"]
