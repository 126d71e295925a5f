"""The colour panel: swatches that are clicked, sliders that are dragged."""

from __future__ import annotations

import numpy as np
from pointing import pull_slider
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QColorDialog

from maskgan_studio.document.face_edit import FaceEdit, save_preset
from maskgan_studio.photo.retouching.recolor import recolor_photo
from maskgan_studio.recoloring import Recoloring

AUBURN = "#7a3b1d"


def titles(editor) -> list[str]:
    return [str(entry.title) for entry in editor.workspace.session.history.entries]


def test_a_click_on_a_swatch_colours_the_hair_and_undo_takes_it_back(editor, qtbot):
    panel, session, target = editor.panels.color, editor.workspace.session, editor.workspace.target
    mask = session.source_mask.copy()
    QTest.mouseClick(panel.swatch(AUBURN), Qt.MouseButton.LeftButton)
    assert session.stack.colors == {"hair": Recoloring(AUBURN)} and titles(editor) == ["Hair: colour"]
    assert np.array_equal(session.source_mask, mask)
    colored = recolor_photo(target.photo.pixels, target.alignment, mask, {"hair": Recoloring(AUBURN)})
    assert (colored != target.photo.pixels).any()
    qtbot.waitUntil(lambda: editor.live.current is not None and np.array_equal(editor.live.current.edit, colored))
    assert panel.swatch(AUBURN).isChecked()
    session.undo()
    qtbot.waitUntil(lambda: np.array_equal(editor.live.current.edit, target.photo.pixels))
    assert not panel.swatch(AUBURN).isChecked()


def test_a_drag_is_one_step_and_each_part_has_its_own_colour(editor):
    panel, session = editor.panels.color, editor.workspace.session
    pull_slider(panel.row("lightness"), 0.1, 0.2)
    panel.part.setFocus()
    QTest.keyClick(panel.part, Qt.Key.Key_Down)
    QTest.keyClick(panel.part, Qt.Key.Key_Down)
    assert panel.part_name == "lips" and panel.row("lightness").value == 0
    QTest.mouseClick(panel.swatch("#a61f2b"), Qt.MouseButton.LeftButton)
    assert len(titles(editor)) == 2
    colors = session.stack.colors
    assert colors["lips"] == Recoloring("#a61f2b") and colors["hair"].lightness > 0.1 and colors["hair"].color is None


def test_own_colour_and_any_other_colour(editor, monkeypatch):
    panel, session = editor.panels.color, editor.workspace.session
    monkeypatch.setattr(QColorDialog, "getColor", lambda *_: QColor("#123456"))
    QTest.mouseClick(panel.more, Qt.MouseButton.LeftButton)
    assert session.stack.colors == {"hair": Recoloring("#123456")}
    QTest.mouseClick(panel.reset, Qt.MouseButton.LeftButton)
    assert titles(editor) == ["Hair: colour", "Hair: own colour"]
    assert session.stack.colors == {} and not panel.reset.isEnabled()


def test_the_layers_opacity_weakens_and_its_eye_hides_the_colour(editor):
    panel, session = editor.panels.color, editor.workspace.session
    QTest.mouseClick(panel.swatch(AUBURN), Qt.MouseButton.LeftButton)
    layer = session.face.layer
    session.layers.set_opacity(layer.id, 0.5)
    assert session.stack.colors["hair"].strength == 0.5
    session.layers.show(layer.id, False)
    assert session.stack.colors == {}


def test_a_preset_brings_its_colours(editor, tmp_path):
    session = editor.workspace.session
    save_preset(tmp_path / "vampire.json", FaceEdit({"smile": 0.2}, {"lips": Recoloring("#7b2440")}))
    editor.editor.looks.load(tmp_path / "vampire.json")
    assert session.stack.colors == {"lips": Recoloring("#7b2440")}
    assert session.face.setting.edit.values == {"smile": 0.2} and len(titles(editor)) == 1
