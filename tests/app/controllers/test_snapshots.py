"""States with a name: gone back to, undone, and kept in the project on wish."""

from __future__ import annotations

import numpy as np
import pytest
from filing import open_file, save
from pointing import drag, press

from maskgan_studio.app.files import dialogs


@pytest.fixture
def kept(editor, monkeypatch):
    """A window with one state kept, painted on since."""
    monkeypatch.setattr(dialogs, "ask_for_name", lambda *_: "Before the hat")
    drag(editor.canvas, [(200, 330), (240, 330)])
    editor.panels.docks["history"].raise_()
    press(editor.panels.history, "Keep this state…")
    before = editor.workspace.session.source_mask
    editor.workspace.choose_part(14)
    drag(editor.canvas, [(200, 100), (280, 100)])
    assert not np.array_equal(editor.workspace.session.source_mask, before)
    return editor, before


def choose(window, title: str) -> None:
    (entry,) = [entry for entry in window.panels.history.states.menu().actions() if entry.text() == title]
    entry.trigger()


def test_one_goes_back_to_a_kept_state_and_can_undo_that_again_and_again(kept):
    window, before = kept
    session = window.workspace.session
    after = session.source_mask
    for _ in range(2):
        choose(window, "Before the hat")
        assert np.array_equal(session.source_mask, before)
        assert str(session.history.entries[-1].title) == "Back to “Before the hat”"
        drag(window.canvas, [(200, 60), (280, 60)])
        session.undo()
        session.undo()
        assert np.array_equal(session.source_mask, after)


def test_a_project_keeps_them_when_that_is_wanted(kept, tmp_path, qtbot):
    window, before = kept
    choose(window, "Save them in the project")
    save(window, tmp_path / "with.ora", qtbot)
    open_file(window, tmp_path / "with.ora", qtbot)
    choose(window, "Before the hat")
    assert np.array_equal(window.workspace.session.source_mask, before)
    choose(window, "Save them in the project")
    assert not window.editor.snapshots.are_saved


@pytest.mark.parametrize("is_first", [True, False], ids=["history first", "state first"])
def test_a_project_that_keeps_its_history_keeps_them_too(editor, monkeypatch, is_first):
    monkeypatch.setattr(dialogs, "ask_for_name", lambda *_: "Before the hat")
    if is_first:
        editor.actions_["file.keep_history"].trigger()
    assert not editor.editor.snapshots.are_saved
    editor.panels.docks["history"].raise_()
    press(editor.panels.history, "Keep this state…")
    if not is_first:
        editor.actions_["file.keep_history"].trigger()
    assert editor.editor.snapshots.are_saved
