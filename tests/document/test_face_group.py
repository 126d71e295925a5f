"""Several faces in one document: which is on top, what counts as unsaved, and what is kept."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from drawn_face import draw_face
from hypothesis import given
from hypothesis import strategies as st

from maskgan_studio.document.geometry.rasterize import rectangle
from maskgan_studio.document.session import Session
from maskgan_studio.labels import part_named

HAIR = part_named("hair").index


def paint(face: Session) -> None:
    left = 4 + face.history.position * 2
    face.paint("Rectangle", rectangle((left, 10), (left + 9, 20), face.stack.shape), HAIR)


@pytest.fixture
def other() -> Session:
    return Session.new(draw_face()[:, ::-1].copy())


def test_a_face_that_was_only_looked_at_is_no_change_and_is_not_kept(session, other):
    paint(session)
    session.group.mark_saved(Path("face.ora"))
    session.group.activate(other)
    assert other.group is session.group and other.path == Path("face.ora")
    assert not other.dirty and not session.dirty
    kept = other.group.project()
    assert not kept.others and (kept.layers[1].labels == session.stack.layers[1].labels).all()


def test_unsaved_work_in_any_face_is_unsaved_work_of_the_document(session, other):
    paint(session)
    session.group.activate(other)
    assert other.dirty
    paint(other)
    saved = other.group.state
    paint(session)
    other.group.mark_saved(Path("face.ora"), saved)
    assert other.dirty, "a stroke after the state that was saved"
    session.undo()
    assert not other.dirty and not session.dirty


def test_all_edited_faces_are_kept_the_one_edited_last_on_top(session, other):
    paint(session)
    session.group.activate(other)
    paint(other)
    project = session.group.project()
    assert (project.layers[0].labels == other.target_mask).all()
    assert [(each.layers[0].labels == session.target_mask).all() for each in project.others] == [True]
    other.group.activate(session)
    assert (session.group.project().layers[0].labels == session.target_mask).all()
    assert not session.group.project().others[0].others


def test_listeners_of_the_document_hear_of_every_face_once(session, other):
    heard = []
    session.group.changed.connect(lambda: heard.append(1))
    for face in (other, session, other):
        session.group.activate(face)
    for face in (session, other):
        before = len(heard)
        paint(face)
        assert len(heard) == before + 1


def test_a_face_put_in_the_place_of_another_takes_its_file_over(session, other):
    paint(session)
    session.group.mark_saved(Path("face.ora"))
    group = session.group
    group.replace_active(other)
    assert group.faces == (other,) and other.path == Path("face.ora") and other.dirty


def test_faces_that_a_project_brings_are_saved_with_it(session, other):
    paint(other)
    read = Session(session.project(), Path("face.ora"))
    read.group.lay_below(Session(other.project()))
    assert not read.dirty and [face is read for face in read.group.faces] == [False, True]
    recovered = Session(session.project(), saved=False)
    recovered.group.lay_below(Session(other.project()))
    assert recovered.dirty


@given(st.lists(st.tuples(st.integers(0, 2), st.sampled_from(["paint", "undo", "redo", "save", "go"])), max_size=25))
def test_a_document_is_unsaved_while_a_face_is_not_as_it_was_saved(steps):
    faces = [Session.new(np.zeros((64, 64), np.uint8)) for _ in range(3)]
    group = faces[0].group
    saved = [face.source_mask for face in faces]
    for number, step in steps:
        face = faces[number]
        group.activate(face)
        if step == "paint":
            paint(face)
        elif step == "undo":
            face.undo()
        elif step == "redo":
            face.redo()
        elif step == "save":
            group.mark_saved()
            saved = [each.source_mask for each in faces]
        differs = any((face.source_mask != mask).any() for face, mask in zip(faces, saved, strict=True))
        assert group.dirty or not differs
        assert 1 + len(group.project().others) == max(1, sum(each.is_touched for each in faces))
