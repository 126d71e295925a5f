"""What a crash left behind is offered, and stays on offer."""

from __future__ import annotations

import json
import os
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from maskgan_studio.app.common.messages import Message
from maskgan_studio.app.common.settings import state_dir
from maskgan_studio.app.files import dialogs
from maskgan_studio.document.session import Session
from maskgan_studio.document.storage.openraster import save_project

HAIR = 13


@pytest.fixture
def leave(monkeypatch):
    """Leave a recovery file of a mask of one class, as a killed program does, written so many seconds after 1970."""
    folder = state_dir() / "recovery"
    folder.mkdir(parents=True, exist_ok=True)

    def left_behind(number: int, part: int, cut: int | None = None) -> Path:
        file = folder / f"{number}.ora"
        save_project(file, Session.new(np.full((512, 512), part, np.uint8)).project())
        if cut is not None:
            file.write_bytes(file.read_bytes()[:cut])
        file.with_suffix(".lock").write_text("")
        file.with_suffix(".json").write_text(f'{{"title": "work-{number}.ora", "path": null}}')
        os.utime(file, (number, number))
        return file

    return left_behind


def offered(window, qtbot, *words: str) -> None:
    def shown() -> bool:
        message = window.area.message_bar.problem
        return message is not None and all(word in message.message for word in words)

    qtbot.waitUntil(shown)


def test_the_newest_that_can_be_read_is_offered_and_the_damaged_one_is_kept_aside(window, leave, qtbot):
    good, damaged, empty = leave(1, HAIR), leave(2, 1, 300), leave(3, 1, 0)
    window.editor.offer_recovery(None)
    offered(window, qtbot, "work-1.ora", "not closed properly")
    QTest.mouseClick(window.area.message_bar._action, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.workspace.session is not None)
    assert (window.workspace.session.source_mask == HAIR).all() and window.workspace.session.dirty
    offered(window, qtbot, "work-2.ora", "damaged")
    assert not empty.exists() and not damaged.exists() and good.exists()
    assert damaged.with_suffix(".damaged").exists()


def test_after_one_is_recovered_the_next_is_offered(window, leave, qtbot):
    leave(1, HAIR), leave(2, 1)
    window.editor.offer_recovery(None)
    offered(window, qtbot, "work-2.ora")
    window.area.message_bar._action.click()
    offered(window, qtbot, "work-1.ora")


def test_a_photo_opened_at_the_start_leaves_the_offer(window, leave, photo, qtbot):
    leave(1, HAIR)
    window.documents.open([photo])
    window.editor.offer_recovery(None)
    offered(window, qtbot, "work-1.ora")
    qtbot.waitUntil(lambda: window.workspace.session is not None)
    offered(window, qtbot, "work-1.ora")
    # Another message passes over it.
    window.editor.reporter.show(Message("Something else."))
    window.area.message_bar._close.click()
    offered(window, qtbot, "work-1.ora")
    window.area.message_bar._close.click()
    assert window.area.message_bar.problem is None


def test_a_crash_offers_the_work_and_the_log_at_once(window, leave, tmp_path, qtbot, monkeypatch):
    opened = []
    monkeypatch.setattr(
        "maskgan_studio.app.editor.QDesktopServices.openUrl", lambda url: opened.append(url.toLocalFile())
    )
    leave(1, HAIR)
    log = tmp_path / "crash.log"
    window.editor.offer_recovery(log)
    offered(window, qtbot, "work-1.ora")
    bar = window.area.message_bar
    (show_log,) = bar._others
    show_log.click()
    assert opened == [str(log)]
    bar._action.click()
    qtbot.waitUntil(lambda: window.workspace.session is not None)


def test_a_crash_without_work_offers_the_log(window, tmp_path, qtbot):
    window.editor.offer_recovery(tmp_path / "crash.log")
    offered(window, qtbot, "ended unexpectedly")
    assert window.area.message_bar.problem.action is not None


def test_recovering_asks_about_the_work_at_hand(editor, leave, monkeypatch, qtbot):
    asked = []
    monkeypatch.setattr(dialogs, "ask_about_unsaved_work", lambda *_: asked.append(True) or "cancel")
    leave(1, HAIR)
    session = editor.workspace.session
    editor.editor.offer_recovery(None)
    offered(editor, qtbot, "work-1.ora")
    session.paint("Fill", None)
    editor.actions_["edit.grow"].trigger()
    assert session.dirty
    editor.area.message_bar._action.click()
    qtbot.waitUntil(lambda: bool(asked))
    assert editor.workspace.session is session


def test_a_folder_in_the_place_of_a_lock_does_not_end_the_start(window, leave, qtbot):
    leave(1, HAIR)
    (state_dir() / "recovery" / "2.lock").mkdir()
    window.editor.offer_recovery(None)
    offered(window, qtbot, "work-1.ora")


def test_markup_in_a_name_is_shown_as_text(window):
    window.editor.reporter.show(Message("“<b>a</b>.jpg” is empty; choose another photo."))
    label = window.area.message_bar._text
    assert label.textFormat() == Qt.TextFormat.PlainText and "<b>" in label.text()


def test_recovered_work_knows_that_its_project_was_saved_elsewhere_since(window, leave, tmp_path, qtbot, monkeypatch):
    asked = []
    monkeypatch.setattr(dialogs, "ask_about_changed_file", lambda _parent, name: asked.append(name) or "cancel")
    path = tmp_path / "work.ora"
    path.write_bytes(b"what another window wrote")
    file = leave(1, HAIR)
    file.with_suffix(".json").write_text(json.dumps({"title": "work.ora", "path": str(path), "stamp": [1, 2]}))
    window.editor.offer_recovery(None)
    offered(window, qtbot, "work.ora")
    window.area.message_bar._action.click()
    qtbot.waitUntil(lambda: window.workspace.session is not None)
    window.actions_["file.save"].trigger()
    assert asked == ["work.ora"] and path.read_bytes() == b"what another window wrote"
