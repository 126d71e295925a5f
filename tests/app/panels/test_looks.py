"""Expressions in the face panel: clicked, strengthened, saved, and previewed on this face."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from maskgan_studio.app.files import dialogs
from maskgan_studio.document.face_edit import load_preset, save_preset
from maskgan_studio.document.looks import LOOKS
from maskgan_studio.labels import part_named

HAT = part_named("hat").index
BY_NAME = {look.name: look.edit for look in LOOKS}


@pytest.fixture(autouse=True)
def _own_folder(monkeypatch, tmp_path):
    monkeypatch.setattr("maskgan_studio.app.editor.presets_dir", lambda: tmp_path / "presets")


def click(view, name: str) -> None:
    QTest.mouseClick(view.tile(name), Qt.MouseButton.LeftButton)


def set_sliders(editor) -> dict[str, float]:
    return dict(editor.workspace.session.face.setting.edit.values)


def wanted(name: str, strength: float = 1.0) -> dict[str, float]:
    return {slider: value for slider, value in BY_NAME[name].with_strength(strength).values.items() if value}


def test_a_tile_sets_its_sliders_and_the_strength_pulls_them(editor):
    view, session = editor.panels.face.looks, editor.workspace.session
    assert not view.strength.isEnabled()
    click(view, "smile")
    assert set_sliders(editor) == wanted("smile")
    start = QPoint(round(view.strength.width() * 2 / 3), view.strength.height() // 2)
    QTest.mousePress(view.strength, Qt.MouseButton.LeftButton, pos=start)
    for step in (10, 20, 40):
        QTest.mouseMove(view.strength, start - QPoint(step, 0))
    QTest.mouseRelease(view.strength, Qt.MouseButton.LeftButton, pos=start - QPoint(40, 0))
    strength = view.strength.value() / 100
    assert 0 < strength < 1
    assert set_sliders(editor) == wanted("smile", strength)
    assert len(session.history.entries) == 2
    session.undo()
    assert set_sliders(editor) == wanted("smile")


def test_presses_of_keys_pull_the_strength_in_one_step(editor, qtbot):
    view, session = editor.panels.face.looks, editor.workspace.session
    editor.activateWindow()
    qtbot.waitUntil(editor.isActiveWindow)
    click(view, "smile")
    view.strength.setFocus()
    for _ in range(5):
        QTest.keyClick(view.strength, Qt.Key.Key_Left)
    assert set_sliders(editor) == wanted("smile", 0.95)
    assert len(session.history.entries) == 1


def test_a_wink_hides_the_eye_and_is_drawn(editor, qtbot):
    session = editor.workspace.session
    click(editor.panels.face.looks, "wink-left")
    moved = session.stack.moved_photo
    assert moved is not None and (moved.mask != session.source_mask).any()
    qtbot.waitUntil(lambda: editor.live.current is not None and editor.live.current.result.request.moved is moved)
    assert editor.live.current.drawn


def test_presets_are_saved_listed_and_loaded(editor, monkeypatch, tmp_path):
    view, path = editor.panels.face.looks, tmp_path / "presets" / "mine.json"
    click(view, "serious")
    monkeypatch.setattr(dialogs, "choose_save_path", lambda *_: path)
    folder = editor.editor.looks.folder
    assert folder.is_dir()  # a file dialog begins elsewhere where it is not
    view.save_wanted.emit()
    assert dict(load_preset(path).values) == wanted("serious")
    click(view, "neutral")
    assert set_sliders(editor) == {}
    click(view, "mine")
    assert set_sliders(editor) == wanted("serious")
    click(view, "neutral")
    monkeypatch.setattr(dialogs, "choose_preset", lambda *_: path)
    view.load_wanted.emit()
    assert set_sliders(editor) == wanted("serious")
    path.write_text("{}")
    view.load_wanted.emit()
    assert "mine.json" in editor.area.message_bar.problem.message


def test_an_own_preset_goes_into_the_trash_by_the_delete_key(editor, qtbot, monkeypatch, tmp_path):
    view, path, trash = editor.panels.face.looks, tmp_path / "presets" / "mine.json", []
    click(view, "serious")
    monkeypatch.setattr(dialogs, "choose_save_path", lambda *_: path)
    view.save_wanted.emit()
    monkeypatch.setattr("maskgan_studio.app.controllers.looks.QFile.moveToTrash", lambda _name: False)
    qtbot.waitUntil(view.tile("mine").isVisible)
    view.tile("mine").setFocus()
    QTest.keyClick(view.tile("mine"), Qt.Key.Key_Delete)
    assert "by hand" in editor.area.message_bar.problem.message and view.tile("mine")
    monkeypatch.setattr(
        "maskgan_studio.app.controllers.looks.QFile.moveToTrash",
        lambda name: trash.append(name) or not path.rename(tmp_path / "trashed.json").unlink(),
    )
    QTest.keyClick(view.tile("mine"), Qt.Key.Key_Delete)
    assert trash == [str(path)] and "mine" not in view.titles
    assert not view.tile("smile").actions()  # the program's own stay


def test_a_preset_called_like_an_expression_is_another_tile(editor, monkeypatch, tmp_path):
    view, path = editor.panels.face.looks, tmp_path / "presets" / "smile.json"
    click(view, "serious")
    monkeypatch.setattr(dialogs, "choose_save_path", lambda *_: path)
    view.save_wanted.emit()
    click(view, "smile")
    assert set_sliders(editor) == wanted("smile")
    click(view, str(path))
    assert set_sliders(editor) == wanted("serious")


def test_a_file_that_lies_elsewhere_becomes_a_tile_with_a_strength(editor, monkeypatch, tmp_path):
    view, path = editor.panels.face.looks, tmp_path / "from a friend.json"
    save_preset(path, BY_NAME["serious"])
    monkeypatch.setattr(dialogs, "choose_preset", lambda *_: path)
    click(view, "smile")
    view.strength.setValue(30)
    view.load_wanted.emit()
    assert set_sliders(editor) == wanted("serious") and view.strength.value() == 100
    view.strength.setValue(50)
    assert set_sliders(editor) == wanted("serious", 0.5)
    click(view, "neutral")
    assert [title for title in view.titles.values() if title == "from a friend"] == ["from a friend"]
    save_preset(path, BY_NAME["laugh"])
    view.load_wanted.emit()
    assert set_sliders(editor) == wanted("laugh")
    assert list(view.titles.values()).count("from a friend") == 1


def test_what_is_painted_becomes_a_tile_with_a_strength(editor, monkeypatch, tmp_path):
    view, session, path = editor.panels.face.looks, editor.workspace.session, tmp_path / "presets" / "hat.json"
    monkeypatch.setattr(dialogs, "choose_save_path", lambda *_: path)
    layer = session.active_layer
    session.begin_stroke("Hat", (256.0, 60.0), 60.0, HAT)
    session.finish_edit()
    all_painted = view.presets.menu().actions()[1].menu().actions()[0]
    all_painted.trigger()
    session.layers.remove(layer)
    assert (session.source_mask != HAT).all()
    click(view, "hat")
    whole = int((session.source_mask == HAT).sum())
    assert whole > 1000 and session.stack.layers[-1].name == "hat"
    view.strength.setValue(60)
    assert 0 < int((session.source_mask == HAT).sum()) < whole
    assert [layer.name for layer in session.stack.layers].count("hat") == 1
    session.undo()
    assert int((session.source_mask == HAT).sum()) == whole


def test_tiles_show_this_face_when_the_hand_rests(window, photo, qtbot):
    seen: dict[str, np.ndarray] = {}
    window.editor.looks.drawn.connect(lambda name, pixels: seen.__setitem__(name, pixels))
    window.documents.open([photo])
    qtbot.waitUntil(lambda: len(seen) == len(LOOKS) and all(pixels is not None for pixels in seen.values()))
    assert all((pixels != seen["neutral"]).any() for name, pixels in seen.items() if name != "neutral")


def test_no_tile_is_begun_while_the_hand_is_at_work(window, photo, qtbot):
    looks, drawn, states = window.editor.looks, [], []
    window.editor.worker.state_changed.connect(states.append)

    def paint_once(_name: str, pixels: np.ndarray | None) -> None:
        if pixels is None:
            return
        drawn.append(pixels)
        if len(drawn) == 1:
            window.editor.tiles._idle.setInterval(10**7)  # the hand never rests again
            session = window.workspace.session
            session.begin_stroke("Brush", (300.0, 60.0), 40, HAT)
            session.finish_edit()

    looks.drawn.connect(paint_once)
    window.documents.open([photo])

    def is_done() -> bool:
        current, session = window.live.current, window.workspace.session
        return (
            len(drawn) > 0
            and current is not None
            and current.result.request.size == 512
            and (current.result.request.source_mask == session.source_mask).all()
            and states[-1] == "idle"
        )

    qtbot.waitUntil(is_done)
    assert len(drawn) == 1


def test_a_tile_gives_way_to_what_somebody_waits_for_and_is_drawn_later(window, photo, pipeline, qtbot):
    looks, order = window.editor.looks, []
    looks.drawn.connect(lambda name, pixels: order.append(name) if pixels is not None else None)
    window.documents.open([photo])
    qtbot.waitUntil(lambda: window.live.current is not None)
    pipeline.started.clear()
    pipeline.gate.clear()
    qtbot.waitUntil(pipeline.started.is_set)  # by the first tile for which the network is asked
    order.clear()
    window.live.shown.connect(lambda *_: order.append("result"))
    session = window.workspace.session
    session.begin_stroke("Brush", (300.0, 60.0), 40, HAT)
    session.finish_edit()
    pipeline.open_gates()
    qtbot.waitUntil(lambda: len(set(order)) > 2)
    assert order[0] == "result"
