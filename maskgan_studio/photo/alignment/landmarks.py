"""Eyes and mouth: the four points that fix the face crop, and where a mask has them.

All points are (x, y) in pixels with the centre of the first pixel at (0, 0), as in OpenCV.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass

import cv2
import numpy as np

from maskgan_studio.labels import part_named

__all__ = ["CANONICAL", "Landmarks", "landmarks_from_mask"]

Point = tuple[float, float]

_EYES = [part_named(name).index for name in ("l_eye", "r_eye")]
_BROWS = [part_named(name).index for name in ("l_brow", "r_brow")]
_GLASSES = part_named("eye_g").index
_NOSE = part_named("nose").index
_MOUTH = [part_named(name).index for name in ("mouth", "u_lip", "l_lip")]
# Shares of the crop's width, measured over the 900 masks that the parser was trained on.
_BROW_TO_EYE = 32.4 / 512
_SMALLEST_PART = 12 / 512**2


@dataclass(frozen=True)
class Landmarks:
    """Eye centres and mouth corners; left and right are the image's, not the person's."""

    left_eye: Point
    right_eye: Point
    mouth_left: Point
    mouth_right: Point

    @classmethod
    def from_points(cls, points: np.ndarray) -> Landmarks:
        """Make landmarks from a (4, 2) array in the order of the fields."""
        return cls(*((float(x), float(y)) for x, y in points))

    @classmethod
    def from_eyes(cls, one_eye: Point, other_eye: Point, mouth: Point | None = None) -> Landmarks:
        """Make landmarks from two eyes in any order and the middle of the mouth.

        Without a mouth it is put where an upright frontal face has it, and the eyes are taken to be in image order.
        """
        eyes = np.array([one_eye, other_eye], dtype=np.float64)
        if mouth is None:
            if eyes[0, 0] > eyes[1, 0]:
                eyes = eyes[::-1]
            middle = eyes.mean(axis=0) + _below(eyes) * _MOUTH_DISTANCE
        else:
            middle = np.array(mouth, dtype=np.float64)
            if np.dot(_below(eyes), middle - eyes.mean(axis=0)) < 0:
                eyes = eyes[::-1]
        half = (eyes[1] - eyes[0]) * _MOUTH_WIDTH / 2
        return cls.from_points(np.stack([*eyes, middle - half, middle + half]))

    def points(self) -> np.ndarray:
        """Return the four points as a (4, 2) float64 array in the order of the fields."""
        return np.array(astuple(self), dtype=np.float64)


def _below(eyes: np.ndarray) -> np.ndarray:
    """Vector as long as the eyes are apart, pointing from them towards the chin."""
    x, y = eyes[1] - eyes[0]
    return np.array([-y, x])


#: Where the features lie on average in a CelebA-HQ crop of 512².
CANONICAL = Landmarks((192.0, 245.0), (320.0, 245.0), (200.0, 378.0), (312.0, 378.0))
_MOUTH_DISTANCE = 133 / 128  # in eye distances
_MOUTH_WIDTH = 112 / 128


def landmarks_from_mask(mask: np.ndarray) -> Landmarks | None:
    """Find eye centres and mouth corners in a (S, S) uint8 mask of a roughly upright face.

    Eyes are told apart by where they lie, not by their class: about one hand-made mask in fifteen has them swapped. An
    eye that is hidden is taken from its half of the glasses, from its brow, or mirrored from the other eye; a hidden
    mouth from the eyes. Returns None when there is nothing to go by.
    """
    size = mask.shape[0]
    mouth = _largest(np.isin(mask, _MOUTH), size)
    middle = _middle(mask, mouth)
    if middle is None:
        return None
    eyes = _eyes(mask, middle, size)
    if eyes is None:
        return None
    if mouth is None:
        return Landmarks.from_eyes(*eyes)
    y, x = np.nonzero(mouth)
    rim = max(1, size // 256)
    corners = [
        (float(x.min()), float(y[x <= x.min() + rim].mean())),
        (float(x.max()), float(y[x >= x.max() - rim].mean())),
    ]
    # A mouth above the eyes, or without width, belongs to no face.
    if corners[1][0] - corners[0][0] < 2 or corners[0][1] + corners[1][1] <= eyes[0][1] + eyes[1][1]:
        return None
    return Landmarks(eyes[0], eyes[1], corners[0], corners[1])


def _eyes(mask: np.ndarray, middle: float, size: int) -> tuple[Point, Point] | None:
    both = [plane for plane in (_largest(mask == index, size) for index in _EYES) if plane is not None]
    if len(both) == 2:
        left, right = sorted(_centroid(plane) for plane in both)
    else:
        sides = np.arange(size) < middle
        found = [_eye_on_side(mask, side, size) for side in (sides, ~sides)]
        if found[0] is None and found[1] is None:
            return None
        left, right = (
            point if point is not None else _mirrored(other, middle)
            for point, other in zip(found, reversed(found), strict=True)
        )
    # Eyes on one spot would make a crop of no size.
    return (left, right) if right[0] - left[0] > 0.02 * size else None


def _eye_on_side(mask: np.ndarray, columns: np.ndarray, size: int) -> Point | None:
    for classes, drop in ((_EYES, 0.0), ([_GLASSES], 0.0), (_BROWS, _BROW_TO_EYE * size)):
        plane = _largest(np.isin(mask, classes) & columns, size)
        if plane is not None:
            x, y = _centroid(plane)
            return x, y + drop
    return None


def _mirrored(point: Point | None, middle: float) -> Point:
    assert point is not None
    return 2 * middle - point[0], point[1]


def _middle(mask: np.ndarray, mouth: np.ndarray | None) -> float | None:
    """x of the face's middle line: nose, else mouth, else glasses, else both brows."""
    planes = [mask == _NOSE, mouth, mask == _GLASSES, np.isin(mask, _BROWS + _EYES)]
    return next((_centroid(plane)[0] for plane in planes if plane is not None and plane.any()), None)


def _centroid(plane: np.ndarray) -> Point:
    y, x = np.nonzero(plane)
    return float(x.mean()), float(y.mean())


def _largest(plane: np.ndarray, size: int) -> np.ndarray | None:
    """The largest connected piece of a part, so that stray pixels do not count; None if there is hardly any."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(plane.astype(np.uint8), connectivity=8)
    if count < 2:
        return None
    largest = 1 + int(stats[1:, cv2.CC_STAT_AREA].argmax())
    return labels == largest if stats[largest, cv2.CC_STAT_AREA] >= _SMALLEST_PART * size * size else None
