"""No export is written over what is open."""

from __future__ import annotations

import pytest

from maskgan_studio.app.files import dialogs


@pytest.mark.parametrize("action", ["picture", "result", "mask", "colors", "pair", "morph"])
def test_an_export_over_the_open_photo_is_refused_in_one_sentence(editor, photo, action, monkeypatch):
    content = photo.read_bytes()
    monkeypatch.setattr(dialogs, "choose_save_path", lambda *_: photo)
    editor.actions_[f"file.export_{action}"].trigger()
    assert "would be overwritten" in editor.area.message_bar.problem.message
    assert not editor.editor.worker.pending and photo.read_bytes() == content


def test_parts_over_the_open_photo_are_refused(editor, photo, tmp_path, monkeypatch, qtbot):
    path = tmp_path / "00000_hair.png"
    path.write_bytes(photo.read_bytes())
    session = editor.workspace.session
    editor.documents.open([path])
    qtbot.waitUntil(lambda: editor.workspace.session is not session)
    monkeypatch.setattr(dialogs, "choose_folder", lambda *_: tmp_path)
    editor.actions_["file.export_parts"].trigger()
    assert "would be overwritten" in editor.area.message_bar.problem.message
    assert path.read_bytes() == photo.read_bytes() and not (tmp_path / "00000_nose.png").exists()
