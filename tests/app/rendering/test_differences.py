"""What of an image is kept: all that differs from another one, and nothing else."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from maskgan_studio.app.rendering.differences import cut_out_changed, find_changed

IMAGES = hnp.arrays(np.uint8, (7, 9, 3), elements=st.integers(0, 2))


@given(before=IMAGES, changes=hnp.arrays(np.bool_, (7, 9, 3), elements=st.booleans(), fill=st.just(False)))
def test_what_is_cut_out_laid_over_the_first_image_is_the_second(before, changes):
    after = np.where(changes, before + 3, before).astype(np.uint8)
    part = rows, columns = find_changed(before, after)
    piece = cut_out_changed(before[part], after[part])
    restored = before.copy()
    np.copyto(restored[part], piece[..., :3], where=piece[..., 3:] > 0)
    np.testing.assert_array_equal(restored, after)
    differs = changes.any(axis=2)
    np.testing.assert_array_equal(piece[..., 3] > 0, differs[part])
    assert (rows.stop - rows.start, columns.stop - columns.start) == (
        (np.ptp(np.flatnonzero(differs.any(1))) + 1, np.ptp(np.flatnonzero(differs.any(0))) + 1)
        if differs.any()
        else (0, 0)
    )
