"""The tint of the mask, brought up to date by rectangles."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF

from maskgan_studio.app.canvas.overlay import MaskOverlay
from maskgan_studio.app.canvas.view import View

PANE = QRectF(0, 0, 300, 200)


def pixels(overlay: MaskOverlay) -> np.ndarray:
    image = overlay.image
    return np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine()).copy()


@given(
    scale=st.sampled_from([0.3, 1.0, 1.7, 4.0]),
    left=st.integers(0, 60),
    top=st.integers(0, 60),
    width=st.integers(1, 30),
    height=st.integers(1, 30),
    part=st.integers(0, 18),
)
def test_refreshing_a_rectangle_gives_the_same_as_refreshing_everything(scale, left, top, width, height, part):
    rng = np.random.default_rng(3)
    labels = np.repeat(np.repeat(rng.integers(0, 19, (8, 8), np.uint8), 8, 0), 8, 1)
    view = View(scale, 32, 32)
    overlays = [MaskOverlay(), MaskOverlay()]
    for overlay in overlays:
        overlay.lay_out(view, PANE, 1.0, 64)
        overlay.refresh(labels)
    labels[top : top + height, left : left + width] = part
    overlays[0].refresh(labels, QRectF(left, top, width, height))
    overlays[1].refresh(labels)
    assert np.array_equal(*(pixels(overlay) for overlay in overlays))


def test_a_weaker_tint_shows_more_of_the_photo_and_keeps_the_outlines(editor):
    overlay = editor.canvas.scene.overlay
    before = pixels(overlay)
    alpha = before.reshape(len(before), -1, 4)[..., 3]
    for _ in range(9):
        editor.actions_["view.tint_weaker"].trigger()
    weak = pixels(overlay).reshape(len(before), -1, 4)[..., 3]
    assert (weak == alpha)[alpha > 200].all() and not weak[(alpha > 0) & (alpha <= 200)].any()
    for _ in range(3):
        editor.actions_["view.tint_stronger"].trigger()
    assert np.array_equal(pixels(overlay), before)
