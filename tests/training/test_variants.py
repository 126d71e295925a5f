"""The paper's baselines and ablations as variants of any recipe."""

from __future__ import annotations

import shutil

import pytest

from maskgan_studio.errors import TrainingError
from maskgan_studio.training.export.export import export_run
from maskgan_studio.training.recipe import load_recipe, variant_names
from maskgan_studio.weights import find_set

FORMS = {
    "concat": ("concat", "pix2pixhd"),
    "pix2pixhd-m": ("none", "pix2pixhd"),
    "spade": ("none", "spade"),
}


def test_the_shipped_variants():
    assert set(variant_names()) == set(FORMS) | {"paper-decoder", "released-init", "noise-blur"}


@pytest.mark.parametrize(
    ("variant", "entry"),
    [("paper-decoder", ("style_in_decoder", False)), ("released-init", ("initialisation", "released"))],
)
def test_a_variant_takes_one_of_our_own_choices_back(variant, entry):
    plain, other = load_recipe("studio"), load_recipe(f"studio+{variant}")
    for stage in ("dmn", "ebst"):
        assert other.stage(stage).plain() == plain.stage(stage).plain() | dict([entry])
        assert other.stage(stage).plain() != plain.stage(stage).plain()


@pytest.mark.parametrize("base", ["paper", "studio", "tiny"])
def test_a_variant_changes_the_network_and_nothing_else(base):
    plain, concat = load_recipe(base), load_recipe(f"{base}+concat")
    assert concat.name == f"{base}+concat"
    for stage in ("dmn", "ebst"):
        assert concat.stage(stage).plain() == plain.stage(stage).plain() | {"fusion": "concat"}
        assert concat.digest(stage) != plain.digest(stage)
    assert concat.digest("parser") == plain.digest("parser")


def test_a_file_of_ones_own_has_variants_and_an_unknown_one_is_named(tmp_path):
    mine = tmp_path / "mine.toml"
    mine.write_text("[dmn]\nwidth = 4\n")
    assert load_recipe(f"{mine}+concat").tables == {"dmn": {"width": 4, "fusion": "concat"}}
    with pytest.raises(TrainingError, match=r"no variant 'grand'.*concat"):
        load_recipe("tiny+grand")


@pytest.mark.parametrize("variant", FORMS)
def test_a_variant_is_trained_exported_and_named_in_the_manifest(variant, faces, trained, train_stages, tmp_path):
    run = tmp_path / "run"
    shutil.copytree(trained / "mask-vae", run / "mask-vae")
    train_stages(faces, run, "dmn", "ebst", recipe=f"tiny+{variant}", steps=2)
    exported = export_run(run, tmp_path / "set", variant)
    arguments = exported.manifest.networks["dmn"].arguments
    assert (arguments["fusion"], arguments["generator"]) == FORMS[variant]
    assert exported.verify() == []


def test_noise_and_blur_are_added_to_a_set_without_them_and_stay(faces, trained_set, train_stages, tmp_path):
    plain = find_set(trained_set)
    options = {"recipe": "tiny+noise-blur", "steps": 2}
    run = train_stages(faces, tmp_path / "run", "dmn", init=str(plain.path), **options)
    exported = export_run(run, tmp_path / "noisy", "noisy")
    arguments = exported.manifest.networks["dmn"].arguments
    assert arguments["noise_in_decoder"] and arguments["blur_upsampling"]
    assert "`noise_in_decoder`" in exported.card() and "`noise_in_decoder`" not in plain.card()
    strengths = [noise.strength for noise in exported.load("dmn").backbone.up_noise]
    # Moved off 0 by two steps of Adam.
    assert all(0 < strength.abs().max() < 1e-3 for strength in strengths)
    with pytest.raises(TrainingError, match="choose the same variant"):
        train_stages(faces, tmp_path / "back", "dmn", recipe="tiny", init=str(exported.path), steps=1)


def test_a_set_of_another_form_is_no_start(faces, trained_set, train_stages, tmp_path):
    with pytest.raises(TrainingError, match="another style encoder or generator"):
        train_stages(faces, tmp_path / "run", "dmn", recipe="tiny+concat", init=str(trained_set), steps=1)
