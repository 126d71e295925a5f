"""Opening while one works: one thing is opened at a time, and no stroke goes unasked."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from filing import save
from PIL import Image
from pointing import drag, move, on_screen
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from maskgan_studio.app.common.settings import state_dir
from maskgan_studio.app.files import dialogs
from maskgan_studio.app.rendering.jobs import Priority
from maskgan_studio.photo.masks.mask_files import save_mask

HAIR = 13


@pytest.fixture
def other(photo) -> Path:
    path = photo.with_name("other.png")
    Image.fromarray(255 - np.asarray(Image.open(photo))).save(path)
    return path


@pytest.fixture
def asked(monkeypatch) -> list[str]:
    """The questions about unsaved work, all answered with "cancel" unless ``answer`` says something else."""

    class Questions(list):
        answer = "cancel"

    questions = Questions()
    monkeypatch.setattr(
        dialogs, "ask_about_unsaved_work", lambda _parent, name, _is_project: questions.append(name) or questions.answer
    )
    return questions


def name_of(window) -> str:
    return window.workspace.session.target.name


def paint(window, y: int = 300) -> None:
    window.workspace.choose_part(HAIR)
    drag(window.canvas, [(200, y), (280, y)])


def all_arrived(window, qtbot) -> None:
    """Wait until nothing is being opened any more, and what was begun has had its chance to show up."""
    done = []
    for thread in (window.editor.worker, window.editor.files):
        thread.submit(Priority.FIT, lambda _resource: None, done.append, done.append)
    qtbot.waitUntil(lambda: len(done) == 2 and not window.documents.opening.is_active)


def test_what_is_painted_while_a_photo_is_on_its_way_is_asked_about_when_it_arrives(
    editor, pipeline, other, asked, qtbot
):
    session = editor.workspace.session
    pipeline.prepare_gate.clear()
    editor.documents.open([other])
    paint(editor)
    wanted, files = session.source_mask, state_dir() / "recovery"
    qtbot.waitUntil(lambda: any(files.glob("*.ora")))
    assert not asked
    pipeline.prepare_gate.set()
    qtbot.waitUntil(lambda: bool(asked))
    all_arrived(editor, qtbot)
    assert asked == ["portrait.png"] and editor.workspace.session is session
    assert np.array_equal(session.source_mask, wanted) and session.dirty
    assert any(files.glob("*.ora")) and editor.editor.activities.text == ""


def test_unsaved_work_is_given_up_only_by_who_says_so(editor, pipeline, other, asked, qtbot):
    paint(editor)
    asked.answer = "discard"
    editor.documents.open([other])
    qtbot.waitUntil(lambda: name_of(editor) == "other.png")
    assert asked == ["portrait.png"]


def test_what_is_painted_while_the_project_is_saved_is_asked_about_too(
    editor, other, asked, tmp_path, monkeypatch, qtbot
):
    """Saved when asked, painted on meanwhile, asked again."""
    session, path = editor.workspace.session, tmp_path / "work.ora"
    monkeypatch.setattr(dialogs, "choose_save_path", lambda *_: path)
    paint(editor)
    asked.answer = "save"
    save_ = editor.documents.save

    def save_and_paint(where, then):
        save_(where, then)
        asked.answer = "cancel"
        paint(editor, 340)

    monkeypatch.setattr(editor.documents, "save", save_and_paint)
    editor.documents.open([other])
    qtbot.waitUntil(lambda: len(asked) == 2)
    all_arrived(editor, qtbot)
    assert editor.workspace.session is session and session.dirty and path.exists()


def test_a_photo_does_not_arrive_in_the_middle_of_a_stroke(editor, pipeline, other, asked, qtbot):
    canvas, session = editor.canvas, editor.workspace.session
    pipeline.prepare_gate.clear()
    editor.documents.open([other])
    editor.workspace.choose_part(HAIR)
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=on_screen(canvas, (200, 300)))
    pipeline.prepare_gate.set()
    done = []
    editor.editor.worker.submit(Priority.FIT, lambda _pipeline: None, done.append, done.append)
    qtbot.waitUntil(lambda: bool(done))  # it has arrived
    move(canvas, on_screen(canvas, (280, 300)))
    assert not asked and editor.workspace.session is session
    assert session.stack.composite()[300, 275] == HAIR
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=on_screen(canvas, (280, 300)))
    qtbot.waitUntil(lambda: bool(asked))
    assert session.history.can_undo


@pytest.mark.parametrize("what", ["close", "project", "mask", "photo", "place"])
def test_what_is_done_meanwhile_takes_back_what_was_asked_for(
    editor, pipeline, other, photo, tmp_path, what, asked, qtbot
):
    project, mask, third = tmp_path / "work.ora", tmp_path / "mask.png", tmp_path / "third.png"
    save(editor, project, qtbot)
    save_mask(mask, np.full((512, 512), HAIR, np.uint8))
    Image.open(photo).rotate(90).save(third)
    pipeline.prepare_gate.clear()
    editor.documents.open([other])
    assert "other.png" in editor.editor.activities.text and "other.png" in editor.status._left.text()
    if what == "close":
        editor.actions_["file.close"].trigger()
    elif what == "place":
        editor.actions_["edit.place_face"].trigger()
    else:
        editor.documents.open([{"project": project, "mask": mask, "photo": third}[what]])
    assert "other.png" not in editor.editor.activities.text
    pipeline.prepare_gate.set()
    all_arrived(editor, qtbot)
    assert editor.editor.activities.text == "" and "other.png" not in editor.status._left.text()
    session = editor.workspace.session
    if what == "close":
        assert session is None
    elif what == "project":
        assert session.path == project
    elif what == "photo":
        assert name_of(editor) == "third.png"
    else:
        assert name_of(editor) == "portrait.png"


def test_a_mask_opened_alone_is_not_replaced_by_a_photo_asked_for_before(window, pipeline, other, tmp_path, qtbot):
    mask = tmp_path / "mask.png"
    save_mask(mask, np.full((512, 512), HAIR, np.uint8))
    pipeline.prepare_gate.clear()
    window.documents.open([other])
    window.documents.open([mask])
    pipeline.prepare_gate.set()
    all_arrived(window, qtbot)
    assert window.workspace.session.target is None and window.editor.activities.text == ""


def test_closing_the_window_asks_about_what_was_painted_while_a_photo_is_on_its_way(
    editor, pipeline, other, asked, qtbot
):
    pipeline.prepare_gate.clear()
    editor.documents.open([other])
    paint(editor)
    editor.close()
    assert asked and editor.isVisible()
    pipeline.prepare_gate.set()
    asked.answer = "discard"
    all_arrived(editor, qtbot)
    assert name_of(editor) == "other.png"


def test_a_window_that_saves_before_it_closes_closes_afterwards(editor, asked, tmp_path, monkeypatch, qtbot):
    path = tmp_path / "work.ora"
    monkeypatch.setattr(dialogs, "choose_save_path", lambda *_: path)
    paint(editor)
    asked.answer = "save"
    editor.close()
    qtbot.waitUntil(lambda: not editor.isVisible())
    assert path.exists() and len(asked) == 1


def test_a_project_that_cannot_be_saved_keeps_the_window_open(editor, asked, tmp_path, monkeypatch, qtbot):
    monkeypatch.setattr(dialogs, "choose_save_path", lambda *_: tmp_path / "missing" / "work.ora")
    paint(editor)
    asked.answer = "save"
    editor.close()
    qtbot.waitUntil(lambda: editor.area.message_bar.problem is not None)
    assert "could not be saved" in editor.area.message_bar.problem.message
    assert editor.isVisible() and editor.workspace.session.dirty


def test_what_became_of_the_other_photos_is_said(window, photo, other, qtbot):
    window.documents.open([photo, other])
    qtbot.waitUntil(lambda: window.workspace.session is not None)
    message = window.area.message_bar.problem.message
    assert "portrait.png" in message and "1 more" in message
