"""A window that is closed while an export is in progress."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pointing import drag

from maskgan_studio.app.actions import export
from maskgan_studio.app.files import dialogs
from maskgan_studio.app.rendering.jobs import Priority


@pytest.fixture
def exporting(editor, pipeline, monkeypatch, tmp_path: Path):
    """A window that is drawing a film, until ``pipeline.gate`` is set; and the film's file."""
    path = tmp_path / "out" / "morph.gif"
    path.parent.mkdir()
    monkeypatch.setattr(dialogs, "choose_save_path", lambda *_: path)
    # Something that the network has to draw.
    session = editor.workspace.session
    session.begin_stroke("Brush", (256.0, 300.0), 40, 17)
    session.finish_edit()
    pipeline.gate.clear()
    editor.actions_["file.export_morph"].trigger()
    return editor, path


def test_it_waits_for_the_file_and_then_closes(exporting, pipeline, qtbot):
    window, path = exporting
    window.close()
    assert window.isVisible() and "closes as soon as" in window.area.message_bar.problem.message
    pipeline.gate.set()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert Image.open(path).format == "GIF"


def test_it_stays_open_when_the_file_cannot_be_written(exporting, pipeline, qtbot):
    window, path = exporting
    path.parent.rmdir()
    window.close()
    pipeline.gate.set()
    qtbot.waitUntil(lambda: "cannot be written" in window.area.message_bar.problem.message)
    qtbot.waitUntil(lambda: not window.editor.worker.pending + window.editor.files.pending)
    assert window.isVisible()


def test_a_failure_to_write_is_not_laid_on_the_network(editor, monkeypatch, tmp_path, qtbot):
    def fail(*_: object) -> None:
        raise ValueError("no such colour")

    monkeypatch.setattr(dialogs, "choose_save_path", lambda *_: tmp_path / "edited.png")
    monkeypatch.setattr(export, "write_export", fail)
    editor.actions_["file.export_picture"].trigger()
    qtbot.waitUntil(lambda: editor.area.message_bar.problem is not None)
    assert editor.area.message_bar.problem.message == "The file could not be written: no such colour."


def test_it_closes_without_the_file_when_told_to(exporting, pipeline, qtbot):
    window, path = exporting
    window.close()
    action = window.area.message_bar.problem.action
    pipeline.gate.set()
    action()
    assert not window.isVisible() and not path.exists()


def test_an_export_is_made_of_the_mask_it_was_asked_for(editor, pipeline, monkeypatch, tmp_path, qtbot):
    made = []
    pipeline.gate.clear()
    editor.workspace.choose_part(14)
    wanted = editor.workspace.session.source_mask
    wanted[:10] = 14
    editor.editor.references.lay_mask(wanted, "Asked for")
    editor.live.request_result(Priority.EXPORT, made.append)
    other = wanted.copy()
    other[:40] = 0
    editor.editor.references.lay_mask(other, "Painted meanwhile")
    pipeline.gate.set()
    qtbot.waitUntil(lambda: bool(made))
    assert (made[0].result.request.source_mask == wanted).all()


def test_painting_goes_on_while_a_picture_is_written(editor, monkeypatch, tmp_path, qtbot):
    path, begun, go_on = tmp_path / "edited.png", threading.Event(), threading.Event()
    monkeypatch.setattr(dialogs, "choose_save_path", lambda *_: path)

    def slow(where: Path, *_: object) -> None:
        begun.set()
        assert go_on.wait(60)
        where.write_bytes(b"picture")

    monkeypatch.setattr(export, "write_export", slow)
    editor.actions_["file.export_picture"].trigger()
    qtbot.waitUntil(begun.is_set)
    editor.workspace.choose_part(14)
    drag(editor.canvas, [(200, 300), (260, 300)])
    wanted = editor.workspace.session.source_mask
    qtbot.waitUntil(lambda: np.array_equal(editor.live.current.result.request.source_mask, wanted))
    editor.workspace.session.group.mark_saved()
    editor.close()
    assert editor.isVisible()
    go_on.set()
    qtbot.waitUntil(lambda: not editor.isVisible())
    assert path.read_bytes() == b"picture"
