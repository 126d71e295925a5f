"""Is it the same person? By dlib where it is installed, with a sentence that says what to install where it is not."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from maskgan_studio.evaluation import dlib_verifier
from maskgan_studio.evaluation.dlib_verifier import DlibResNet
from maskgan_studio.evaluation.faces import Faces
from maskgan_studio.evaluation.protocols import PROTOCOLS

SAMPLES = Path(__file__).resolve().parents[2] / "resources" / "samples"


def report_on_own_photos(data, run_command, tmp_path) -> dict:
    """What `identity` reports of results that are the photos themselves."""
    faces = Faces(str(data))
    for pair in PROTOCOLS["identity"].pairs(faces, 2, 0):
        Image.fromarray(faces.photo(pair.target)).save(tmp_path / f"{pair.name}.png")
    report = tmp_path / "report.html"
    run_command(
        *("evaluate", "identity", "--data", data, "--count", 2, "--pictures", 0, "-o", report),
        *("--results", f"Same={tmp_path}"),
    )
    return json.loads(report.with_suffix(".json").read_text())


def test_without_dlib_the_report_says_what_to_install(data, run_command, tmp_path, monkeypatch):
    monkeypatch.setattr(dlib_verifier, "find_spec", lambda _: None)
    report = report_on_own_photos(data, run_command, tmp_path)
    assert any("maskgan-studio[identity]" in sentence and "--arcface" in sentence for sentence in report["missing"])
    assert not any("verification" in title for title in report["columns"])


@pytest.mark.skipif(not DlibResNet.is_installed(), reason="the extra `identity` is not installed")
def test_dlib_knows_a_face_again_and_is_not_called_arcface(data, run_command, tmp_path):
    report = report_on_own_photos(data, run_command, tmp_path)
    figures = report["figures"]["Same"]
    assert figures["Face verification accuracy (%), dlib's ResNet, not ArcFace"]["value"] == 100
    assert figures["The same at its author's threshold (%)"]["value"] == 100
    assert "Face verification accuracy (%)" not in report["columns"]  # that is the paper's, by ArcFace
    assert any("not ArcFace" in sentence for sentence in report["missing"])


@pytest.mark.skipif(not DlibResNet.is_installed(), reason="the extra `identity` is not installed")
def test_a_mirrored_portrait_is_the_same_person_and_another_one_is_not():
    files = (SAMPLES / f"portrait-{number}.png" for number in (1, 2))
    one, other = (np.asarray(Image.open(file).convert("RGB").resize((512, 512))) for file in files)
    verifier = DlibResNet()
    assert verifier.own_threshold is not None
    embeddings = [verifier.embedding(photo) for photo in (one, one[:, ::-1], other)]
    assert verifier.similarity(embeddings[0], embeddings[1]) > verifier.own_threshold
    assert verifier.similarity(embeddings[0], embeddings[2]) < verifier.own_threshold
