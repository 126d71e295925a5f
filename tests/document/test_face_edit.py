"""Edits of a face as data: words of a command line, preset files, strengths."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maskgan_studio.document.deformation.sliders import SLIDERS
from maskgan_studio.document.face_edit import FaceEdit, load_preset, save_preset
from maskgan_studio.errors import EditError, ProjectError
from maskgan_studio.recoloring import Recoloring

VALUES = st.dictionaries(st.sampled_from(SLIDERS), st.floats(0, 1), max_size=8).map(
    lambda drawn: {slider.name: slider.low + share * (slider.high - slider.low) for slider, share in drawn.items()}
)


@given(VALUES)
def test_json_gives_the_same_edit_back(values):
    edit = FaceEdit(values)
    assert FaceEdit.from_json(edit.to_json()) == edit


def test_a_preset_file_is_read_back(tmp_path):
    edit = FaceEdit({"smile": 0.6, "eyes.size.left": 0.1})
    save_preset(tmp_path / "happy.json", edit)
    assert load_preset(tmp_path / "happy.json") == edit


def test_words_become_values():
    edit = FaceEdit.from_words(["smile=0.6", "eyes.size=-.2", "smile=0.4"])
    assert edit.values == {"smile": 0.4, "eyes.size": -0.2}


@pytest.mark.parametrize("word", ["smile", "smile=much", "grin=1", "smile=", "eyes.size=2", "=1"])
def test_other_words_are_refused_in_one_sentence(word):
    with pytest.raises(EditError) as refused:
        FaceEdit.from_words([word])
    assert "\n" not in str(refused.value)


def test_strength_scales_as_far_as_the_sliders_go():
    edit = FaceEdit({"smile": 0.8, "eyes.size": -0.2})
    assert edit.with_strength(0.5).values == {"smile": 0.4, "eyes.size": -0.1}
    assert edit.with_strength(1.5).values == pytest.approx({"smile": 1.0, "eyes.size": -0.3})
    assert edit.with_strength(0).is_empty


def test_a_later_edit_replaces_what_it_names():
    both = FaceEdit({"smile": 0.5, "nose.width": 0.1}).then(FaceEdit({"smile": 0.2}))
    assert both.values == {"smile": 0.2, "nose.width": 0.1}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"[]",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"format": "maskgan-studio-face", "version": 9, "values": {}}',
        b'{"format": "maskgan-studio-face", "version": 1, "values": {"smile": "wide"}}',
        b'{"format": "maskgan-studio-face", "version": 1, "values": {"smile": NaN}}',
        b'{"format": "maskgan-studio-face", "version": 1, "values": {"grin": 1}}',
        json.dumps({"format": "other", "version": 1, "values": {}}).encode(),
    ],
)
def test_files_that_are_no_presets_are_refused_with_their_name(tmp_path, content):
    path = tmp_path / "odd.json"
    path.write_bytes(content)
    with pytest.raises(EditError, match=r"odd\.json"):
        load_preset(path)


def test_a_missing_preset_is_named(tmp_path):
    with pytest.raises(ProjectError, match=r"gone\.json"):
        load_preset(tmp_path / "gone.json")


def test_colours_are_read_from_words_kept_in_json_and_weakened():
    edit = FaceEdit.from_words(["hair.color=#7a3b1d", "hair.strength=0.8", "smile=0.5", "lips.lightness=-0.2"])
    assert edit.colors == {"hair": Recoloring("#7a3b1d", strength=0.8), "lips": Recoloring(lightness=-0.2)}
    assert FaceEdit.from_json(edit.to_json()) == edit
    assert edit.with_strength(0.5).colors["hair"].strength == pytest.approx(0.4)
    assert edit.then(FaceEdit(colors={"hair": Recoloring(hue=20)})).colors["hair"] == Recoloring(hue=20)
    assert (
        not FaceEdit(colors={"hair": Recoloring("#ffffff")}).is_empty
        and FaceEdit(colors={"hat": Recoloring()}).is_empty
    )


@pytest.mark.parametrize("word", ["teeth.color=#ffffff", "hair.color=brown", "hair.hue=x", "lips.strength=2"])
def test_colours_that_cannot_be_set_are_refused(word):
    with pytest.raises(EditError):
        FaceEdit.from_words([word])


@pytest.mark.parametrize("colors", [[], {"hair": 1}, {"hair": {"shine": 1}}, {"teeth": {}}, {"hair": {"hue": []}}])
def test_damaged_colours_are_an_edit_error(colors):
    content = {"format": "maskgan-studio-face", "version": 2, "values": {}, "colors": colors}
    with pytest.raises(EditError):
        FaceEdit.from_json(json.dumps(content))
