"""The attribute classifiers: learnt from a table alone, resumed, exported, and put to judge."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
import torch
from lightning_fabric import Fabric
from PIL import Image

from maskgan_studio.errors import TrainingError
from maskgan_studio.evaluation.classification import AttributeEvaluator
from maskgan_studio.networks import AttributeClassifier
from maskgan_studio.photo.datasets import open_source, with_attributes
from maskgan_studio.training.checkpoint import load_checkpoint
from maskgan_studio.training.data.dataset import DecodedImages, split_samples
from maskgan_studio.training.export.export import export_run
from maskgan_studio.training.recipe import load_recipe
from maskgan_studio.training.stages.attributes import AttributesStage

CPU = torch.device("cpu")


@pytest.fixture(scope="module")
def people(tmp_path_factory) -> Path:
    """Images without masks: the bright ones are of men, and of the last one nothing is known."""
    root = tmp_path_factory.mktemp("people")
    rng = np.random.default_rng(0)
    rows = ["file,gender,ethnicity"]
    for i in range(40):
        picture = rng.integers(0, 60, (64, 64, 3)) + 180 * (i % 2)
        Image.fromarray(picture.astype(np.uint8)).save(root / f"{i:02d}.png")
        rows.append(f"{i:02d}.png,{'male' if i % 2 else 'female'},white")
    (root / "metadata.csv").write_text("\n".join(rows[:-1]) + "\n")
    return root


@pytest.fixture(scope="module")
def run(people, train_stages, tmp_path_factory) -> Path:
    torch.set_num_threads(1)
    return train_stages(people, tmp_path_factory.mktemp("runs") / "attributes", "attributes", steps=30)


def test_the_classifier_learns_what_the_table_says(run, people):
    judge = AttributeEvaluator(export_run(run, run / "set", "judge"))
    assert judge.attributes == ("Male",)
    for value, male in ((30, False), (210, True)):
        assert judge.classify(np.full((512, 512, 3), value, np.uint8)) == {"Male": male}


def test_a_resumed_run_reaches_the_same_numbers(run, people, train_stages, tmp_path):
    out = train_stages(people, tmp_path / "run", "attributes", steps=17)
    train_stages(people, out, "attributes", resume=True, steps=30)
    one, other = (load_checkpoint(folder / "attributes") for folder in (run, out))
    assert one is not None and other is not None and one["step"] == other["step"] == 30
    for name, tensor in one["stage"]["averages"]["attributes"].items():
        assert torch.equal(tensor, other["stage"]["averages"]["attributes"][name])


def test_the_run_leaves_figures_a_picture_and_a_card(run):
    assert list((run / "attributes" / "samples").glob("*.png"))
    card = export_run(run, run / "carded", "judge").card()
    assert "### Attribute classifiers" in card and "balanced_accuracy" in card


def test_another_table_does_not_resume_the_checkpoint(run, people, train_stages, tmp_path):
    shutil.copytree(run, tmp_path / "run")
    other = tmp_path / "people"
    shutil.copytree(people, other)
    table = other / "metadata.csv"
    table.write_text(table.read_text().replace("gender", "Smiling").replace("female", "no").replace("male", "yes"))
    with pytest.raises(TrainingError, match="checkpoint knows the attributes Male, the data now Smiling"):
        train_stages(other, tmp_path / "run", "attributes", resume=True, steps=40)


def test_data_that_know_nothing_of_what_is_wanted_are_refused(people, train_stages, tmp_path):
    recipe = Path(tmp_path / "mine.toml")
    shipped = Path(load_recipe.__code__.co_filename).parent / "recipes" / "tiny.toml"
    recipe.write_text(shipped.read_text().replace('names = ["Smiling", "Male"', 'names = ["Smiling", "Young"'))
    with pytest.raises(TrainingError, match="annotated with Male, but Smiling, Young"):
        train_stages(people, tmp_path / "run", "attributes", recipe=recipe)


def test_only_known_faces_count_and_masks_are_not_needed(people, tmp_path):
    source = with_attributes(open_source(str(people)))
    samples, sizes, _ = split_samples([source], "train", ["Male"])
    assert sizes == [39] and not samples[0].labelled
    decoded = DecodedImages(source.samples, 32, tmp_path, CPU, ["Smiling", "Male"])
    assert decoded.attributes[:3].tolist() == [[-1, 0], [-1, 1], [-1, 0]]
    assert decoded.attributes[-1].tolist() == [-1, -1] and decoded.masks.shape == (40, 32, 32)


def test_accuracy_counted_by_hand(people, tmp_path):
    """A classifier that says yes to everything: right for every man; balanced, no better than guessing."""
    network = AttributeClassifier(["Smiling", "Male"], width=4, working_size=32)
    torch.nn.init.zeros_(network.head.weight)
    torch.nn.init.ones_(network.head.bias)
    stage = AttributesStage(
        load_recipe("tiny").stage("attributes"), Fabric(accelerator="cpu"), {"attributes": network}, ["Male"]
    )
    chosen = with_attributes(open_source(str(people))).samples[:3]
    metrics = stage.validate(DecodedImages(chosen, 32, tmp_path, CPU, stage.attributes))
    assert metrics == pytest.approx({"accuracy": 1 / 3, "balanced_accuracy": 0.5, "accuracy_Male": 1 / 3})
