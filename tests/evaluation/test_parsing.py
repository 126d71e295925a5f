"""The parser's scores have known answers, and the command writes them down."""

from __future__ import annotations

import json

import numpy as np
import pytest

from maskgan_studio.evaluation.bootstrap import bootstrap_mean_f1, bootstrap_ratio
from maskgan_studio.evaluation.faces import Faces
from maskgan_studio.evaluation.parsing import ACCURACY, MEAN_F1, score_parsers
from maskgan_studio.labels import part_named

HAIR, HAT = part_named("hair").index, part_named("hat").index


def test_a_parser_that_is_right_has_all_and_one_that_calls_hair_a_hat_lacks_both(data):
    faces = Faces(str(data))

    def truth(name: str, photo: np.ndarray, mask: np.ndarray) -> dict[str, np.ndarray]:
        return {"mask": mask}

    def hatter(name: str, photo: np.ndarray, mask: np.ndarray) -> dict[str, np.ndarray]:
        return {"mask": np.where(mask == HAIR, np.uint8(HAT), mask)}

    shown = []
    scores = score_parsers(
        {"right": truth, "hatter": hatter}, faces, faces.names, lambda *case: shown.append(case), lambda _: None
    )
    assert len(shown) == 4
    right, wrong = scores["right"].estimates, scores["hatter"].estimates
    assert right[ACCURACY].value == right[MEAN_F1].value == 100
    assert right["F1: Hair"].value == 1 > wrong["F1: Hair"].value == 0
    parts = len([title for title in right if title.startswith("F1: ")])
    assert "F1: Hat" not in right  # none in the truth
    assert wrong[MEAN_F1].value == pytest.approx(100 * (parts - 1) / parts)
    assert wrong[f"{MEAN_F1}, over right"].value == pytest.approx(-100 / parts)


def test_parts_that_a_draw_does_not_have_do_not_spoil_the_interval():
    hits, totals = np.array([[5, 0], [5, 0], [5, 4]]), np.array([[10, 0], [10, 0], [10, 16]])
    found = bootstrap_mean_f1(hits, totals)
    assert found.value == pytest.approx(75)
    assert found.low == pytest.approx(75) and found.high == pytest.approx(100)
    rare = bootstrap_ratio(2.0 * hits[:, 1], totals[:, 1])
    assert rare.low == rare.value == rare.high == 0.5


def test_the_command_prints_and_reports_the_parsers_scores(data, tiny_set, run_command, tmp_path, capsys):
    run_command("evaluate", "parser", "--data", data, "--weights", tiny_set, "--count", 2, "-o", tmp_path / "a.html")
    assert "Pixel accuracy (%)" in capsys.readouterr().err
    figures = json.loads((tmp_path / "a.json").read_text())["figures"]["tiny"]
    assert figures[ACCURACY]["count"] == 2 and 0 <= figures["F1: Skin"]["value"] <= 1
    assert "Face parser" in (tmp_path / "a.html").read_text()
