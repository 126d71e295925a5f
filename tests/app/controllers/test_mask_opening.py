"""Masks that can be read in several ways: what the window says, and what its buttons do."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from fake_pipeline import face_mask
from filing import drop
from PIL import Image, ImageCms

from maskgan_studio.labels import color_table, part_named
from maskgan_studio.photo.masks.mask_files import save_mask

HAIR, SKIN = part_named("hair").index, part_named("skin").index


def layers(window) -> int:
    return len(window.workspace.session.stack.layers)


def press(window, title: str) -> None:
    """Press a button of the message bar."""
    bar = window.area.message_bar
    (button,) = [each for each in (bar._action, *bar._others) if each.isVisible() and each.text() == title]
    button.click()


@pytest.fixture
def foreign(tmp_path):
    """A mask in the class colours with one patch in a colour of no class."""
    pixels = color_table()[face_mask()]
    pixels[200:204, 300:310] = (1, 2, 3)
    path = tmp_path / "foreign.png"
    Image.fromarray(pixels).save(path)
    return path


@pytest.mark.parametrize(
    ("title", "label"), [("Make them background", 0), ("Take the nearest part", None)], ids=["background", "nearest"]
)
def test_a_foreign_colour_is_named_and_can_become_background(editor, foreign, title, label):
    before = layers(editor)
    editor.documents.open_mask(foreign)
    message = editor.area.message_bar.problem.message
    assert "(1, 2, 3)" in message and "x 300, y 200" in message and layers(editor) == before
    assert message.endswith("or make them background."), "the command line's option is no matter of the window"
    press(editor, title)
    assert layers(editor) == before + 1
    labels = editor.workspace.session.stack.layers[-1].labels[200:204, 300:310]
    assert (labels == label).all() if label is not None else (labels != 0).all()
    assert "40 pixels" in editor.area.message_bar.problem.message, "what was decided is said"


def test_softened_edges_can_be_snapped_or_kept(editor, tmp_path):
    small = cv2.resize(face_mask(), (300, 300), interpolation=cv2.INTER_LINEAR)
    path = tmp_path / "soft.png"
    save_mask(path, cv2.resize(small, (512, 512), interpolation=cv2.INTER_LINEAR))
    before = layers(editor)
    editor.documents.open_mask(path)
    message = editor.area.message_bar.problem.message
    assert "scaled smoothly" in message and "--" not in message and layers(editor) == before
    press(editor, "Open as it is")
    assert layers(editor) == before + 1
    editor.documents.open_mask(path)
    press(editor, "Snap the edges")
    assert layers(editor) == before + 2
    kept, snapped = (layer.labels for layer in editor.workspace.session.stack.layers[-2:])
    assert (kept != snapped).sum() > 500


def test_a_palette_that_was_renumbered_is_said(editor, tmp_path):
    image = Image.fromarray(face_mask())
    image.putpalette(color_table().tobytes())
    order = [*range(1, 19), 0]
    path = tmp_path / "renumbered.png"
    image.remap_palette(order).save(path)
    before = layers(editor)
    drop(editor, path)
    assert layers(editor) == before + 1
    assert np.array_equal(editor.workspace.session.stack.layers[-1].labels, face_mask())
    assert "other numbers" in editor.area.message_bar.problem.message


def test_a_mask_of_few_parts_in_the_other_order_is_told_by_the_photo(editor, tmp_path):
    few = np.where(np.isin(face_mask(), (HAIR, SKIN)), face_mask(), 0)
    other = np.where(few == HAIR, 17, few).astype(np.uint8)  # where others count hair
    path = tmp_path / "few.png"
    save_mask(path, other)
    before = layers(editor)
    editor.documents.open_mask(path)
    message = editor.area.message_bar.problem.message
    assert "another order" in message and "--" not in message and layers(editor) == before
    press(editor, "Convert and open")
    assert np.array_equal(editor.workspace.session.stack.layers[-1].labels, few)
    editor.documents.open_mask(path)
    press(editor, "Open as it is")
    assert np.array_equal(editor.workspace.session.stack.layers[-1].labels, other)


def test_what_a_photo_could_not_keep_is_said_with_what_is_said_of_its_mask(window, foreign, tmp_path, qtbot):
    path = tmp_path / "portrait.jpg"
    pixels = np.random.default_rng(0).integers(0, 255, (300, 300, 3), np.uint8)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    Image.fromarray(pixels).save(path, icc_profile=profile[:128] + bytes(len(profile) - 128))
    window.documents.open([path])
    qtbot.waitUntil(lambda: window.workspace.session is not None)
    assert "colour profile" in window.area.message_bar.problem.message
    session = window.workspace.session
    other = path.with_name("other.jpg")
    other.write_bytes(path.read_bytes())
    window.documents.open([other, foreign])
    qtbot.waitUntil(lambda: window.workspace.session is not session)
    message = window.area.message_bar.problem.message
    assert "colour profile" in message and "(1, 2, 3)" in message
