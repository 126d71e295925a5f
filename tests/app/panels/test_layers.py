"""The layers panel, by its buttons."""

from __future__ import annotations

import numpy as np
import pytest
from pointing import click_row, drag, find, press
from PySide6.QtWidgets import QListWidget, QSlider

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


def test_layer_opacity_fades_the_tint_not_the_mask(editor, rows):
    session = editor.workspace.session
    click_row(rows, 1)
    mask, before = session.source_mask, editor.canvas.grab().toImage()
    find(editor.panels.layers, QSlider, "Layer opacity").setValue(10)
    assert session.stack[session.active_layer].opacity == pytest.approx(0.1)
    assert np.array_equal(session.source_mask, mask)
    assert editor.canvas.grab().toImage() != before
