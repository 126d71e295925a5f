import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maskgan_studio.document.geometry import rasterize
from maskgan_studio.document.geometry.rect import Rect

SHAPE = (48, 64)
coordinate = st.floats(-20, 84, width=32)
points = st.tuples(coordinate, coordinate)
sizes = st.floats(0.25, 40, width=32)


def centers() -> tuple[np.ndarray, np.ndarray]:
    rows, columns = np.mgrid[: SHAPE[0], : SHAPE[1]] + 0.5
    return columns, rows


def full(cover: rasterize.Cover | None) -> np.ndarray:
    return np.zeros(SHAPE, bool) if cover is None else cover.full(SHAPE)


def distance_to_segment(start, end) -> np.ndarray:
    x, y = centers()
    (ax, ay), (bx, by) = start, end
    length = (bx - ax) ** 2 + (by - ay) ** 2
    t = 0 if length == 0 else np.clip(((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length, 0, 1)
    return np.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay))


@given(points, points, st.floats(2, 40, width=32))
def test_a_capsule_holds_the_pixels_near_its_segment(start, end, size):
    covered = full(rasterize.capsule(start, end, size, size, SHAPE))
    distance = distance_to_segment(start, end)
    assert covered[distance < size / 2 - 1e-3].all()
    assert not covered[distance > size / 2 + 1e-3].any()


@given(points, points, st.floats(4, 40, width=32), st.floats(4, 40, width=32))
def test_a_tapered_capsule_holds_all_discs_along_the_way(start, end, first, last):
    covered = full(rasterize.capsule(start, end, first, last, SHAPE))
    x, y = centers()
    expected = np.zeros(SHAPE, bool)
    for t in np.linspace(0, 1, 200):
        center_x, center_y = (np.asarray(start) * (1 - t) + np.asarray(end) * t).tolist()
        expected |= np.hypot(x - center_x, y - center_y) < (first * (1 - t) + last * t) / 2 - 1e-3
    assert not (expected & ~covered).any()
    # Between 200 discs along at most 150 pixels there is little room that the hull may hold beyond them.
    grown = cv2.dilate(expected.astype(np.uint8), np.ones((3, 3), np.uint8)).astype(bool)
    assert not (covered & ~grown).any()


inside = st.tuples(st.floats(0, SHAPE[1] - 0.5, width=32), st.floats(0, SHAPE[0] - 0.5, width=32))


@given(st.lists(inside, min_size=2, max_size=6), st.lists(sizes, min_size=6, max_size=6))
def test_a_stroke_has_no_gap_however_thin_and_fast(path, widths):
    covered = np.zeros(SHAPE, np.uint8)
    for start, end, first, last in zip(path, path[1:], widths, widths[1:], strict=False):
        covered |= full(rasterize.capsule(start, end, first, last, SHAPE)).astype(np.uint8)
    for x, y in path:
        near = covered[max(int(y) - 1, 0) : int(y) + 2, max(int(x) - 1, 0) : int(x) + 2]
        assert near.any(), "the stroke reaches every point it was dragged to"
    pieces, _ = cv2.connectedComponents(covered, connectivity=8)
    assert pieces == 2, "background and one piece"


@pytest.mark.parametrize("size", range(1, 12))
@pytest.mark.parametrize("center", [(20.0, 20.0), (20.5, 20.5), (20.3, 20.8)])
def test_a_dab_is_as_wide_as_its_size_says(size, center):
    cover = rasterize.capsule(center, center, size, size, SHAPE)
    assert size - 1 <= cover.rect.width <= size
    assert size - 1 <= cover.rect.height <= size
    assert cover.mask.any(axis=0).all(), "the rectangle fits the pixels"


def test_a_size_one_brush_paints_the_pixel_under_the_pointer_alone():
    cover = rasterize.capsule((7.2, 3.9), (7.2, 3.9), 1, 1, SHAPE)
    assert cover.rect == Rect(3, 7, 4, 8)


@given(points, points)
def test_shapes_outside_the_map_cover_nothing_and_shapes_across_its_border_are_cut(start, end):
    far = (start[0] + 500, start[1])
    assert rasterize.capsule(far, far, 10, 10, SHAPE) is None
    for cover in (rasterize.rectangle(start, end, SHAPE), rasterize.ellipse(start, end, SHAPE)):
        if cover is not None:
            assert cover.rect.intersection(Rect(0, 0, *SHAPE)) == cover.rect
            assert cover.mask.shape == (cover.rect.height, cover.rect.width)


@given(points, points)
def test_rectangle_and_ellipse_hold_the_centers_inside_them(start, end):
    x, y = centers()
    (ax, ay), (bx, by) = start, end
    expected = (x >= min(ax, bx)) & (x < max(ax, bx)) & (y >= min(ay, by)) & (y < max(ay, by))
    assert (full(rasterize.rectangle(start, end, SHAPE)) == expected).all()
    if abs(bx - ax) > 0.01 and abs(by - ay) > 0.01:
        round_ = ((x - (ax + bx) / 2) / (bx - ax)) ** 2 + ((y - (ay + by) / 2) / (by - ay)) ** 2
        covered = full(rasterize.ellipse(start, end, SHAPE))
        assert covered[round_ < 0.2499].all()
        assert not covered[round_ > 0.2501].any()


@given(st.lists(points, min_size=3, max_size=8))
def test_a_polygon_holds_the_centers_around_which_it_winds(corners):
    outline = np.array(corners)
    x, y = centers()
    angle = np.zeros(SHAPE)
    distance = np.full(SHAPE, np.inf)
    for (ax, ay), (bx, by) in zip(outline, np.roll(outline, -1, axis=0), strict=True):
        first, last = (ax - x) + 1j * (ay - y), (bx - x) + 1j * (by - y)
        angle += np.angle(last * np.conj(first))
        distance = np.minimum(distance, distance_to_segment((ax, ay), (bx, by)))
    clear = distance > 1e-3
    expected = np.abs(np.round(angle / (2 * np.pi))) > 0
    assert (full(rasterize.polygon(corners, SHAPE)) == expected)[clear].all()


def test_fill_takes_the_connected_pixels_of_the_class_under_the_pointer():
    labels = np.zeros((6, 8), np.uint8)
    labels[1:5, 1:6] = 1
    labels[2:4, 3] = 2  # an island
    labels[:, 7] = 1  # the same class, apart
    ring = (labels == 1) & (np.arange(8) < 7)

    assert (rasterize.fill(labels, (1.5, 1.5)).full(labels.shape) == ring).all()
    assert (rasterize.fill(labels, (1.5, 1.5), holes=True).full(labels.shape) == ring | (labels == 2)).all()
    assert (rasterize.fill(labels, (1.5, 1.5), contiguous=False).full(labels.shape) == (labels == 1)).all()
    assert rasterize.fill(labels, (8.0, 2.0)) is None


def test_filling_does_not_leak_through_corners():
    labels = np.eye(6, dtype=np.uint8)
    assert not rasterize.fill(labels, (4.5, 0.5)).full(labels.shape)[4, 0]
