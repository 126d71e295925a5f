"""``render --set`` and ``--preset``, and the list of sliders."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import skimage.data
from drawn_eyes import draw_eyes
from drawn_face import draw_face
from PIL import Image

from maskgan_studio import Studio
from maskgan_studio.cli import main
from maskgan_studio.document.deformation.labels import deform_labels
from maskgan_studio.document.deformation.reshape import reshape_face
from maskgan_studio.document.deformation.sliders import SLIDERS
from maskgan_studio.document.face_edit import FaceEdit, save_preset
from maskgan_studio.engine.pipeline import Pipeline


@pytest.fixture
def command(capsys):
    """Run a command line; returns exit status, stdout and stderr."""

    def run(*words: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as stopped:
            main([str(word) for word in words])
        captured = capsys.readouterr()
        return stopped.value.code or 0, captured.out, captured.err

    return run


@pytest.fixture(autouse=True)
def _parse_the_drawn_face(monkeypatch):
    # Random weights find no face worth reshaping.
    monkeypatch.setattr(Pipeline, "parse", lambda self, crop: draw_face(512))


@pytest.fixture
def photo(tmp_path) -> Path:
    path = tmp_path / "portrait.png"
    Image.fromarray(skimage.data.astronaut()).save(path)
    return path


def pixels(path: Path) -> np.ndarray:
    return np.asarray(Image.open(path))


def test_sliders_are_listed_with_their_ranges(command):
    status, stdout, stderr = command("sliders")
    assert (status, stderr) == (0, "")
    lines = stdout.splitlines()
    lines = [line for line in lines if not line.startswith("PART")]
    assert len(lines) == len(SLIDERS)
    assert any(line.startswith("eyes.size[.left|.right]") and "-0.3 to 0.5" in line for line in lines)


def test_sliders_alone_give_the_pixels_that_python_gives(command, photo, tiny_set, tmp_path):
    out = tmp_path / "out.png"
    options = ("--aligned", "--weights", tiny_set, "--device", "cpu")
    words = ("--set", "smile=0.6", "--set", "eyes.size=0.2")
    assert command("render", photo, *words, "-o", out, *options) == (0, f"{out}\n", "")
    studio = Studio(tiny_set, "cpu")
    expected = studio.reshape(studio.load(photo, aligned=True), smile=0.6, eyes_size=0.2)
    np.testing.assert_array_equal(pixels(out), expected.photo.pixels)
    assert (pixels(out) != pixels(photo)).any()


def test_what_is_removed_gives_the_pixels_that_python_gives(command, photo, tiny_set, tmp_path):
    out = tmp_path / "out.png"
    options = ("--aligned", "--weights", tiny_set, "--device", "cpu")
    words = ("--remove", "hair", "--remove", "brows")
    assert command("render", photo, *words, "-o", out, *options) == (0, f"{out}\n", "")
    studio = Studio(tiny_set, "cpu")
    target = studio.load(photo, aligned=True)
    bald = studio.remove(target.mask, "hair", "brows")
    assert not np.isin(bald, [13, 6, 7]).any() and (target.mask == 13).any()
    np.testing.assert_array_equal(pixels(out), studio.composite(target, bald))


def test_a_folder_is_rid_of_hats_again_and_again_and_beards_cannot_be_removed(command, photo, tiny_set, tmp_path):
    out = tmp_path / "out"
    options = ("--aligned", "--weights", tiny_set, "--device", "cpu", "-o", out)
    for _ in range(2):
        status, stdout, _ = command("render", photo.parent, "--remove", "hat", *options)
        assert status == 0 and str(out / photo.name) in stdout
    status, _, stderr = command("render", photo, "--remove", "beard", *options)
    assert status == 1 and "“beard” cannot be removed; these can: hair" in stderr


def test_all_at_zero_copies_the_file(command, photo, tiny_set, tmp_path):
    out = tmp_path / "out.png"
    options = ("--aligned", "--weights", tiny_set, "--device", "cpu")
    assert command("render", photo, "--set", "smile=0", "-o", out, *options)[0] == 0
    assert out.read_bytes() == photo.read_bytes()


def test_colours_give_the_pixels_that_python_gives(command, photo, tiny_set, tmp_path):
    out = tmp_path / "out.png"
    options = ("--aligned", "--weights", tiny_set, "--device", "cpu")
    words = ("--set", "skin.color=#7a3b1d", "--set", "smile=0.3")
    assert command("render", photo, *words, "-o", out, *options) == (0, f"{out}\n", "")
    studio = Studio(tiny_set, "cpu")
    target = studio.reshape(studio.load(photo, aligned=True), smile=0.3)
    np.testing.assert_array_equal(pixels(out), studio.recolor(target, {"skin": "#7a3b1d"}))
    assert (pixels(out) != target.photo.pixels).any()


def test_a_gaze_gives_the_pixels_that_python_gives(command, photo, tiny_set, tmp_path, monkeypatch):
    eyes, mask = draw_eyes()
    monkeypatch.setattr(Pipeline, "parse", lambda self, crop: mask)
    Image.fromarray(eyes).save(photo)
    out = tmp_path / "out.png"
    options = ("--aligned", "--weights", tiny_set, "--device", "cpu")
    words = ("--set", "gaze.x=0.8", "--set", "gaze.size.left=0.2", "--set", "iris.color=#566a4a")
    assert command("render", photo, *words, "-o", out, *options) == (0, f"{out}\n", "")
    studio = Studio(tiny_set, "cpu")
    target = studio.reshape(studio.load(photo, aligned=True), gaze_x=0.8, gaze_size_left=0.2)
    assert (target.photo.pixels != eyes).any()
    np.testing.assert_array_equal(pixels(out), studio.recolor(target, {"iris": "#566a4a"}))


def test_a_style_for_one_part_gives_the_pixels_that_python_gives(command, photo, tiny_set, tmp_path):
    other, out = tmp_path / "other.png", tmp_path / "out.png"
    Image.fromarray(skimage.data.astronaut()[:, :, ::-1]).save(other)
    options = ("--aligned", "--weights", tiny_set, "--device", "cpu")
    words = ("--set", f"hair.style={other}", "--set", "smile=0.3")
    assert command("render", photo, *words, "-o", out, *options) == (0, f"{out}\n", "")
    studio = Studio(tiny_set, "cpu")
    target, source = studio.reshape(studio.load(photo, aligned=True), smile=0.3), studio.load(other, aligned=True)
    np.testing.assert_array_equal(pixels(out), studio.composite(target, target.mask, part_styles={"hair": source}))
    assert (pixels(out) != target.photo.pixels).any()
    assert command("render", photo, *words, "-o", other, *options)[0] == 1  # never over what is read
    assert command("render", photo, "--set", "hair.style=nowhere.png", "-o", out, *options)[0] == 1
    assert command("render", photo, "--set", f"mouth.style={other}", "-o", out, *options)[0] == 1


def test_the_list_names_parts_and_what_can_be_set(command):
    listed = command("sliders")[1]
    assert "PART.color" in listed and "hair, brows, lips" in listed and "smile" in listed


def test_a_preset_with_a_strength_and_a_folder_of_photos(command, photo, tiny_set, tmp_path):
    folder, out = tmp_path / "photos", tmp_path / "results"
    folder.mkdir()
    for name in ("a.png", "b.png"):
        (folder / name).write_bytes(photo.read_bytes())
    save_preset(tmp_path / "happy@home.json", FaceEdit({"smile": 0.8, "nose.width": 0.1}))
    options = ("--aligned", "--weights", tiny_set, "--device", "cpu")
    preset = f"{tmp_path / 'happy@home.json'}@0.5"
    status, stdout, _ = command("render", folder, "--preset", preset, "--set", "nose.width=0", "-o", out, *options)
    assert status == 0 and stdout.split() == [str(out / "a.png"), str(out / "b.png")]
    studio = Studio(tiny_set, "cpu")
    expected = studio.reshape(studio.load(photo, aligned=True), smile=0.4)
    np.testing.assert_array_equal(pixels(out / "b.png"), expected.photo.pixels)


def test_a_mask_moves_along(command, photo, tiny_set, tmp_path):
    edited = draw_face(512)
    edited[200:225, 150:230] = 1
    Image.fromarray(edited).save(tmp_path / "edited.png")
    out = tmp_path / "out.png"
    options = ("--aligned", "--weights", tiny_set, "--device", "cpu")
    words = ("--mask", tmp_path / "edited.png", "--set", "smile=0.6")
    assert command("render", photo, *words, "-o", out, *options)[:2] == (0, f"{out}\n")
    studio = Studio(tiny_set, "cpu")
    target = studio.load(photo, aligned=True)
    moved = deform_labels(edited, reshape_face(target.mask, {"smile": 0.6}))
    np.testing.assert_array_equal(pixels(out), studio.composite(studio.reshape(target, smile=0.6), moved))


@pytest.mark.parametrize("word", ["smile", "grin=1", "smile=7", "smile=wide"])
def test_wrong_sliders_are_one_line_and_nothing_is_written(command, photo, tiny_set, tmp_path, word):
    status, stdout, stderr = command("render", photo, "--set", word, "-o", tmp_path / "o.png", "--weights", tiny_set)
    assert (status, stdout) == (1, "") and len(stderr.splitlines()) == 1
    assert not (tmp_path / "o.png").exists()


def test_a_result_never_overwrites_its_photo(command, photo, tmp_path):
    before = photo.read_bytes()
    assert command("render", photo, "--set", "smile=1", "-o", photo)[0] == 1
    assert command("render", photo, "--set", "smile=1", "-o", tmp_path)[0] == 1
    assert photo.read_bytes() == before


def test_an_expression_is_a_preset_by_name(command, photo, tiny_set, tmp_path):
    out = tmp_path / "out.png"
    words = ("render", photo, "--preset", "smile@0.5", "--aligned", "--weights", tiny_set, "--device", "cpu", "-o", out)
    assert command(*words)[0] == 0
    studio = Studio(tiny_set, "cpu")
    face = studio.load(photo, aligned=True)
    assert (pixels(out) == studio.reshape(face, smile=0.3, eyes_height=-0.04).photo.pixels).all()
    status, _, stderr = command(*words[:3], "grin", *words[4:])
    assert status == 1 and "wink-left" in stderr


def test_a_closed_eye_is_drawn_alike_by_command_line_and_python(command, photo, tiny_set, tmp_path):
    out = tmp_path / "out.png"
    words = ("render", photo, "--set", "eyes.closed.left=1", "--aligned", "--weights", tiny_set, "--device", "cpu")
    assert command(*words, "-o", out)[0] == 0
    studio = Studio(tiny_set, "cpu")
    face = studio.load(photo, aligned=True)
    winking = studio.reshape(face, eyes_closed_left=1)
    assert (pixels(out) == winking.photo.pixels).all()
    assert (winking.photo.pixels != face.photo.pixels).any() and (winking.mask != face.mask).any()
