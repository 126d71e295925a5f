"""The palette of classes, by its buttons."""

from __future__ import annotations

from pointing import click_row, drag, find, press
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QListWidget

from maskgan_studio.labels import part_named

HAIR, NOSE = (part_named(name).index for name in ("hair", "nose"))


def test_safe_colors_reach_canvas_and_palette(editor):
    canvas, palette = editor.canvas.grab().toImage(), editor.panels.parts.grab().toImage()
    editor.actions_["view.safe_colors"].trigger()
    assert editor.canvas.grab().toImage() != canvas
    assert editor.panels.parts.grab().toImage() != palette
    assert editor.editor.settings.get("view/safe_colors", False)


def test_a_hidden_part_is_not_tinted_and_comes_back(editor):
    before = editor.canvas.grab().toImage()
    press(editor.panels.parts, "Show Skin")
    assert editor.canvas.grab().toImage() != before
    press(editor.panels.parts, "Show Skin")
    assert editor.canvas.grab().toImage() == before


def test_a_locked_part_is_not_painted_over(editor):
    session = editor.workspace.session
    press(editor.panels.parts, "Never paint over Nose")
    nose = session.source_mask == NOSE
    editor.workspace.choose_part(HAIR)
    drag(editor.canvas, [(200, 270), (320, 270)])
    assert ((session.source_mask == NOSE) == nose).all()


def test_a_row_chooses_the_part_and_the_field_finds_it(editor):
    rows = find(editor.panels.parts, QListWidget, "Parts")
    find(editor.panels.parts, QLineEdit, "Find a part").setText("nos")
    (row,) = [row for row in range(rows.count()) if not rows.item(row).isHidden()]
    click_row(rows, row)
    assert editor.workspace.session.active_part == NOSE


def test_hair_skin_and_mouth_are_seen_without_scrolling_and_every_part_is_listed_once(editor):
    rows = find(editor.panels.parts, QListWidget, "Parts")
    listed = [rows.item(row).data(Qt.ItemDataRole.UserRole) for row in range(rows.count())]
    assert sorted(listed) == list(range(19))
    assert {HAIR, 1, 10, 11, 12} <= {*listed[:5]}
