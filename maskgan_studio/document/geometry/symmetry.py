"""The axis that mirrors one half of the face onto the other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from maskgan_studio.document.geometry.rasterize import Cover, Point
from maskgan_studio.document.geometry.rect import Rect, union
from maskgan_studio.document.geometry.regions import find_part_center
from maskgan_studio.labels import FLIP, NUM_CLASSES, part_named

__all__ = ["Axis", "add_mirror_image", "find_axis"]

_PAIRS = [(part_named(f"l_{name}").index, part_named(f"r_{name}").index) for name in ("eye", "brow")]
_NOSE = [part_named("nose").index]
_MOUTH = [part_named(name).index for name in ("mouth", "u_lip", "l_lip")]


@dataclass(frozen=True, slots=True)
class Axis:
    """A straight line through the face, from the forehead down to the chin, at any angle.

    Attributes:
        x, y: a point on the line, in pixels as ``coverage`` counts them.
        angle: degrees by which its lower end leans towards the image's right; 0 for an upright face.
    """

    x: float
    y: float
    angle: float = 0.0

    @property
    def normal(self) -> tuple[float, float]:
        """Unit vector across the line, to the person's left, which is the image's right."""
        radians = np.deg2rad(self.angle)
        return float(np.cos(radians)), float(-np.sin(radians))

    def distance(self, point: Point) -> float:
        """How far a point lies from the line, in pixels; negative on the person's right side."""
        nx, ny = self.normal
        return (point[0] - self.x) * nx + (point[1] - self.y) * ny

    def mirror(self, point: Point) -> Point:
        """The point's image on the other side."""
        nx, ny = self.normal
        twice = 2 * self.distance(point)
        return point[0] - twice * nx, point[1] - twice * ny

    @property
    def reflection(self) -> np.ndarray:
        """The (3, 3) matrix that mirrors points at the line."""
        normal = np.array(self.normal)
        matrix = np.eye(3)
        matrix[:2, :2] -= 2 * np.outer(normal, normal)
        matrix[:2, 2] = 2 * (normal @ (self.x, self.y)) * normal
        return matrix

    def mirror_affine(self, matrix: np.ndarray) -> np.ndarray:
        """What a (2, 3) matrix does on one side, done on the other, (2, 3)."""
        return np.asarray((self.reflection @ np.vstack([matrix, (0, 0, 1)]) @ self.reflection)[:2])

    def on_left(self, rect: Rect) -> np.ndarray:
        """Which pixels of ``rect`` lie on the person's left side, (h, w) bool."""
        nx, ny = self.normal
        across = (np.arange(rect.left, rect.right) + 0.5 - self.x) * nx
        down = (np.arange(rect.top, rect.bottom) + 0.5 - self.y) * ny
        return across >= -down[:, None]

    def labels(self, label: int, rect: Rect) -> np.ndarray | int:
        """What symmetric painting puts at the pixels of ``rect``.

        Of a pair of classes each side gets its own, whichever of the two was chosen and wherever the pointer is: a
        stroke that crosses the axis stays its own mirror image.

        Returns:
            (h, w) uint8 labels, or ``label`` itself when it has no counterpart.
        """
        if label >= NUM_CLASSES or FLIP[label] == label:
            return label
        left, right = sorted((label, FLIP[label]))  # the class table names the person's left side first
        return np.where(self.on_left(rect), np.uint8(left), np.uint8(right))


def add_mirror_image(cover: Cover, axis: Axis, shape: tuple[int, int]) -> Cover:
    """A shape and its mirror image, as far as that lies inside a label map of the given (H, W)."""
    rect = cover.rect
    corners = [axis.mirror((x, y)) for x in (rect.left, rect.right) for y in (rect.top, rect.bottom)]
    low, high = np.floor(np.min(corners, axis=0)).astype(int), np.ceil(np.max(corners, axis=0)).astype(int)
    image = Rect(int(low[1]), int(low[0]), int(high[1]), int(high[0])).intersection(Rect(0, 0, *shape))
    if image is None:
        return cover
    # Ask for each pixel of the image where it came from: that leaves no gaps at any angle.
    rows, columns = np.mgrid[image.slices] + 0.5
    x, y = axis.mirror((columns, rows))
    row, column = np.floor(y).astype(int) - rect.top, np.floor(x).astype(int) - rect.left
    inside = (row >= 0) & (row < rect.height) & (column >= 0) & (column < rect.width)
    mirrored = inside & cover.mask[np.clip(row, 0, rect.height - 1), np.clip(column, 0, rect.width - 1)]
    both = union(rect, image)
    assert both is not None
    mask = Cover(rect, cover.mask).full(shape)[both.slices]
    mask[image.top - both.top : image.bottom - both.top, image.left - both.left : image.right - both.left] |= mirrored
    return Cover(both, mask)


def find_axis(mask: np.ndarray) -> Axis:
    """Find the axis of a face turned by any angle.

    It is the line whose reflection brings eyes onto eyes, brows onto brows, and nose and mouth onto themselves with the
    least squared error. With c the centroid of all these centres and 2φ the angle of the reflection, the error is least
    where cos 2φ · A + sin 2φ · B is largest, A and B being sums of products of the centres' coordinates.

    Args:
        mask: (H, W) uint8; a swap of left and right classes does not matter.

    Returns:
        the axis; the vertical centre line of the mask when there is no face to go by.
    """
    found = [[find_part_center(mask, [part]) for part in pair] for pair in _PAIRS]
    pairs = [np.array(pair) for pair in found if None not in pair]
    middles = [np.array(center) for center in (find_part_center(mask, _NOSE), find_part_center(mask, _MOUTH)) if center]
    if not pairs and len(middles) < 2:
        height, width = mask.shape
        x, y = middles[0] if middles else (width / 2, height / 2)
        return Axis(float(x), float(y))
    # A point on the axis is its own partner.
    first = np.array([*(one for one, _ in pairs), *(other for _, other in pairs), *middles])
    second = np.array([*(other for _, other in pairs), *(one for one, _ in pairs), *middles])
    center = first.mean(axis=0)
    (ax, ay), (bx, by) = (first - center).T, (second - center).T
    angle = np.arctan2((ax * by + ay * bx).sum(), (ax * bx - ay * by).sum()) / 2
    along = np.array([np.cos(angle), np.sin(angle)])
    if pairs and middles:
        down = np.mean(middles, axis=0) - np.mean(pairs, axis=(0, 1))
    elif pairs:
        down = np.array([0.0, 1.0])
    else:
        down = middles[1] - middles[0]
    along *= -1 if along @ down < 0 else 1
    return Axis(float(center[0]), float(center[1]), float(np.rad2deg(np.arctan2(along[0], along[1]))))
