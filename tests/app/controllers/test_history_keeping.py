"""Projects keep their history where that is wished."""

from __future__ import annotations

import pytest
from filing import drop, open_file, save
from PIL import Image
from pointing import drag, pull_slider

from maskgan_studio.document.storage.history_record import HISTORY_NAME
from maskgan_studio.document.storage.openraster import load_project, save_project
from maskgan_studio.labels import part_named

HAT = part_named("hat").index


@pytest.fixture
def edited(editor, photo, qtbot):
    """A window with a stroke, a pulled slider, a style photo, and one more stroke that is undone."""
    editor.actions_["file.keep_history"].trigger()
    editor.workspace.choose_part(HAT)
    drag(editor.canvas, [(200, 300), (220, 300)])
    editor.panels.docks["face"].raise_()
    pull_slider(editor.panels.face.row("smile"), 0.1)
    second = photo.with_name("second.png")
    Image.open(photo).rotate(90).save(second)
    drop(editor.panels.style, second)
    qtbot.waitUntil(lambda: editor.workspace.style.reference is not None)
    drag(editor.canvas, [(300, 300), (320, 300)])
    editor.actions_["edit.undo"].trigger()
    return editor


def titles(window) -> list[str]:
    return [str(entry.title) for entry in window.workspace.session.history.entries]


def test_undo_and_redo_go_on_in_a_project_opened_again(edited, photo, tmp_path, qtbot):
    path, known = tmp_path / "kept.ora", titles(edited)
    save(edited, path, qtbot)
    open_file(edited, photo, qtbot)
    edited.actions_["file.keep_history"].trigger()  # no more from now on; the project is asked for its own
    open_file(edited, path, qtbot)
    assert titles(edited) == known and len(known) == 4
    assert edited.actions_["file.keep_history"].isChecked() and not edited.workspace.session.dirty
    edited.actions_["edit.redo"].trigger()
    assert edited.workspace.session.source_mask[300, 310] == HAT
    for _ in range(4):
        edited.actions_["edit.undo"].trigger()
    assert edited.workspace.style.reference is None and edited.workspace.session.face.setting.edit.is_empty
    assert edited.workspace.session.source_mask[300, 210] != HAT


def test_a_damaged_history_is_told_and_the_project_opens(edited, photo, tmp_path, qtbot):
    path = tmp_path / "kept.ora"
    session = edited.workspace.session
    save(edited, path, qtbot)
    project = load_project(path)
    project.extras[HISTORY_NAME] = project.extras[HISTORY_NAME][:-200]
    save_project(path, project)
    open_file(edited, path, qtbot)
    assert (edited.workspace.session.source_mask == session.source_mask).all()
    qtbot.waitUntil(lambda: edited.area.message_bar.problem is not None)
    assert "history in this project" in edited.area.message_bar.problem.message
    assert not edited.actions_["edit.undo"].isEnabled()
