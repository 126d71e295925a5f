"""The face panel: sliders that are really dragged, typed, double-clicked."""

from __future__ import annotations

import numpy as np
import pytest
from pointing import find, find_handle, press, pull_slider
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QScrollArea

from maskgan_studio.document.deformation.labels import deform_labels
from maskgan_studio.document.deformation.reshape import reshape_face
from maskgan_studio.labels import part_named
from maskgan_studio.photo.retouching.deform import deform_photo


def titles(editor) -> list[str]:
    return [str(entry.title) for entry in editor.workspace.session.history.entries]


def shown(editor) -> np.ndarray:
    rendered = editor.live.current
    return None if rendered is None else rendered.edit


def test_a_drag_is_one_step_and_mask_photo_and_result_follow(editor, qtbot):
    session, target = editor.workspace.session, editor.workspace.target
    row = editor.panels.face.row("eyes.size")
    pull_slider(row, 0.1, 0.2, 0.3)
    assert row.value > 0.1 and titles(editor) == ["Eyes: Size"]
    wanted = reshape_face(target.mask, {"eyes.size": row.value})
    assert (session.source_mask == deform_labels(target.mask, wanted)).all()
    moved = deform_photo(target.photo.pixels, target.alignment, wanted.offsets)
    assert (moved != target.photo.pixels).any()
    qtbot.waitUntil(lambda: shown(editor) is not None and np.array_equal(shown(editor), moved))
    # The photo below the mask moves as well, and holding the key shows it as it was.
    assert editor.canvas.scene.moved is not None
    session.undo()
    qtbot.waitUntil(lambda: np.array_equal(shown(editor), target.photo.pixels))
    assert row.value == 0 and editor.canvas.scene.moved is None
    session.redo()
    qtbot.waitUntil(lambda: np.array_equal(shown(editor), moved))


def test_numbers_are_typed_and_a_double_click_takes_them_back(editor):
    row = editor.panels.face.row("smile")
    number = find(editor.panels.face, QLineEdit, "Mouth: Smile")
    number.setFocus()
    number.selectAll()
    QTest.keyClicks(number, "0.6")
    QTest.keyClick(number, Qt.Key.Key_Return)
    session = editor.workspace.session
    assert dict(session.face.setting.edit.values) == {"smile": 0.6}
    assert row.slider.value() == 600
    QTest.mouseDClick(row.slider, Qt.MouseButton.LeftButton, pos=find_handle(row.slider))
    assert session.face.setting.edit.is_empty and titles(editor) == ["Mouth: Smile", "Mouth: Smile"]


def test_presses_of_an_arrow_key_are_one_step(editor):
    row = editor.panels.face.row("nose.width")
    row.slider.setFocus()
    for _ in range(5):
        QTest.keyClick(row.slider, Qt.Key.Key_Left)
    assert row.value == pytest.approx(-0.05) and titles(editor) == ["Nose: Width"]


def test_left_and_right_part_and_join(editor):
    face, session = editor.panels.face, editor.workspace.session
    both, left = face.row("eyes.size"), face.row("eyes.size.left")
    pull_slider(both, 0.2)
    size = both.value
    assert both.isVisibleTo(face) and not left.isVisibleTo(face)
    press(face, "Eyes: Left and right together")
    assert left.isVisibleTo(face) and not both.isVisibleTo(face)
    assert left.value == size
    number = find(face, QLineEdit, "Eyes: Size, left")
    number.selectAll()
    QTest.keyClicks(number, "0,4")
    QTest.keyClick(number, Qt.Key.Key_Return)
    values = session.face.setting.edit.values
    assert values["eyes.size.left"] == 0.4 and values["eyes.size.right"] == pytest.approx(size)
    area = {side: (session.source_mask == part_named(f"{side}_eye").index).sum() for side in "lr"}
    assert area["l"] > area["r"]
    press(face, "Eyes: Left and right together")
    assert set(session.face.setting.edit.values) == {"eyes.size"}
    session.undo()
    assert left.isVisibleTo(face)


def test_reset_bake_and_carrying(editor):
    face, session = editor.panels.face, editor.workspace.session
    pull_slider(face.row("face.jaw"), -0.3)
    face.carries.click()
    assert not session.face.setting.carries_photo and session.stack.moved_photo is None
    face.carries.click()
    press(face, "Bake")
    assert session.face.layer is None and face.row("face.jaw").value == 0
    assert session.stack.moved_photo is not None
    pull_slider(face.row("smile"), 0.3)
    press(face, "Reset all")
    assert session.face.setting.edit.is_empty and session.stack.moved_photo is not None
    expected = ["Face: Jaw", "Leave the photo where it is", "Carry the photo along"]
    assert titles(editor) == [*expected, "Bake the face", "Mouth: Smile", "Reset the face"]


def test_the_wheel_changes_no_slider(editor):
    row = editor.panels.face.row("eyes.size")
    at = QPointF(row.slider.rect().center())
    event = QWheelEvent(
        at,
        row.slider.mapToGlobal(at),
        QPoint(0, 0),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(row.slider, event)
    assert row.value == 0 and titles(editor) == []


def test_without_a_document_nothing_can_be_pulled(window):
    assert not window.panels.face.row("smile").slider.isEnabled()


def test_the_sliders_come_back_with_the_project(editor, tmp_path, qtbot):
    pull_slider(editor.panels.face.row("brows.height"), 0.3)
    value = editor.panels.face.row("brows.height").value
    path = tmp_path / "face.ora"
    editor.documents.save(path)
    qtbot.waitUntil(lambda: not editor.documents.is_saving)
    mask = editor.workspace.session.source_mask
    editor.documents.close()
    assert editor.panels.face.row("brows.height").value == 0
    editor.documents.open([path])
    qtbot.waitUntil(lambda: editor.workspace.session is not None)
    assert editor.panels.face.row("brows.height").value == pytest.approx(value)
    assert (editor.workspace.session.source_mask == mask).all()


def test_the_second_photo_and_variations_are_a_click_away(editor, qtbot):
    face, docks = editor.panels.face, editor.panels.docks
    scroll = face.findChild(QScrollArea)
    for name, dock in (("Copy from a second photo…", "gallery"), ("Make it natural, variations…", "morph")):
        (button,) = [each for each in face.findChildren(QAbstractButton) if each.text() == name]
        scroll.ensureWidgetVisible(button)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda dock=dock: not docks[dock].visibleRegion().isEmpty())
