"""Faces that are edited but not active: each is drawn once, and is in all that is shown and exported."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from fake_pipeline import FakePipeline, face_mask
from hypothesis import given
from hypothesis import strategies as st

from maskgan_studio.app.rendering.jobs import Priority
from maskgan_studio.app.rendering.morph import MorphOptions, snapshot_stack
from maskgan_studio.app.rendering.morph_animation import MorphAnimation
from maskgan_studio.app.rendering.other_faces import OtherFaces, WaitingFace, find_edit, lay_below
from maskgan_studio.app.state.open_face import OpenFace
from maskgan_studio.app.state.style import StyleChoice
from maskgan_studio.document.geometry.rasterize import rectangle
from maskgan_studio.document.session import Session
from maskgan_studio.engine.target import Target
from maskgan_studio.labels import part_named
from maskgan_studio.photo.alignment.face_alignment import Alignment
from maskgan_studio.photo.files.loading import Photo

HAT = part_named("hat").index


def open_face(photo: Photo, left: float, half: float = 100.0) -> OpenFace:
    alignment = Alignment(left, 300.0, half, 0.0)
    target = Target(photo, alignment, alignment.crop(photo.pixels), face_mask())
    return OpenFace(Session.new(target.mask), target, StyleChoice())


def paint(face: OpenFace, top: float = 20) -> None:
    face.session.paint("Rectangle", rectangle((150, top), (350, top + 60), (512, 512)), HAT)


@pytest.fixture
def group() -> Photo:
    y, x = np.mgrid[:600, :600]
    return Photo(np.stack([x * 255 // 599, y * 255 // 599, (x + y) // 5], axis=2).astype(np.uint8))


def waiting(*faces: OpenFace) -> list[WaitingFace]:
    return [WaitingFace(face, "fake") for face in faces]


@given(st.data())
def test_an_edit_laid_into_any_part_of_the_photo_gives_that_part_of_the_edited_photo(data):
    draw = data.draw
    before = np.random.default_rng(draw(st.integers(0, 9))).integers(0, 3, (24, 30, 3)).astype(np.uint8)
    after = before.copy()
    for _ in range(draw(st.integers(0, 3))):
        after[draw(st.integers(0, 23)), draw(st.integers(0, 29))] += np.uint8(1)
    edit = find_edit(before, after)
    top, left = draw(st.integers(0, 22)), draw(st.integers(0, 28))
    bottom, right = draw(st.integers(top + 1, 24)), draw(st.integers(left + 1, 30))
    part = before[top:bottom, left:right].copy()
    edit.lay_into(part, left, top)
    assert (part == after[top:bottom, left:right]).all()


def test_a_face_without_edits_is_not_drawn_and_changes_nothing(group):
    pipeline, face = FakePipeline(), open_face(group, 150)
    others = OtherFaces(waiting(face))
    assert others.edits(pipeline) == () and pipeline.rendered == []
    assert lay_below(face.target, ()) is face.target


def test_an_edit_that_comes_to_nothing_is_none(group):
    face = open_face(group, 150)
    styled = replace(face, style=StyleChoice(open_face(group, 450).target, 0.5))
    others = waiting(styled)
    assert others[0].is_edited and OtherFaces(others).edits(FakePipeline()) == ()


def test_a_face_is_drawn_once_until_it_is_edited_again(group):
    pipeline, face, known = FakePipeline(), open_face(group, 150), {}
    paint(face)
    (first,) = OtherFaces(waiting(face), known).edits(pipeline)
    (again,) = OtherFaces(waiting(face), known).edits(pipeline)
    assert again is first and len(pipeline.rendered) == 1
    paint(face, 100)
    (other,) = OtherFaces(waiting(face), known).edits(pipeline)
    assert other is not first and len(pipeline.rendered) == 2 and len(known) == 1


def test_the_image_that_was_shown_last_is_not_drawn_again(group):
    pipeline, face = FakePipeline(), open_face(group, 150)
    paint(face)
    (drawn,) = OtherFaces(waiting(face)).edits(pipeline)
    result = type("Result", (), {"request": waiting(face)[0].request, "image": np.full((512, 512, 3), 7, np.uint8)})
    (shown,) = OtherFaces([WaitingFace(face, "fake", result)]).edits(pipeline)
    assert len(pipeline.rendered) == 1
    assert drawn.corner == shown.corner and set(shown.pixels[..., :3].ravel()) <= {0, 7}


def test_where_crops_overlap_a_face_is_edited_in_what_the_one_below_became(group):
    pipeline = FakePipeline()
    below, above, apart = open_face(group, 150), open_face(group, 230), open_face(group, 480)
    for face in (below, above, apart):
        paint(face)
    low, high, far = OtherFaces(waiting(below, above, apart), known := {}).edits(pipeline)
    laid = lay_below(apart.target, (low, high, far)).photo.pixels
    both = group.pixels.copy()
    for edit in (low, high):
        edit.lay_into(both)
    assert (laid[:, :380] == both[:, :380]).all()
    assert (low.pixels[..., 3] > 0).any() and (laid != group.pixels).any()
    # The one that shows nothing of the others is not made again when one below changes.
    paint(below, 90)
    new_low, new_high, new_far = OtherFaces(waiting(below, above, apart), known).edits(pipeline)
    assert new_low is not low and new_high is not high and new_far is far


def test_a_face_below_changes_the_pixels_of_a_crop_but_not_its_mask_or_style(group):
    below, above = open_face(group, 150), open_face(group, 230)
    paint(below)
    (edit,) = OtherFaces(waiting(below)).edits(FakePipeline())
    laid = lay_below(above.target, (edit,))
    assert laid.mask is above.target.mask and laid.style_source is above.target
    assert (laid.crop != above.target.crop).any()
    assert (laid.crop == above.target.alignment.crop(laid.photo.pixels)).all()
    apart = open_face(group, 480)
    assert lay_below(apart.target, (edit,)).key == apart.target.key


def composite(editor, qtbot) -> np.ndarray:
    made: list[np.ndarray] = []
    editor.live.request_composite(Priority.EXPORT, made.append)
    qtbot.waitUntil(lambda: bool(made))
    return made[0]


@pytest.fixture
def faces(window, group, qtbot) -> list[OpenFace]:
    """The two faces of the open photo, the second one active, both of them edited."""
    found = [open_face(group, 150), open_face(group, 450)]
    window.workspace.open(found[0].session, found[0].target, StyleChoice())
    paint(found[0])
    window.workspace.edit_face(found[1])
    paint(found[1], 70)  # not as the first, so that what is drawn tells the faces apart
    qtbot.waitUntil(lambda: window.live.current is not None and not window.editor.worker.pending)
    return found


def test_view_and_export_hold_all_faces_whichever_is_active(window, faces, group, qtbot):
    exported = composite(window, qtbot)
    changed = (exported != group.pixels).any(axis=(0, 2))
    assert changed[:300].any() and changed[300:].any()
    assert len(window.canvas.scene.others) == 1
    window.workspace.edit_face(window.workspace.others[0])
    qtbot.waitUntil(lambda: window.live.current is not None)
    assert window.workspace.session is faces[0].session
    assert (composite(window, qtbot) == exported).all()


def test_a_film_of_one_face_shows_the_other_as_it_is(window, faces, group, qtbot):
    frames: list[list[np.ndarray]] = []
    stack, options = snapshot_stack(faces[1].session.stack), MorphOptions(whole_photo=True, steps=2)
    what = (faces[1].target, StyleChoice(), stack, options, window.live.others)
    animation = MorphAnimation(window.editor.worker, *what, window)
    animation.done.connect(frames.append)
    animation.draw()
    qtbot.waitUntil(lambda: bool(frames))
    first, last = frames[0][:2]
    before, after = (((frame != group.pixels).any(axis=(0, 2))) for frame in (first, last))
    assert before[:300].any() and not before[300:].any()
    assert (after[:300] == before[:300]).all() and after[300:].any()


def test_strokes_do_not_draw_the_other_faces_again(window, faces, pipeline, qtbot):
    shown = window.live.current.others
    before = len(pipeline.rendered)
    for top in (120, 200):
        paint(faces[1], top)
        wanted = faces[1].session.source_mask
        qtbot.waitUntil(lambda mask=wanted: (window.live.current.result.request.source_mask == mask).all())
    assert window.live.current.others[0] is shown[0]
    others = faces[0].session.source_mask
    assert not any((mask == others).all() for mask, _ in pipeline.rendered[before:])


def test_undoing_all_edits_of_all_faces_gives_the_photo_back(window, faces, group, qtbot):
    for _ in range(2):
        window.workspace.session.undo()
        window.workspace.edit_face(window.workspace.others[0])
    qtbot.waitUntil(lambda: window.live.current is not None)
    assert (composite(window, qtbot) == group.pixels).all()
    assert window.canvas.scene.others == ()


def test_other_weights_draw_all_faces_anew(window, faces, pipeline, qtbot):
    before = len(pipeline.rendered)
    window.editor.worker.use_weights("other")
    others = faces[0].session.source_mask
    qtbot.waitUntil(lambda: any((mask == others).all() for mask, _ in pipeline.rendered[before:]))
