"""The layers panel, by its buttons."""

from __future__ import annotations

import numpy as np
import pytest
from pointing import click_row, drag, find, press
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QListWidget, QSlider

from maskgan_studio.labels import part_named

HAT = part_named("hat").index


@pytest.fixture
def rows(editor, qtbot) -> QListWidget:
    """The list, after a stroke on "Edits" and one more layer."""
    editor.workspace.choose_part(HAT)
    drag(editor.canvas, [(200, 300), (220, 300)])
    press(editor.panels.layers, "Add a layer")
    rows = find(editor.panels.layers, QListWidget, "Layers")
    qtbot.waitUntil(lambda: rows.count() == 3)
    return rows


def test_layers_are_listed_top_first(editor, rows):
    shown = [rows.item(row).text() for row in range(3)]
    assert shown == ["Layer 2", "Edits", "From the photo"]
    assert rows.currentRow() == 0


def test_a_double_click_writes_another_name_which_escape_leaves_as_it_was(editor, rows, qtbot):
    session, place = editor.workspace.session, rows.visualItemRect(rows.item(1)).center()
    for name, key, kept in (("Pony", Qt.Key.Key_Escape, "Edits"), ("Fringe", Qt.Key.Key_Return, "Fringe")):
        click_row(rows, 1)
        QTest.mouseDClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
        field = find(rows, QLineEdit, "Name of the layer")
        QTest.keyClicks(field, name)
        QTest.keyClick(field, key)
        assert [layer.name for layer in session.stack.layers][1] == kept
        qtbot.waitUntil(lambda: not rows.findChildren(QLineEdit))
    qtbot.waitUntil(lambda: rows.item(1).text() == "Fringe")
    assert str(session.history.entries[-1].title) == "Rename layer"


def test_a_hidden_layer_is_not_in_the_mask(editor, rows, qtbot):
    session = editor.workspace.session
    assert (session.source_mask == HAT).any()
    press(rows, "Show layer Edits")
    assert not (session.source_mask == HAT).any()


def test_a_locked_layer_says_so_when_it_is_painted_on(editor, rows, qtbot):
    click_row(rows, 1)
    press(rows, "Lock layer Edits")
    before = editor.workspace.session.source_mask
    drag(editor.canvas, [(200, 330), (220, 330)])
    assert np.array_equal(editor.workspace.session.source_mask, before)
    assert "locked" in editor.area.message_bar.problem.message


def test_the_strength_of_a_layer_weakens_what_is_painted_on_it(editor, rows, qtbot):
    session = editor.workspace.session
    click_row(rows, 1)
    before = session.target_mask
    painted = session.source_mask
    strength = find(editor.panels.layers, QSlider, "Strength of the layer")
    strength.setValue(50)
    half = session.source_mask
    assert 0 < (half == HAT).sum() < (painted == HAT).sum()
    assert np.array_equal(half[painted == before], before[painted == before])
    qtbot.waitUntil(lambda: np.array_equal(editor.live.current.result.request.source_mask, half))
    editor.actions_["edit.undo"].trigger()
    assert np.array_equal(session.source_mask, painted)
    click_row(rows, rows.count() - 1)
    qtbot.waitUntil(lambda: not strength.isEnabled())  # the base is what the photo shows


def test_merging_a_weakened_layer_changes_nothing_of_what_is_seen(editor, rows, qtbot):
    session = editor.workspace.session
    editor.workspace.choose_part(HAT)
    drag(editor.canvas, [(200, 60), (300, 60)])
    editor.actions_["layer.add"].trigger()
    drag(editor.canvas, [(200, 300), (300, 300)])
    for layer, strength in ((session.active_layer, 0.6), (1, 0.5)):
        session.layers.set_opacity(layer, strength)
    for _ in range(2):
        seen = session.source_mask
        editor.actions_["layer.merge_down"].trigger()
        if len(session.stack.layers) == 2:
            break
        assert np.array_equal(session.source_mask, seen)
    assert len(session.stack.layers) == 2 and np.array_equal(session.source_mask, seen)


def test_the_delete_key_on_the_list_removes_the_layer_and_no_part(editor, rows, qtbot):
    before = editor.workspace.session.source_mask.copy()
    assert (before == HAT).any() and editor.workspace.session.active_part == HAT
    rows.setFocus()
    QTest.keyClick(rows, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: rows.count() == 2)
    assert (editor.workspace.session.source_mask == before).all()
