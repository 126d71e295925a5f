"""What was painted on one face is kept in a file and done to another one."""

from __future__ import annotations

import numpy as np
import pytest
from drawn_face import draw_face
from hypothesis import given, settings
from hypothesis import strategies as st

from maskgan_studio.document.face_edit import FaceEdit, load_preset, save_preset
from maskgan_studio.document.operations.painted_presets import capture_painted, do_painted
from maskgan_studio.document.operations.part_transfer import GROUPS
from maskgan_studio.document.painted_edit import PaintedEdit
from maskgan_studio.document.session import Session
from maskgan_studio.errors import EditError
from maskgan_studio.labels import UNSET, part_named

INSIDE, HAT = (part_named(name).index for name in ("mouth", "hat"))
FACE, OTHER = draw_face(512), np.roll(draw_face(512), 10, axis=1)


@pytest.fixture
def painted_face() -> Session:
    """A wider opened mouth on one layer, a hat on another one."""
    session = Session.new(FACE.copy())
    mouth = np.full(FACE.shape, UNSET, np.uint8)
    mouth[372:392, 226:286] = INSIDE
    hat = np.full(FACE.shape, UNSET, np.uint8)
    hat[30:110, 150:360] = HAT
    session.layers.add("Mouth", mouth)
    session.layers.add("Hat", hat)
    return session


def insides(mask: np.ndarray) -> int:
    return int((mask == INSIDE).sum())


def test_a_mouth_alone_comes_out_of_its_layers_and_goes_to_another_face(painted_face, tmp_path):
    kept = capture_painted(painted_face.stack, parts=GROUPS["Mouth"])
    save_preset(tmp_path / "mouth.json", FaceEdit(painted=kept))
    loaded = load_preset(tmp_path / "mouth.json")
    assert loaded == FaceEdit(painted=kept)
    edited = do_painted(loaded.painted, OTHER)
    assert insides(edited) - insides(OTHER) == pytest.approx(insides(painted_face.source_mask) - insides(FACE), rel=0.2)
    assert (edited != HAT).all()
    assert abs(np.nonzero(edited == INSIDE)[1].mean() - 265) < 1.5


def test_a_weakened_preset_is_as_weak_when_it_is_read_again(painted_face, tmp_path):
    weak = FaceEdit(painted=capture_painted(painted_face.stack)).with_strength(0.5)
    save_preset(tmp_path / "weak.json", weak)
    assert load_preset(tmp_path / "weak.json") == weak


def test_one_layer_alone(painted_face):
    hat = painted_face.stack.layers[-1].id
    assert (do_painted(capture_painted(painted_face.stack, hat), OTHER) == HAT).sum() == pytest.approx(
        80 * 210, rel=0.1
    )
    with pytest.raises(EditError, match="paint it first"):
        capture_painted(painted_face.stack, hat, GROUPS["Mouth"])


def test_sliders_are_no_paint():
    session = Session.new(FACE.copy())
    session.face.set_values("Smile", {"smile": 0.6})
    with pytest.raises(EditError):
        capture_painted(session.stack)


def test_strength_goes_from_nothing_to_beyond(painted_face):
    kept = capture_painted(painted_face.stack, parts=GROUPS["Mouth"])
    amounts = [insides(do_painted(FaceEdit(painted=kept).with_strength(s).painted, OTHER)) for s in (0, 0.5, 1, 1.5)]
    assert amounts[0] == insides(OTHER) and amounts == sorted(set(amounts))


@settings(deadline=None, max_examples=30)
@given(st.binary(max_size=40), st.integers(-5, 10**9))
def test_damaged_paint_is_refused_in_one_sentence(junk, size):
    good = PaintedEdit.from_masks(FACE, OTHER).record()
    text = junk.decode("latin-1")
    damages = ({"size": size}, {"base": text}, {"edited": ""}, {"strength": "no"}, {"strength": -1 - abs(size)})
    for record in (*({**good, **damage} for damage in damages), [], None):
        if record != good:
            with pytest.raises(EditError):
                PaintedEdit.from_record(record)
