import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from maskgan_studio.document.changes import PixelChange
from maskgan_studio.document.extras import change_extras
from maskgan_studio.document.geometry import rasterize
from maskgan_studio.document.geometry.mask_interpolation import interpolate_masks
from maskgan_studio.document.history import History
from maskgan_studio.document.patch import Patch
from maskgan_studio.document.session import Session
from maskgan_studio.errors import EditError
from maskgan_studio.labels import UNSET

SIDE = 24


def state_of(session: Session):
    """Everything that undo must bring back."""
    layers = [(x.id, x.name, x.visible, x.opacity, x.locked, x.labels.tobytes()) for x in session.stack.layers]
    return layers, session.target, session.stack.composite().tobytes()


def naive_composite(session: Session) -> np.ndarray:
    composite = np.zeros(session.stack.shape, np.uint8)
    for layer in session.stack.layers:
        if layer.visible:
            share = layer.opacity if layer.id else 1.0
            composite = interpolate_masks(composite, np.where(layer.labels != UNSET, layer.labels, composite), share)
    return composite


point = st.tuples(st.floats(-4, SIDE + 4), st.floats(-4, SIDE + 4))
label = st.sampled_from([0, 1, 4, 13, UNSET])
which = st.integers(0, 9)
commands = st.one_of(
    st.tuples(st.just("stroke"), st.lists(point, min_size=1, max_size=4), st.floats(0.5, 12), label),
    st.tuples(st.just("polygon"), st.lists(point, min_size=3, max_size=5), label),
    st.tuples(st.just("add")),
    st.tuples(st.sampled_from(["remove", "duplicate", "merge_down", "activate"]), which),
    st.tuples(st.just("move"), which, which),
    st.tuples(st.just("opacity"), which, st.floats(0, 1)),
    st.tuples(st.sampled_from(["show", "lock"]), which, st.booleans()),
    st.tuples(st.sampled_from(["undo", "redo"])),
    st.tuples(st.just("jump"), which),
)


def carry_out(session: Session, command: tuple) -> None:
    name, *arguments = command
    layers = session.stack.layers

    def layer_id(number: int) -> int:
        return layers[number % len(layers)].id

    match name:
        case "stroke":
            path, size, painted_label = arguments
            session.begin_stroke("Brush", path[0], size, painted_label)
            for position in path[1:]:
                session.extend_stroke(position, size)
            session.finish_edit()
        case "polygon":
            session.paint("Polygon", rasterize.polygon(arguments[0], session.stack.shape), arguments[1])
        case "add":
            session.layers.add("layer")
        case "remove" | "duplicate" | "merge_down":
            getattr(session.layers, name)(layer_id(arguments[0]))
        case "activate":
            session.activate_layer(layer_id(arguments[0]))
        case "move":
            session.layers.move(layer_id(arguments[0]), arguments[1])
        case "opacity":
            session.layers.set_opacity(layer_id(arguments[0]), arguments[1])
        case "show" | "lock":
            getattr(session.layers, name)(layer_id(arguments[0]), arguments[1])
        case "jump":
            session.jump(arguments[0])
        case _:
            getattr(session, name)()


@settings(max_examples=60, deadline=None)
@given(st.lists(commands, max_size=14))
def test_undo_and_redo_restore_exactly_whatever_was_done(sequence):
    session = Session.new(np.arange(SIDE * SIDE, dtype=np.uint8).reshape(SIDE, SIDE) % 19)
    known = {session.history.state: state_of(session)}
    session.layers.lock(0, False)
    known[session.history.state] = state_of(session)
    for command in sequence:
        before = state_of(session)
        try:
            carry_out(session, command)
        except EditError:
            assert state_of(session) == before, "what is refused changes nothing"
        assert known.setdefault(session.history.state, state_of(session)) == state_of(session)
        assert (session.stack.composite() == naive_composite(session)).all()
        assert session.active_layer in session.stack

    while session.history.can_undo:
        session.undo()
        assert state_of(session) == known[session.history.state]
    while session.history.can_redo:
        session.redo()
        assert state_of(session) == known[session.history.state]


def strokes(session: Session, count: int, seed: int = 5) -> None:
    rng = np.random.default_rng(seed)
    for _ in range(count):
        session.begin_stroke("Brush", tuple(rng.uniform(0, SIDE, 2)), 5, int(rng.integers(0, 19)))
        session.extend_stroke(tuple(rng.uniform(0, SIDE, 2)), 5)
        session.finish_edit()


def test_the_oldest_entries_are_forgotten_beyond_the_budget():
    session = Session.new(np.zeros((SIDE, SIDE), np.uint8), budget=20_000)
    states = []
    for seed in range(60):
        strokes(session, 1, seed)
        states.append(state_of(session))
        assert session.history.size <= 20_000
        assert session.history.size == sum(entry.size for entry in session.history.entries)
    kept = len(session.history.entries)
    assert 5 < kept < 60
    for expected in reversed(states[-kept:]):
        assert state_of(session) == expected
        session.undo()
    assert state_of(session) == states[-kept - 1]
    assert not session.history.can_undo
    session.group.mark_saved()
    session.redo()
    assert session.dirty


def test_the_newest_entry_is_kept_even_when_it_is_larger_than_the_budget():
    session = Session.new(np.zeros((SIDE, SIDE), np.uint8), budget=10)
    strokes(session, 3)
    assert len(session.history.entries) == 1
    assert session.history.can_undo


def test_label_maps_that_replace_others_count_for_the_budget():
    session = Session.new(np.zeros((SIDE, SIDE), np.uint8))
    for part in (4, 5):
        session.layers.put("Preset", "mouth", np.full((SIDE, SIDE), part, np.uint8), 1)
    session.layers.rename(1, "smile")
    put, _, renamed = session.history.entries
    assert put.size - renamed.size >= 2 * SIDE * SIDE - 50  # the old one and the new one, but for the thumbnails


def test_a_new_entry_ends_what_could_be_redone():
    session = Session.new(np.zeros((SIDE, SIDE), np.uint8))
    strokes(session, 3)
    session.jump(1)
    assert session.history.can_redo
    session.paint("Fill", rasterize.rectangle((0, 0), (5, 5), session.stack.shape), 17)
    assert not session.history.can_redo
    assert [str(entry.title) for entry in session.history.entries] == ["Left ear painted", "Neck painted"]


def test_what_a_slider_sends_is_one_entry_until_something_else_happens():
    session = Session.new(np.zeros((SIDE, SIDE), np.uint8))
    for opacity in (0.9, 0.6, 0.3):
        session.layers.set_opacity(1, opacity)
    session.layers.rename(1, "smile")
    session.layers.set_opacity(1, 0.2)
    assert [entry.title for entry in session.history.entries] == [
        "Strength of the layer",
        "Rename layer",
        "Strength of the layer",
    ]
    session.jump(1)
    assert session.stack[1].opacity == 0.3
    session.undo()
    assert session.stack[1].opacity == 1


def test_each_entry_has_a_thumbnail_of_the_composite():
    session = Session.new(np.zeros((512, 512), np.uint8))
    session.paint("Rectangle", rasterize.rectangle((0, 0), (256, 512), session.stack.shape), 3)
    thumbnail = session.history.entries[0].thumbnail
    assert thumbnail.shape == (64, 64)
    assert (thumbnail[:, :32] == 3).all()
    assert (thumbnail[:, 32:] == 0).all()


def test_a_stroke_takes_little_memory():
    labels = np.zeros((512, 512), np.uint8)
    painted = labels.copy()
    painted[100:300, 100:300] = 5
    assert PixelChange(Patch.between(0, labels, painted)).size < 1000
    assert History().budget > 10_000 * 3000, "room for some ten thousand strokes"


def test_kept_data_is_undone_and_merged():
    session = Session.new(np.zeros((8, 8), np.uint8))
    heard: list[int] = []
    session.events.extras_changed.connect(lambda: heard.append(1))
    change_extras(session, "Style", {"style": b"one"})
    change_extras(session, "Mix", {"mix": b"1"}, "mix")
    change_extras(session, "Mix", {"mix": None, "style": b"two"}, "mix")
    assert session.extras == {"style": b"two"} and len(session.history.entries) == 2
    session.undo()
    assert session.extras == {"style": b"one"}
    session.undo()
    assert session.extras == {} and not session.dirty
    session.jump(2)
    assert session.extras == {"style": b"two"} and len(heard) == 4
