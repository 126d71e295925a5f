"""One bad file, or the clutter of a copied folder, never ends a whole job, and every oddity of a mask is said."""

from __future__ import annotations

import io
import os
import re
from pathlib import Path

import numpy as np
import pytest
import skimage.data
from PIL import Image

from maskgan_studio.cli import main
from maskgan_studio.engine.synthetic_face import draw_sample_crop, draw_sample_mask
from maskgan_studio.labels import color_table, part_named
from maskgan_studio.photo.masks.label_order import convert_label_order

FROM_OFFICIAL = np.argsort(convert_label_order(np.arange(19, dtype=np.uint8)[None])[0]).astype(np.uint8)


@pytest.fixture
def command(capfd):
    """Run a command line; returns exit status, stdout and stderr."""

    def run(*words: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as stopped:
            main([str(word) for word in words])
        captured = capfd.readouterr()
        return stopped.value.code or 0, captured.out, captured.err

    return run


def make_data(root: Path, count: int = 3) -> Path:
    (root / "images").mkdir(parents=True)
    (root / "masks").mkdir()
    for i in range(count):
        Image.fromarray(np.roll(draw_sample_crop(), 4 * i, axis=1)).save(root / "images" / f"{i}.jpg")
        Image.fromarray(np.roll(draw_sample_mask(), 4 * i, axis=1)).save(root / "masks" / f"{i}.png")
    return root


def add_clutter(folder: Path) -> None:
    for name in ("._0.jpg", "Thumbs.db", ".DS_Store", "desktop.ini"):
        (folder / name).write_bytes(b"\0\x05\x16\x07clutter")
    (folder / "1.jpg.png").mkdir()


def add_bad_files(root: Path) -> None:
    Image.new("1", (14000, 13000)).save(root / "images" / "huge.png")
    (root / "images" / "text.jpg").write_text("no picture")
    for name in ("huge", "text"):
        Image.fromarray(draw_sample_mask()).save(root / "masks" / f"{name}.png")


def test_clutter_is_counted_and_no_problem(command, tmp_path):
    root = make_data(tmp_path)
    add_clutter(root / "images")
    add_clutter(root / "masks")
    status, stdout, _ = command("data", "check", f"{root / 'images'}:{root / 'masks'}")
    assert (status, stdout) == (0, "3 images, 3 with masks, 0 problems, 5 other files passed over\n")


def test_data_check_goes_on_after_a_picture_over_the_limit(command, tmp_path):
    root = make_data(tmp_path)
    add_bad_files(root)
    status, stdout, stderr = command("data", "check", f"{root / 'images'}:{root / 'masks'}")
    assert status == 1
    assert "huge.png: cannot be read as an image: it has" in stdout and "text.jpg: " in stdout
    assert stdout.endswith("5 images, 5 with masks, 2 problems\n") and "Unexpected" not in stderr


def test_training_skips_what_it_cannot_read(command, tmp_path):
    root = make_data(tmp_path)
    add_bad_files(root)
    add_clutter(root / "images")
    data = f"{root / 'images'}:{root / 'masks'}"
    words = ("--recipe", "tiny", "--steps", "1", "--device", "cpu", "--out", tmp_path / "run")
    status, _, stderr = command("train", "parser", "--data", data, *words)
    assert status == 1 and "2 of 5 images" in stderr and "megapixels" in stderr
    status, _, stderr = command("train", "parser", "--data", data, *words, "--on-bad-data", "skip")
    assert status == 0 and stderr.count("skipped: ") == 2


def test_evaluation_names_what_it_cannot_read_and_goes_on(command, tmp_path, tiny_set):
    root = make_data(tmp_path)
    add_bad_files(root)
    report = tmp_path / "report.html"
    data = ("--data", f"{root / 'images'}:{root / 'masks'}", "--weights", tiny_set, "--judge", tiny_set)
    status, _, stderr = command("evaluate", "reconstruction", *data, "--device", "cpu", "-o", report)
    assert status == 1 and stderr.count("left out: ") == 2 and "2 faces or results could not be read" in stderr
    assert "huge" in stderr and "text" in stderr
    page = report.read_text()
    assert "3 pairs" in page and "huge" in page


def test_folders_of_photos_with_clutter(command, tiny_set, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    Image.fromarray(skimage.data.astronaut()).save(folder / "a.png")
    add_clutter(folder)
    options = ("-o", tmp_path / "out", "--aligned", "--weights", tiny_set, "--device", "cpu")
    status, stdout, stderr = command("parse", folder, *options)
    assert (status, stdout) == (0, f"{tmp_path / 'out' / 'a.png'}\n") and "5 other files passed over" in stderr
    status, _, _ = command("parse", *folder.iterdir(), *options, "--again")
    assert status == 0


@pytest.mark.parametrize("text", ["sep=;\nPhoto;Mask\n a.png ; m.png \n", "\ufeffPHOTO,mask\na.png, m.png\n"])
def test_tables_of_any_spreadsheet(command, tiny_set, tmp_path, text):
    Image.fromarray(skimage.data.astronaut()).save(tmp_path / "a.png")
    Image.fromarray(draw_sample_mask()).save(tmp_path / "m.png")
    (tmp_path / "p.csv").write_text(text)
    out = tmp_path / "out"
    words = ("--aligned", "--network-output", "--weights", tiny_set, "--device", "cpu")
    assert command("render", "--pairs", tmp_path / "p.csv", "-o", out, *words)[:2] == (0, f"{out / 'a.png'}\n")


def render(command, folder: Path, tiny_set: Path, *options: object) -> tuple[int, str]:
    Image.fromarray(skimage.data.astronaut()).save(folder / "a.png")
    words = (
        "--mask",
        folder / "m.png",
        "-o",
        folder / "out.png",
        "--aligned",
        "--weights",
        tiny_set,
        "--device",
        "cpu",
    )
    status, _, stderr = command("render", folder / "a.png", *words, *options)
    return status, stderr


def test_odd_masks_are_refused_or_mended_by_choice(command, tiny_set, tmp_path):
    pixels = color_table()[draw_sample_mask()]
    pixels[3, 4] = (1, 1, 1)
    Image.fromarray(pixels).save(tmp_path / "m.png")
    status, stderr = render(command, tmp_path, tiny_set)
    assert status == 1 and "the first with (1, 1, 1) at x 4, y 3" in stderr
    status, stderr = render(command, tmp_path, tiny_set, "--foreign-colors", "background")
    assert status == 0 and "1 pixels in colours of no class became background" in stderr

    soft = Image.fromarray(draw_sample_mask()).resize((256, 256), Image.Resampling.NEAREST)
    soft.resize((512, 512), Image.Resampling.BILINEAR).save(tmp_path / "m.png")
    status, stderr = render(command, tmp_path, tiny_set)
    assert status == 1 and "--soft-edges snap" in stderr
    assert render(command, tmp_path, tiny_set, "--soft-edges", "snap")[0] == 0
    assert render(command, tmp_path, tiny_set, "--soft-edges", "keep")[0] == 0


def test_a_renumbered_palette_is_said(command, tiny_set, tmp_path):
    mask = Image.fromarray((18 - draw_sample_mask()).astype(np.uint8))
    mask.putpalette(color_table()[::-1].tobytes())
    mask.save(tmp_path / "m.png")
    status, stderr = render(command, tmp_path, tiny_set)
    assert status == 0 and "the colours were taken" in stderr


def test_data_check_notes_a_renumbered_palette_which_is_no_problem(command, tmp_path):
    root = make_data(tmp_path)
    mask = Image.fromarray((18 - draw_sample_mask()).astype(np.uint8))
    mask.putpalette(color_table()[::-1].tobytes())
    mask.save(root / "masks" / "0.png")
    status, stdout, stderr = command("data", "check", f"{root / 'images'}:{root / 'masks'}")
    assert status == 0 and "0 problems" in stdout
    assert "0.png: has the class colours under other numbers" in stderr


def test_the_other_order_in_a_mask_of_hair_alone(command, tiny_set, tmp_path, monkeypatch):
    """The parser's own mask of the photo tells."""
    from maskgan_studio.engine.pipeline import Pipeline

    monkeypatch.setattr(Pipeline, "parse", lambda *_: draw_sample_mask())
    hair = part_named("hair").index
    few = np.where(draw_sample_mask() == hair, np.uint8(hair), np.uint8(0))
    Image.fromarray(few).save(tmp_path / "m.png")
    assert render(command, tmp_path, tiny_set)[0] == 0
    Image.fromarray(FROM_OFFICIAL[few]).save(tmp_path / "m.png")
    for own in ((), ("--target-mask", tmp_path / "m.png")):
        status, stderr = render(command, tmp_path, tiny_set, *own)
        assert status == 1 and "--label-order zllrunning" in stderr
    assert render(command, tmp_path, tiny_set, "--label-order", "zllrunning")[0] == 0
    assert render(command, tmp_path, tiny_set, "--label-order", "celebamask")[0] == 0


@pytest.mark.skipif(os.name != "posix", reason="names are bytes there alone")
def test_names_that_are_no_utf8_or_look_like_markup(command, tiny_set, tmp_path):
    folder = tmp_path / "in["  # "in[/x]" would close a tag
    folder.mkdir()
    names = [b"\xffodd.png", b"[red]a].png"]
    for name in names:
        Image.fromarray(skimage.data.astronaut()).save(folder / "t.png")
        (folder / "t.png").rename(folder / os.fsdecode(name))
    options = ("-o", tmp_path / "out", "--aligned", "--weights", tiny_set, "--device", "cpu")
    status, _, stderr = command("parse", folder, *options)
    assert status == 0, stderr
    assert {os.fsencode(file.name) for file in (tmp_path / "out").iterdir() if "crop" not in file.name} == set(names)
    assert "[red]a].png" in stderr
    status, stdout, _ = command("data", "check", folder)
    assert status == 0 and "2 images" in stdout


def test_the_bar_of_a_terminal_shows_names_as_they_are(monkeypatch):
    from maskgan_studio.cli import console

    shown = io.StringIO()
    monkeypatch.setattr(shown, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(console.sys, "stderr", shown)
    with console.progress("[/x] Parsing", 2) as step:
        step("in[/red].png")
        step("[bold]b.png")
    text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown.getvalue())
    assert "[/x] Parsing" in text


def test_a_file_in_the_place_of_the_results_folder_is_named_and_kept(tmp_path, command):
    photo, other = tmp_path / "a.png", tmp_path / "b.txt"
    Image.fromarray(draw_sample_crop()).save(photo)
    other.write_text("kept")
    code, out, err = command("parse", photo, "-o", other, "--aligned")
    assert code == 1 and not out and "b.txt is a file" in err and other.read_text() == "kept"
