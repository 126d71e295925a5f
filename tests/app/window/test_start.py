"""The empty window, and what is seen while a photo is opened."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from filing import save
from PIL import Image
from pointing import drag, press
from PySide6.QtWidgets import QMessageBox

from maskgan_studio.app.actions.about_dialog import AboutDialog
from maskgan_studio.app.common.i18n import install
from maskgan_studio.app.files.dialogs import ask_about_unsaved_work  # the fixture answers in its place
from maskgan_studio.app.files.file_thumbnails import read_thumbnail
from maskgan_studio.app.files.naming import recent_folder
from maskgan_studio.app.window.empty_state import sample_portraits
from maskgan_studio.app.window.succession import succeed


def test_recent_files_are_offered_with_their_pictures_and_open_by_a_click(editor, photo, tmp_path, qtbot):
    save(editor, tmp_path / "work.ora", qtbot)
    editor.documents.close()
    empty = editor.area.empty
    assert [path.name for path in empty._recent_tiles] == ["work.ora", "portrait.png"]
    tile = empty._recent_tiles[photo]
    blank = tile.icon().cacheKey()
    qtbot.waitUntil(lambda: tile.icon().cacheKey() != blank)
    press(empty, "portrait.png")
    qtbot.waitUntil(lambda: editor.workspace.session is not None)


def test_a_thumbnail_is_the_middle_of_a_picture_and_nothing_for_what_is_none(tmp_path):
    pixels = np.zeros((100, 300, 3), np.uint8)
    pixels[:, 100:200] = 200
    Image.fromarray(pixels).save(tmp_path / "wide.png")
    small = read_thumbnail(tmp_path / "wide.png", 50)
    assert small.shape == (50, 50, 3) and small[:, 2:48].min() > 190
    (tmp_path / "broken.png").write_bytes(b"no picture")
    assert read_thumbnail(tmp_path / "broken.png", 50) is None
    assert read_thumbnail(tmp_path / "broken.ora", 50) is None


def test_a_photo_is_seen_before_its_face_is_found(window, photo, pipeline, qtbot):
    pipeline.prepare_gate.clear()
    window.documents.open([photo])
    qtbot.waitUntil(window.area.opening.isVisible)
    qtbot.waitUntil(lambda: "portrait.png" in window.area.opening.accessibleDescription())
    pipeline.prepare_gate.set()
    qtbot.waitUntil(window.canvas.isVisible)
    assert window.area.opening.is_empty


def test_unsaved_work_stays_on_the_screen_while_another_photo_is_looked_through(editor, photo, pipeline, qtbot):
    drag(editor.canvas, [(200, 100), (260, 100)])
    pipeline.prepare_gate.clear()
    read = []
    editor.documents.photo_read.connect(read.append)
    editor.documents.open([photo])
    qtbot.waitUntil(lambda: bool(read))
    assert editor.canvas.isVisible() and not editor.area.opening.isVisible()
    pipeline.prepare_gate.set()
    qtbot.waitUntil(lambda: not editor.workspace.session.dirty)


def test_dialogs_begin_in_a_folder_with_something_in_it_and_not_beside_the_samples(window, tmp_path, monkeypatch):
    settings, none = window.editor.settings, str(tmp_path / "none")
    monkeypatch.setattr("maskgan_studio.app.files.naming.QStandardPaths.writableLocation", lambda _: none)
    settings.add_recent(sample_portraits()[0])
    assert recent_folder(settings) == str(Path.home())
    (tmp_path / "mine.png").write_bytes(b"")
    settings.add_recent(tmp_path / "mine.png")
    settings.add_recent(sample_portraits()[0])
    assert recent_folder(settings) == str(tmp_path)


@pytest.mark.parametrize(("is_project", "said"), [(False, "as a project"), (True, "the project “x”")])
def test_the_question_before_closing_does_not_sound_like_writing_over_the_photo(window, monkeypatch, is_project, said):
    shown = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: shown.append(box) or QMessageBox.StandardButton.Cancel)
    assert ask_about_unsaved_work(window, "x", is_project) == "cancel"
    assert said in shown[0].text()
    assert ("not changed" in shown[0].informativeText()) != is_project


def test_about_names_licence_terms_versions_and_folders(window):
    text = AboutDialog(window.editor, window).text.toPlainText()
    assert "MIT" in text and "torch" in text and "Qt 6" in text and "maskgan-studio" in text
    window.editor.worker._weights = "studio"
    assert "non-commercial" in AboutDialog(window.editor, window).text.toPlainText()


def test_the_language_changes_at_once_and_the_work_stays(editor, qapp, qtbot):
    drag(editor.canvas, [(200, 100), (260, 100)])
    session = editor.workspace.session
    editor.tools.choose("lasso")
    with qtbot.waitSignal(editor.succession.due):
        editor.actions_["language.de"].trigger()
    new = succeed(editor)
    try:
        assert new.menus["file"].title() == "&Datei" and new.actions_["language.de"].isChecked()
        assert new.workspace.session is session and session.can_undo
        assert new.tools.active.name == "lasso"
        assert new.panels.face.row("smile").number.text() == "0,00"  # numbers are German, too
        new.actions_["edit.undo"].trigger()
        assert not session.can_undo and not new.windowTitle().startswith("MaskGAN")
        qtbot.waitUntil(lambda: new.live.current is not None)
    finally:
        install(qapp, "en")
        new.close()
        new.editor.stop()
        new.deleteLater()
