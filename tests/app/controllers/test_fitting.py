"""Fit to photo in the window."""

from __future__ import annotations

import numpy as np
import pytest
from filing import open_file, save
from PIL import Image
from pointing import drag

from maskgan_studio.document.storage.openraster import load_project
from maskgan_studio.engine.fit import FIT_NAME
from maskgan_studio.errors import StudioError


@pytest.fixture
def row(editor):
    return editor.panels.style.fit_row


def fit(editor, qtbot) -> None:
    editor.actions_["render.fit"].trigger()
    qtbot.waitUntil(lambda: editor.workspace.style.choice.fit is not None and not editor.editor.fitting.running)


def test_the_result_is_rendered_in_the_fitted_style(editor, row, qtbot):
    before = editor.live.current.result.image
    row._quick.click()
    qtbot.waitUntil(lambda: not np.array_equal(editor.live.current.result.image, before))
    assert "closer to your photo" in row._text.text() and row._forget.isVisibleTo(editor)
    row._forget.click()
    qtbot.waitUntil(lambda: np.array_equal(editor.live.current.result.image, before))
    assert row._quick.isVisibleTo(editor)


def test_painting_goes_on_while_it_fits(editor, row, pipeline, qtbot):
    pipeline.step_gate.clear()
    row._quick.click()
    assert editor.editor.fitting.running and row._cancel.isVisibleTo(editor)
    drawn = len(pipeline.rendered)
    editor.workspace.choose_part(14)
    drag(editor.canvas, [(200, 300), (220, 300)])
    pipeline.step_gate.set()
    qtbot.waitUntil(lambda: len(pipeline.rendered) > drawn)
    qtbot.waitUntil(lambda: not editor.editor.fitting.running)
    assert editor.workspace.style.choice.fit is not None


def test_a_fit_can_be_cancelled(editor, row, pipeline, qtbot):
    pipeline.step_gate.clear()
    row._full.click()
    row._cancel.click()
    assert not editor.editor.fitting.running and row._quick.isVisibleTo(editor)
    pipeline.step_gate.set()
    fit(editor, qtbot)  # the next one is its own
    assert editor.workspace.style.choice.fit.mode == "quick"


def test_it_is_kept_with_the_project(editor, qtbot, tmp_path, photo):
    fit(editor, qtbot)
    key = editor.workspace.style.choice.fit.key
    path = tmp_path / "fitted.ora"
    save(editor, path, qtbot)
    assert FIT_NAME in load_project(path).extras
    other = photo.with_name("other.png")
    Image.fromarray(255 - np.asarray(Image.open(photo))).save(other)
    editor.documents.open([other])
    qtbot.waitUntil(lambda: editor.workspace.session.target.name == "other.png")
    assert editor.workspace.style.choice.fit is None
    editor.documents.open([path])
    qtbot.waitUntil(lambda: editor.live.current is not None and editor.live.current.result.request.style_key == key)


def test_opening_another_photo_ends_it(editor, row, pipeline, photo, qtbot):
    pipeline.step_gate.clear()
    row._quick.click()
    other = photo.with_name("other.png")
    Image.fromarray(255 - np.asarray(Image.open(photo))).save(other)
    editor.documents.open([other])
    pipeline.step_gate.set()
    qtbot.waitUntil(lambda: editor.workspace.session.target.name == "other.png")
    assert not editor.editor.fitting.running and editor.workspace.style.choice.fit is None


def test_a_refusal_is_told(editor, row, pipeline, qtbot):
    pipeline.failure = StudioError("These weights cannot be fitted to a photo.")
    row._quick.click()
    qtbot.waitUntil(lambda: editor.area.message_bar.problem is not None)
    assert "cannot be fitted" in editor.area.message_bar.problem.message
    assert row._quick.isVisibleTo(editor)


def test_a_damaged_fit_does_not_keep_a_project_closed(editor, tmp_path, qtbot):
    editor.workspace.session.set_extra(FIT_NAME, b"damaged")
    path = tmp_path / "damaged.ora"
    save(editor, path, qtbot)
    open_file(editor, path, qtbot)
    assert editor.workspace.session.path == path
    qtbot.waitUntil(lambda: editor.area.message_bar.problem is not None)
    assert "fit to the photo again" in editor.area.message_bar.problem.message
