"""Figures of the bare picture that are known beforehand, and the command that prints them."""

from __future__ import annotations

import json

import numpy as np
import pytest

from maskgan_studio.evaluation.bare_pictures import ERROR, RATIO, STYLE, WEAVE, score_bare_pictures
from maskgan_studio.evaluation.bootstrap import bootstrap_correlation
from maskgan_studio.evaluation.faces import Faces
from maskgan_studio.evaluation.metrics import PerceptualDistance
from maskgan_studio.labels import NUM_CLASSES


class Copier:
    """Gives the style photo back."""

    def style(self, target):
        return target

    def render(self, mask, style):
        return style.crop


class Painter(Copier):
    """Paints every part in the mean colour that it has in the style photo."""

    def render(self, mask, style):
        picture = np.zeros((*mask.shape, 3), np.uint8)
        for part in range(NUM_CLASSES):
            if (style.mask == part).any():
                picture[mask == part] = style.crop[style.mask == part].mean(axis=0).round()
        return picture


class Tinted(Faces):
    """Every face in a light of its own."""

    def photo(self, name):
        tint = np.random.default_rng(self.names.index(name)).uniform(0.4, 1, 3)
        return (super().photo(name) * tint).astype(np.uint8)


def test_a_copy_has_no_distance_and_a_painting_has_all_colours(data, squeezenet_file):
    faces, shown, steps = Tinted(str(data)), [], []
    scores = score_bare_pictures(
        {"copy": Copier(), "painting": Painter()},
        faces,
        faces.names,
        PerceptualDistance(squeezenet_file),
        lambda *case: shown.append(case),
        steps.append,
    )
    assert steps == faces.names and len(shown) == len(steps)
    copy, painting = scores["copy"].estimates, scores["painting"].estimates
    assert copy[RATIO].value == pytest.approx(0, abs=1e-6) and copy[ERROR].value == 0
    assert painting[RATIO].value > 0.01 and painting[ERROR].value > 0
    for part in ("skin", "hair"):
        assert painting[STYLE.format(part)].value > 0.99
    assert all(estimate.low <= estimate.value <= estimate.high for estimate in painting.values())


def test_the_interval_of_a_correlation_holds_it():
    rng = np.random.default_rng(1)
    a = rng.normal(size=(40, 3))
    b = a + rng.normal(size=(40, 3))
    found = bootstrap_correlation(a, b)
    assert found.value == pytest.approx(np.mean([np.corrcoef(a[:, i], b[:, i])[0, 1] for i in range(3)]))
    assert found.low < found.value < found.high and found.count == 40
    assert bootstrap_correlation(a, -2 * a).value == pytest.approx(-1)


def test_the_command_prints_and_reports_the_figures(data, tiny_set, run_command, tmp_path, capsys, squeezenet_file):
    words = ["evaluate", "bare", "--data", data, "--weights", tiny_set, "--device", "cpu", "--pictures", 1]
    run_command(*words, "--perceptual", squeezenet_file, "-o", tmp_path / "a.html")
    assert RATIO in capsys.readouterr().err
    figures = json.loads((tmp_path / "a.json").read_text())["figures"]["tiny"]
    assert 0 < figures[ERROR]["value"] < 1 and figures[RATIO]["value"] > 0
    assert WEAVE not in figures or figures[WEAVE]["count"] > 0
    assert "Bare picture" in (tmp_path / "a.html").read_text()


@pytest.mark.parametrize(
    ("count", "with_distance", "said"), [(1, True, "give two faces"), (4, False, "give --perceptual")]
)
def test_what_is_missing_is_said(count, with_distance, said, data, tiny_set, tmp_path, squeezenet_file, capsys):
    from maskgan_studio.cli import main

    words = ["evaluate", "bare", "--data", str(data), "--weights", str(tiny_set), "--count", str(count)]
    words += ["--perceptual", str(squeezenet_file)] if with_distance else []
    with pytest.raises(SystemExit):
        main([*words, "--device", "cpu", "-o", str(tmp_path / "a.html")])
    assert said in capsys.readouterr().err
