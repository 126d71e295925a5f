from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maskgan_studio.document.geometry.rect import Rect
from maskgan_studio.document.layers import Layer, LayerStack, follow
from maskgan_studio.errors import EditError, MaskError
from maskgan_studio.labels import UNSET

SIDE = 12


def naive_composite(layers) -> np.ndarray:
    composite = np.zeros_like(layers[0].labels)
    for row, column in np.ndindex(composite.shape):
        for layer in layers:
            if layer.visible and layer.labels[row, column] != UNSET:
                composite[row, column] = layer.labels[row, column]
    return composite


def random_layers(count: int, seed: int) -> list[Layer]:
    rng = np.random.default_rng(seed)
    base = Layer(0, "base", rng.integers(0, 19, (SIDE, SIDE)).astype(np.uint8))
    layers = [base]
    for number in range(1, count):
        labels = rng.integers(0, 19, (SIDE, SIDE)).astype(np.uint8)
        labels[rng.random((SIDE, SIDE)) < 0.6] = UNSET
        layers.append(Layer(number, str(number), labels, visible=bool(rng.random() < 0.8)))
    return layers


rects = st.tuples(*[st.integers(0, SIDE)] * 4).map(
    lambda t: Rect(min(t[0], t[1]), min(t[2], t[3]), max(t[0], t[1]) + 1, max(t[2], t[3]) + 1)
)


@settings(max_examples=60)
@given(st.integers(1, 6), st.integers(0, 999), st.lists(st.tuples(st.integers(0, 5), rects, st.booleans()), max_size=8))
def test_the_composite_equals_a_naive_one_whatever_is_edited_and_focused(count, seed, edits):
    layers = random_layers(count, seed)
    stack = LayerStack(layers)
    rng = np.random.default_rng(seed + 1)
    for layer_id, rect, focus in edits:
        layer_id %= count
        if focus:
            stack.focus(layer_id)
        region = layers[layer_id].labels[rect.slices]
        region[...] = rng.integers(0, 19) if layer_id == 0 or rng.random() < 0.7 else UNSET
        stack.refresh(layer_id, rect)
        assert (stack.composite() == naive_composite(layers)).all()
    shuffled = [layers[0], *reversed(layers[1:])]
    stack.arrange(shuffled)
    assert (stack.composite() == naive_composite(shuffled)).all()


def test_the_composite_is_a_live_read_only_view():
    stack = LayerStack(random_layers(3, seed=1))
    seen = stack.composite()
    stack.base.labels[:] = 7
    stack.refresh(0, stack.rect)
    stack.arrange(stack.layers[:1])
    assert (seen == 7).all()
    with pytest.raises(ValueError, match="read-only"):
        seen[0, 0] = 1


def disk(radius: float, part: int) -> np.ndarray:
    y, x = np.ogrid[:128, :128]
    return np.where((x - 64) ** 2 + (y - 64) ** 2 <= radius**2, part, UNSET).astype(np.uint8)


def test_at_half_strength_an_outline_goes_half_of_the_way():
    base = np.where(disk(20, 17) == 17, np.uint8(17), np.uint8(1))
    stack = LayerStack([Layer(0, "base", base), Layer(1, "hair", disk(40, 17), opacity=0.5)])
    assert np.sqrt((stack.composite() == 17).sum() / np.pi) == pytest.approx(30, abs=1)
    stack.arrange([stack.base, replace(stack[1], opacity=0.0)])
    assert (stack.composite() == base).all()
    stack.arrange([stack.base, replace(stack[1], opacity=1.0)])
    assert (stack.composite() == np.where(disk(40, 17) == 17, 17, base)).all()


def test_what_comes_is_thinner_at_half_strength_and_what_goes_is_not_gone():
    base = np.full((128, 128), 1, np.uint8)
    base[10:20, 10:60] = 6
    edit = np.full_like(base, UNSET)
    edit[10:20, 10:60] = 1
    edit[100:110, 10:60] = 6  # the part moved beyond its own height
    seen = LayerStack([Layer(0, "base", base), Layer(1, "brow", edit, opacity=0.5)]).composite()
    for rows in (slice(8, 22), slice(98, 112)):
        assert 0 < (seen[rows] == 6).sum() < 500


@pytest.mark.parametrize("active", [0, 1, 2])
def test_a_stroke_below_on_or_above_a_weakened_layer_shows_at_once(active):
    layers = [Layer(0, "base", np.full((128, 128), 1, np.uint8)), Layer(1, "weak", disk(40, 17), opacity=0.5)]
    stack = LayerStack([*layers, Layer(2, "top", np.full((128, 128), UNSET, np.uint8))])
    stack.focus(active)
    before = stack.composite().copy()
    stack[active].labels[60:80, 60:110] = 4
    rect = stack.refresh(active, Rect(60, 60, 80, 110))
    assert (stack.composite() == LayerStack(stack.layers).composite()).all()
    changed = Rect.around(before != stack.composite())
    assert changed is not None and changed.intersection(rect) == changed


@pytest.mark.parametrize(
    "fault", ["none", "size", "ids", "hidden base", "unset base", "unknown class", "unknown in edits", "type", "rgb"]
)
def test_what_is_no_stack_is_refused_and_changes_nothing(fault):
    stack = LayerStack(random_layers(3, seed=2))
    before, composite = stack.layers, stack.composite().copy()
    base = before[0]
    wrong = {
        "none": (),
        "size": (replace(base, labels=np.zeros((SIDE + 1, SIDE), np.uint8)),),
        "ids": (base, base),
        "hidden base": (replace(base, visible=False),),
        "unset base": (replace(base, labels=np.full((SIDE, SIDE), UNSET, np.uint8)),),
        "unknown class": (replace(base, labels=np.full((SIDE, SIDE), 19, np.uint8)),),
        "unknown in edits": (base, replace(before[1], labels=np.full((SIDE, SIDE), 19, np.uint8))),
        "type": (replace(base, labels=np.zeros((SIDE, SIDE), int)),),
        "rgb": (replace(base, labels=np.zeros((SIDE, SIDE, 3), np.uint8)),),
    }[fault]
    with pytest.raises(MaskError):
        stack.arrange(wrong)
    assert stack.layers is before
    assert (stack.composite() == composite).all()


def test_a_layer_that_is_gone_is_named_in_a_sentence():
    with pytest.raises(EditError, match="no longer part"):
        LayerStack(random_layers(2, seed=2))[9]


def test_the_active_layer_follows_what_happens_to_the_layers():
    a, b, c = random_layers(3, seed=4)
    assert follow(b.id, (a, b), (a, b, c)) == c.id, "a new layer becomes active"
    assert follow(b.id, (a, b, c), (a, c, b)) == b.id
    assert follow(b.id, (a, b, c), (a, c)) == c.id, "what moved into its place"
    assert follow(c.id, (a, b, c), (a, b)) == b.id, "the last one, when the last one went"
