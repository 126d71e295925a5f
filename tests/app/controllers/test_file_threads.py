"""Files are read and written beside the window's thread, and each photo once."""

from __future__ import annotations

import gc
import threading
import weakref

import pytest
from filing import drop, open_file, save

from maskgan_studio.app.files import dialogs, photo_file, project_file
from maskgan_studio.app.rendering.jobs import Priority
from maskgan_studio.document.storage import session_saving


@pytest.fixture
def calls(monkeypatch):
    """The calls of what reads and writes files: a name with the thread that it was called on."""
    found: list[tuple[str, threading.Thread]] = []

    def watch(module, name: str) -> None:
        call = getattr(module, name)

        def watched(*args, **options):
            found.append((name, threading.current_thread()))
            return call(*args, **options)

        monkeypatch.setattr(module, name, watched)

    for module, names in (
        (project_file, ("load_project", "load_photo", "fit_project")),
        (photo_file, ("load_photo",)),
        (session_saving, ("save_project",)),
    ):
        for name in names:
            watch(module, name)
    return found


def test_a_project_is_written_read_and_decoded_beside_the_windows_thread(editor, calls, tmp_path, qtbot):
    path = tmp_path / "work.ora"
    save(editor, path, qtbot)
    open_file(editor, path, qtbot)
    assert [name for name, _ in calls] == ["save_project", "load_project", "fit_project", "load_photo"]
    assert threading.main_thread() not in [thread for _, thread in calls]


@pytest.mark.parametrize("way", ["dropped", "chosen"])
def test_a_photo_is_read_once_beside_the_windows_thread(window, photo, calls, monkeypatch, qtbot, way):
    if way == "dropped":
        drop(window, photo)
    else:
        monkeypatch.setattr(dialogs, "choose_files", lambda *_: [photo])
        window.actions_["file.open"].trigger()
    qtbot.waitUntil(lambda: window.live.current is not None)
    done = []
    for thread in (window.editor.worker, window.editor.files):  # what came after it is done as well
        thread.submit(Priority.FIT, lambda _resource: None, done.append, done.append)
    qtbot.waitUntil(lambda: len(done) == 2)
    assert [name for name, _ in calls] == ["load_photo"]
    assert calls[0][1] is not threading.main_thread()


def test_the_photo_before_goes_when_another_is_open(editor, photo, qtbot):
    gc.collect()
    gone = weakref.ref(editor.workspace.target.photo)
    other = photo.with_name("other.png")
    other.write_bytes(photo.read_bytes())
    gc.disable()  # it is not left to chance
    try:
        open_file(editor, other, qtbot)
        qtbot.waitUntil(lambda: gone() is None)
    finally:
        gc.enable()
