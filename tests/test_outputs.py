"""Nothing that is read is written over: the rule, and every command that has to keep it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import skimage.data
from PIL import Image

from maskgan_studio import Studio
from maskgan_studio.cli import main
from maskgan_studio.document.layers import Layer
from maskgan_studio.document.project import Project
from maskgan_studio.document.storage.openraster import save_project
from maskgan_studio.engine.synthetic_face import draw_sample_crop, draw_sample_mask
from maskgan_studio.outputs import OutputError, check_outputs, refuse_inside, same_file


@pytest.fixture
def refused(capsys) -> Callable[..., str]:
    """Run a command that has to end with one sentence and status 1, and to leave a folder as it was."""

    def run(folder: Path, *words: object) -> str:
        before = contents(folder)
        with pytest.raises(SystemExit) as stopped:
            main([str(word) for word in words])
        captured = capsys.readouterr()
        assert (stopped.value.code, captured.out) == (1, "")
        assert captured.err.count("\n") == 1 and "nothing was written" in captured.err, captured.err
        assert contents(folder) == before
        return captured.err

    return run


def contents(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.fixture
def photo(tmp_path) -> Path:
    path = tmp_path / "a.png"
    Image.fromarray(skimage.data.astronaut()).save(path)
    return path


@pytest.fixture
def mask(tmp_path) -> Path:
    path = tmp_path / "m.png"
    Image.fromarray(draw_sample_mask()).save(path)
    return path


def touch(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")
    return path


# --- the rule


def test_files_of_their_own_pass(tmp_path):
    photo = touch(tmp_path / "a.jpg")
    check_outputs([tmp_path / "a.png", tmp_path / "out" / "a.jpg"], [photo, tmp_path / "missing.jpg"])


@pytest.mark.parametrize("name", ["a.jpg", "./out/../a.jpg", "A.JPG"])
def test_an_input_is_not_written_over_by_whatever_name(tmp_path, name):
    photo = touch(tmp_path / "a.jpg")
    (tmp_path / "out").mkdir()
    with pytest.raises(OutputError, match="is read and would be overwritten"):
        check_outputs([tmp_path / name], [photo])


def test_links_lead_to_the_same_file(tmp_path):
    photo = touch(tmp_path / "a.jpg")
    (tmp_path / "soft.jpg").symlink_to(photo)
    os.link(photo, tmp_path / "hard.jpg")
    (tmp_path / "folder").symlink_to(tmp_path)
    for name in ("soft.jpg", "hard.jpg", "folder/a.jpg"):
        assert same_file(tmp_path / name, photo)
        with pytest.raises(OutputError, match="is read and would be overwritten"):
            check_outputs([tmp_path / name], [photo])
        with pytest.raises(OutputError, match="is read and would be overwritten"):
            check_outputs([photo], [tmp_path / name])


def test_accents_written_in_two_ways_are_one_name(tmp_path):
    assert same_file(tmp_path / "Zo\u00eb.png", tmp_path / "Zoe\u0308.png")


@pytest.mark.parametrize("names", [("a.png", "a.png"), ("a.png", "A.png"), ("x/../a.png", "a.png")])
def test_two_outputs_need_two_files(tmp_path, names):
    with pytest.raises(OutputError, match="Two results"):
        check_outputs([tmp_path / name for name in names], [])


def test_a_folder_that_is_replaced_must_hold_no_input(tmp_path):
    notes = touch(tmp_path / "set" / "notes" / "n.md")
    with pytest.raises(OutputError, match="The folder"):
        check_outputs([tmp_path / "set"], [notes])
    check_outputs([tmp_path / "another"], [notes])


def test_results_stay_out_of_folders_that_are_searched(tmp_path):
    (tmp_path / "photos").mkdir()
    for place in ("photos", "photos/run", "photos/run/deeper"):
        with pytest.raises(OutputError, match="whose files are read"):
            refuse_inside(tmp_path / place, [tmp_path / "photos"])
    refuse_inside(tmp_path / "photos2", [tmp_path / "photos"])


# --- the commands


def test_parse_into_the_photos_own_folder(refused, photo, tiny_set, tmp_path):
    refused(tmp_path, "parse", photo, "-o", tmp_path, "--aligned", "--weights", tiny_set)
    refused(tmp_path, "parse", tmp_path, "-o", tmp_path, "--shard", "1/2", "--aligned", "--weights", tiny_set)


def test_parse_of_two_photos_that_share_a_result(refused, photo, tiny_set, tmp_path):
    (tmp_path / "in").mkdir()
    for name in ("a.jpg", "a.crop.jpg"):
        Image.open(photo).save(tmp_path / "in" / name)
    error = refused(tmp_path, "parse", tmp_path / "in", "-o", tmp_path / "out", "--aligned", "--weights", tiny_set)
    assert "a.crop.png" in error
    assert not (tmp_path / "out").exists()


def test_pairs_over_their_photos_masks_and_table(refused, photo, mask, tiny_set, tmp_path):
    table = tmp_path / "p.csv"
    for name in ("", ",name\na.png,m.png,m", ",target_mask,name\nb.png,m.png,t.png,t"):
        header, _, row = name.partition("\n")
        table.write_text(f"photo,mask{header}\n{row or 'a.png,m.png'}\n")
        refused(tmp_path, "render", "--pairs", table, "-o", tmp_path, "--aligned", "--weights", tiny_set)


def test_render_over_its_photo_or_mask(refused, photo, mask, tiny_set, tmp_path):
    own = tmp_path / "t.png"
    shutil.copy(mask, own)
    os.link(photo, tmp_path / "linked.png")
    for output in (photo, mask, own, tmp_path / "linked.png", tmp_path / "A.PNG"):
        words = ("--mask", mask, "--target-mask", own, "-o", output, "--aligned", "--weights", tiny_set)
        refused(tmp_path, "render", photo, *words)


def test_an_edit_over_its_photos_or_project(refused, photo, tiny_set, tmp_path):
    save_project(tmp_path / "smile.ora", Project((Layer(0, "Base", draw_sample_mask()),)))
    refused(tmp_path, "render", "--edit", tmp_path / "smile.ora", photo, "-o", tmp_path, "--weights", tiny_set)


def test_evaluate_over_its_faces_pairs_and_results(refused, tiny_set, tmp_path):
    (tmp_path / "CelebA-HQ-img").mkdir()
    masks = tmp_path / "report.masks"
    masks.mkdir()
    for name in "ab":
        Image.fromarray(draw_sample_crop()).save(tmp_path / "CelebA-HQ-img" / f"{name}.jpg")
        Image.fromarray(draw_sample_mask()).save(masks / f"{name}.png")
    pairs = tmp_path / "other.pairs.csv"
    pairs.write_text("name,target,source\na,a,a\n")
    words = ("--data", f"{tmp_path}:{masks}", "--weights", tiny_set, "--judge", tiny_set, "--device", "cpu")
    refused(tmp_path, "evaluate", "reconstruction", *words, "-o", tmp_path / "report.html")
    refused(tmp_path, "evaluate", "reconstruction", *words, "--pairs", pairs, "-o", tmp_path / "other.html")
    refused(tmp_path, "evaluate", "reconstruction", *words, "-o", tmp_path / "CelebA-HQ-img" / "a.jpg")
    answers = tmp_path / "answers.csv"
    answers.write_text("participant,pair,choice,shown\n1,a,X,X|Y\n")
    refused(tmp_path, "evaluate", "survey", "--tally", answers, "-o", answers)


def test_a_set_over_its_checkpoint(refused, tmp_path, tiny_set):
    shutil.copytree(tiny_set, tmp_path / "set")
    checkpoint = touch(tmp_path / "set" / "latest_net_G.pth")
    refused(tmp_path, "weights", "import", checkpoint, "-o", tmp_path / "set")


def test_a_set_that_is_replaced_leaves_other_files_alone(tmp_path, tiny_set):
    from maskgan_studio.weights import WeightSet, save_set

    shutil.copytree(tiny_set, tmp_path / "set")
    touch(tmp_path / "set" / "my notes.txt")
    touch(tmp_path / "set" / "pictures" / "one.png")
    parser = WeightSet.open(tiny_set).load("parser")
    replaced = save_set(tmp_path / "set", {"parser": parser}, name="set", training={}, card="# New\n")
    assert replaced.roles == ["parser"] and replaced.verify() == []
    assert (tmp_path / "set" / "my notes.txt").is_file() and (tmp_path / "set" / "pictures" / "one.png").is_file()
    assert not list((tmp_path / "set").glob("dmn*"))


def test_a_run_among_its_data(refused, tmp_path):
    (tmp_path / "photos").mkdir()
    Image.fromarray(draw_sample_crop()).save(tmp_path / "photos" / "a.png")
    words = ("--recipe", "tiny", "--steps", "1", "--out", tmp_path / "photos" / "run")
    refused(tmp_path, "train", "parser", "--data", tmp_path / "photos", *words)


def test_saving_over_the_targets_photo_from_python(photo, tiny_set, tmp_path):
    studio = Studio(str(tiny_set), "cpu")
    target = studio.load(photo, aligned=True)
    before = photo.read_bytes()
    with pytest.raises(OutputError, match="is read and would be overwritten"):
        studio.save(photo, np.zeros_like(target.photo.pixels), target)
    assert photo.read_bytes() == before
    studio.save(tmp_path / "b.png", target.photo.pixels, target)
