from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import pytest
from fake_pipeline import face_mask
from PySide6.QtWidgets import QApplication

from maskgan_studio.app.common.images import from_qimage, to_qimage
from maskgan_studio.labels import color_table


@pytest.mark.parametrize("width", [64, 65, 67])
def test_pixels_survive_the_clipboards_format(qapp, width):
    pixels = np.random.default_rng(0).integers(0, 255, (70, width, 3), np.uint8)
    assert np.array_equal(from_qimage(to_qimage(pixels)), pixels)


@pytest.fixture
def temporary(tmp_path, monkeypatch) -> Path:
    """The folder of temporary files, for this test alone."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def test_a_pasted_photo_opens_without_a_file_and_is_kept_in_the_project(window, temporary, qtbot):
    pixels = np.random.default_rng(1).integers(0, 255, (300, 320, 3), np.uint8)
    QApplication.clipboard().setImage(to_qimage(pixels))
    window.actions_["edit.paste"].trigger()
    qtbot.waitUntil(lambda: window.workspace.session is not None)
    assert np.array_equal(window.workspace.target.photo.pixels, pixels)
    assert window.workspace.session.target.photo[:4] == b"\x89PNG"
    assert list(temporary.iterdir()) == [] and window.editor.settings.recent_files() == []


def test_a_pasted_mask_becomes_a_layer(editor, temporary):
    recent = editor.editor.settings.recent_files()
    QApplication.clipboard().setImage(to_qimage(color_table()[face_mask()]))
    before = len(editor.workspace.session.stack.layers)
    editor.actions_["edit.paste"].trigger()
    assert len(editor.workspace.session.stack.layers) == before + 1
    assert np.array_equal(editor.workspace.session.stack.layers[-1].labels, face_mask())
    assert list(temporary.iterdir()) == [] and editor.editor.settings.recent_files() == recent
