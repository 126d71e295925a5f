"""The command line as scripts see it: files, exit status, stdout and stderr."""

from __future__ import annotations

import csv
import os
import re
from pathlib import Path

import numpy as np
import pytest
import skimage.data
from PIL import Image

from maskgan_studio.cli import main
from maskgan_studio.document.layers import Layer
from maskgan_studio.document.operations.edit_transfer import transfer_edit
from maskgan_studio.document.project import Project, TargetImage
from maskgan_studio.document.storage.openraster import save_project
from maskgan_studio.engine import style_fitting
from maskgan_studio.engine.pipeline import Pipeline
from maskgan_studio.engine.synthetic_face import draw_sample_mask
from maskgan_studio.labels import UNSET, part_named
from maskgan_studio.photo.files.loading import load_photo

FIXTURE = Path(__file__).resolve().parents[1] / "data" / "official-parity"


@pytest.fixture
def command(capsys):
    """Run a command line; returns exit status, stdout and stderr."""

    def run(*words: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as stopped:
            main([str(word) for word in words])
        captured = capsys.readouterr()
        return stopped.value.code or 0, captured.out, captured.err

    return run


@pytest.fixture
def photo(tmp_path) -> Path:
    path = tmp_path / "portrait.png"
    Image.fromarray(skimage.data.astronaut()).save(path)
    return path


@pytest.fixture
def mask(tmp_path) -> Path:
    labels = np.zeros((512, 512), np.uint8)
    labels[100:400, 150:350] = 1
    path = tmp_path / "edited.png"
    Image.fromarray(labels).save(path)
    return path


def pixels(path: Path) -> np.ndarray:
    return np.asarray(Image.open(path))


def assert_one_line(err: str) -> None:
    assert re.fullmatch(r"maskgan-studio: .+\n", err), err


# --- parse


def test_parse_writes_mask_and_crop_and_prints_the_mask(command, photo, tiny_set, tmp_path):
    out = tmp_path / "masks"
    assert command("parse", photo, "-o", out, "--aligned", "--weights", tiny_set, "--device", "cpu") == (
        0,
        f"{out / 'portrait.png'}\n",
        "",
    )
    mask = Image.open(out / "portrait.png")
    assert mask.mode == "P" and mask.size == (512, 512)
    target = Pipeline(tiny_set, "cpu").prepare(load_photo(photo), aligned=True)
    np.testing.assert_array_equal(np.asarray(mask), target.mask)
    np.testing.assert_array_equal(pixels(out / "portrait.crop.png"), target.crop)


def test_a_batch_finishes_and_names_what_failed(command, photo, tiny_set, tmp_path):
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"no picture")
    out = tmp_path / "masks"
    status, stdout, stderr = command("parse", broken, photo, "-o", out, "--aligned", "--weights", tiny_set)
    assert status == 1
    assert stdout == f"{out / 'portrait.png'}\n"
    assert f"{broken}: " in stderr
    assert stderr.endswith("maskgan-studio: 1 of 2 failed; the others are done.\n")


def test_photos_that_would_overwrite_each_other_are_refused(command, tmp_path, tiny_set):
    status, _, stderr = command("parse", "a/x.png", "b/x.jpg", "-o", tmp_path, "--weights", tiny_set)
    assert status == 1 and "x.png" in stderr


# --- render


def test_render_gives_the_pipelines_pixels(command, photo, mask, tiny_set, tmp_path):
    pipeline = Pipeline(tiny_set, "cpu")
    target = pipeline.prepare(load_photo(photo), aligned=True)
    result = pipeline.render(pixels(mask), pipeline.style(target))
    options = ("--mask", mask, "--aligned", "--weights", tiny_set, "--device", "cpu")

    bare = tmp_path / "bare.png"
    assert command("render", photo, "-o", bare, "--network-output", *options) == (0, f"{bare}\n", "")
    np.testing.assert_array_equal(pixels(bare), result)

    edited = tmp_path / "edit.png"
    assert command("render", photo, "-o", edited, *options)[0] == 0
    np.testing.assert_array_equal(pixels(edited), pipeline.composite(target, pixels(mask), result))


def test_the_target_mask_replaces_the_parsers(command, photo, mask, tiny_set, tmp_path):
    """With the edited mask as the photo's own, nothing is edited."""
    out = tmp_path / "same.png"
    options = ("--mask", mask, "--target-mask", mask, "--aligned", "--weights", tiny_set)
    assert command("render", photo, "-o", out, *options)[0] == 0
    np.testing.assert_array_equal(pixels(out), pixels(photo))


def write_pairs(path: Path, rows: list[dict[str, object]]) -> Path:
    with path.open("w", newline="") as file:
        table = csv.DictWriter(file, rows[0].keys())
        table.writeheader()
        table.writerows(rows)
    return path


def test_pairs_become_files_named_after_their_rows(command, photo, mask, tiny_set, tmp_path):
    pairs = write_pairs(
        tmp_path / "pairs.csv",
        [
            {"photo": photo.name, "mask": mask.name, "target_mask": "", "name": "one"},  # relative to the table
            {"photo": photo, "mask": mask, "target_mask": mask, "name": "two"},
        ],
    )
    out = tmp_path / "results"
    options = ("--aligned", "--network-output", "--weights", tiny_set)
    status, stdout, _ = command("render", "--pairs", pairs, "-o", out, *options)
    assert (status, stdout) == (0, f"{out / 'one.png'}\n{out / 'two.png'}\n")
    assert pixels(out / "one.png").shape == (512, 512, 3)
    assert not np.array_equal(pixels(out / "one.png"), pixels(out / "two.png"))  # the target mask changes the style


def test_pairs_finish_after_a_bad_row(command, photo, mask, tiny_set, tmp_path):
    rows = [{"photo": photo, "mask": "missing.png", "name": "bad"}, {"photo": photo, "mask": mask, "name": "good"}]
    pairs = write_pairs(tmp_path / "pairs.csv", rows)
    status, stdout, stderr = command(
        "render", "--pairs", pairs, "-o", tmp_path / "r", "--aligned", "--weights", tiny_set
    )
    assert (status, stdout) == (1, f"{tmp_path / 'r' / 'good.png'}\n")
    assert "bad.png: " in stderr and "1 of 2 failed" in stderr


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([{"photo": "a.png", "mask": ""}], "line 2: photo and mask"),
        ([{"picture": "a.png"}], "photo and mask"),
        ([{"photo": "a.png", "mask": "m.png", "name": "../up"}], "must not name a folder"),
        ([{"photo": "a.png", "mask": "m.png"}, {"photo": "x/a.png", "mask": "n.png"}], "name of its own"),
    ],
)
def test_a_bad_table_is_refused_before_anything_is_rendered(command, tmp_path, rows, reason):
    status, stdout, stderr = command("render", "--pairs", write_pairs(tmp_path / "p.csv", rows), "-o", tmp_path / "r")
    assert (status, stdout) == (1, "")
    assert reason in stderr
    assert_one_line(stderr)


def test_a_second_run_does_only_what_is_missing(command, photo, tiny_set, tmp_path):
    folder, out = tmp_path / "photos", tmp_path / "masks"
    folder.mkdir()
    for name in ("a.png", "b.png"):
        Image.fromarray(skimage.data.astronaut()).save(folder / name)
    options = ("-o", out, "--aligned", "--weights", tiny_set, "--device", "cpu")
    both = {f"{out / 'a.png'}", f"{out / 'b.png'}"}
    status, stdout, _ = command("parse", folder, *options)
    assert status == 0 and set(stdout.split()) == both
    first = (out / "a.png").stat().st_mtime_ns
    (out / "b.crop.png").unlink()
    status, stdout, stderr = command("parse", folder, *options)
    assert status == 0 and set(stdout.split()) == both
    assert "1 of 2 are done already" in stderr
    assert (out / "b.crop.png").is_file()
    assert (out / "a.png").stat().st_mtime_ns == first
    os.utime(folder / "a.png", ns=(first + 10**9, first + 10**9))  # another photo under the same name
    command("parse", folder, *options)
    assert (out / "a.png").stat().st_mtime_ns > first


def test_shards_share_the_list(command, photo, tiny_set, tmp_path):
    photos = [tmp_path / f"{name}.png" for name in "abc"]
    for path in photos:
        path.write_bytes(photo.read_bytes())
    usual = ("--aligned", "--weights", tiny_set, "--device", "cpu")
    made = [command("parse", *photos, "-o", tmp_path / f"s{i}", "--shard", f"{i}/2", *usual)[1] for i in (1, 2)]
    assert [{Path(line).name for line in out.split()} for out in made] == [{"a.png", "c.png"}, {"b.png"}]
    for wrong in ("0/2", "3/2", "1", "a/b"):
        assert command("parse", *photos, "-o", tmp_path, "--shard", wrong)[0] == 2


def test_several_workers_finish_after_a_bad_photo(command, photo, tiny_set, tmp_path):
    (tmp_path / "bad.png").write_bytes(b"no picture")
    (tmp_path / "c.png").write_bytes(photo.read_bytes())
    photos = [tmp_path / "bad.png", photo, tmp_path / "c.png"]
    options = ("-o", tmp_path / "out", "--aligned", "--weights", tiny_set, "--device", "cpu", "--workers", "2")
    status, stdout, stderr = command("parse", *photos, *options)
    assert status == 1
    assert {Path(line).name for line in stdout.split()} == {"portrait.png", "c.png"}
    assert "bad.png: " in stderr and "1 of 3 failed" in stderr


def test_an_edit_is_carried_over_to_many_photos(command, photo, tiny_set, tmp_path):
    base = draw_sample_mask()
    edited = base.copy()
    edited[360:400, 180:332] = part_named("u_lip").index
    layers = (Layer(0, "Base", base), Layer(1, "Smile", np.where(edited == base, np.uint8(UNSET), edited)))
    place = {"center_x": 255.5, "center_y": 255.5, "axis_x": 256.0, "axis_y": 0.0, "size": 512}
    image = TargetImage(b"", "group.png", place, np.zeros((512, 512, 3), np.uint8))
    untouched = Project((Layer(0, "Base", base),), image)
    save_project(tmp_path / "smile.ora", Project(layers, image, others=(untouched,)))
    (tmp_path / "bad.jpg").write_bytes(b"no picture")
    out = tmp_path / "out"
    options = ("--aligned", "--weights", tiny_set, "--device", "cpu", "-o", out)
    status, stdout, stderr = command("render", "--edit", tmp_path / "smile.ora", photo, tmp_path / "bad.jpg", *options)
    assert (status, stdout) == (1, f"{out / 'portrait.png'}\n")
    assert "bad.jpg: " in stderr and "several faces: what was done to the one edited last" in stderr
    pipeline = Pipeline(tiny_set, "cpu")
    target = pipeline.prepare(load_photo(photo), aligned=True)
    mask = transfer_edit(base, edited, target.mask)
    result = pipeline.render(mask, pipeline.style(target))
    np.testing.assert_array_equal(pixels(out / "portrait.png"), pipeline.composite(target, mask, result))


def test_an_edit_never_overwrites_its_photo(command, photo, tmp_path):
    (tmp_path / "smile.ora").write_bytes(b"")
    status, _, stderr = command("render", "--edit", tmp_path / "smile.ora", photo, "-o", tmp_path)
    assert status == 1 and "would be overwritten" in stderr


def test_a_fit_changes_what_is_rendered(command, photo, mask, tiny_set, tmp_path, monkeypatch):
    monkeypatch.setitem(style_fitting.PRESETS, "quick", style_fitting.Plan(3, None, False))
    options = ("--mask", mask, "--aligned", "--network-output", "--weights", tiny_set, "--device", "cpu")
    plain, fitted = tmp_path / "plain.png", tmp_path / "fitted.png"
    assert command("render", photo, "-o", plain, *options)[0] == 0
    assert command("render", photo, "--fit", "-o", fitted, *options)[:2] == (0, f"{fitted}\n")  # bare: quick
    assert not np.array_equal(pixels(plain), pixels(fitted))
    assert command("render", photo, "-o", fitted, *options, "--fit", "slow")[0] == 2


# --- errors and usage


def test_every_bad_input_is_one_line_and_status_1(command, photo, mask, tiny_set, tmp_path):
    (tmp_path / "empty.png").write_bytes(b"")
    (tmp_path / "text.jpg").write_text("no picture")
    (tmp_path / "cut.png").write_bytes(photo.read_bytes()[:5000])
    Image.new("RGB", (1, 1)).save(tmp_path / "dot.png")
    Image.new("RGB", (300, 300), "grey").save(tmp_path / "grey.png")
    Image.new("L", (100, 100)).save(tmp_path / "small_mask.png")
    Image.new("L", (512, 512), 200).save(tmp_path / "wrong_values.png")
    usual = ("-o", tmp_path / "out.png", "--weights", tiny_set)
    attempts = [
        ("render", tmp_path / bad, "--mask", mask, *usual)
        for bad in ("missing.png", "empty.png", "text.jpg", "cut.png", "dot.png", "grey.png")
    ]
    attempts += [
        ("render", photo, "--aligned", "--mask", tmp_path / bad, *usual)
        for bad in ("missing.png", "empty.png", "text.jpg", "small_mask.png", "wrong_values.png")
    ]
    attempts += [
        ("render", photo, "--mask", mask, "-o", tmp_path / "out.png", "--weights", "nowhere"),
        ("render", photo, "--mask", mask, *usual, "--device", "toaster"),
        ("weights", "show", "nowhere"),
        ("weights", "import", photo),
        ("missing.jpg",),
    ]
    for words in attempts:
        status, stdout, stderr = command(*words)
        assert (status, stdout) == (1, ""), words
        assert_one_line(stderr)
    assert not (tmp_path / "out.png").exists()


@pytest.mark.parametrize(
    "words",
    [
        ("parse",),
        ("parse", "x.png"),
        ("render", "-o", "x.png"),
        ("render", "x.png", "-o", "y.png"),
        ("render", "x.png", "--pairs", "p.csv", "-o", "r"),
        ("weights", "burn"),
        ("parse", "x.png", "-o", "r", "--colour"),
        ("render", "x.png", "--mask", "m.png", "-o", "y.png", "--label-order", "alphabetical"),
    ],
)
def test_wrong_usage_is_status_2(command, words):
    status, stdout, stderr = command(*words)
    assert (status, stdout) == (2, "")
    assert "Usage" in stderr or "Error" in stderr


def test_debug_adds_the_traceback(command):
    _, _, stderr = command("weights", "--debug", "show", "nowhere")
    assert "Traceback" in stderr
    assert stderr.splitlines()[-1].startswith("maskgan-studio: There are no weights")


def test_an_unexpected_error_is_one_line_too(command, monkeypatch):
    monkeypatch.setattr("maskgan_studio.weights.catalog.list_sets", lambda: 1 / 0)
    status, _, stderr = command("weights", "list")
    assert status == 1 and "ZeroDivisionError" in stderr
    assert_one_line(stderr)


@pytest.mark.parametrize("words", [(), ("{photo}",), ("{photo}", "--device", "cpu"), ("edit", "{photo}")])
def test_a_photo_or_nothing_opens_the_editor(command, photo, monkeypatch, words):
    opened = []
    monkeypatch.setattr("maskgan_studio.app.run", lambda paths, *_, **__: opened.append(paths) or 0)
    assert command(*(word.format(photo=photo) for word in words))[0] == 0
    assert opened == [[photo] if words else []]


# --- weights


def test_weights_are_imported_listed_shown_and_verified(command, tmp_path):
    status, stdout, _ = command("weights", "import", FIXTURE / "latest_net_G.pth", FIXTURE / "vae.pth", "--name", "old")
    folder = Path(stdout.strip())
    assert status == 0 and folder.name == "old"
    listed = command("weights", "list")[1].splitlines()
    assert next(line for line in listed if line.startswith("old ")).endswith(f"dmn,mask_vae  {folder}")
    assert "DenseMappingNetwork(width=2" in command("weights", "show", "old")[1]
    assert command("weights", "verify", "old") == (0, "old: good\n", "")
    (folder / "dmn.safetensors").write_bytes(b"")
    status, stdout, stderr = command("weights", "verify", "old")
    assert status == 1 and "dmn.safetensors" in stdout
    assert_one_line(stderr)


# --- data


def test_data_check_names_problems_and_fails(command, photo, tmp_path):
    images, masks = tmp_path / "images", tmp_path / "masks"
    images.mkdir()
    masks.mkdir()
    photo.rename(images / "face.png")
    assert command("data", "check", images)[0] == 0
    Image.fromarray(np.full((512, 512), 99, np.uint8)).save(masks / "face.png")
    status, stdout, stderr = command("data", "check", f"{images}:{masks}")
    assert status == 1
    assert stdout.splitlines()[0].startswith(f"{masks / 'face.png'}: ") and "99" in stdout
    assert_one_line(stderr)
