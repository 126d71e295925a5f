"""The gallery, by its tiles."""

from __future__ import annotations

import numpy as np
import pytest
from pointing import press

from maskgan_studio.document.operations.gallery import ITEMS
from maskgan_studio.labels import part_named

GLASSES = part_named("eye_g").index


def test_gallery_puts_glasses_on_the_face(editor):
    glasses = next(item for item in ITEMS if item.part == GLASSES)
    editor.panels.docks["gallery"].raise_()
    press(editor.panels.gallery, glasses.title)
    rows, columns = np.nonzero(editor.workspace.session.source_mask == GLASSES)
    assert 200 < rows.mean() < 290 and columns.mean() == pytest.approx(256, abs=12)
    assert editor.workspace.session.history.entries[-1].title == glasses.title


def test_parts_are_copied_only_from_a_reference(editor):
    editor.panels.docks["gallery"].raise_()
    with pytest.raises(AssertionError, match="Hair"):
        press(editor.panels.gallery, "Hair")
