"""Recipes hold every number, and say so where one is missing."""

from __future__ import annotations

import pytest

from maskgan_studio.errors import TrainingError
from maskgan_studio.training.loop import position_of
from maskgan_studio.training.recipe import TRAINABLE, Phase, Recipe, Settings, load_recipe, recipe_names

SHIPPED = ("paper", "studio", "tiny")


def test_the_shipped_recipes():
    assert set(SHIPPED) <= set(recipe_names())


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_recipe_has_every_entry_of_tiny(name):
    """`tiny` is trained with in these tests, so it lacks nothing that any stage reads."""
    recipe, tiny = load_recipe(name), load_recipe("tiny")
    assert 0 <= recipe.data["validation"] < 1
    for stage in TRAINABLE:
        have, wanted = recipe.stage(stage), tiny.stage(stage)
        assert set(wanted) <= set(have), stage
        assert set(wanted["augmentation"]) <= set(have["augmentation"]), stage
        phases = recipe.phases(stage)
        assert phases and all(phase.steps > 0 and phase.batch > 0 for phase in phases)
        assert all(phase.size % 32 == 0 for phase in phases)


def test_a_missing_entry_names_itself():
    settings = Settings({"augmentation": {}}, "'mine' [dmn]")
    with pytest.raises(TrainingError, match=r"'mine' \[dmn\] lacks the entry 'width'"):
        settings["width"]
    with pytest.raises(TrainingError, match="augmentation lacks the entry 'flip'"):
        settings["augmentation"]["flip"]
    with pytest.raises(TrainingError, match=r"no \[dmn\] table"):
        Recipe("empty", {}).stage("dmn")


def test_unusable_recipe_files_are_named(tmp_path):
    with pytest.raises(TrainingError, match="shipped ones are"):
        load_recipe("grand")
    with pytest.raises(TrainingError, match="no recipe file"):
        load_recipe(str(tmp_path / "none.toml"))
    broken = tmp_path / "broken.toml"
    broken.write_text("[dmn\n")
    with pytest.raises(TrainingError, match="not valid TOML"):
        load_recipe(str(broken))
    broken.write_text("[dmn]\nphases = [{ size = 64 }]\n")
    with pytest.raises(TrainingError, match=r"phase of \[dmn\]"):
        load_recipe(str(broken)).phases("dmn")


def test_the_rate_falls_from_the_named_point_to_the_end():
    phase = Phase(size=64, batch=4, steps=100, learning_rate=1.0, final_learning_rate=0.0, decay_from=0.5)
    assert [phase.rate_at(step) for step in (0, 50, 75, 100, 200)] == [1.0, 1.0, 0.5, 0.0, 0.0]


def table(**changes: object) -> Recipe:
    phases = [{"size": 64, "batch": 4, "steps": 10, "learning_rate": 1e-3, "final_learning_rate": 1e-3}]
    return Recipe("mine", {"dmn": {"width": 4, "phases": phases} | changes})


def test_the_digest_lets_a_run_be_lengthened_and_nothing_else():
    longer = [{"size": 64, "batch": 4, "steps": 99, "learning_rate": 1e-3, "final_learning_rate": 1e-3}]
    assert table(phases=longer).digest("dmn") == table().digest("dmn")
    assert table(width=8).digest("dmn") != table().digest("dmn")


def test_steps_find_their_phase():
    phases = [Phase(64, 8, 10, 1, 1), Phase(128, 4, 5, 1, 1)]
    assert [position_of(phases, step).index for step in (0, 9, 10, 14, 99)] == [0, 0, 1, 1, 1]
    at = position_of(phases, 12)
    assert (at.step_in_phase, at.samples_before) == (2, 10 * 8 + 2 * 4)
