"""Finished edits: what is measured has known answers, and the commands write their report."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from maskgan_studio.cli import main
from maskgan_studio.engine.synthetic_face import draw_sample_crop, draw_sample_mask
from maskgan_studio.evaluation.bootstrap import Estimate
from maskgan_studio.evaluation.comparison import draw_conclusions
from maskgan_studio.evaluation.edit_battery import EDITS
from maskgan_studio.evaluation.edits import paint_out
from maskgan_studio.evaluation.texture_metrics import cut_lower_rim, measure_ghost, measure_weave
from maskgan_studio.labels import part_named

SKIN, HAIR, EYE = (part_named(name).index for name in ("skin", "hair", "l_eye"))


def grain(seed: int = 0) -> np.ndarray:
    return np.clip(128 + np.random.default_rng(seed).normal(0, 10, (256, 256, 1)), 0, 255).repeat(3, 2).astype(np.uint8)


def test_a_region_like_its_surroundings_has_no_ghost_and_one_with_edges_has():
    labels = np.full((256, 256), SKIN, np.uint8)
    region = np.zeros((256, 256), bool)
    region[100:140, 100:160] = True
    plain = grain()
    assert measure_ghost(plain, region, labels, SKIN) == pytest.approx(1, abs=0.1)
    ring = plain.copy()
    ring[115:125, 110:150] = 20
    assert measure_ghost(ring, region, labels, SKIN) > 1.3
    assert measure_ghost(plain, region, labels, HAIR) is None


def test_what_repeats_every_16_pixels_is_weave_and_grain_is_none():
    everywhere = np.ones((256, 256), bool)
    x = np.arange(256)
    woven = (
        (128 + 40 * np.sin(2 * np.pi * x / 16)[None, :] + np.zeros((256, 1))).astype(np.uint8)[..., None].repeat(3, 2)
    )
    assert measure_weave(woven, everywhere) > 0.4
    assert abs(measure_weave(grain(), everywhere)) < 0.05
    assert measure_weave(woven, np.zeros((256, 256), bool)) is None


def test_painting_out_hides_the_part_in_photo_and_mask_and_nothing_far_from_it():
    photo, mask = draw_sample_crop(), draw_sample_mask()
    painted, bare = paint_out(photo, mask, ["l_eye"])
    eye = mask == EYE
    assert not (bare == EYE).any() and (bare[eye] == SKIN).all()
    assert np.array_equal(bare[~eye], mask[~eye])
    assert np.abs(painted[eye].astype(int) - photo[eye]).mean() > 5
    assert np.array_equal(painted[:, :200], photo[:, :200])


def test_the_lower_rim_follows_the_regions_lower_edge():
    region = np.zeros((20, 20), bool)
    region[5:15, 3:9], region[5:12, 9:12] = True, True
    above = cut_lower_rim(region, 4)
    assert above[5:11, 3:9].all() and above[5:8, 9:12].all() and above.sum() == 6 * 6 + 3 * 3


@pytest.mark.parametrize("title", EDITS)
def test_every_edit_changes_the_mask_and_leaves_it_whole(title):
    mask = draw_sample_mask()
    edited = EDITS[title](mask.copy())
    assert edited is not None
    assert (edited != mask).sum() > 100
    assert edited.max() < 19


def test_half_of_a_part_is_painted_out_to_the_right_of_its_middle():
    mask = np.full((128, 128), SKIN, np.uint8)
    mask[10:40, 20:60] = HAIR
    photo = np.full((128, 128, 3), 200, np.uint8)
    photo[mask == HAIR] = 40
    painted, without = paint_out(photo, mask, ["hair"], halved=True)
    assert np.array_equal(without[:, :39], mask[:, :39]) and (without[:, 40:] == SKIN).all()
    assert (painted[10:40, 20:32] == 40).all() and painted[15:35, 54:58].min() > 150


def test_an_edit_of_what_is_not_there_is_none():
    assert EDITS["eyes closed"](np.full((512, 512), SKIN, np.uint8)) is None


@pytest.mark.parametrize("command", ["regrow", "edits"])
def test_the_report_has_the_figures(command, data, tiny_set, run_command, tmp_path, squeezenet_file):
    report = tmp_path / "report.html"
    run_command(
        "evaluate", command, "--data", data, "--count", 1, "--weights", tiny_set, "--judge", tiny_set,
        "--perceptual", squeezenet_file, "--device", "cpu", "--pictures", 1, "-o", report,
    )  # fmt: skip
    estimates = json.loads(report.with_suffix(".json").read_text())["figures"]["tiny"]
    expected = {
        "regrow": [f"Share of the distance left, {part}" for part in ("hair", "half of the hair", "features")],
        "edits": ["Edge energy, eyes closed", "Weave of long hair", "Weave of long hair, the network's bare picture"],
    }[command]
    assert [estimates[title]["count"] for title in expected] == [1] * len(expected)
    assert "data:image" in Path(report).read_text()


@pytest.mark.parametrize(
    ("title", "change", "verdict"),
    [
        ("Share of the distance left, hair", -0.1, "better"),
        ("Weave of long hair", 0.1, "worse"),
        ("Edge energy, hair off", -0.1, "lower (best is near 1)"),
        ("Obedience, all (%)", -0.1, "worse"),
    ],
)
def test_the_verdict_knows_which_way_is_better(title, change, verdict):
    low, high = sorted((0.5 * change, 1.5 * change))
    (sentence,) = draw_conclusions("one", {"other": {title: Estimate(change, 9, low, high)}})
    assert sentence.endswith(f"{verdict}.")


@pytest.mark.parametrize("command", ["regrow", "edits"])
def test_a_report_never_replaces_what_is_read(command, data, capsys):
    photo = data / "CelebA-HQ-img" / "0.jpg"
    before = photo.read_bytes()
    with pytest.raises(SystemExit) as stopped:
        main(["evaluate", command, "--data", str(data), "--count", "1", "--device", "cpu", "-o", str(photo)])
    assert stopped.value.code == 1
    assert "would be overwritten" in capsys.readouterr().err
    assert photo.read_bytes() == before
