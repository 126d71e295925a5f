"""Several faces of a photo, and a face that a user shows by hand."""

from __future__ import annotations

import numpy as np
import pytest
import skimage.data
from fake_pipeline import face_mask
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from maskgan_studio.app.canvas.alignment_view import LandmarkEditor
from maskgan_studio.app.common.theme import DARK
from maskgan_studio.labels import part_named
from maskgan_studio.photo.alignment.detection import find_faces
from maskgan_studio.photo.alignment.face_alignment import Alignment
from maskgan_studio.photo.alignment.landmarks import CANONICAL


@pytest.fixture
def two_faces(tmp_path):
    """The same face twice, the second one mirrored."""
    face = skimage.data.astronaut()[:300, 60:360]
    path = tmp_path / "two.png"
    Image.fromarray(np.concatenate([face, face[:, ::-1]], axis=1)).save(path)
    return path


def test_other_faces_are_outlined_and_can_be_chosen(window, two_faces, pipeline, qtbot, monkeypatch):
    wanted = []
    place = Alignment(150.0, 120.0, 90.0, 0.0)
    prepare = type(pipeline).prepare
    monkeypatch.setattr(
        pipeline,
        "prepare",
        lambda photo, *, aligned=False, face=None, alignment=None, faces=None: (
            wanted.append((face, faces))
            or prepare(pipeline, photo, alignment=alignment or place, faces=faces or tuple(find_faces(photo.pixels)))
        ),
    )
    window.documents.open([two_faces])
    qtbot.waitUntil(lambda: len(window.faces.outlines.buttons) == 1)
    assert "2 faces" in window.area.message_bar.problem.message
    window.area.message_bar.problem.action()
    (button,) = window.faces.outlines.buttons
    assert button.isVisible()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(wanted) == 2)
    # The faces that were found when the photo was opened are not looked for again.
    assert wanted[0] == (None, None) and wanted[1][0] in (0, 1) and len(wanted[1][1]) == 2


def test_a_face_that_was_left_is_gone_back_to_at_once_and_nothing_is_asked(window, two_faces, pipeline, qtbot):
    find = pipeline.prepare
    places = [Alignment(150.0, 120.0, 90.0, 0.0), Alignment(450.0, 120.0, 90.0, 0.0)]
    calls = []

    def prepare(photo, *, face=None, faces=None, **_options):
        calls.append(face)
        found = faces or tuple(find_faces(photo.pixels))
        return find(photo, alignment=places[0 if face is None else 1], faces=found)

    pipeline.prepare = prepare
    window.documents.open([two_faces])
    qtbot.waitUntil(lambda: len(window.faces.outlines.buttons) == 1)
    first = window.workspace.session
    first.layers.add("Hat")
    window.area.message_bar.clear()
    window.actions_["edit.next_face"].trigger()
    qtbot.waitUntil(lambda: window.workspace.session is not first)
    second = window.workspace.session
    assert window.workspace.target.alignment == places[1] and not second.can_undo
    (button,) = window.faces.outlines.buttons
    assert button.text() == "Go on" and window.isWindowModified()
    assert window.area.message_bar.problem is None, "that there are several faces is said once"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert window.workspace.session is first and first.can_undo and calls == [None, calls[1]]
    (button,) = window.faces.outlines.buttons
    assert button.text() == "Edit", "nothing was done in the other one"
    QTest.keyClick(window.canvas, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert window.workspace.session is second and len(calls) == 2


def test_one_face_has_no_outlines(window, photo, qtbot):
    found = []
    window.editor.faces.found.connect(found.append)
    window.documents.open([photo])
    qtbot.waitUntil(lambda: len(found) == 2)  # at once for the new document, and when the photo was looked through
    assert found == [[], []]
    assert window.faces.outlines.buttons == []
    assert not window.faces.outlines.isVisible()


def test_where_no_face_is_found_a_person_places_it(window, tmp_path, pipeline, qtbot):
    path = tmp_path / "flat.png"
    Image.new("RGB", (600, 400), "grey").save(path)
    window.documents.open([path])
    qtbot.waitUntil(lambda: window.area.message_bar.problem is not None)
    window.area.message_bar.problem.action()
    placing = window.faces.placing
    qtbot.waitUntil(placing.isVisible)
    aim = placing.frame.alignment
    used = []
    prepare = type(pipeline).prepare
    pipeline.prepare = lambda photo, **options: (
        used.append(options) or prepare(pipeline, photo, aligned=True, alignment=options["alignment"])
    )
    QTest.keyClick(placing.frame, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.workspace.target is not None)
    assert used[0]["alignment"] == aim == window.workspace.target.alignment
    assert window.area.stack.currentWidget() is window.canvas
    assert window.workspace.session.target.name == "flat.png"


def test_the_face_of_an_open_photo_can_be_placed_anew(editor, qtbot):
    before = editor.workspace.target.alignment
    editor.actions_["edit.place_face"].trigger()
    frame = editor.faces.placing.frame
    assert frame.alignment.center_x == pytest.approx(before.center_x, abs=4)
    QTest.keyClick(frame, Qt.Key.Key_Escape)
    assert editor.area.stack.currentWidget() is editor.canvas
    editor.actions_["edit.place_face"].trigger()
    for _ in range(20):
        QTest.keyClick(frame, Qt.Key.Key_Up)
    QTest.keyClick(frame, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: editor.workspace.target.alignment != before)


def test_a_doubtful_find_says_so_and_offers_to_place_the_face_by_hand(window, photo, tmp_path, pipeline, qtbot):
    pipeline.doubts = True
    other = tmp_path / "other.png"
    other.write_bytes(photo.read_bytes())
    window.documents.open([photo, other])
    qtbot.waitUntil(lambda: window.workspace.session is not None)
    problem = window.area.message_bar.problem
    assert "doubtful" in problem.message and "portrait.png" in problem.message
    assert "1 more" in problem.message, "what became of the other photo is said as well"
    problem.action()
    assert window.faces.placing.isVisible()


def test_hair_that_ends_at_the_frame_offers_a_wider_one_and_the_menu_leads_back(window, photo, pipeline, qtbot):
    middle = Alignment(300.0, 300.0, 130.0, 0.0)
    prepare, mask = pipeline.prepare, face_mask()
    mask[:30, 150:350] = part_named("hair").index

    def place(photo, *, alignment=None, **others):
        own = mask if alignment is None else None
        return prepare(photo, alignment=alignment or middle, mask=own, faces=others.get("faces"))

    pipeline.prepare = place
    window.documents.open([photo])
    qtbot.waitUntil(lambda: window.workspace.target is not None)
    wider = window.actions_["edit.wider_frame"]
    assert not wider.isChecked()
    problem = window.area.message_bar.problem
    assert "wider frame" in problem.message
    problem.action()
    qtbot.waitUntil(lambda: window.workspace.target.alignment.axis_x > 180)
    assert wider.isChecked(), "the face in the mask is smaller now"
    wider.trigger()
    qtbot.waitUntil(lambda: window.workspace.target.alignment.axis_x < 180)
    assert window.workspace.target.alignment.axis_x == pytest.approx(130)
    assert not wider.isChecked()


def test_a_doubtful_face_in_a_style_photo_is_said(editor, tmp_path, photo, pipeline, qtbot):
    pipeline.doubts = True
    editor.editor.references.load(photo)
    qtbot.waitUntil(lambda: editor.workspace.style.reference is not None)
    problem = editor.area.message_bar.problem
    assert "doubtful" in problem.message
    before = editor.workspace.style.reference
    problem.action()
    qtbot.waitUntil(lambda: editor.workspace.style.reference is not before)
    assert not editor.workspace.style.reference.is_doubtful


@pytest.fixture
def frame(qtbot):
    frame = LandmarkEditor(DARK)
    qtbot.addWidget(frame)
    frame.resize(640, 480)
    frame.show_photo(np.zeros((900, 1200, 3), np.uint8), None)
    frame.show()
    return frame


def drag(frame: LandmarkEditor, start: np.ndarray, end: np.ndarray) -> None:
    points = [QPoint(round(x), round(y)) for x, y in frame.to_screen(np.array([start, end]))]
    QTest.mousePress(frame, Qt.MouseButton.LeftButton, pos=points[0])
    QTest.mouseMove(frame, points[1])
    QTest.mouseRelease(frame, Qt.MouseButton.LeftButton, pos=points[1])


def test_handles_give_the_alignment_of_their_eyes_and_mouth(frame):
    aim = Alignment(700.0, 420.0, 260.0, 120.0)  # tilted by 25 degrees
    marks = aim.to_photo(CANONICAL.points())
    for number, place in enumerate((marks[0], marks[1], (marks[2] + marks[3]) / 2)):
        drag(frame, frame.points[number], place)
    found = frame.alignment
    assert np.hypot(*(found.corners - aim.corners).T).max() < 0.03 * aim.scale * aim.size
    assert found.angle_deg == pytest.approx(aim.angle_deg, abs=1.5)


def test_dragging_inside_the_frame_moves_all_of_it(frame):
    before = frame.alignment
    inside = np.add(frame.points.mean(axis=0), (0, 60))
    drag(frame, inside, np.add(inside, (80, -40)))
    after = frame.alignment
    assert (after.center_x - before.center_x, after.center_y - before.center_y) == pytest.approx((80, -40), abs=4)
    assert after.scale == pytest.approx(before.scale)


def test_handles_stay_in_the_photo(frame):
    drag(frame, frame.points[0], np.array([-500.0, 100.0]))
    assert (frame.points >= 0).all()
