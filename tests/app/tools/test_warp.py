"""Warp, with real drags."""

from __future__ import annotations

import numpy as np
import pytest
from pointing import drag

from maskgan_studio.labels import part_named

NOSE, L_EYE, R_EYE = (part_named(name).index for name in ("nose", "l_eye", "r_eye"))


@pytest.fixture
def seen(editor):
    """What the layers show, following every edit."""
    return lambda: editor.workspace.session.stack.composite()


def test_warp_pulls_a_part_along(editor, seen):
    before = np.argwhere(seen() == NOSE).mean(axis=0)
    editor.tools.choose("warp")
    editor.workspace.options.size = 120
    drag(editor.canvas, [(256, 300), (266, 300), (276, 300)])
    assert np.argwhere(seen() == NOSE).mean(axis=0)[1] > before[1] + 3


def test_warp_changes_nothing_outside_the_circle(editor, seen):
    editor.tools.choose("warp")
    editor.workspace.options.size = 60
    before = seen().copy()
    drag(editor.canvas, [(284, 300), (294, 300)])
    y, x = np.nonzero(seen() != before)
    assert len(x) and np.hypot(x + 0.5 - 289, y + 0.5 - 300).max() <= 30 + 5 + 1


def test_symmetry_warps_the_other_side_as_well(editor, seen):
    editor.actions_["edit.symmetry"].trigger()
    editor.tools.choose("warp")
    drag(editor.canvas, [(320, 245), (330, 245)])
    left, right = (np.argwhere(seen() == eye).mean(axis=0)[1] for eye in (L_EYE, R_EYE))
    assert left > 322 and left + right == pytest.approx(512, abs=1.5)
