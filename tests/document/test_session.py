import pytest

from maskgan_studio.document.geometry import rasterize
from maskgan_studio.document.geometry.rect import Rect
from maskgan_studio.document.operations.painting import Constraints, paint_patch
from maskgan_studio.document.project import Project
from maskgan_studio.document.session import Session
from maskgan_studio.errors import EditError
from maskgan_studio.labels import UNSET

HAIR = 13


class Listener:
    """Writes down the names of the events of a session."""

    def __init__(self, session: Session) -> None:
        self.heard: list[str] = []
        self.rects: list[Rect] = []
        for name, signal in vars(session.events).items():
            signal.connect(lambda *_, name=name: self.heard.append(name))
        session.events.mask_changed.connect(self.rects.append)

    def take(self) -> list[str]:
        heard, self.heard = self.heard, []
        return heard


@pytest.fixture
def listener(session) -> Listener:
    return Listener(session)


def square(session: Session, left: float = 10) -> rasterize.Cover:
    return rasterize.rectangle((left, 10), (left + 10, 20), session.stack.shape)


def test_a_new_document_is_clean_and_painted_above_the_photo(session, face):
    assert not session.dirty
    assert session.stack.base.locked
    assert session.active_layer != session.stack.base.id
    session.paint("Rectangle", square(session), HAIR)
    assert (session.target_mask == face).all()
    assert (session.source_mask[10:20, 10:20] == HAIR).all()


def test_masks_handed_out_are_the_callers_own(session):
    source, target = session.source_mask, session.target_mask
    source[:], target[:] = 7, 7
    assert not (session.source_mask == 7).all()
    assert not (session.target_mask == 7).all()


def test_a_stroke_announces_what_to_repaint_and_then_one_entry(session, listener):
    session.begin_stroke("Brush", (20, 20), 5, HAIR)
    session.extend_stroke((60, 20), 5)
    assert listener.take() == ["mask_changed", "mask_changed"]
    session.finish_edit()
    assert listener.take() == ["history_changed"]
    assert session.dirty
    session.finish_edit()
    session.extend_stroke((90, 90), 5)
    assert listener.take() == []


def test_escape_and_undo_take_the_stroke_under_way_back(session, face):
    for take_back in (session.cancel_edit, session.undo):
        session.begin_stroke("Brush", (20, 20), 30, HAIR)
        session.extend_stroke((60, 60), 30)
        take_back()
        assert (session.source_mask == face).all()
        assert not session.history.entries
        assert not session.dirty


def test_a_refused_stroke_leaves_no_edit_behind(session):
    session.activate_layer(session.stack.base.id)
    with pytest.raises(EditError):
        session.begin_stroke("Brush", (20, 20), 5)
    session.layers.lock(session.stack.base.id, False)
    with pytest.raises(EditError):
        session.begin_stroke("Eraser", (20, 20), 5, UNSET)
    session.undo()
    assert session.stack.base.locked, "undo reached the entry, no edit was under way"


def test_anything_else_finishes_the_stroke_under_way(session):
    others = [
        lambda: session.layers.add("more"),
        lambda: session.activate_layer(session.stack.base.id),
        lambda: session.paint("Rectangle", square(session, 90), 5),
        lambda: session.redo(),
    ]
    for count, other in enumerate(others, start=1):
        session.activate_layer(session.stack.layers[1].id)
        session.begin_stroke("Brush", (5, 5), 3 * count, HAIR)
        other()
        titles = [str(entry.title) for entry in session.history.entries]
        assert sum(title in ("Brush", "Hair painted") for title in titles) == count


def test_tools_obey_the_constraints_of_the_session(session, face):
    session.constrain(Constraints(locked_parts=frozenset(range(1, 19))))
    session.begin_stroke("Brush", (64, 64), 120, HAIR)
    session.finish_edit()
    assert (session.source_mask[face > 0] == face[face > 0]).all()
    assert session.dirty


def test_a_preview_becomes_one_entry(session):
    session.begin_edit("Move")
    for left in (10, 30, 50):
        session.preview(lambda left=left: paint_patch(session.stack, session.active_layer, square(session, left), HAIR))
    session.finish_edit()
    assert (session.stack[1].labels != UNSET).sum() == 100
    assert [entry.title for entry in session.history.entries] == ["Move"]


def test_a_preview_that_fails_gives_back_what_was_shown(session, face, listener):
    session.begin_edit("Move")
    session.preview(lambda: paint_patch(session.stack, session.active_layer, square(session), HAIR))
    shown = listener.rects[-1]
    listener.take()

    def fail():
        raise EditError("no")

    with pytest.raises(EditError):
        session.preview(fail)
    assert (session.source_mask == face).all()
    assert listener.rects[-1] == shown


def test_a_patch_made_before_other_edits_is_undone_exactly(session):
    late = paint_patch(session.stack, 1, square(session), HAIR)
    session.paint("Rectangle", square(session, 5), 5)
    before = session.source_mask
    session.apply("Late", late, None)
    assert (session.source_mask[10:20, 10:20] == HAIR).all()
    session.undo()
    assert (session.source_mask == before).all()


def test_saving_and_undoing_back_to_the_saved_state_is_clean(session, listener, tmp_path):
    session.paint("Rectangle", square(session), HAIR)
    session.group.mark_saved(tmp_path / "face.ora")
    session.paint("Rectangle", square(session, 50), HAIR)
    assert session.dirty
    session.undo()
    assert not session.dirty
    assert session.path == tmp_path / "face.ora"
    assert listener.take().count("saved") == 1
    session.set_extra("style.safetensors", b"data")
    assert session.dirty
    session.group.mark_saved()
    assert not session.dirty


def test_a_snapshot_does_not_change_any_more(session, face):
    snapshot = session.project()
    session.layers.lock(session.stack.base.id, False)
    for layer in session.stack.layers:
        session.activate_layer(layer.id)
        session.paint("Rectangle", square(session), HAIR)
    session.set_extra("note", b"later")
    assert (snapshot.layers[0].labels == face).all()
    assert (snapshot.layers[1].labels == UNSET).all()
    assert snapshot.extras == {}


def test_listeners_of_layer_events_find_the_session_up_to_date(session):
    seen = []
    session.events.layers_changed.connect(lambda: seen.append(session.stack[session.active_layer].name))
    first = session.layers.add("smile")
    copy = session.layers.duplicate(first)
    session.layers.rename(copy, "frown")
    session.layers.remove(copy)
    session.undo()
    assert seen == ["smile", "smile", "frown", "smile", "frown"]


def test_merging_down_keeps_what_one_sees(session):
    session.paint("Rectangle", square(session), HAIR)
    upper = session.layers.add("upper")
    session.paint("Rectangle", square(session, 15), 5)
    seen = session.source_mask
    session.layers.merge_down(upper)
    assert (session.source_mask == seen).all()
    assert len(session.stack.layers) == 2
    assert session.active_layer == session.stack.layers[1].id
    with pytest.raises(EditError, match="locked"):
        session.layers.merge_down(session.active_layer)
    with pytest.raises(EditError, match="nothing below"):
        session.layers.merge_down(session.stack.base.id)
    hidden = session.layers.add("hidden")
    session.layers.show(hidden, False)
    with pytest.raises(EditError, match="Hidden"):
        session.layers.merge_down(hidden)


def test_the_base_stays_visible_and_at_the_bottom(session):
    base = session.stack.base.id
    other = session.layers.add("other")
    session.layers.move(other, 0)
    assert session.stack.base.id == base
    for refused in (
        lambda: session.layers.remove(base),
        lambda: session.layers.move(base, 1),
        lambda: session.layers.show(base, False),
    ):
        with pytest.raises(EditError, match="base mask"):
            refused()


def test_painting_the_base_changes_the_target_mask(session, listener):
    session.activate_layer(session.stack.base.id)
    session.layers.lock(session.stack.base.id, False)
    listener.take()
    session.paint("Rectangle", square(session), HAIR)
    assert "target_changed" in listener.take()
    session.begin_stroke("Brush", (50, 50), 9, HAIR)
    assert "target_changed" not in listener.take()
    session.finish_edit()
    assert "target_changed" in listener.take()
    session.activate_layer(1)
    session.paint("Rectangle", square(session, 60), HAIR)
    assert "target_changed" not in listener.take()


def test_a_project_opens_as_it_was(session):
    added = session.layers.add("glasses")
    session.activate_part(3)
    session.set_extra("style", b"numbers")
    reopened = Session(session.project())
    assert [layer.name for layer in reopened.stack.layers] == ["From the photo", "Edits", "glasses"]
    assert (reopened.active_layer, reopened.active_part) == (added, 3)
    assert reopened.extras == {"style": b"numbers"}
    assert reopened.layers.add("another") not in {layer.id for layer in session.stack.layers}
    assert Session(Project(session.project().layers, active_layer=99)).active_layer == added


def test_a_listener_that_left_hears_nothing(session):
    heard = []
    session.events.active_changed.connect(heard.append)
    session.events.active_changed.disconnect(heard.append)
    session.activate_part(4)
    assert heard == []
