"""The history that a project keeps."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maskgan_studio.document.extras import change_extras
from maskgan_studio.document.geometry.rasterize import ellipse
from maskgan_studio.document.session import Session
from maskgan_studio.document.storage.history_record import HISTORY_NAME, restore_history
from maskgan_studio.document.storage.openraster import load_project
from maskgan_studio.document.storage.session_saving import prepare_saving
from maskgan_studio.errors import ProjectError, Translatable

SIDE = 24


def paint(session: Session, x: float, part: int) -> None:
    session.paint("Ellipse", ellipse((x - 4, 8.0), (x + 4, 16.0), session.stack.shape), part)


def states_of(session: Session) -> list[tuple[object, ...]]:
    """What every step leads to, from the first to the last; the session ends where it was."""
    position, states = session.history.position, []
    for number in range(len(session.history.entries) + 1):
        session.jump(number)
        layers = [(x.id, x.name, x.visible, x.opacity, x.labels.tobytes()) for x in session.stack.layers]
        extras = {name: data for name, data in session.extras.items() if name != HISTORY_NAME}
        states.append((layers, session.stack.composite().tobytes(), extras))
    session.jump(position)
    return states


@pytest.fixture
def session() -> Session:
    """Painted, arranged, styled, and one step undone."""
    session = Session.new(np.ones((SIDE, SIDE), np.uint8))
    session.set_extra(HISTORY_NAME, b"")
    paint(session, 8, 14)
    added = session.layers.add("Mine")
    paint(session, 12, 17)
    session.layers.set_opacity(added, 0.5)
    session.face.set_values("Smile", {"smile": 0.6})
    session.layers.set_opacity(session.face.layer.id, 0.25)
    change_extras(session, Translatable("Style mixed, {percent} %", {"percent": 50}), {"style": b"photo", "mix": b"1"})
    session.layers.put("Look", "Laid", np.full((SIDE, SIDE), 3, np.uint8), None)
    session.layers.put("Look", "Laid", np.full((SIDE, SIDE), 4, np.uint8), session.active_layer)
    session.layers.remove(added)
    change_extras(session, "Removed", {"style": None})
    session.undo()
    return session


@pytest.fixture
def file(session, tmp_path):
    path = tmp_path / "kept.ora"
    prepare_saving(session.group)(path)
    return path


def test_a_project_opened_again_undoes_and_redoes_as_before(session, file):
    again = Session(load_project(file))
    restore_history(again)
    assert again.history.position == session.history.position and not again.dirty
    assert [str(each.title) for each in again.history.entries] == [str(each.title) for each in session.history.entries]
    assert states_of(again) == states_of(session)
    again.undo()
    assert again.dirty
    again.redo()
    assert not again.dirty


def test_it_goes_on_and_is_kept_again(file, tmp_path):
    again = Session(load_project(file))
    restore_history(again)
    paint(again, 16, 2)
    prepare_saving(again.group)(tmp_path / "second.ora")
    third = Session(load_project(tmp_path / "second.ora"))
    restore_history(third)
    assert states_of(third) == states_of(again)


def test_without_the_wish_no_history_is_kept(session, tmp_path):
    session.set_extra(HISTORY_NAME, None)
    prepare_saving(session.group)(tmp_path / "plain.ora")
    assert HISTORY_NAME not in load_project(tmp_path / "plain.ora").extras


def test_a_history_that_does_not_lead_to_the_document_is_left_out(file):
    project = load_project(file)
    project.layers[2].labels[12, 8] = 5  # as another program would have painted
    again = Session(project)
    with pytest.raises(ProjectError, match="does not lead to"):
        restore_history(again)
    assert not again.can_undo and again.stack.layers[2].labels[12, 8] == 5


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_whatever_is_damaged_never_harms_the_document(data, tmp_path_factory):
    session = Session.new(np.ones((SIDE, SIDE), np.uint8))
    session.set_extra(HISTORY_NAME, b"")
    paint(session, 8, 14)
    session.layers.put("Look", "Laid", np.full((SIDE, SIDE), 3, np.uint8), None)
    change_extras(session, "Style", {"style": b"photo"})
    path = tmp_path_factory.mktemp("damaged") / "kept.ora"
    prepare_saving(session.group)(path)
    project = load_project(path)
    record = json.loads(project.extras[HISTORY_NAME])
    places = list(_places(record))
    holder, key = data.draw(st.sampled_from(places))
    holder[key] = data.draw(st.sampled_from([None, -1, 255, 10**12, "x", [], {}, [10**9] * 4, float("nan")]))
    project.extras[HISTORY_NAME] = json.dumps(record).encode()
    again = Session(project)
    before = again.source_mask
    try:
        restore_history(again)
    except ProjectError:
        assert not again.history.entries
    assert (again.source_mask == before).all() and not again.dirty
    states_of(again)
    assert (again.source_mask == before).all()


def _places(value):
    """Every place of nested lists and dicts."""
    for key in list(value) if isinstance(value, dict) else range(len(value)):
        yield value, key
        if isinstance(value[key], dict | list):
            yield from _places(value[key])
