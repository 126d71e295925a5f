"""What an export is to be like."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pointing import press
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox

from maskgan_studio.app.actions.export_dialog import ExportDialog
from maskgan_studio.app.files.export_plan import ExportPlan, Material, measure_export, write_export
from maskgan_studio.app.files.export_presets import load_presets

SAVE = QDialogButtonBox.StandardButton.Save


@pytest.fixture
def snapshot(window, photo, tmp_path, qtbot) -> Path:
    """A JPEG with a date, open in the window."""
    path, exif = tmp_path / "snapshot.jpg", Image.Exif()
    exif[306] = "2026:11:26 10:00:00"
    Image.open(photo).save(path, quality=90, exif=exif)
    window.documents.open([path])
    qtbot.waitUntil(lambda: window.live.current is not None)
    return path


@pytest.fixture
def dialog(window, snapshot, qtbot) -> ExportDialog:
    dialog = ExportDialog(window.editor, window)
    dialog.show()
    qtbot.waitUntil(lambda: "B" in dialog.estimate.text().split(",")[-1])
    return dialog


def choose(box, down: int) -> None:
    for _ in range(down):
        QTest.keyClick(box, Qt.Key.Key_Down)


def test_it_begins_with_the_photos_own_format_and_measures_it(dialog, snapshot):
    assert dialog.plan == ExportPlan("photo", ".jpg", 0, 0, True, True)
    assert dialog.estimate.text().startswith("600 x 600 pixels, ")
    assert dialog.quality_text.text() == "as the photo"


def test_a_preset_sets_everything_and_what_is_chosen_is_remembered(dialog, window, qtbot):
    first = dialog.estimate.text()
    choose(dialog.preset, 2)
    qtbot.waitUntil(lambda: "B" in dialog.estimate.text() and dialog.estimate.text() != first)
    assert dialog.plan == ExportPlan("photo", ".jpg", 75, 600, False, True)
    dialog.longest.setValue(300)
    dialog.longest.clearFocus()
    assert dialog.preset.currentText() == "As chosen below"
    dialog.remember()
    dialog.reject()
    assert dialog._material is None, "a closed dialog keeps no picture of the photo's size"
    assert ExportDialog(window.editor).plan == ExportPlan("photo", ".jpg", 75, 300, False, True)


def test_a_mask_has_its_own_format_and_a_film_its_own_dialog(dialog):
    choose(dialog.kind, 3)
    assert dialog.plan.kind == "mask" and dialog.plan.suffix == ".png" and not dialog.format.isEnabled()
    choose(dialog.kind, 2)
    assert dialog.plan.kind == "film" and dialog.estimate.text() == "length and size are asked next"


@pytest.mark.parametrize(
    ("kind", "longest", "size"),
    [
        ("photo", 0, (600, 600)),
        ("photo", 300, (300, 300)),
        ("face", 256, (256, 256)),
        ("pair", 512, (512, 256)),
        ("pair", 0, (1024, 512)),
    ],
)
def test_the_file_has_the_promised_size_and_metadata_if_wanted(window, snapshot, tmp_path, kind, longest, size):
    target = window.workspace.target
    pixels = target.photo.pixels.copy()
    pixels[200:300, 200:300] = 255
    material = Material(target, None, target.mask, pixels)
    for keeps in (True, False):
        plan = ExportPlan(kind, ".jpg", 80, longest, keeps, False)
        path = tmp_path / f"{keeps}.jpg"
        write_export(path, plan, material)
        assert path.stat().st_size == measure_export(plan, material)
        with Image.open(path) as image:
            assert image.size == size == plan.size(600, 600)
            assert (image.getexif().get(306) is not None) == keeps


def test_an_unedited_photo_loses_its_metadata_too_when_they_are_not_to_travel(window, snapshot, tmp_path):
    target = window.workspace.target
    plan = ExportPlan(suffix=".jpg", keeps_metadata=False)
    write_export(tmp_path / "out.jpg", plan, Material(target, None, target.mask, target.photo.pixels))
    with Image.open(tmp_path / "out.jpg") as image:
        assert image.getexif().get(306) is None
        assert np.abs(np.asarray(image).astype(int) - target.photo.pixels).mean() < 3


def test_own_presets_are_saved_chosen_and_deleted(dialog, window, monkeypatch, qtbot):
    monkeypatch.setattr("maskgan_studio.app.files.dialogs.ask_for_name", lambda *_: "My blog")
    assert not dialog.drop.isEnabled()
    choose(dialog.kind, 1)
    dialog.longest.setValue(320)
    dialog.metadata.setChecked(False)
    wanted = dialog.plan
    press(dialog, "Save…")
    assert dialog.preset.currentText() == "My blog" and dialog.drop.isEnabled()
    dialog.reject()
    again = ExportDialog(window.editor, window)
    again.show()
    choose(again.preset, -again.preset.currentIndex() + 1)
    again.kind.setFocus()
    choose(again.kind, 2)
    assert again.plan != wanted and again.plan.kind == "pair"
    again.preset.setFocus()
    choose(again.preset, again.preset.findText("My blog") - again.preset.currentIndex())
    assert again.plan == wanted
    press(again, "Delete")
    assert again.preset.findText("My blog") < 0 and again.preset.currentText() == "As chosen below"
    again.reject()


def test_a_preset_of_an_earlier_version_says_nothing_of_what_is_shown(window):
    record = '[{"title": "x", "suffix": ".png", "quality": 0, "longest": 64, "keeps_metadata": true}]'
    window.editor.settings.set("export/presets", record)
    assert load_presets(window.editor.settings) == [("x", ExportPlan("", ".png", 0, 64))]


@pytest.mark.parametrize("damaged", ["[", "3", '[{"title": "x"}, 7, {"suffix": ".png", "quality": 900, "longest": 0}]'])
def test_damaged_presets_are_left_out(window, damaged):
    window.editor.settings.set("export/presets", damaged)
    assert load_presets(window.editor.settings) == []
