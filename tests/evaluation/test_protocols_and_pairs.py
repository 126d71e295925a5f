"""Pair lists, protocols, survey counts, and the report end to end on drawn faces."""

from __future__ import annotations

import json
from html import unescape

import numpy as np
import pytest
import torch
from PIL import Image

from maskgan_studio.cli import main
from maskgan_studio.errors import DataError
from maskgan_studio.evaluation.faces import Faces
from maskgan_studio.evaluation.pairs import Pair, read_pairs, write_pairs
from maskgan_studio.evaluation.protocols import PROTOCOLS, replace_mouth
from maskgan_studio.evaluation.survey import tally
from maskgan_studio.networks import FaceParser
from maskgan_studio.weights import save_set


def test_pair_lists_survive_the_file(tmp_path):
    pairs = [Pair.of("0/a", "1/b"), Pair.of("c", "c")]
    assert [pair.name for pair in pairs] == ["0_a-1_b", "c"]
    write_pairs(tmp_path / "pairs.csv", pairs)
    assert read_pairs(tmp_path / "pairs.csv") == pairs


@pytest.mark.parametrize(
    "text", ["", "name,target\na,b\n", "name,target,source\na,b,c\na,b,c\n", "name,target,source\n../a,b,c\n"]
)
def test_bad_pair_lists_are_refused(tmp_path, text):
    (tmp_path / "pairs.csv").write_text(text)
    with pytest.raises(DataError):
        read_pairs(tmp_path / "pairs.csv")


def test_style_copy_pairs_everyone_once_with_somebody_else(data):
    faces = Faces(str(data))
    pairs = PROTOCOLS["style-copy"].pairs(faces, None, 7)
    assert sorted(pair.target for pair in pairs) == sorted(pair.source for pair in pairs) == ["0", "1", "2", "3"]
    assert all(pair.target != pair.source for pair in pairs)


def test_smiles_go_from_smiling_faces_to_others_of_similar_pose(data):
    pairs = PROTOCOLS["attribute-transfer"].pairs(Faces(str(data)), None, 0)
    assert {pair.target for pair in pairs} == {"1", "3"}
    assert {pair.source for pair in pairs} <= {"0", "2"}


def test_a_pose_file_decides_where_it_is_there(data, tmp_path):
    faces = Faces(str(data))
    faces.poses = {"0": (40.0, 0, 0), "1": (1.0, 0, 0), "2": (0.0, 0, 0), "3": (39.0, 0, 0)}
    pairs = PROTOCOLS["attribute-transfer"].pairs(faces, None, 0)
    assert {(pair.target, pair.source) for pair in pairs} == {("1", "2"), ("3", "0")}


def test_swapped_masks_pair_everyone_with_the_nearest_pose(data):
    faces = Faces(str(data))
    faces.poses = {"0": (40.0, 0, 0), "1": (1.0, 0, 0), "2": (0.0, 0, 0), "3": (39.5, 0, 0)}
    protocol = PROTOCOLS["swapped-masks"]
    pairs = protocol.pairs(faces, None, 0)
    assert [(pair.target, pair.source) for pair in pairs] == [("0", "3"), ("3", "0"), ("1", "2"), ("2", "1")]
    assert np.array_equal(protocol.edit(faces.mask("0"), faces.mask("3")), faces.mask("3"))


def test_photos_themselves_are_parsed_as_well_as_photos(data, tmp_path):
    """A method that gives the real photo of every mask back reaches the ratio 1 whatever the parser is worth."""
    judge = FaceParser(width=4, working_size=64)
    for parameter in judge.parameters():
        torch.nn.init.zeros_(parameter)  # finds background everywhere
    save_set(tmp_path / "judge", {"parser": judge}, name="judge", training={}, card="# Judge\n")
    faces = Faces(str(data))
    pairs = PROTOCOLS["swapped-masks"].pairs(faces, 3, 0)
    for name in ("First", "Second"):
        (tmp_path / name).mkdir()
        for pair in pairs:
            Image.fromarray(faces.photo(pair.source)).save(tmp_path / name / f"{pair.name}.png")
    report = tmp_path / "report.html"
    words = ["evaluate", "swapped-masks", "--data", data, "--count", 3, "--judge", tmp_path / "judge", "-o", report]
    words += ["--results", f"First={tmp_path / 'First'}", "--results", f"Second={tmp_path / 'Second'}"]
    with pytest.raises(SystemExit) as stopped:
        main([str(word) for word in words])
    assert stopped.value.code in (0, None)
    estimates = json.loads(report.with_suffix(".json").read_text())["figures"]
    for name in ("First", "Second"):
        assert estimates[name]["Segmentation relative to photos"]["value"] == pytest.approx(1)
    assert estimates["Second"]["Segmentation, points over First"]["value"] == 0


def test_the_mouth_is_replaced_and_nothing_else():
    target = np.ones((4, 4), np.uint8)
    target[0] = [10, 11, 12, 13]
    source = np.full((4, 4), 17, np.uint8)
    source[2] = [11, 10, 12, 13]
    edited = replace_mouth(target, source)
    assert edited.tolist() == [[1, 1, 1, 13], [1, 1, 1, 1], [11, 10, 12, 1], [1, 1, 1, 1]]


def test_tally_counts_shares_and_repeated_answers_once(tmp_path):
    file = tmp_path / "answers.csv"
    file.write_text("participant,pair,choice,shown\n1,a,X,X|Y\n1,a,Y,X|Y\n1,b,Y,Y|X\n2,a,X,X|Y\n2,b,Y,X|Y\n")
    shares = tally([file])
    assert shares["Y"].value == 75 and shares["X"].value == 25 and shares["X"].count == 4
    file.write_text("participant,pair,choice,shown\n1,a,Z,X|Y\n")
    with pytest.raises(DataError):
        tally([file])


@pytest.mark.parametrize("protocol", sorted(PROTOCOLS))
def test_a_report_from_a_tiny_set_and_a_folder(data, tiny_set, tmp_path, protocol):
    """The folder holds the photos themselves: a perfect reconstruction."""
    folder = tmp_path / "perfect"
    folder.mkdir()
    pairs = PROTOCOLS[protocol].pairs(Faces(str(data)), 2, 0)
    for pair in pairs:
        Image.fromarray(Faces(str(data)).photo(pair.target)).save(folder / f"{pair.name}.png")
    report = tmp_path / "out" / "report.html"
    words = ["evaluate", protocol, "--data", data, "--count", 2, "--device", "cpu", "-o", report]
    words += ["--weights", tiny_set, "--judge", tiny_set, "--results", f"Perfect={folder}"]
    with pytest.raises(SystemExit) as stopped:
        main([str(word) for word in words])
    assert stopped.value.code in (0, None)
    content = json.loads(report.with_suffix(".json").read_text())
    finished = {"tiny in the photo"} if protocol == "identity" else set()
    assert set(content["figures"]) == {"tiny", "Perfect", "GT"} | finished
    assert read_pairs(report.with_suffix(".pairs.csv")) == pairs
    page = unescape(report.read_text())
    assert content["missing"] and all(sentence in page for sentence in content["missing"])
    if protocol == "reconstruction":
        perfect = content["figures"]["Perfect"]
        assert perfect["PSNR (dB)"]["value"] == 100 and perfect["SSIM"]["value"] == pytest.approx(1)
        assert perfect["Segmentation (%)"] == content["figures"]["GT"]["Segmentation (%)"]
        assert content["figures"]["tiny"]["PSNR (dB)"]["value"] < 40
