"""A preview replaces the last full result only where it is edited, and says that it is one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from pointing import drag

from maskgan_studio.app.rendering.preview_blend import differ_in_labels_alone, lay_into
from maskgan_studio.app.rendering.render_job import Changed, Rendered
from maskgan_studio.engine.requests import RenderRequest, RenderResult
from maskgan_studio.labels import part_named
from maskgan_studio.photo.alignment.face_alignment import Alignment

HAIR, HAT = (part_named(name).index for name in ("hair", "hat"))


def rendered(mask: np.ndarray, size: int, width: int, color: int, corner: tuple[int, int], side: int) -> Rendered:
    """A result in a view of ``width`` pixels whose square at ``corner`` has a colour."""
    view = np.full((width, width, 3), 10, np.uint8)
    changed = Changed(np.full((side, side, 3), color, np.uint8), corner)
    alignment = Alignment((width - 1) / 2, (width - 1) / 2, width / 2, 0.0)
    result = RenderResult(RenderRequest(mask, "style", size), np.zeros((512, 512, 3), np.uint8), 1.0, "CPU")
    return Rendered(result, True, view, changed, None, alignment, 0, 0, False, "fake")


@pytest.mark.parametrize("width", [512, 1024])
def test_outside_the_edit_the_full_result_stays(width):
    before = np.zeros((512, 512), np.uint8)
    after = before.copy()
    after[300:340, 300:340] = HAIR
    scale = width // 512
    good = rendered(before, 512, width, 200, (100 * scale, 100 * scale), 50 * scale)
    rough = rendered(after, 256, 512, 90, (0, 0), 512)
    shown = lay_into(good, rough)
    assert shown.result.request.size == 256 and shown.edit.shape == good.view.shape
    rows = slice(300 * scale, 340 * scale)
    assert (shown.edit[rows, rows] == 90).all(), "the edit itself is the preview's"
    far = np.ones((width, width), bool)
    far[270 * scale : 370 * scale, 270 * scale : 370 * scale] = False
    assert np.array_equal(shown.edit[far], good.edit[far])
    rim = shown.edit[320 * scale, 340 * scale : 370 * scale, 0].astype(int)
    assert (np.diff(rim) <= 0).all() and rim[-1] == 10, "it fades out"


def test_equal_labels_leave_everything_as_it_was():
    mask = np.zeros((512, 512), np.uint8)
    good, rough = rendered(mask, 512, 512, 200, (9, 9), 5), rendered(mask, 256, 512, 90, (0, 0), 512)
    assert np.array_equal(lay_into(good, rough).edit, good.edit)


def test_a_preview_keeps_earlier_edits_as_good_as_they_were_and_is_marked(editor, pipeline, qtbot, monkeypatch):
    qtbot.waitUntil(lambda: editor.live.current.result.request.size == 512)
    editor.workspace.choose_part(HAT)
    editor.workspace.options.size = 40
    drag(editor.canvas, [(150, 420)])
    wanted = editor.workspace.session.source_mask
    qtbot.waitUntil(lambda: np.array_equal(editor.live.current.result.request.source_mask, wanted))
    qtbot.waitUntil(lambda: not editor.canvas.scene.is_provisional)
    good = editor.live.current
    monkeypatch.setattr(pipeline, "preview", lambda target, mask, style: np.full((512, 512, 3), 77, np.uint8))
    pipeline.gate.clear()  # the full image does not come
    editor.live._times.full_ms = 1000.0  # a machine that previews first
    drag(editor.canvas, [(350, 100)])
    qtbot.waitUntil(lambda: editor.live.current is not good)
    shown = editor.live.current
    assert shown.result.request.size < 512
    assert editor.canvas.scene.is_preview and editor.canvas.scene.is_provisional
    place = shown.alignment.matrix
    first, second = (
        tuple(np.rint(np.linalg.solve(place[:, :2], np.array(point) - place[:, 2])).astype(int)[::-1])
        for point in ((150, 420), (350, 100))
    )
    assert (shown.edit[first] == good.edit[first]).all() and (good.edit[first] != good.view[first]).any()
    assert (shown.edit[second] == 77).all()
    pipeline.open_gates()
    qtbot.waitUntil(lambda: not editor.canvas.scene.is_provisional)


def test_another_style_is_previewed_everywhere(editor):
    full = editor.live.current
    other = replace(full, result=replace(full.result, request=replace(full.result.request, style_key="x", size=256)))
    assert not differ_in_labels_alone(full.result.request, other.result.request)
