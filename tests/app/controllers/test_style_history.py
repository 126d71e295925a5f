"""Changes of the style are steps of the history."""

from __future__ import annotations

import pytest
from filing import drop, open_file, save
from PIL import Image
from pointing import drag, find, press
from PySide6.QtWidgets import QListWidget, QSlider

from maskgan_studio.engine.reference import REFERENCE_NAME


@pytest.fixture
def second(photo):
    path = photo.with_name("second.png")
    Image.open(photo).rotate(90).save(path)
    return path


@pytest.fixture
def styled(editor, second, qtbot):
    """A window with another photo's style, mixed, taken by the hair, and removed again."""
    panel, style = editor.panels.style, editor.workspace.style
    drop(panel, second)
    qtbot.waitUntil(lambda: style.reference is not None)
    mix = find(panel, QSlider, "Mix of the two styles")
    for value in (80, 50):
        mix.setValue(value)
        qtbot.waitUntil(lambda value=value: style.choice.mix == value / 100)
    next(action for action in panel.parts.menu().actions() if action.data() == "hair").trigger()
    press(panel, "Remove")
    return editor


def test_the_history_lists_what_was_done_to_the_style(styled, qtbot):
    styled.panels.docks["history"].raise_()
    rows = find(styled.panels.history, QListWidget, "History")
    qtbot.waitUntil(lambda: rows.count() == 5)
    assert [rows.item(row).text() for row in range(1, 5)] == [
        "Style of a second photo",
        "Style mixed, 50 %",
        "Hair: style of the second photo",
        "Second photo's style removed",
    ]


def test_undo_and_redo_walk_through_the_styles(styled, qtbot):
    style, target = styled.workspace.style, styled.workspace.target
    undo, redo = styled.actions_["edit.undo"], styled.actions_["edit.redo"]
    seen = [style.choice.key(target)]
    for _ in range(4):
        undo.trigger()
        seen.append(style.choice.key(target))
    assert style.reference is None and not styled.workspace.session.dirty
    assert not undo.isEnabled()
    qtbot.waitUntil(lambda: styled.live.current.result.request.style_key == target.key)
    for known in reversed(seen[:-1]):
        redo.trigger()
        assert style.choice.key(target) == known
    assert len(set(seen)) == 4  # to remove the second photo changes nothing of the picture: the hair keeps its style
    assert not redo.isEnabled()


def test_a_stroke_goes_on_while_a_style_comes(editor, second, qtbot):
    session, style = editor.workspace.session, editor.workspace.style
    editor.workspace.choose_part(14)
    session.begin_stroke("Brush", (200.0, 300.0), 20.0)
    drop(editor.panels.style, second)
    qtbot.waitUntil(lambda: style.reference is not None)
    session.extend_stroke((300.0, 300.0), 20.0)
    session.finish_edit()
    assert session.source_mask[300, 295] == 14
    assert [str(entry.title) for entry in session.history.entries] == ["Style of a second photo", "Hat painted"]
    session.undo()
    assert style.reference is not None and session.source_mask[300, 295] != 14


def test_what_was_saved_is_clean_again_after_undo_and_redo(styled, tmp_path, qtbot):
    for _ in range(3):
        styled.actions_["edit.undo"].trigger()
    save(styled, tmp_path / "styled.ora", qtbot)
    styled.actions_["edit.undo"].trigger()
    assert styled.workspace.session.dirty and REFERENCE_NAME not in styled.workspace.session.extras
    styled.actions_["edit.redo"].trigger()
    assert not styled.workspace.session.dirty
    open_file(styled, tmp_path / "styled.ora", qtbot)
    assert styled.workspace.style.reference is not None and styled.workspace.style.choice.mix == 1


def test_a_fit_is_a_step(editor, qtbot):
    editor.actions_["render.fit"].trigger()
    style = editor.workspace.style
    qtbot.waitUntil(lambda: style.choice.fit is not None)
    key = style.choice.fit.key
    assert editor.workspace.session.history.entries[-1].title == "Fitted to the photo"
    editor.actions_["edit.undo"].trigger()
    assert style.choice.fit is None
    editor.actions_["edit.redo"].trigger()
    assert style.choice.fit.key == key
    drag(editor.canvas, [(200, 300), (220, 300)])
    assert style.choice.fit.key == key
