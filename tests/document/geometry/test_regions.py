import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from maskgan_studio.document.geometry.regions import fill_with_nearest, find_part_center, of_parts, pieces

maps = arrays.arrays(np.uint8, (9, 12), elements=st.integers(0, 18))
holes = arrays.arrays(bool, (9, 12))


@given(maps, holes)
def test_unknown_pixels_take_the_class_of_a_nearest_known_one(labels, unknown):
    filled = fill_with_nearest(labels, unknown)
    assert (filled[~unknown] == labels[~unknown]).all()
    known = np.argwhere(~unknown)
    if len(known) == 0:
        assert (filled == labels).all()
        return
    for pixel in np.argwhere(unknown):
        distance = np.linalg.norm(known - pixel, axis=1)
        # OpenCV's distances over a 5x5 neighbourhood are a few percent off.
        nearest = known[distance <= distance.min() * 1.05 + 1e-9]
        assert filled[tuple(pixel)] in labels[tuple(nearest.T)]


@given(maps, st.sets(st.integers(0, 18)))
def test_membership_equals_numpys(labels, parts):
    assert (of_parts(labels, parts) == np.isin(labels, list(parts))).all()


def test_pieces_touch_at_corners():
    numbers, stats = pieces(np.eye(5, dtype=bool))
    assert numbers.max() == 1
    assert stats[1].tolist() == [0, 0, 5, 5, 5]


def test_the_centre_of_a_part_is_that_of_its_largest_piece():
    labels = np.zeros((512, 512), np.uint8)
    labels[100:110, 200:220] = 4
    labels[400:403, 400:403] = 4
    assert find_part_center(labels, [4]) == (210, 105)
    assert find_part_center(labels, [5]) is None
    labels[:300] = 0
    assert find_part_center(labels, [4]) is None, "nine pixels are no eye"
