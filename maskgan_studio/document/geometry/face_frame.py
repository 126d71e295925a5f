"""Where the face lies in a mask, as a similarity that takes a typical face there.

The typical face has the proportions of a CelebA-HQ crop of 512². Parts are drawn in its frame and carried over from
mask to mask through it.
"""

from __future__ import annotations

import cv2
import numpy as np

from maskgan_studio.document.geometry.curves import mirrored_curve
from maskgan_studio.document.geometry.rasterize import polygon
from maskgan_studio.document.geometry.regions import find_part_center, of_parts
from maskgan_studio.document.geometry.symmetry import find_axis
from maskgan_studio.labels import part_named

__all__ = [
    "CENTER",
    "EYE_LEVEL",
    "SIDE",
    "canonical_coordinates",
    "compose",
    "face_frame",
    "find_usual_places",
    "half_widths",
    "head_region",
    "invert",
    "rectify",
    "to_mask",
    "widen",
]

#: Width and height of the typical face's frame.
SIDE = 512.0
#: x of its axis and y of its eyes.
CENTER, EYE_LEVEL = 256.0, 245.0
# How wide its face is to each side of the axis.
_HALF_WIDTH = 128.0

# Centres of the features, (distance from the axis, y): means over the masks of CelebA-HQ.
_PAIRED = {"eye": (64.0, EYE_LEVEL), "brow": (66.0, 212.5)}
_FACE = [part_named(name).index for name in ("skin", "nose", "l_eye", "r_eye", "l_brow", "r_brow", "eye_g")]
_EARS = [part_named(name).index for name in ("l_ear", "r_ear")]
_CHEEKS = slice(int(EYE_LEVEL) + 40, int(EYE_LEVEL) + 90)
_LOBES = 100  # rows below the eyes
_WIDEST = 1.6  # half widths, to the ear of a face that is turned
# The right half of the head without hair, counted from the middle of the eyes.
_HEAD = [(0, -186), (62, -175), (105, -130), (124, -64), (128, 0), (122, 70), (100, 150), (60, 210), (0, 230)]
# Brow and eye on that side, likewise: means of some 550 of each in CelebAMask-HQ.
_USUAL = {
    "brow": [(105, -31), (93, -42), (73, -45), (37, -38), (28, -28), (31, -23), (44, -22), (77, -29), (103, -28)],
    "eye": [(42, 1), (45, 4), (51, 6), (71, 6), (77, 4), (80, 1), (80, -3), (74, -8), (56, -9), (45, -4)],
}
_MIDDLE = {("nose",): 296.0, ("mouth", "u_lip", "l_lip"): 382.0}


def face_frame(mask: np.ndarray) -> np.ndarray:
    """Estimate the similarity from the typical face to the face of a mask.

    Args:
        mask: (H, W) uint8; a swap of left and right classes does not matter.

    Returns:
        (2, 3) float64 matrix that takes points of the typical face to pixels as ``coverage`` counts them. With fewer
        than two features to go by it takes the whole frame to the whole mask, which is where crops have the face.
    """
    axis = find_axis(mask)
    typical: list[tuple[float, float]] = []
    actual: list[tuple[float, float]] = []
    for name, (distance, y) in _PAIRED.items():
        for side in "lr":
            center = find_part_center(mask, [part_named(f"{side}_{name}").index])
            if center is not None:
                typical.append((CENTER + (distance if axis.distance(center) > 0 else -distance), y))
                actual.append(center)
    for names, y in _MIDDLE.items():
        center = find_part_center(mask, [part_named(name).index for name in names])
        if center is not None:
            typical.append((CENTER, y))
            actual.append(center)
    if len(set(typical)) < 2:
        scale = max(mask.shape) / SIDE
        return np.array([[scale, 0.0, 0.0], [0.0, scale, 0.0]])
    # x' = a x - b y + u, y' = b x + a y + v
    x, y = np.array(typical).T
    ones, zeros = np.ones_like(x), np.zeros_like(x)
    system = np.block([[np.stack([x, -y, ones, zeros], 1)], [np.stack([y, x, zeros, ones], 1)]])
    a, b, u, v = np.linalg.lstsq(system, np.array(actual).T.ravel(), rcond=None)[0]
    return np.array([[a, -b, u], [b, a, v]])


def rectify(mask: np.ndarray, frame: np.ndarray) -> np.ndarray:
    """A mask in the frame of the typical face, (512, 512) uint8."""
    size = (int(SIDE), int(SIDE))
    return cv2.warpAffine(mask, invert(frame), size, flags=cv2.INTER_NEAREST, borderMode=cv2.BORDER_REPLICATE)


def half_widths(upright_mask: np.ndarray) -> tuple[float, float]:
    """How far an upright head reaches to the image's left and right of its axis, below the eyes, in pixels.

    A face in profile or half hidden by hair has a head of about the usual width all the same: what is measured is held
    within a quarter of that. The head of a turned face goes on behind its cheek, to where the ear begins.
    """
    face = of_parts(upright_mask, _FACE)
    rows = face[int(EYE_LEVEL) - 10 : int(EYE_LEVEL) + 40]
    # Lower down than the face is looked at: hair may leave no more than a lobe to be seen.
    ears = np.atleast_1d(of_parts(upright_mask[int(EYE_LEVEL) - 10 : int(EYE_LEVEL) + _LOBES], _EARS).any(axis=0))
    rows = rows[rows.any(axis=1)]
    if not len(rows):
        return _HALF_WIDTH, _HALF_WIDTH
    # Hair that covers the temples leaves the cheeks to be seen, where a face is hardly narrower.
    cheeks = face[_CHEEKS]
    reach = [_find_reach(rows), _find_reach(cheeks[cheeks.any(axis=1)])]
    left, right = np.max([(0.0, 0.0) if found is None else found for found in reach], axis=0)
    low, high = 0.8 * _HALF_WIDTH, 1.25 * _HALF_WIDTH
    middle = int(CENTER)
    widths = []
    for width, ear in ((left, ears[middle - 1 :: -1]), (right, ears[middle:])):
        to_ear = float(ear.argmax()) if ear.any() else 0.0
        widths.append(max(float(np.clip(width, low, high)), min(to_ear, _WIDEST * _HALF_WIDTH)))
    return widths[0], widths[1]


def _find_reach(rows: np.ndarray) -> tuple[float, float] | None:
    """How far rows of a face (N, 512) bool reach to the left and right of its axis, in the median; None for no rows."""
    if not len(rows):
        return None
    left = CENTER - float(np.median(rows.argmax(axis=1)))
    return left, float(np.median(rows.shape[1] - rows[:, ::-1].argmax(axis=1))) - CENTER


def widen(points: np.ndarray, left: float, right: float, start: float = 0.0, *, both: bool = True) -> np.ndarray:
    """Bring what is drawn on the typical face to the width of an actual one.

    Args:
        points: (N, 2), counted from the middle of the eyes.
        left, right: the actual half-widths, see ``half_widths``.
        start: distance from the axis up to which nothing changes.
        both: the height follows the width of a face that is wider. A narrower one is turned, or hair hides a cheek.
    """
    x, y = points.T
    factor = (np.where(x > 0, right, left) - start) / (_HALF_WIDTH - start)
    beyond = np.maximum(np.abs(x) - start, 0)
    height = max((left + right) / (2 * _HALF_WIDTH), 1.0) if both else 1.0
    return np.stack([np.sign(x) * (np.abs(x) - beyond + beyond * factor), y * height], axis=1)


def to_mask(points: np.ndarray, frame: np.ndarray) -> np.ndarray:
    """Points counted from the middle of the eyes of the typical face, in pixels of the mask; both (N, 2)."""
    return np.asarray((points + np.array([CENTER, EYE_LEVEL])) @ frame[:, :2].T + frame[:, 2])


def canonical_coordinates(frame: np.ndarray, shape: tuple[int, int]) -> tuple[np.ndarray, np.ndarray]:
    """x and y of each pixel centre of a mask, counted from the middle of the eyes of the typical face; (H, W) each."""
    pixels = np.stack([*np.meshgrid(np.arange(shape[1]) + 0.5, np.arange(shape[0]) + 0.5), np.ones(shape)])
    x, y = np.tensordot(invert(frame), pixels, 1)
    return x - CENTER, y - EYE_LEVEL


def head_region(mask: np.ndarray) -> np.ndarray:
    """Where the head lies that hair or a hat may hide, (H, W) bool."""
    frame = face_frame(mask)
    cover = polygon(to_mask(widen(mirrored_curve(_HEAD), *half_widths(rectify(mask, frame))), frame), mask.shape)
    return np.zeros(mask.shape, bool) if cover is None else cover.full(mask.shape)


def find_usual_places(mask: np.ndarray, feature: str) -> tuple[np.ndarray, np.ndarray]:
    """Where "brow" or "eye" usually lie in the face of a mask: on the image's left and right, (H, W) bool each."""
    frame = face_frame(mask)
    left, right = half_widths(rectify(mask, frame))
    regions = []
    for side in (-1, 1):
        points = widen(np.array(_USUAL[feature], float) * (side, 1), left, right, both=False)
        cover = polygon(to_mask(points, frame), mask.shape)
        regions.append(np.zeros(mask.shape, bool) if cover is None else cover.full(mask.shape))
    return regions[0], regions[1]


def invert(matrix: np.ndarray) -> np.ndarray:
    """The (2, 3) affine matrix that undoes another one."""
    return cv2.invertAffineTransform(matrix)


def compose(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """The (2, 3) affine matrix that does ``first`` and then ``second``."""
    return np.asarray(second[:, :2] @ first + np.array([[0, 0, 1]]) * second[:, 2:])
