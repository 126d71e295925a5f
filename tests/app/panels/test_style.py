"""The style panel, by drops and buttons."""

from __future__ import annotations

import numpy as np
from filing import drop
from PIL import Image
from pointing import drag, find, press
from PySide6.QtWidgets import QSlider

from maskgan_studio.labels import part_named

HAT = part_named("hat").index


def test_a_reference_gives_style_and_mask_until_it_is_removed(editor, photo, qtbot):
    panel, style = editor.panels.style, editor.workspace.style
    second = photo.with_name("second.png")
    Image.open(photo).rotate(90).save(second)
    drop(panel, second)
    qtbot.waitUntil(lambda: style.reference is not None)
    reference = style.reference
    qtbot.waitUntil(lambda: editor.live.current.result.request.style_key == reference.key)
    find(panel, QSlider, "Mix of the two styles").setValue(50)
    qtbot.waitUntil(lambda: "@0.500" in editor.live.current.result.request.style_key)
    editor.workspace.choose_part(HAT)
    drag(editor.canvas, [(200, 300), (320, 300)])
    press(panel, "Use its mask")
    assert np.array_equal(editor.workspace.session.source_mask, reference.mask)
    press(panel, "Remove")
    own = editor.workspace.target.key
    qtbot.waitUntil(lambda: editor.live.current.result.request.style_key == own)
    assert not find(panel, QSlider, "Mix of the two styles").isEnabled()
