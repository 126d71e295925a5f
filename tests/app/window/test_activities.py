"""What the window is busy with."""

from __future__ import annotations

from filing import drop
from PIL import Image
from pointing import press

from maskgan_studio.app.actions import export
from maskgan_studio.app.files import dialogs
from maskgan_studio.app.rendering.jobs import Priority


def test_what_ends_first_takes_only_its_own_text_away(window):
    first, second = window.editor.activities.begin("Saving…"), window.editor.activities.begin("Drawing, 0 %…")
    assert window.status._left.text() == "Drawing, 0 %…"
    second.update("Drawing, 50 %…")
    first.end()
    assert window.status._left.text() == "Drawing, 50 %…"
    second.end()
    second.update("Drawing, 100 %…")
    assert window.editor.activities.text == "" and window.status._left.text() == window.status._hint


def test_work_that_is_dropped_leaves_no_text(editor, pipeline, photo, qtbot):
    """Of the wishes for masks only the newest is done; the others leave nothing behind."""
    pipeline.gate.clear()
    pipeline.started.clear()
    editor.live.request_result(Priority.EXPORT, lambda _rendered: None)
    editor.live.render_now()
    for _ in range(3):
        press(editor.panels.morph, "Variations")
    assert editor.editor.activities.text
    pipeline.gate.set()
    qtbot.waitUntil(lambda: not editor.editor.activities.text)


def test_a_reference_that_arrives_does_not_hide_an_export_that_is_written(editor, photo, tmp_path, monkeypatch, qtbot):
    import threading

    go_on = threading.Event()
    monkeypatch.setattr(dialogs, "choose_save_path", lambda *_: tmp_path / "out.png")
    monkeypatch.setattr(export, "write_export", lambda *_: go_on.wait(60))
    editor.actions_["file.export_picture"].trigger()
    qtbot.waitUntil(lambda: "out.png" in editor.editor.activities.text)
    second = photo.with_name("second.png")
    Image.open(photo).rotate(90).save(second)
    drop(editor.panels.style, second)
    qtbot.waitUntil(lambda: editor.workspace.style.reference is not None)
    qtbot.waitUntil(lambda: "out.png" in editor.status._left.text())
    go_on.set()
    qtbot.waitUntil(lambda: not editor.editor.activities.text)
