"""Slips of the pen are told while the hand rests, and repaired by one click."""

from __future__ import annotations

from maskgan_studio.document.geometry.rasterize import Cover, ellipse
from maskgan_studio.labels import part_named

HAT = part_named("hat").index


def _disc(editor, x: float, y: float, radius: float) -> Cover | None:
    shape = editor.workspace.session.stack.shape
    return ellipse((x - radius, y - radius), (x + radius, y + radius), shape)


def _speck(editor, x: float) -> None:
    editor.workspace.session.paint("Brush", _disc(editor, x, 300, 3), HAT)


def test_a_speck_is_told_and_repaired_by_a_click(editor, qtbot):
    sign = editor.status.flaws
    qtbot.waitUntil(lambda: not editor.editor.mask_checks.busy)
    assert sign.isHidden()
    # Specks of a part are flaws where it has a much larger piece elsewhere.
    session = editor.workspace.session
    session.paint("Brush", _disc(editor, 256, 60, 50), HAT)
    _speck(editor, 250.0)
    qtbot.waitUntil(lambda: not sign.isHidden())
    assert "1" in sign.text()
    sign.click()
    assert session.stack.composite()[300, 250] != HAT
    qtbot.waitUntil(sign.isHidden)


def test_painting_puts_the_look_off(editor, qtbot):
    session = editor.workspace.session
    qtbot.waitUntil(lambda: not editor.editor.mask_checks.busy)
    _speck(editor, 200.0)
    assert editor.editor.mask_checks.busy
    session.begin_stroke("Brush", (100.0, 100.0), 9)
    assert not editor.editor.mask_checks.busy
    session.finish_edit()
    assert editor.editor.mask_checks.busy
