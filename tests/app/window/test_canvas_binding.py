"""The canvas shows the document as it is, whatever changes it, and repaints only where it must."""

from __future__ import annotations

import numpy as np
import pytest

from maskgan_studio.document.face_edit import FaceEdit
from maskgan_studio.labels import part_named
from maskgan_studio.recoloring import Recoloring

HAT = part_named("hat").index


def paint(session) -> None:
    session.begin_stroke("Brush", (250, 250), 40, HAT)
    session.finish_edit()


def smile(session) -> None:
    session.face.set_edit("Face", FaceEdit({"smile": 0.8}))


CHANGES = {
    "a stroke": paint,
    "a slider": smile,
    "a new layer": lambda session: (session.layers.add("More"), paint(session)),
    "a hidden layer": lambda session: session.layers.show(session.active_layer, False),
    "a weakened layer": lambda session: session.layers.set_opacity(session.active_layer, 0.4),
    "a removed layer": lambda session: session.layers.remove(session.active_layer),
    "undo": lambda session: session.undo(),
}


@pytest.mark.parametrize("change", CHANGES)
def test_the_tint_is_that_of_the_labels(editor, change):
    session, overlay = editor.workspace.session, editor.canvas.scene.overlay
    paint(session)
    CHANGES[change](session)
    shown = overlay._buffer.copy()
    overlay.refresh(session.stack.composite())
    np.testing.assert_array_equal(shown, overlay._buffer)


def test_a_colour_and_a_name_leave_the_tint_alone_and_the_colour_is_rendered(editor, qtbot, monkeypatch):
    session, refreshed = editor.workspace.session, []
    monkeypatch.setattr(editor.canvas, "labels_changed", lambda *rect: refreshed.append(rect))
    session.face.set_edit("Face", FaceEdit({}, {"hair": Recoloring("#7a3b1d")}))
    qtbot.waitUntil(lambda: editor.live.current.result.request.colors != ())
    session.layers.rename(session.active_layer, "Mine")
    assert refreshed == []
