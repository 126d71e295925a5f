"""Which pixels a shape covers.

Points are (x, y) in pixels from the upper left corner of the label map: pixel (row i, column j) is the unit square
whose centre is (j + 0.5, i + 0.5), and a shape covers the pixels whose centres lie inside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import cv2
import numpy as np

from maskgan_studio.document.geometry.rect import Rect

__all__ = ["Cover", "capsule", "ellipse", "fill", "fill_enclosed", "line", "polygon", "rectangle"]

Point = tuple[float, float]
Shape = tuple[int, int]

# A disc of this radius holds a pixel centre wherever it lies (half a pixel's diagonal, a little more), and the centres
# that it meets while it moves are neighbours: from here on a capsule has no gaps. Thinner strokes are drawn as lines.
_MIN_RADIUS = 0.75
# A centre exactly on the rim is outside, so that a brush is never wider than its size.
_RIM = 1e-6


class Cover(NamedTuple):
    """The pixels of ``rect`` where ``mask``, a (h, w) bool array, is True."""

    rect: Rect
    mask: np.ndarray

    @classmethod
    def of(cls, mask: np.ndarray) -> Cover | None:
        """The True pixels of a (H, W) bool array that covers the whole label map; None when there is none."""
        rect = Rect.around(mask)
        return None if rect is None else cls(rect, mask[rect.slices])

    def full(self, shape: Shape) -> np.ndarray:
        """The same pixels as a (H, W) bool array for a label map of the given size."""
        mask = np.zeros(shape, bool)
        mask[self.rect.slices] = self.mask
        return mask


def capsule(start: Point, end: Point, start_size: float, end_size: float, shape: Shape) -> Cover | None:
    """What a round brush covers that is dragged from ``start`` to ``end``: the convex hull of two discs.

    Args:
        start, end: centre of the brush.
        start_size, end_size: diameter of the brush in pixels, different when a pen's pressure changes.
        shape: (H, W) of the label map.

    Returns:
        the covered pixels, or None when the brush is outside the label map.
    """
    radii = start_size / 2, end_size / 2
    if max(radii) < _MIN_RADIUS:
        return line(start, end, shape)
    first, last = (max(radius, _MIN_RADIUS) - _RIM for radius in radii)
    (ax, ay), (bx, by) = start, end
    top, bottom = _pixels(min(ay - first, by - last), max(ay + first, by + last), shape[0])
    if top >= bottom:
        return None
    rows = np.arange(top, bottom) + 0.5
    left, right = _disc_spans(ax, ay, first, rows)
    other_left, other_right = _disc_spans(bx, by, last, rows)
    left, right = np.minimum(left, other_left), np.maximum(right, other_right)
    for (px, py), (qx, qy) in _tangents(start, end, first, last):
        if py != qy:
            t = (rows - py) / (qy - py)
            x = px + t * (qx - px)
            between = (t >= 0) & (t <= 1)
            left = np.where(between, np.minimum(left, x), left)
            right = np.where(between, np.maximum(right, x), right)
    return _from_spans(top, left, right, shape)


def line(start: Point, end: Point, shape: Shape) -> Cover | None:
    """A line one pixel wide whose pixels touch each other, at least at a corner."""
    (ax, ay), (bx, by) = start, end
    steps = int(np.ceil(max(abs(bx - ax), abs(by - ay)))) + 1
    t = np.linspace(0, 1, steps + 1)
    columns = np.floor(ax + t * (bx - ax)).astype(int)
    rows = np.floor(ay + t * (by - ay)).astype(int)
    inside = (columns >= 0) & (columns < shape[1]) & (rows >= 0) & (rows < shape[0])
    if not inside.any():
        return None
    columns, rows = columns[inside], rows[inside]
    rect = Rect(int(rows.min()), int(columns.min()), int(rows.max()) + 1, int(columns.max()) + 1)
    mask = np.zeros((rect.height, rect.width), bool)
    mask[rows - rect.top, columns - rect.left] = True
    return Cover(rect, mask)


def rectangle(corner: Point, opposite: Point, shape: Shape) -> Cover | None:
    """The upright rectangle between two opposite corners, in any order."""
    (ax, ay), (bx, by) = corner, opposite
    top, bottom = _pixels(min(ay, by), max(ay, by), shape[0])
    left, right = _pixels(min(ax, bx), max(ax, bx), shape[1])
    if top >= bottom or left >= right:
        return None
    return Cover(Rect(top, left, bottom, right), np.ones((bottom - top, right - left), bool))


def ellipse(corner: Point, opposite: Point, shape: Shape) -> Cover | None:
    """The upright ellipse that touches the sides of the rectangle between two opposite corners."""
    (ax, ay), (bx, by) = corner, opposite
    center_x, center_y, radius_x, radius_y = (ax + bx) / 2, (ay + by) / 2, abs(bx - ax) / 2, abs(by - ay) / 2
    top, bottom = _pixels(center_y - radius_y, center_y + radius_y, shape[0])
    if top >= bottom or radius_x == 0:
        return None
    unit = (np.arange(top, bottom) + 0.5 - center_y) / radius_y
    half = radius_x * np.sqrt(1 - unit**2) - _RIM
    return _from_spans(top, center_x - half, center_x + half, shape)


def polygon(points: Sequence[Point] | np.ndarray, shape: Shape) -> Cover | None:
    """The inside of a closed polygon by the nonzero winding rule: a lasso that crosses itself leaves no hole.

    Args:
        points: the corners in order, (N, 2); the last one is joined to the first.
        shape: (H, W) of the label map.
    """
    start = np.asarray(points, float).reshape(-1, 2)
    end = np.roll(start, -1, axis=0)
    # Each edge meets the rows whose centres lie between its ends, the upper end included.
    first = np.clip(np.ceil(np.minimum(start[:, 1], end[:, 1]) - 0.5), 0, shape[0]).astype(int)
    last = np.clip(np.ceil(np.maximum(start[:, 1], end[:, 1]) - 0.5), 0, shape[0]).astype(int)
    count = last - first
    if not count.any():
        return None
    edge = np.repeat(np.arange(len(start)), count)
    rows = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count) + first[edge]
    (ax, ay), (bx, by) = start[edge].T, end[edge].T
    x = ax + (rows + 0.5 - ay) / (by - ay) * (bx - ax)
    columns = np.clip(np.ceil(x - 0.5), 0, shape[1]).astype(int)
    winding = np.zeros((shape[0], shape[1] + 1), np.int32)
    np.add.at(winding, (rows, columns), np.where(by > ay, 1, -1))
    return Cover.of(np.cumsum(winding, axis=1)[:, :-1] != 0)


def fill(labels: np.ndarray, seed: Point, *, contiguous: bool = True, holes: bool = False) -> Cover | None:
    """The pixels that have the same class as the one under ``seed``.

    Args:
        labels: (H, W) uint8 label map, as seen.
        seed: the point clicked.
        contiguous: only those that are connected with it side by side.
        holes: also what these pixels enclose, whatever its class.

    Returns:
        the pixels, or None when the seed lies outside the label map.
    """
    row, column = int(np.floor(seed[1])), int(np.floor(seed[0]))
    height, width = labels.shape
    if not (0 <= row < height and 0 <= column < width):
        return None
    region = labels == labels[row, column]
    if contiguous:
        region = _connected(region, row, column)
    if holes:
        region = fill_enclosed(region)
    return Cover.of(region)


def fill_enclosed(region: np.ndarray) -> np.ndarray:
    """A (H, W) bool region with all that it encloses: what the outside cannot reach side by side."""
    # The frame of one pixel is the outside.
    framed = np.pad(~region, 1, constant_values=True)
    return np.asarray(~_connected(framed, 0, 0)[1:-1, 1:-1])


def _connected(region: np.ndarray, row: int, column: int) -> np.ndarray:
    # floodFill marks what it reached in a mask that is one pixel larger on each side.
    reached = np.zeros((region.shape[0] + 2, region.shape[1] + 2), np.uint8)
    cv2.floodFill(region.astype(np.uint8), reached, (column, row), 1, flags=4 | cv2.FLOODFILL_MASK_ONLY | 1 << 8)
    return reached[1:-1, 1:-1].astype(bool)


def _pixels(low: float, high: float, count: int) -> tuple[int, int]:
    """The half-open range of pixels whose centres lie between two coordinates, cut to 0..count."""
    return max(int(np.ceil(low - 0.5)), 0), min(int(np.ceil(high - 0.5)), count)


def _disc_spans(x: float, y: float, radius: float, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    square = radius**2 - (rows - y) ** 2
    half = np.where(square >= 0, np.sqrt(np.maximum(square, 0)), -np.inf)
    return x - half, x + half


def _tangents(start: Point, end: Point, first: float, last: float) -> list[tuple[Point, Point]]:
    """The two segments that touch both discs from outside; none when one disc holds the other."""
    (ax, ay), (bx, by) = start, end
    distance = float(np.hypot(bx - ax, by - ay))
    if distance <= abs(first - last):
        return []
    ux, uy = (bx - ax) / distance, (by - ay) / distance
    cos = (first - last) / distance
    sin = float(np.sqrt(1 - cos**2))
    normals = [(cos * ux - side * sin * uy, cos * uy + side * sin * ux) for side in (1, -1)]
    return [((ax + first * nx, ay + first * ny), (bx + last * nx, by + last * ny)) for nx, ny in normals]


def _from_spans(top: int, left: np.ndarray, right: np.ndarray, shape: Shape) -> Cover | None:
    """Pixels whose centres lie between ``left`` and ``right`` of their row; the first row is ``top``."""
    inside = left <= right
    if not inside.any():
        return None
    low, high = _pixels(left[inside].min(), right[inside].max() + _RIM, shape[1])
    if low >= high:
        return None
    centers = np.arange(low, high) + 0.5
    mask = (centers >= left[:, None]) & (centers <= right[:, None])
    return Cover(Rect(top, low, top + len(left), high), mask)
