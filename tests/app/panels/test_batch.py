"""A folder of photos gets the document's edit, or an expression, in the background."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from filing import drop
from PIL import Image

from maskgan_studio.document.deformation.reshape import reshape_face
from maskgan_studio.photo.retouching.deform import deform_photo


@pytest.fixture
def folder(photo, tmp_path) -> Path:
    """Two portraits and a file that is none."""
    folder = tmp_path / "portraits"
    folder.mkdir()
    for name in ("a.png", "c.png"):
        Image.open(photo).save(folder / name)
    (folder / "b.jpg").write_bytes(b"no photo")
    return folder


def wait_for_end(window, qtbot) -> tuple[Path, int, int]:
    with qtbot.waitSignal(window.editor.batch.ended, timeout=60_000) as ended:
        pass
    return tuple(ended.args)


def test_a_dropped_folder_gets_the_documents_edit_and_stays_as_it_is(editor, folder, qtbot):
    panel, session = editor.panels.batch, editor.workspace.session
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    session.face.set_values("Smile", {"smile": 0.6})
    drop(panel, folder)
    results, written, failed = wait_for_end(editor, qtbot)
    assert (written, failed) == (2, 1) and panel.failures.count() == 1 and "b.jpg" in panel.failures.item(0).text()
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert results.parent == folder.parent and {path.name for path in results.iterdir()} == {"a.png", "c.png"}
    target = editor.workspace.target
    expected = deform_photo(target.photo.pixels, target.alignment, reshape_face(target.mask, {"smile": 0.6}).offsets)
    np.testing.assert_array_equal(np.asarray(Image.open(results / "a.png").convert("RGB")), expected)
    assert panel.results.isVisibleTo(panel) and panel.choose.isEnabled()


def test_a_second_batch_goes_to_another_folder_and_can_be_cancelled(editor, folder, pipeline, qtbot):
    panel = editor.panels.batch
    folder.with_name("portraits edited").mkdir()
    panel.edit.setCurrentIndex(panel.edit.findData("smile"))
    pipeline.prepare_gate.clear()
    drop(panel, folder)
    assert editor.editor.batch.running and panel.cancel.isVisibleTo(panel)
    with qtbot.waitSignal(editor.editor.batch.ended) as ended:
        panel.cancel.click()
    pipeline.prepare_gate.set()
    results, written, failed = ended.args
    assert (results.name, written, failed) == ("portraits edited 2", 0, 0) and not editor.editor.batch.running
    assert list(folder.with_name("portraits edited").iterdir()) == []


def test_another_language_waits_for_the_batch(editor, folder, pipeline, qtbot):
    panel = editor.panels.batch
    panel.edit.setCurrentIndex(panel.edit.findData("smile"))
    pipeline.prepare_gate.clear()
    drop(panel, folder)
    editor.succession.ask()
    assert "as soon as what is in progress is done" in editor.area.message_bar.problem.message
    with qtbot.waitSignal(editor.succession.due):
        panel.cancel.click()
    pipeline.prepare_gate.set()


def test_without_an_edit_or_photos_it_says_so(editor, folder, tmp_path):
    drop(editor.panels.batch, folder)
    assert "edit its face first" in editor.area.message_bar.problem.message
    panel, empty = editor.panels.batch, tmp_path / "empty"
    empty.mkdir()
    panel.edit.setCurrentIndex(panel.edit.findData("smile"))
    drop(panel, empty)
    assert "no photo" in editor.area.message_bar.problem.message
    assert not empty.with_name("empty edited").exists()
