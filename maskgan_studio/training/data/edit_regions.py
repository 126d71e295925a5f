"""Regions that simulate what people edit, for training completion.

Each is the union of one to three random shapes: parts or halves of them, thick strokes, ellipses, parts that were moved
(where one was and where it lies), bands along the hair's outline; all of the picture now and then. What EBST does with
masks (paper section 3.2) this does with regions.
"""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np

from maskgan_studio.labels import part_named
from maskgan_studio.photo.compositing.reused_parts import FEATURES, PART_GROUPS, ReusedPart
from maskgan_studio.photo.kernels import disk

__all__ = ["cut_window", "simulate_region", "simulate_reused_parts"]

_HAIR = part_named("hair").index
# Parts so large that people seldom redraw all of one.
_LARGE = [part_named(name).index for name in ("background", "skin", "hair", "neck", "cloth")]
_FEATURES = [
    part_named(name).index for name in ("nose", "l_eye", "r_eye", "l_brow", "r_brow", "mouth", "u_lip", "l_lip")
]
# What few photos have; where one has it, it is learned from it.
_RARE = [part_named(name).index for name in ("eye_g", "hat", "ear_r", "neck_l")]
_RARE_FIRST = 0.5
_EVERYTHING = 0.06
_KINDS = ("part", "features", "stroke", "ellipse", "moved", "hair_outline")
_SHARES = (0.30, 0.18, 0.20, 0.12, 0.10, 0.10)
# Half of the regions have hair in them: it is hardest to draw.
_WITH_HAIR = 0.45


def simulate_region(labels: np.ndarray, rng: np.random.Generator, edited: np.ndarray | None = None) -> np.ndarray:
    """Choose what might have been edited.

    Args:
        labels: label map uint8 (S, S).
        rng: decides everything.
        edited: another mask; where it differs more than a pixel wide belongs to the region.

    Returns:
        (S, S) bool, never empty.
    """
    if rng.random() < _EVERYTHING:
        return np.ones(labels.shape, bool)
    region = np.zeros(labels.shape, bool)
    if edited is not None and (edited != labels).any():
        wide = cv2.erode((edited != labels).astype(np.uint8), disk(1))
        region |= _grown(wide > 0, rng)
    if rng.random() < _WITH_HAIR and (labels == _HAIR).any():
        region |= _grown(_half(labels == _HAIR, rng), rng)
    for _ in range(rng.integers(0 if region.any() else 1, 3)):
        kind = rng.choice(_KINDS, p=_SHARES)
        region |= _SHAPES[kind](labels, rng)
    return region if region.any() else _ellipse(labels, rng)


def cut_window(region: np.ndarray, size: int, rng: np.random.Generator, tries: int = 8) -> tuple[int, int]:
    """Place a square window so that it shows some of the region and, where it can be, something beside it.

    Returns:
        its top and left; multiples of 8 pixels, so that windows of one place agree.
    """
    height, width = region.shape
    rows, columns = np.nonzero(region)
    top = left = 0
    for _ in range(tries):
        k = rng.integers(len(rows))
        y, x = rows[k] + rng.integers(-size // 3, size // 3 + 1), columns[k] + rng.integers(-size // 3, size // 3 + 1)
        top = int(np.clip(y - size // 2, 0, height - size)) // 8 * 8
        left = int(np.clip(x - size // 2, 0, width - size)) // 8 * 8
        share = region[top : top + size, left : left + size].mean()
        if 0.04 <= share <= 0.85:
            break
    return top, left


def simulate_reused_parts(
    image: np.ndarray, labels: np.ndarray, region: np.ndarray, share: float, rng: np.random.Generator
) -> list[ReusedPart]:
    """Features as an edit leaves them that resized or moved them: resampled, and not quite in their place's light.

    Args:
        image: (S, S, 3) uint8.
        labels: (S, S) uint8.
        region: (S, S) bool, what is hidden; only features that lie in it are chosen.
        share: of these that the photo gives.
        rng: decides everything.
    """
    parts = []
    for classes, rim in PART_GROUPS:
        inside = np.isin(labels, classes)
        if not inside.any() or not region[inside].all() or rng.random() >= share:
            continue
        box = _find_surroundings(inside)
        rows, columns = np.nonzero(inside[box])
        centre = np.array([columns.mean(), rows.mean()])
        matrix = cv2.getRotationMatrix2D(centre.tolist(), rng.normal(0, 4), 1)
        matrix[:, :2] = matrix[:, :2] @ np.diag(1 / rng.uniform(0.75, 1.5, 2))
        matrix[:, 2] = centre - matrix[:, :2] @ centre
        there = _resampled(image[box], matrix, 0)
        back = _resampled(there, cv2.invertAffineTransform(matrix), rng.normal(0, 0.7, 2))
        light = rng.normal(1, 0.04) * back + rng.normal(0, 3, 3)
        pixels = image.copy()
        pixels[box] = np.rint(light).clip(0, 255).astype(np.uint8)
        parts.append(ReusedPart.at(pixels, inside, inside, np.isin(labels, FEATURES), rim))
    return parts


def _find_surroundings(inside: np.ndarray) -> tuple[slice, slice]:
    """Rows and columns of a part with its own size on every side, so that it is whole when it is enlarged."""
    bounds = []
    for axis in (1, 0):
        there = np.flatnonzero(inside.any(axis))
        margin = max(16, there[-1] + 1 - there[0])
        bounds.append(slice(max(0, there[0] - margin), there[-1] + 1 + margin))
    return bounds[0], bounds[1]


def _resampled(image: np.ndarray, matrix: np.ndarray, shift: np.ndarray | float) -> np.ndarray:
    matrix = matrix.copy()
    matrix[:, 2] += shift
    flags = cv2.INTER_LANCZOS4 | cv2.WARP_INVERSE_MAP
    return cv2.warpAffine(image, matrix, image.shape[1::-1], flags=flags, borderMode=cv2.BORDER_REPLICATE)


def _part(labels: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    present = np.unique(labels)
    rare = np.intersect1d(present, _RARE)
    index = int(rng.choice(rare if len(rare) and rng.random() < _RARE_FIRST else present))
    inside = labels == index
    return _grown(_half(inside, rng) if index in _LARGE else inside, rng)


def _features(labels: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """One to all of eyes, brows, nose and mouth."""
    chosen = rng.permutation(_FEATURES)[: rng.integers(1, len(_FEATURES) + 1)]
    return _grown(np.isin(labels, chosen), rng)


def _stroke(labels: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    size = len(labels)
    canvas = np.zeros(labels.shape, np.uint8)
    points = [rng.uniform(0.1, 0.9, 2) * size]
    for _ in range(rng.integers(1, 5)):
        points.append(points[-1] + rng.normal(0, 0.16, 2) * size)
    thickness = max(2, round(size * rng.uniform(0.03, 0.14)))
    cv2.polylines(canvas, [np.rint(points).astype(np.int32)], False, 1, thickness)
    return canvas > 0


def _ellipse(labels: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    size = len(labels)
    canvas = np.zeros(labels.shape, np.uint8)
    center = np.rint(rng.uniform(0.15, 0.85, 2) * size).astype(int).tolist()
    axes = np.rint(rng.uniform(0.04, 0.22, 2) * size).astype(int).tolist()
    cv2.ellipse(canvas, center, axes, rng.uniform(0, 180), 0, 360, 1, -1)
    return canvas > 0


def _moved(labels: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A feature, where it is and where a shift, turn or scaling would lay it."""
    present = [index for index in _FEATURES if (labels == index).any()]
    if not present:
        return np.zeros(labels.shape, bool)
    inside = (labels == rng.choice(present)).astype(np.uint8)
    rows, columns = np.nonzero(inside)
    center = (float(columns.mean()), float(rows.mean()))
    matrix = cv2.getRotationMatrix2D(center, rng.uniform(-20, 20), rng.uniform(0.7, 1.5))
    matrix[:, 2] = matrix[:, 2] + rng.normal(0, 0.03, 2) * len(labels)
    there = cv2.warpAffine(inside, matrix, labels.shape[::-1], flags=cv2.INTER_NEAREST)
    return _grown((inside | there) > 0, rng)


def _hair_outline(labels: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A band along part of the hair's outline: longer or shorter hair."""
    hair = (labels == _HAIR).astype(np.uint8)
    radius = max(1, round(len(labels) * rng.uniform(0.01, 0.05)))
    band = cv2.dilate(hair, disk(radius)) > cv2.erode(hair, disk(radius))
    return _half(band, rng)


def _half(inside: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """One side of a random line through a random pixel of it, or, now and then, all of it."""
    rows, columns = np.nonzero(inside)
    if not len(rows) or rng.random() < 0.3:
        return inside
    k, angle = rng.integers(len(rows)), rng.uniform(0, 2 * np.pi)
    y, x = np.ogrid[: inside.shape[0], : inside.shape[1]]
    return inside & ((x - columns[k]) * np.cos(angle) + (y - rows[k]) * np.sin(angle) >= 0)


def _grown(inside: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Grown by 1 to 10 pixels of 512: an edit hides a little more than the part itself."""
    radius = max(1, round(len(inside) / 512 * rng.integers(1, 11)))
    return cv2.dilate(inside.astype(np.uint8), disk(radius)) > 0


_SHAPES: dict[str, Callable[[np.ndarray, np.random.Generator], np.ndarray]] = {
    "part": _part,
    "features": _features,
    "stroke": _stroke,
    "ellipse": _ellipse,
    "moved": _moved,
    "hair_outline": _hair_outline,
}
