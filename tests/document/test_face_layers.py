"""Layers that reshape the face: what one sees, what is undone, what is kept."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maskgan_studio.document import face_layers
from maskgan_studio.document.deformation.labels import deform_labels
from maskgan_studio.document.deformation.reshape import reshape_face
from maskgan_studio.document.face_edit import FaceEdit
from maskgan_studio.document.geometry.rasterize import Cover, capsule
from maskgan_studio.document.session import Session
from maskgan_studio.document.storage.openraster import load_project, save_project
from maskgan_studio.errors import EditError
from maskgan_studio.labels import UNSET, part_named
from maskgan_studio.recoloring import Recoloring

HAIR = part_named("hair").index
BIG_EYES = {"eyes.size": 0.3}


def reshaped(mask: np.ndarray, values: dict[str, float]) -> np.ndarray:
    return deform_labels(mask, reshape_face(mask, values))


def dab(x: int, y: int, size: int, session: Session) -> Cover | None:
    return capsule((x, y), (x, y), size, size, session.stack.shape)


def test_sliders_move_the_mask_and_the_photo_alike(session: Session, face: np.ndarray):
    session.face.set_values("Eyes: size", BIG_EYES)
    moved = session.stack.moved_photo
    assert (session.source_mask == reshaped(face, BIG_EYES)).all()
    assert (session.target_mask == face).all()
    assert moved is not None and (moved.mask == session.source_mask).all()
    assert (moved.deformation.offsets == reshape_face(face, BIG_EYES).offsets).all()


def test_without_the_photo_only_the_mask_moves(session: Session, face: np.ndarray):
    session.face.set_values("Eyes: size", BIG_EYES)
    session.face.carry_photo(False)
    assert session.stack.moved_photo is None
    assert (session.source_mask == reshaped(face, BIG_EYES)).all()


def test_a_gaze_moves_no_class_and_is_undone(session: Session, face: np.ndarray):
    session.face.set_values("Gaze", {"gaze.x": 0.5})
    assert session.stack.gaze.left.right == 4 and session.stack.moved_photo is None
    assert (session.source_mask == face).all()
    session.undo()
    assert session.stack.gaze.is_identity


def test_sliders_at_zero_change_nothing(session: Session, face: np.ndarray):
    session.face.set_values("Eyes: size", BIG_EYES)
    session.face.set_values("Eyes: size", {"eyes.size": 0.0})
    assert (session.source_mask == face).all()
    assert session.stack.moved_photo is None


def test_the_layer_lies_below_what_is_painted_and_painting_stays(session: Session):
    edits = session.active_layer
    session.paint("Hair", dab(64, 64, 30, session), HAIR)
    painted = session.stack[edits].labels.copy()
    session.face.set_values("Smile", {"smile": 0.6})
    layer = session.face.layer
    assert layer is not None and session.stack.index(layer.id) == 1
    assert session.active_layer == edits
    assert (session.stack[edits].labels == painted).all()
    assert (session.source_mask[painted != UNSET] == HAIR).all()
    assert session.layers.add("new") and session.stack.index(layer.id) == 1


@pytest.mark.parametrize("strength", [0.0, 0.5, 1.0])
def test_opacity_is_the_strength_of_the_edit(session: Session, face: np.ndarray, strength: float):
    session.face.set_values("Eyes: size", BIG_EYES)
    assert session.face.layer is not None
    session.layers.set_opacity(session.face.layer.id, strength)
    assert (session.source_mask == reshaped(face, {"eyes.size": 0.3 * strength})).all()


def test_hidden_or_removed_it_does_nothing(session: Session, face: np.ndarray):
    session.face.set_values("Eyes: size", BIG_EYES)
    assert session.face.layer is not None
    seen = session.source_mask
    session.layers.show(session.face.layer.id, False)
    assert (session.source_mask == face).all() and session.stack.moved_photo is None
    session.layers.show(session.face.layer.id, True)
    assert (session.source_mask == seen).all() and session.stack.moved_photo is not None
    session.layers.remove(session.face.layer.id)
    assert (session.source_mask == face).all() and session.stack.moved_photo is None
    session.undo()
    assert (session.source_mask == seen).all()


def test_one_entry_per_drag(session: Session, face: np.ndarray):
    for value in (0.1, 0.2, 0.3):
        session.face.set_values("Eyes: size", {"eyes.size": value}, merge_key=("face", 1))
    for value in (0.1, 0.2):
        session.face.set_values("Smile", {"eyes.size": 0.3, "smile": value}, merge_key=("face", 2))
    assert [entry.title for entry in session.history.entries] == ["Eyes: size", "Smile"]
    session.undo()
    assert (session.source_mask == reshaped(face, BIG_EYES)).all()
    session.undo()
    assert session.face.layer is None and (session.source_mask == face).all()
    session.redo()
    session.redo()
    assert (session.source_mask == reshaped(face, {"eyes.size": 0.3, "smile": 0.2})).all()


def test_a_baked_edit_stays_and_the_sliders_begin_anew(session: Session, face: np.ndarray):
    session.face.set_values("Eyes: size", BIG_EYES)
    once = session.source_mask
    session.face.bake()
    assert session.face.layer is None and (session.source_mask == once).all()
    session.face.set_values("Eyes: size", BIG_EYES)
    assert (session.source_mask == reshaped(once, BIG_EYES)).all()
    moved = session.stack.moved_photo
    assert moved is not None and (moved.mask == session.source_mask).all()
    # The photo is sampled once, with both movements in one.
    both = reshape_face(face, BIG_EYES).then(reshape_face(once, BIG_EYES))
    assert np.abs(moved.deformation.offsets - both.offsets).max() < 1e-3


def test_painting_on_the_photos_own_mask_moves_along(session: Session, face: np.ndarray):
    session.face.set_values("Brows: height", {"brows.height": 0.5})
    session.layers.lock(0, False)
    session.activate_layer(0)
    session.paint("Hair", dab(64, 120, 15, session), HAIR)
    base = session.target_mask
    assert (base != face).any()
    assert (session.source_mask == reshaped(base, {"brows.height": 0.5})).all()
    session.undo()
    assert (session.source_mask == reshaped(face, {"brows.height": 0.5})).all()


def test_what_cannot_be_done_is_said(session: Session):
    session.face.set_values("Eyes: size", BIG_EYES)
    assert session.face.layer is not None
    layer = session.face.layer.id
    with pytest.raises(EditError, match="stays right above"):
        session.layers.move(layer, 2)
    with pytest.raises(EditError, match="cannot be merged"):
        session.layers.merge_down(1)
    with pytest.raises(EditError, match="bake"):
        session.layers.duplicate(layer)
    session.activate_layer(layer)
    with pytest.raises(EditError, match="follows the sliders"):
        session.paint("Hair", dab(60, 60, 20, session), HAIR)


def test_a_project_keeps_the_sliders(session: Session, tmp_path):
    session.face.set_values("Eyes: size", BIG_EYES)
    session.face.bake()
    session.face.set_values("Smile", {"smile": 0.4})
    session.face.carry_photo(False)
    assert session.face.layer is not None
    session.layers.set_opacity(session.face.layer.id, 0.5)
    save_project(tmp_path / "face.ora", session.project())
    again = Session(load_project(tmp_path / "face.ora"))
    assert [layer.face for layer in again.stack.layers] == [layer.face for layer in session.stack.layers]
    assert (again.source_mask == session.source_mask).all()
    assert again.face.setting.edit == FaceEdit({"smile": 0.4})
    here, there = session.stack.moved_photo, again.stack.moved_photo
    assert here is not None and there is not None and here.key == there.key


def test_a_project_keeps_the_colours(session: Session, tmp_path):
    session.face.set_values("Smile", {"smile": 0.4})
    session.face.set_color("Colour", "hair", Recoloring("#7a3b1d", lightness=0.2))
    session.face.set_values("Smile", {"smile": 0.2})
    session.face.set_color("Colour", "lips", Recoloring(hue=20.0))
    session.face.set_color("Own colour", "lips", Recoloring())
    save_project(tmp_path / "face.ora", session.project())
    again = Session(load_project(tmp_path / "face.ora"))
    assert again.stack.colors == session.stack.colors == {"hair": Recoloring("#7a3b1d", lightness=0.2)}
    assert again.face.setting.edit.values == {"smile": 0.2}


def test_a_colour_moves_nothing_and_is_not_waited_for(session: Session, monkeypatch):
    session.face.set_values("Eyes: size", BIG_EYES)
    moved, mask = session.stack.moved_photo, session.source_mask.copy()

    def fail(*_: object) -> None:
        raise AssertionError("the face is deformed again")

    monkeypatch.setattr(face_layers, "reshape_face", fail)
    session.face.set_color("Colour", "hair", Recoloring(hue=30.0))
    assert session.stack.colors == {"hair": Recoloring(hue=30.0)}
    assert session.stack.moved_photo is moved and (session.source_mask == mask).all()


VALUES = st.dictionaries(st.sampled_from(["eyes.size", "smile", "face.jaw"]), st.floats(-0.2, 0.2), max_size=2)


@settings(deadline=None, max_examples=8)
@given(st.lists(VALUES, min_size=1, max_size=4))
def test_undo_and_redo_restore_every_pixel(edits):
    from drawn_face import draw_face

    session = Session.new(draw_face(128))
    seen = [session.source_mask]
    for number, values in enumerate(edits):
        session.face.set_values("Face", values, merge_key=number)
        seen.append(session.source_mask)
    positions = list(range(len(session.history.entries) + 1))
    kept = [seen[0]]
    session.jump(0)
    for position in positions[1:]:
        session.jump(position)
        kept.append(session.source_mask)
    assert (kept[-1] == seen[-1]).all()
    for position in reversed(positions):
        session.jump(position)
        assert (session.source_mask == kept[position]).all()
