"""What a report says: differences, provenance without folders, several protocols in one page."""

from __future__ import annotations

import json

import numpy as np
import pytest
from PIL import Image

from maskgan_studio.errors import DataError
from maskgan_studio.evaluation.comparison import differences, draw_conclusions
from maskgan_studio.evaluation.faces import Faces
from maskgan_studio.evaluation.methods import RenderedSmall, describe_weights, open_case
from maskgan_studio.evaluation.pairs import Pair, read_pairs
from maskgan_studio.evaluation.protocols import PROTOCOLS
from maskgan_studio.evaluation.provenance import without_folders
from maskgan_studio.evaluation.report import read_sections
from maskgan_studio.evaluation.scoring import GROUND_TRUTH, Scores
from maskgan_studio.networks import DenseMappingNetwork, FaceParser
from maskgan_studio.weights import find_set, save_set


def scores(**values: list[float]) -> Scores:
    return Scores(values={name.replace("_", " "): list(of_pair) for name, of_pair in values.items()})


def test_differences_are_taken_pair_by_pair():
    rng = np.random.default_rng(0)
    hard = rng.uniform(0, 90, 50)
    found = differences(
        {
            "A": scores(Accuracy=hard, Perceptual_distance=hard, Only_A=[1.0]),
            "B": scores(Accuracy=hard + 2, Perceptual_distance=hard + 2),
            "C": scores(Accuracy=hard + rng.normal(0, 5, 50)),
            GROUND_TRUTH: scores(Accuracy=hard),
        }
    )
    assert set(found) == {"B", "C"} and set(found["B"]) == {"Accuracy", "Perceptual distance"}
    sure = found["B"]["Accuracy"]
    assert (sure.value, sure.low, sure.high) == pytest.approx((2, 2, 2))
    better, worse, open_question = draw_conclusions("A", found)
    assert better == "B against A, Accuracy: +2 (+2 to +2, 50 pairs): better."
    assert worse.endswith("worse.") and open_question.endswith("these pairs do not tell them apart.")


@pytest.mark.parametrize(
    ("word", "shown"),
    [
        ("/home/ann/faces/celeba", "faces/celeba"),
        ("/home/ann/images:/home/ann/masks@0.5", "ann/images:ann/masks@0.5"),
        ("ELEGANT=/data/x/results/elegant", "ELEGANT=results/elegant"),
        ("/faces", "faces"),
        ("models/studio", "models/studio"),
        ("--held-out", "--held-out"),
    ],
)
def test_a_published_command_names_no_folders_of_the_machine(word, shown):
    assert without_folders(word) == shown


def test_the_origin_tells_form_training_and_file(tiny_set, tmp_path):
    network = DenseMappingNetwork(width=2, downsamplings=3, blocks=1, style_width=2, fusion="concat")
    trained = {"stages": {"dmn": {"steps": 120}}}
    one = save_set(tmp_path / "one", {"dmn": network}, name="one", training=trained, card="")
    assert describe_weights(one).startswith(
        "'one' (pix2pixhd, fusion concat, width 2, stage I 120 steps, no EBST; SHA-256 "
    )
    assert "steps" not in describe_weights(find_set(tiny_set))


def test_a_small_set_is_rendered_at_its_own_size_and_enlarged(data, tmp_path):
    network = DenseMappingNetwork(width=2, downsamplings=3, blocks=1, style_width=2)
    save_set(tmp_path / "small", {"dmn": network}, name="small", training={}, card="")
    method = RenderedSmall(str(tmp_path / "small"), 64)
    image = method.make_image(open_case(PROTOCOLS["style-copy"], Faces(str(data)), Pair.of("0", "1")))
    assert image.shape == (512, 512, 3) and image.dtype == np.uint8 and "64²" in method.origin
    small = np.array(Image.fromarray(image).resize((64, 64), Image.Resampling.BOX).resize((512, 512), 3))
    assert np.abs(small.astype(int) - image).mean() < 12  # nothing in it is finer than 64 x 64 shows


@pytest.fixture(scope="module")
def whole(data, run_command, tmp_path_factory):
    """`evaluate all` with two sets, 64 x 64, and what it has written."""
    folder = tmp_path_factory.mktemp("all")
    sets = []
    for name, fusion in (("plain", "sft"), ("concat", "concat")):
        network = DenseMappingNetwork(width=2, downsamplings=3, blocks=1, style_width=2, fusion=fusion)
        networks = {"dmn": network, "parser": FaceParser(width=4, working_size=64)}
        sets.append(save_set(folder / name, networks, name=name, training={}, card="").path)
    words = ["--data", data, "--count", 2, "--size", 64, "--device", "cpu", "--judge", sets[0], "--pictures", 0]
    methods = [word for path in sets for word in ("--weights", path)]
    run_command("evaluate", "all", *words, *methods, "--note", "Two random sets.", "-o", folder / "report.html")
    return folder


def test_all_protocols_stand_in_one_report(whole, data):
    sections = json.loads((whole / "report.json").read_text())["sections"]
    protocols = ["reconstruction", "attribute-transfer", "style-copy", "identity"]
    assert [section["protocol"] for section in sections] == protocols
    page = (whole / "report.html").read_text()
    for section in sections:
        assert set(section["figures"]) == {"plain", "concat", "GT"}
        assert set(section["differences"]) == {"concat"} and section["notes"] == ["Two random sets."]
        assert f"<h1>{section['title']}</h1>" in page
        assert len(read_pairs(whole / f"report.{section['protocol']}.pairs.csv")) == 2
    assert "Table 3" in page and "Table 5" in page and "MaskGAN-concat (paper)" in page
    assert str(data.parent) not in page + json.dumps(sections)
    assert "<img" not in page  # --images 0


def test_an_earlier_report_is_appended(whole, data, run_command, tmp_path):
    report = tmp_path / "again.html"
    words = ["--data", data, "--count", 2, "--size", 64, "--device", "cpu", "--judge", whole / "plain"]
    run_command(
        *("evaluate", "all", *words, "--weights", whole / "plain", "--pictures", 0),
        *("--include", whole / "report.json", "-o", report),
    )
    assert len(json.loads(report.with_suffix(".json").read_text())["sections"]) == 8
    assert report.read_text().count("<h1>Style copy</h1>") == 2


@pytest.mark.parametrize("text", ["no json", "[]", "{}", '{"sections": [{"title": "x"}]}'])
def test_what_is_no_report_is_not_appended(tmp_path, text):
    file = tmp_path / "report.json"
    file.write_text(text)
    with pytest.raises(DataError, match="not the JSON of a report"):
        read_sections(file)


def test_identical_folders_and_a_shifted_one(data, tiny_set, run_command, tmp_path):
    """Two folders of the photos themselves, and one with every photo 20 levels brighter: all answers are known."""
    faces = Faces(str(data))
    pairs = PROTOCOLS["reconstruction"].pairs(faces, 2, 0)
    for name, shift in (("One", 0), ("Two", 0), ("Brighter", 20)):
        (tmp_path / name).mkdir()
        for pair in pairs:
            image = faces.photo(pair.target).astype(int) + shift
            Image.fromarray(image.clip(0, 255).astype(np.uint8)).save(tmp_path / name / f"{pair.name}.png")
    report = tmp_path / "report.html"
    results = [word for name in ("One", "Two", "Brighter") for word in ("--results", f"{name}={tmp_path / name}")]
    run_command("evaluate", "reconstruction", "--data", data, "--count", 2, "--judge", tiny_set, "-o", report, *results)
    content = json.loads(report.with_suffix(".json").read_text())
    estimates, apart = content["figures"], content["differences"]
    assert estimates["One"] == estimates["Two"]
    assert (estimates["One"]["PSNR (dB)"]["value"], estimates["One"]["SSIM"]["value"]) == (100, pytest.approx(1))
    assert {column["value"] for column in apart["Two"].values()} == {0}
    # 20 log10(255 / 20) where nothing is clipped
    assert estimates["Brighter"]["PSNR (dB)"]["value"] == pytest.approx(22.1, abs=0.6)
    assert any("Brighter against One, PSNR (dB)" in line and "worse" in line for line in content["conclusions"])
