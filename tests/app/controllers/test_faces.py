"""Several faces of one photo: added, placed by hand, saved, recovered and opened again; nothing is asked or lost."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from filing import open_file, save
from PIL import Image

from maskgan_studio.app.controllers.face_detection import Outline
from maskgan_studio.app.files import dialogs
from maskgan_studio.app.files.project_file import open_project
from maskgan_studio.document.geometry.rasterize import rectangle
from maskgan_studio.document.storage.openraster import load_project
from maskgan_studio.labels import part_named
from maskgan_studio.photo.alignment.face_alignment import Alignment

HAT = part_named("hat").index
LEFT, RIGHT = Alignment(200.0, 300.0, 150.0, 0.0), Alignment(600.0, 300.0, 150.0, 0.0)


@pytest.fixture(autouse=True)
def asked(window, monkeypatch) -> list[str]:
    """What was asked about unsaved work."""
    questions: list[str] = []
    monkeypatch.setattr(dialogs, "ask_about_unsaved_work", lambda _window, name, _has: questions.append(name) or "keep")
    return questions


@pytest.fixture
def wide_photo(tmp_path):
    y, x = np.mgrid[:600, :800]
    pixels = np.stack([x * 255 // 799, y * 255 // 599, (x + y) // 6], axis=2).astype(np.uint8)
    Image.fromarray(pixels).save(tmp_path / "two.png")
    return tmp_path / "two.png"


@pytest.fixture
def faces(window, pipeline, wide_photo, qtbot):
    """A window with the left face of a photo open; number 1 is the right one."""
    prepare = pipeline.prepare

    def find(photo, *, face=None, alignment=None, **_options):
        return prepare(photo, alignment=alignment or (RIGHT if face == 1 else LEFT))

    pipeline.prepare = find
    open_file(window, wide_photo, qtbot)
    return window


def paint(window, top: float = 20) -> None:
    session = window.workspace.session
    session.paint("Rectangle", rectangle((150, top), (350, top + 60), session.stack.shape), HAT)


def add(window, qtbot, number: int = 1) -> None:
    before = window.workspace.session
    window.editor.choose_face(Outline(np.zeros((4, 2)), number))
    qtbot.waitUntil(lambda: window.workspace.session is not before)


def go_back(window) -> None:
    window.editor.choose_face(window.editor.faces.outlines[0])


def test_another_face_is_looked_for_beside_the_window_and_the_first_stays_with_its_edit(faces, pipeline, asked, qtbot):
    paint(faces)
    first = faces.workspace.session
    pipeline.prepare_gate.clear()
    faces.editor.choose_face(Outline(np.zeros((4, 2)), 1))
    assert "two.png" in faces.editor.activities.text
    paint(faces, 200)  # painting goes on meanwhile
    pipeline.prepare_gate.set()
    qtbot.waitUntil(lambda: faces.workspace.session is not first)
    assert faces.workspace.target.alignment == RIGHT
    assert not asked and faces.isWindowModified() and not faces.workspace.session.can_undo
    go_back(faces)
    assert faces.workspace.session is first and first.history.position == 2
    assert (first.source_mask[200:260, 150:350] == HAT).all()


def test_what_was_shown_last_of_all_faces_is_seen_until_they_are_drawn_again(faces, pipeline, qtbot):
    def drawn() -> bool:
        session, current = faces.workspace.session, faces.live.current
        request = None if current is None else current.result.request
        return request is not None and request.size == 512 and (request.source_mask == session.source_mask).all()

    paint(faces)
    qtbot.waitUntil(drawn)
    add(faces, qtbot)
    paint(faces, 100)
    qtbot.waitUntil(drawn)
    (placed,) = faces.canvas.scene.others
    pipeline.gate.clear()
    go_back(faces)
    scene = faces.canvas.scene
    assert scene.result is not None and scene.is_preview and faces.live.current is None
    (other,) = scene.others
    assert other.bounds.center().x() - placed.bounds.center().x() == pytest.approx(2 * 512 * 400 / 300, abs=3)
    pipeline.gate.set()
    qtbot.waitUntil(drawn)
    assert not scene.is_preview and len(scene.others) == 1


def test_a_face_that_was_asked_for_is_given_up_for_another_photo(faces, pipeline, photo, qtbot):
    pipeline.prepare_gate.clear()
    faces.editor.choose_face(Outline(np.zeros((4, 2)), 1))
    faces.documents.open([photo])
    pipeline.prepare_gate.set()
    qtbot.waitUntil(lambda: faces.workspace.session.target.name == "portrait.png")
    assert not faces.workspace.others


def test_a_new_face_begins_in_its_own_style(faces, photo, qtbot):
    faces.editor.references.load(photo)
    qtbot.waitUntil(lambda: faces.workspace.style.reference is not None)
    add(faces, qtbot)
    assert faces.workspace.style.reference is not None and not faces.workspace.style.choice.is_restyled
    assert not faces.workspace.session.is_touched
    go_back(faces)
    assert faces.workspace.style.choice.is_restyled


def test_all_faces_are_saved_and_opened_again(faces, tmp_path, asked, qtbot):
    paint(faces)
    add(faces, qtbot)
    paint(faces, 100)
    masks = [face.source_mask for face in faces.workspace.session.group.faces]
    save(faces, tmp_path / "two.ora", qtbot)
    assert not faces.isWindowModified()
    go_back(faces)
    assert not faces.isWindowModified(), "which face is active is no change"
    open_file(faces, tmp_path / "two.ora", qtbot)
    group = faces.workspace.session.group
    assert [(face.source_mask == mask).all() for face, mask in zip(group.faces, masks, strict=True)] == [True, True]
    assert len(faces.editor.faces.outlines) >= 1 and faces.editor.faces.outlines[0].is_edited
    assert faces.workspace.target.alignment == RIGHT and faces.workspace.others[0].target.alignment == LEFT
    assert not asked


def test_unsaved_work_in_a_face_that_was_left_is_asked_about(faces, photo, asked, qtbot):
    paint(faces)
    add(faces, qtbot)
    faces.documents.close()
    assert asked == ["two.png"] and faces.workspace.session is not None


def test_every_face_is_in_the_recovery_file_and_going_between_them_keeps_it(faces, qtbot):
    recovery = faces.editor.recovery
    paint(faces)
    kept = recovery._autosave
    add(faces, qtbot)
    paint(faces, 100)
    go_back(faces)
    assert recovery._autosave is kept
    kept._clock = lambda: float("inf")

    def written() -> bool:
        recovery.tick()
        return kept._file.exists() and len(load_project(kept._file).others) == 1

    qtbot.waitUntil(written)


def place(window, alignment: Alignment) -> None:
    window.actions_["edit.place_face"].trigger()
    window.documents.faces.placed(alignment)


def test_a_face_placed_elsewhere_is_another_face_and_one_placed_here_is_the_same(faces, asked, qtbot):
    paint(faces)
    first = faces.workspace.session
    place(faces, RIGHT)
    qtbot.waitUntil(lambda: faces.workspace.session is not first)
    assert [face.session for face in faces.workspace.others] == [first] and not asked
    second = faces.workspace.session
    place(faces, replace(RIGHT, center_x=RIGHT.center_x + 20))
    qtbot.waitUntil(lambda: faces.workspace.session is not second)
    assert faces.workspace.target.alignment.center_x == 620 and not asked, "nothing was done in it"
    assert [face.session for face in faces.workspace.others] == [first]


def test_a_wider_frame_for_an_edited_face_asks_and_leaves_the_others(faces, asked, qtbot):
    paint(faces)
    add(faces, qtbot)
    paint(faces)
    before = faces.workspace.session
    faces.documents.faces.set_frame_width(True)
    qtbot.waitUntil(lambda: bool(asked))
    assert faces.workspace.session is before
    before.undo()
    faces.documents.faces.set_frame_width(True)
    qtbot.waitUntil(lambda: faces.workspace.session is not before)
    assert len(asked) == 1 and len(faces.workspace.others) == 1


def test_the_same_face_is_not_opened_twice(faces, qtbot):
    first = faces.workspace.session
    add(faces, qtbot)
    place(faces, LEFT)
    qtbot.waitUntil(lambda: faces.workspace.session is first)
    assert len(faces.workspace.others) == 1


def test_another_language_keeps_all_faces(faces, qtbot):
    from maskgan_studio.app.window.succession import succeed

    paint(faces)
    add(faces, qtbot)
    new = succeed(faces)
    try:
        assert len(new.workspace.others) == 1 and new.workspace.others[0].session.can_undo
        new.editor.choose_face(new.editor.faces.outlines[0])
        assert new.workspace.session.can_undo
    finally:
        new.workspace.open(None, None)
        new.close()
        new.editor.stop()
        new.deleteLater()


def test_a_project_keeps_faces_in_which_something_was_done(faces, tmp_path, qtbot):
    add(faces, qtbot)
    paint(faces)
    save(faces, tmp_path / "two.ora", qtbot)
    opened = open_project(tmp_path / "two.ora")
    assert not opened.others and opened.target is not None and opened.target.alignment == RIGHT
