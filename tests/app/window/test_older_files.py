"""What an older version has written still opens: a project, a set of weights, the settings.

``data/older-version`` was written by commit a9212f6, before the packages were rearranged.
"""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QCoreApplication, QEvent

from maskgan_studio.app.actions.export import MARK_KEY
from maskgan_studio.app.common.settings import Settings
from maskgan_studio.app.common.theme import Theme
from maskgan_studio.app.window.main_window import MainWindow
from maskgan_studio.document.storage.openraster import load_project
from maskgan_studio.engine.pipeline import Pipeline
from maskgan_studio.engine.synthetic_face import draw_sample_crop, draw_sample_mask
from maskgan_studio.photo.files.loading import Photo
from maskgan_studio.weights import find_set

OLDER = Path(__file__).parents[2] / "data" / "older-version"
MASK_SHA256 = "3174ff48d941a7bf97a9d48444b7f5ad39dc2b324ca92cf4380031dcbc9f5d2c"


def test_a_project_has_its_layers(tmp_path):
    project = load_project(OLDER / "project.ora", 512)
    assert project.notice is None and project.target is not None
    assert [layer.name for layer in project.layers[2:]] == ["my glasses", "hidden"]
    assert [layer.visible for layer in project.layers] == [True, True, True, False]
    assert [layer.locked for layer in project.layers] == [True, False, False, True]
    assert project.layers[2].opacity == 1.0  # it was the strength of the tint, not of the edit
    assert (project.active_layer, project.active_part) == (project.layers[2].id, 3)


def test_a_project_opens_in_the_window_with_photo_style_and_fit(window, tmp_path, qtbot):
    path = Path(shutil.copy(OLDER / "project.ora", tmp_path))
    window.documents.open([path])
    qtbot.waitUntil(lambda: window.live.current is not None)
    session, style = window.workspace.session, window.workspace.style
    assert hashlib.sha256(session.source_mask.tobytes()).hexdigest() == MASK_SHA256
    assert window.workspace.target.photo.pixels.shape == (600, 600, 3)
    assert style.reference is not None and style.choice.mix == pytest.approx(0.6)
    assert style.choice.fit.error_after == 4.5
    assert not session.dirty and window.area.message_bar.isHidden()


def test_weights_are_whole_and_render_the_same():
    found = find_set(OLDER / "weights")
    found.verify()
    pipeline = Pipeline(found.path, "cpu")
    target = pipeline.prepare(Photo.from_pixels(draw_sample_crop()), aligned=True, mask=draw_sample_mask())
    image = pipeline.render(target.mask, pipeline.style(target))
    before = np.asarray(Image.open(OLDER / "render.png")).astype(int)
    now = cv2.resize(image, (64, 64), interpolation=cv2.INTER_AREA).astype(int)
    assert np.abs(now - before).max() <= 3


def test_settings_are_the_users_own(qtbot, qapp, pipeline, tmp_path):
    settings = Settings(Path(shutil.copy(OLDER / "settings.ini", tmp_path)))
    theme = Theme(qapp, settings.get("theme", "system"))
    window = MainWindow(lambda _weights: pipeline, "fake", settings, theme)
    window.show()
    qtbot.waitExposed(window)
    try:
        assert theme.choice == "light" and settings.get("language", "system") == "de"
        assert settings.get("tour/seen", False) and not settings.get(MARK_KEY, True)
        assert window.canvas.mode == "split" and window.editor.mask_colors.are_safe
        assert window.actions_["file.save"].shortcut().toString() == "Ctrl+Shift+F9"
    finally:
        pipeline.open_gates()
        window.close()
        window.editor.stop()
        for thing in (window, theme):
            thing.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
