"""Where an edit is drawn anew, and which edits may be drawn that way."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maskgan_studio.engine.edit_window import draw_edit, find_edit_window, keeps_statistics
from maskgan_studio.engine.synthetic_face import draw_sample_mask
from maskgan_studio.labels import part_named

LIP, GLASSES, SKIN = (part_named(name).index for name in ("u_lip", "eye_g", "skin"))


def painted(rows: slice, columns: slice, part: int) -> np.ndarray:
    mask = draw_sample_mask()
    mask[rows, columns] = part
    return mask


@given(st.integers(0, 500), st.integers(0, 500), st.integers(1, 80), st.integers(1, 80))
def test_the_window_holds_the_edit_and_24_pixels_around_it(top, left, height, width):
    before = np.zeros((512, 512), np.uint8)
    after = before.copy()
    after[top : top + height, left : left + width] = 1
    window, share = find_edit_window(before, after)
    assert (after[window] == 1).sum() == (after == 1).sum()
    bottom, right = min(512, top + height), min(512, left + width)
    assert window == (slice(max(0, top - 24), min(512, bottom + 24)), slice(max(0, left - 24), min(512, right + 24)))
    assert share >= (bottom - top) * (right - left) / 512**2


def test_the_window_is_laid_in_whole_where_labels_differ_and_not_at_its_edges():
    before, after = draw_sample_mask(), painted(np.s_[200:230], np.s_[150:240], LIP)
    image = np.zeros((512, 512, 3), np.uint8)
    window, _ = find_edit_window(before, after)
    edited = draw_edit(image, before, after, window, np.full((*after[window].shape, 3), 255, np.uint8))
    assert (edited[after != before] == 255).all()
    assert not edited[window][0].any() and not edited[window][:, -1].any()
    assert not image.any()  # the one before is left as it was


@pytest.mark.parametrize(
    ("part", "rows", "keeps"),
    [(SKIN, np.s_[100:250], True), (GLASSES, np.s_[200:205], True), (GLASSES, np.s_[200:230], False)],
)
def test_little_may_be_new(part, rows, keeps):
    assert keeps_statistics(draw_sample_mask(), painted(rows, np.s_[150:350], part)) is keeps
