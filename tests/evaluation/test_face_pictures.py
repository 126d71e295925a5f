"""Faces that other processes have edited or parsed are measured as those of this one."""

from __future__ import annotations

import base64
import io
import json

import numpy as np
import pytest
from PIL import Image

from maskgan_studio.cli import main


def decode(address: str) -> np.ndarray:
    """The picture in a data URL."""
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(address.partition(",")[2]))), float)


@pytest.mark.parametrize("command", ["regrow", "parser"])
def test_two_processes_give_the_report_of_one(command, data, tiny_set, run_command, tmp_path, squeezenet_file):
    words = ["--data", data, "--weights", tiny_set, "--count", 2, "--device", "cpu", "--pictures", 2]
    words += ["--perceptual", squeezenet_file] if command == "regrow" else []
    reports = []
    for workers in (1, 2):
        report = tmp_path / str(workers) / "report.html"
        report.parent.mkdir()
        run_command("evaluate", command, *words, "--workers", workers, "-o", report)
        figures = json.loads(report.with_suffix(".json").read_text())["figures"]
        pictures = [part for part in report.read_text().split('"') if part.startswith("data:image")]
        reports.append((figures, pictures))
        assert {file.suffix for file in report.parent.iterdir()} == {".html", ".json"}
    (one, pictures), (two, same) = reports
    assert one and pictures and len(same) == len(pictures)
    for picture, other in zip(map(decode, pictures), map(decode, same), strict=True):
        assert np.abs(picture - other).mean() < 0.5
    # A worker has fewer threads, which add in another order.
    for title, figure in one["tiny"].items():
        assert two["tiny"].pop(title) == pytest.approx(figure, rel=1e-3), title
    assert not two["tiny"]


def test_a_face_that_cannot_be_read_is_left_out_and_named(data, tiny_set, tmp_path, capsys):
    photos = tmp_path / "photos"
    photos.mkdir()
    Image.open(data / "CelebA-HQ-img" / "0.jpg").save(photos / "0.jpg")
    (photos / "1.jpg").write_bytes(b"no picture")
    report = tmp_path / "report.html"
    words = ["evaluate", "parser", "--data", f"{photos}:{data / 'mask'}", "--weights", tiny_set, "-o", report]
    with pytest.raises(SystemExit) as end:
        main(list(map(str, words)))
    assert end.value.code == 1
    assert "left out: " in (said := capsys.readouterr().err) and "1.jpg" in said
    assert json.loads(report.with_suffix(".json").read_text())["figures"]["tiny"]["Pixel accuracy (%)"]["count"] == 1


def test_regrowing_needs_a_perceptual_network(data, tiny_set, tmp_path, capsys):
    words = ["evaluate", "regrow", "--data", data, "--weights", tiny_set, "-o", tmp_path / "report.html"]
    with pytest.raises(SystemExit) as end:
        main(list(map(str, words)))
    assert end.value.code == 1
    assert "give --perceptual" in capsys.readouterr().err
