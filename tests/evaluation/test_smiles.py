"""Smiles whose answer is known, people who are there twice, and the command."""

from __future__ import annotations

import csv

import cv2
import numpy as np
import pytest

from maskgan_studio.errors import DataError
from maskgan_studio.evaluation import smiles
from maskgan_studio.evaluation.faces import Faces
from maskgan_studio.evaluation.metrics import PerceptualDistance
from maskgan_studio.evaluation.pairs import Pair
from maskgan_studio.evaluation.smiles import LEFT, evaluate_smiles, find_smiles, score_smiles
from maskgan_studio.labels import part_named

INSIDE, UPPER = part_named("mouth").index, part_named("u_lip").index


class People(Faces):
    """Every person is there twice: as the data have them, and with the mouth closed."""

    def photo(self, name):
        photo = super().photo(name.removeprefix("closed "))
        if name.startswith("closed "):
            photo = np.where((super().mask(name[7:]) == INSIDE)[..., None], np.uint8((150, 60, 60)), photo)
        return photo

    def mask(self, name):
        mask = super().mask(name.removeprefix("closed "))
        return np.where(mask == INSIDE, np.uint8(UPPER), mask) if name.startswith("closed ") else mask


class Copier:
    """Gives a picture that it knows, or leaves the photo as it is."""

    def __init__(self, answer=None):
        self._answer = answer

    def style(self, target):
        return None

    def render_edit(self, target, mask, style):
        assert (mask == INSIDE).sum() > 300, "the mouth is asked to open"
        return target.crop

    def composite(self, target, mask, drawn, style):
        return drawn if self._answer is None else self._answer


class OneOfASize:
    """Takes photos of the same person for alike: they differ in the mouth alone."""

    def embedding(self, photo):
        return cv2.resize(photo[: len(photo) // 2], (8, 8), interpolation=cv2.INTER_AREA).ravel().astype(float)

    def similarity(self, one, other):
        return -float(np.abs(one - other).max())


@pytest.fixture
def people(data):
    return People(str(data))


def test_the_real_smile_leaves_nothing_and_the_untouched_photo_all(people, squeezenet_file):
    name = people.names[0]
    pair = Pair.of(f"closed {name}", name)
    shown, steps = [], []
    scores = score_smiles(
        {"answer": Copier(people.photo(name)), "nothing": Copier()},
        people,
        [pair],
        PerceptualDistance(squeezenet_file),
        lambda *case: shown.append(case),
        steps.append,
    )
    assert steps == [pair.name]
    assert scores["answer"].estimates[LEFT].value < 0.05
    assert scores["nothing"].estimates[LEFT].value == pytest.approx(1)
    ((_, pictures),) = shown
    assert np.abs(pictures["real smile"].astype(int) - people.photo(name)).mean() < 1, "brought to the same frame"


def test_who_is_there_twice_is_found_with_the_closed_mouth_first(people):
    names = [*people.names, *(f"closed {name}" for name in people.names)]
    steps = []
    pairs = find_smiles(people, names, OneOfASize(), -1.0, steps.append)
    assert steps == names
    assert {(f"closed {name}", name) for name in people.names} <= {(pair.target, pair.source) for pair in pairs}
    assert all(pair.target.startswith("closed ") and not pair.source.startswith("closed ") for pair in pairs)


def test_the_command_measures_the_pairs_that_it_is_given(
    data, tiny_set, run_command, tmp_path, capsys, squeezenet_file, monkeypatch
):
    monkeypatch.setattr("maskgan_studio.evaluation.experiment.Faces", People)
    name = Faces(str(data)).names[0]
    listed = tmp_path / "pairs.csv"
    with listed.open("w", newline="") as stream:
        csv.writer(stream).writerows([("name", "target", "source"), ("a", f"closed {name}", name)])
    monkeypatch.setattr(People, "check", lambda self, names: list(names))
    words = ["evaluate", "smiles", "--data", data, "--weights", tiny_set, "--device", "cpu", "--pairs", listed]
    run_command(*words, "--perceptual", squeezenet_file, "-o", tmp_path / "report.html")
    assert LEFT in capsys.readouterr().err
    assert (tmp_path / "report.html").is_file() and (tmp_path / "report.json").is_file()


def test_without_a_distance_or_two_photos_of_anybody_a_sentence_says_so(data, tmp_path, squeezenet_file, monkeypatch):
    from maskgan_studio.evaluation.experiment import FaceExperiment

    experiment = FaceExperiment(str(data))
    monkeypatch.setattr(smiles, "DlibResNet", lambda: type("Nobody", (OneOfASize,), {"own_threshold": 1e9})())
    for perceptual, message in ((None, "give --perceptual"), (squeezenet_file, "Nobody is in")):
        with pytest.raises(DataError, match=message):
            evaluate_smiles(experiment, None, perceptual, tmp_path / "r.html", 0, _quiet, [])


class _Quiet:
    def __enter__(self):
        return lambda name: None

    def __exit__(self, *error):
        return None


def _quiet(title, total):
    return _Quiet()
