"""Opening, dropping, saving: every refusal is one sentence, and the open document stays as it was."""

from __future__ import annotations

import numpy as np
import pytest
from filing import save
from PIL import Image
from pointing import drag, press
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from maskgan_studio.app.files import dialogs
from maskgan_studio.document.session import Session
from maskgan_studio.document.storage.openraster import save_project
from maskgan_studio.photo.masks.mask_files import load_mask, save_mask

HAIR = 13


def drop(window, *paths) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    how = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(window, QDragEnterEvent(QPoint(400, 400), *how))
    assert window.area.drop_overlay.sentence.endswith(".")
    QApplication.sendEvent(window, QDropEvent(QPointF(400, 400), *how))


def _write(path, data: bytes) -> None:
    path.write_bytes(data)


def _bad_files(folder, photo):
    mask = np.zeros((512, 512), np.uint8)
    files = {
        "no_image.jpg": lambda path: _write(path, b"this is no picture"),
        "empty.jpg": lambda path: _write(path, b""),
        "tiny.png": lambda path: Image.new("RGB", (1, 1)).save(path),
        "faceless.png": lambda path: Image.new("RGB", (300, 300), "grey").save(path),
        "small_mask.png": lambda path: Image.fromarray(mask[:256, :256]).save(path),
        "high_mask.png": lambda path: Image.fromarray(mask + 19).save(path),
        "broken.ora": lambda path: _write(path, b"PK no zip"),
        "gone.png": lambda path: None,
    }
    for name, make in files.items():
        make(folder / name)
    Image.open(photo).convert("RGB").save(folder / "cut.jpg")
    (folder / "cut.jpg").write_bytes((folder / "cut.jpg").read_bytes()[:3000])
    return [*files, "cut.jpg"]


@pytest.mark.parametrize("with_document", [False, True])
def test_bad_files_give_one_sentence_and_change_nothing(window, photo, tmp_path, qtbot, with_document):
    if with_document:
        drop(window, photo)
        qtbot.waitUntil(lambda: window.workspace.session is not None)
    session = window.workspace.session
    before = None if session is None else session.source_mask
    for name in _bad_files(tmp_path, photo):
        window.area.message_bar.clear()
        drop(window, tmp_path / name)
        qtbot.waitUntil(lambda: window.area.message_bar.problem is not None)
        message = window.area.message_bar.problem.message
        assert message.endswith(".") and "\n" not in message, (name, message)
        assert window.workspace.session is session
        if session is not None:
            assert np.array_equal(session.source_mask, before)
            assert not session.dirty


def test_a_photo_without_a_face_can_be_used_whole(window, tmp_path, qtbot):
    path = tmp_path / "grey.png"
    Image.new("RGB", (300, 300), "grey").save(path)
    drop(window, path)
    qtbot.waitUntil(lambda: window.area.message_bar.problem is not None)
    window.area.message_bar._action.click()
    qtbot.waitUntil(window.faces.placing.isVisible)
    press(window.faces.placing, "Use the whole picture")
    qtbot.waitUntil(lambda: window.workspace.session is not None)


def test_dropped_mask_becomes_a_layer_over_the_photo(editor, tmp_path):
    labels = np.full((512, 512), HAIR, np.uint8)
    save_mask(tmp_path / "all_hair.png", labels)
    drop(editor, tmp_path / "all_hair.png")
    assert np.array_equal(editor.workspace.session.source_mask, labels)
    editor.actions_["edit.undo"].trigger()
    assert not np.array_equal(editor.workspace.session.source_mask, labels)


def test_photo_and_mask_dropped_together(window, photo, tmp_path, qtbot):
    labels = np.full((512, 512), HAIR, np.uint8)
    save_mask(tmp_path / "all_hair.png", labels)
    drop(window, tmp_path / "all_hair.png", photo)
    qtbot.waitUntil(lambda: window.workspace.session is not None)
    assert np.array_equal(window.workspace.session.source_mask, labels)
    assert window.workspace.target is not None


def test_saved_project_opens_equal(editor, tmp_path, qtbot):
    editor.workspace.choose_part(HAIR)
    drag(editor.canvas, [(200, 300), (280, 340)])
    session, target = editor.workspace.session, editor.workspace.target
    assert session.dirty and editor.isWindowModified()
    save(editor, tmp_path / "work.ora", qtbot)
    assert not editor.isWindowModified()
    drop(editor, tmp_path / "work.ora")
    qtbot.waitUntil(lambda: editor.workspace.session is not session)
    again, photo = editor.workspace.session, editor.workspace.target
    assert again is not session
    assert np.array_equal(again.source_mask, session.source_mask)
    assert np.array_equal(again.target_mask, session.target_mask)
    assert [layer.name for layer in again.stack.layers] == [layer.name for layer in session.stack.layers]
    assert np.array_equal(photo.photo.pixels, target.photo.pixels)
    assert photo.alignment == target.alignment
    assert photo.key == target.key


def test_exported_mask_is_a_palette_png_that_reads_back(editor, tmp_path, monkeypatch):
    drag(editor.canvas, [(200, 300), (280, 340)])
    path = tmp_path / "mask.png"
    monkeypatch.setattr("maskgan_studio.app.files.dialogs.choose_save_path", lambda *_: path)
    editor.actions_["file.export_mask"].trigger()
    with Image.open(path) as image:
        assert image.mode == "P"
    assert np.array_equal(load_mask(path), editor.workspace.session.source_mask)


def test_exported_picture_has_the_edit_and_keeps_the_rest(editor, tmp_path, monkeypatch, qtbot):
    editor.workspace.choose_part(HAIR)
    drag(editor.canvas, [(200, 300), (280, 300)])
    path = tmp_path / "edited.png"
    monkeypatch.setattr("maskgan_studio.app.files.dialogs.choose_save_path", lambda *_: path)
    editor.actions_["file.export_picture"].trigger()
    qtbot.waitUntil(path.exists)
    with Image.open(path) as image:
        exported = np.asarray(image.convert("RGB"))
    original = editor.workspace.target.photo.pixels
    assert exported.shape == original.shape
    changed = (exported != original).any(axis=2)
    assert changed[350, 280] and not changed[:100].any()


@pytest.fixture
def project(editor, tmp_path, qtbot):
    """The project of the open document, changed by somebody else after it was saved, and by the user as well."""
    path = tmp_path / "work.ora"
    save(editor, path, qtbot)
    save_project(path, Session.new(np.full((512, 512), HAIR, np.uint8)).project())
    editor.workspace.choose_part(HAIR)
    drag(editor.canvas, [(200, 300), (280, 340)])
    return path


def answer_with(monkeypatch, answer: str) -> list[str]:
    asked: list[str] = []
    monkeypatch.setattr(dialogs, "ask_about_changed_file", lambda _parent, name: asked.append(name) or answer)
    return asked


def test_a_project_that_another_window_has_saved_is_not_written_over_unasked(editor, project, monkeypatch):
    asked = answer_with(monkeypatch, "cancel")
    theirs = project.read_bytes()
    editor.actions_["file.save"].trigger()
    assert asked == ["work.ora"] and not editor.documents.is_saving
    assert project.read_bytes() == theirs and editor.workspace.session.dirty


def test_it_is_written_over_when_that_is_wanted_and_then_no_more_asked_about(editor, project, monkeypatch, qtbot):
    asked = answer_with(monkeypatch, "replace")
    for y in (360, 380):
        editor.actions_["file.save"].trigger()
        qtbot.waitUntil(lambda: not editor.documents.is_saving)
        assert not editor.workspace.session.dirty
        drag(editor.canvas, [(200, y), (280, y)])
    assert asked == ["work.ora"]


def test_it_can_be_saved_beside_the_other(editor, project, monkeypatch, tmp_path, qtbot):
    answer_with(monkeypatch, "other")
    monkeypatch.setattr(dialogs, "choose_save_path", lambda *_: tmp_path / "mine.ora")
    theirs = project.read_bytes()
    editor.actions_["file.save"].trigger()
    qtbot.waitUntil(lambda: (tmp_path / "mine.ora").exists() and not editor.documents.is_saving)
    assert project.read_bytes() == theirs and editor.workspace.session.path == tmp_path / "mine.ora"


def test_a_project_opened_again_is_saved_without_a_question(editor, project, monkeypatch, qtbot):
    asked = answer_with(monkeypatch, "cancel")
    drop(editor, project)
    qtbot.waitUntil(lambda: editor.workspace.session.path == project and not editor.workspace.session.dirty)
    editor.workspace.choose_part(1)
    drag(editor.canvas, [(200, 300), (280, 340)])
    editor.actions_["file.save"].trigger()
    qtbot.waitUntil(lambda: not editor.documents.is_saving)
    assert not asked and not editor.workspace.session.dirty
