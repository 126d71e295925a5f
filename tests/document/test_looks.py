"""Expressions, and how presets are found by name."""

from __future__ import annotations

import pytest
from drawn_face import draw_face

from maskgan_studio.document.deformation.reshape import reshape_face
from maskgan_studio.document.face_edit import FaceEdit, save_preset
from maskgan_studio.document.looks import LOOKS, find_preset, list_own_looks
from maskgan_studio.errors import EditError, ProjectError

BY_NAME = {look.name: look.edit for look in LOOKS}


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
@pytest.mark.parametrize("strength", [0.0, 0.5, 1.0, 1.5])
def test_an_expression_folds_nothing_at_any_strength(look, strength):
    deformation = reshape_face(draw_face(512), look.edit.with_strength(strength).values)
    assert deformation.jacobian().min() > 0
    assert deformation.is_identity == (strength == 0 or look.name == "neutral")


def test_an_expression_replaces_the_one_before_and_leaves_the_shape_alone():
    shape = FaceEdit({"face.jaw": -0.1, "nose.width": 0.1})
    edit = shape.then(BY_NAME["wink-left"]).then(BY_NAME["smile"])
    assert edit == shape.then(BY_NAME["smile"])
    calm = edit.then(BY_NAME["neutral"]).values
    assert {name: value for name, value in calm.items() if value} == dict(shape.values)


def test_presets_are_found_by_file_by_name_and_among_ones_own(tmp_path):
    mine = FaceEdit({"smile": 0.3})
    save_preset(tmp_path / "mine.json", mine)
    assert find_preset(str(tmp_path / "mine.json")) == (mine, tmp_path / "mine.json")
    assert find_preset("mine", (tmp_path,)) == (mine, tmp_path / "mine.json")
    assert find_preset("laugh", (tmp_path,)) == (BY_NAME["laugh"], None)
    with pytest.raises(EditError, match="one of neutral, smile"):
        find_preset("grin", (tmp_path,))
    with pytest.raises(ProjectError, match="could not be opened"):
        find_preset("grin.json", (tmp_path,))


def test_what_is_no_preset_is_not_listed(tmp_path):
    save_preset(tmp_path / "mine.json", FaceEdit({"smile": 0.3}))
    (tmp_path / "other.json").write_text("{}")
    assert [look.title for look in list_own_looks(tmp_path)] == ["mine"]
    assert list_own_looks(tmp_path / "absent") == []
