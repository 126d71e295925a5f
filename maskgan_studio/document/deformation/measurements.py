"""Where a face has its features and how large they are, read from its mask, in the frame of the typical face."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np

from maskgan_studio.document.geometry.face_frame import CENTER, EYE_LEVEL, face_frame, rectify
from maskgan_studio.document.geometry.regions import of_parts, pieces
from maskgan_studio.labels import part_named

__all__ = ["SIDES", "Blob", "Measurements", "Mouth", "Nose", "measure_face"]

#: The image's left, which is the person's right, and the other.
SIDES = (-1, 1)
_SMALLEST = 12  # pixels of a piece that counts
_FACE = [part_named(name).index for name in ("skin", "nose", "eye_g", "l_eye", "r_eye", "l_brow", "r_brow")]
_MOUTH = [part_named(name).index for name in ("mouth", "u_lip", "l_lip")]
_EYES = [part_named(name).index for name in ("l_eye", "r_eye")]
_BROWS = [part_named(name).index for name in ("l_brow", "r_brow")]
_EARS = [part_named(name).index for name in ("l_ear", "r_ear")]
_NOSE = [part_named("nose").index]
_INSIDE, _UPPER, _LOWER = _MOUTH
_HAIR = [part_named(name).index for name in ("hair", "hat")]


@dataclass(frozen=True)
class Blob:
    """A feature that is roughly an ellipse: centre, half of its length and thickness, and its slope.

    ``tilt`` is in radians, clockwise as one sees it; lengths are those of the typical face. The middle line may be
    bent: it lies ``bend * x * x`` below the chord, x counted along it from the centre.
    """

    x: float
    y: float
    half_width: float
    half_height: float
    tilt: float = 0.0
    bend: float = 0.0


@dataclass(frozen=True)
class Nose:
    """The nose: its axis, where it begins and ends, and half the width of its wings."""

    x: float
    top: float
    bottom: float
    half_width: float


@dataclass(frozen=True)
class Mouth:
    """The mouth: middle, half its width, the outer and inner outlines of the lips in the middle, and its slope.

    A closed mouth has ``inner_top`` equal to ``inner_bottom``: the line between the lips. The lower lip begins at the
    seam: so far below the line through the corners, as a polynomial (see ``seam_at``). ``gap`` is how far the lips
    have parted there on their way.
    """

    x: float
    y: float
    half_width: float
    top: float
    inner_top: float
    inner_bottom: float
    bottom: float
    tilt: float = 0.0
    seam: tuple[float, float, float] | None = None
    gap: float = 0.0

    def seam_at(self, t: np.ndarray) -> np.ndarray:
        """How far the seam lies below the line through the corners, at shares t of half the width."""
        a, b, c = self.seam or (self.inner_bottom - self.y, 0.0, 0.0)
        t = np.clip(t, -1, 1)
        below: np.ndarray = (1 - t * t) * (a + b * t + c * t * t)
        return below


@dataclass(frozen=True, eq=False)
class Measurements:
    """A face in numbers, in the frame of the typical face; side -1 is the image's left, the person's right.

    Attributes:
        frame: (2, 3), see ``face_frame``: from the typical face to pixels of the mask.
        eyes, brows: by side; a feature that is hidden has its typical place.
        ears: by side, where there is one to be seen.
        nose, mouth: see there.
        left, right: how far the face reaches to the image's left and right of its axis, at each of the 512 rows.
        chin, hairline, crown: rows of the chin, of the hair's beginning and of the top of the head.
    """

    frame: np.ndarray
    eyes: dict[int, Blob]
    brows: dict[int, Blob]
    ears: dict[int, Blob]
    nose: Nose
    mouth: Mouth
    left: np.ndarray
    right: np.ndarray
    chin: float
    hairline: float
    crown: float

    def reach_at(self, y: float) -> tuple[float, float]:
        """How far the face reaches to the left and right at a row."""
        row = int(np.clip(y, 0, len(self.left) - 1))
        return float(self.left[row]), float(self.right[row])


def measure_face(mask: np.ndarray) -> Measurements:
    """Measure the face of a mask.

    Args:
        mask: (S, S) uint8. A feature that it lacks is taken to be where the typical face has it. Left and right are
            told apart by where they lie, not by their classes, which masks made by hand have swapped now and then.
    """
    frame = face_frame(mask)
    upright = rectify(mask, frame)
    eyes = {side: _blob(upright, _EYES, side) or Blob(CENTER + 64 * side, EYE_LEVEL, 26, 10) for side in SIDES}
    brows = {
        side: _blob(upright, _BROWS, side, bent=True) or Blob(eyes[side].x + 2 * side, eyes[side].y - 32.5, 37, 7)
        for side in SIDES
    }
    ears = {side: ear for side in SIDES if (ear := _blob(upright, _EARS, side)) is not None}
    mouth = _mouth(upright)
    chin, hairline, crown = _heights(upright, mouth)
    left, right = _outline(upright, chin)
    return Measurements(frame, eyes, brows, ears, _nose(upright), mouth, left, right, chin, hairline, crown)


def _largest(plane: np.ndarray) -> tuple[np.ndarray, np.ndarray] | None:
    """x and y of the pixel centres of the largest piece, None when there is none worth the name."""
    numbers, stats = pieces(plane)
    areas = stats[1:, cv2.CC_STAT_AREA]
    if areas.size == 0 or areas.max() < _SMALLEST:
        return None
    y, x = np.nonzero(numbers == 1 + areas.argmax())
    return x + 0.5, y + 0.5


def _blob(upright: np.ndarray, parts: list[int], side: int, *, bent: bool = False) -> Blob | None:
    """The largest piece of parts on one side of the axis as an ellipse."""
    plane = of_parts(upright, parts)
    other = np.s_[:, int(CENTER) :] if side < 0 else np.s_[:, : int(CENTER)]
    plane[other] = False
    points = _largest(plane)
    if points is None:
        return None
    x, y = points
    middle_x, middle_y = x.mean(), y.mean()
    covariance = np.cov(np.stack([x, y]))
    tilt = 0.5 * float(np.arctan2(2 * covariance[0, 1], covariance[0, 0] - covariance[1, 1]))
    # Parts that are higher than wide, such as ears, are not turned.
    tilt = tilt if abs(tilt) < np.pi / 5 else 0.0
    cos, sin = np.cos(tilt), np.sin(tilt)
    along = (x - middle_x) * cos + (y - middle_y) * sin
    across = (y - middle_y) * cos - (x - middle_x) * sin
    bend = 0.0
    if bent and along.std() > 4:
        squares = along**2 - (along**2).mean()
        bend = float(np.clip((squares * across).mean() / (squares**2).mean(), -0.02, 0.02))
        across = across - bend * squares
        middle_y -= bend * (along**2).mean()
    # An ellipse's half axis is twice its standard deviation.
    return Blob(float(middle_x), float(middle_y), max(2.0, 2 * along.std()), max(2.0, 2 * across.std()), tilt, bend)


def _nose(upright: np.ndarray) -> Nose:
    points = _largest(of_parts(upright, _NOSE))
    if points is None:
        return Nose(CENTER, EYE_LEVEL, 328.0, 38.0)
    x, y = points
    low, high = np.percentile(y, [1, 99])
    wings = x[y > low + 0.55 * (high - low)]
    left, right = np.percentile(wings, [1, 99])
    return Nose(float((left + right) / 2), float(low), float(high), max(8.0, float(right - left) / 2))


def _mouth(upright: np.ndarray) -> Mouth:
    points = _largest(of_parts(upright, _MOUTH))
    if points is None:
        return Mouth(CENTER, 382.0, 56.0, 364.0, 378.0, 378.0, 400.0)
    x, y = points
    left, right = float(x.min()) - 0.5, float(x.max()) + 0.5
    rim = max(2.0, 0.05 * (right - left))
    y_left, y_right = float(y[x <= left + rim].mean()), float(y[x >= right - rim].mean())
    half = max(8.0, (right - left) / 2)
    middle = (left + right) / 2
    inner = np.abs(x - middle) < 0.3 * half
    columns = upright[:, int(middle - 0.3 * half) : int(middle + 0.3 * half) + 1]
    top, bottom = float(np.percentile(y[inner], 4)) - 0.5, float(np.percentile(y[inner], 96)) + 0.5
    inside, upper, lower = (np.nonzero(columns == index)[0] for index in (_INSIDE, _UPPER, _LOWER))
    if inside.size:
        inner_top, inner_bottom = float(np.percentile(inside, 8)), float(np.percentile(inside, 92)) + 1
    else:
        ends = [np.percentile(upper, 90) + 1] * bool(upper.size) + [np.percentile(lower, 10)] * bool(lower.size)
        inner_top = inner_bottom = float(np.mean(ends)) if ends else (top + bottom) / 2
    tilt = float(np.arctan2(y_right - y_left, right - left))
    inner_bottom = max(inner_top, inner_bottom)
    mouth = Mouth(middle, (y_left + y_right) / 2, half, top, inner_top, inner_bottom, bottom, tilt)
    return replace(mouth, seam=_seam(upright, mouth))


def _seam(upright: np.ndarray, mouth: Mouth) -> tuple[float, float, float] | None:
    """The polynomial of ``Mouth.seam_at``; None where the lips do not show it."""
    left, top = int(mouth.x - 0.9 * mouth.half_width), int(mouth.y - mouth.half_width)
    window = upright[max(0, top) : int(mouth.y + mouth.half_width) + 1, max(0, left) : int(2 * mouth.x - left) + 1]
    above, below = (window == _UPPER) | (window == _INSIDE), window == _LOWER
    both = np.flatnonzero(above.any(axis=0) & below.any(axis=0))
    if len(both) < _SMALLEST:
        return None
    ends = len(window) - above[::-1, both].argmax(axis=0), below[:, both].argmax(axis=0)
    x, y = both + max(0, left) + 0.5 - mouth.x, np.mean(ends, axis=0) + max(0, top) - mouth.y
    cos, sin = np.cos(mouth.tilt), np.sin(mouth.tilt)
    t, away = (x * cos + y * sin) / mouth.half_width, y * cos - x * sin
    system = (1 - t * t)[:, None] * np.stack([np.ones_like(t), t, t * t], axis=1)
    a, b, c = np.linalg.lstsq(system, away, rcond=None)[0]
    return float(a), float(b), float(c)


def _heights(upright: np.ndarray, mouth: Mouth) -> tuple[float, float, float]:
    """Rows of the chin, the hairline and the crown."""
    strip = upright[:, int(CENTER) - 24 : int(CENTER) + 24]
    skin = of_parts(strip, _FACE + _MOUTH)
    if not skin.any():
        return 466.0, 120.0, 60.0
    chin = max(len(skin) - _first_row(skin[::-1]), mouth.bottom + 24)
    hairline = min(_first_row(skin), EYE_LEVEL - 70)
    head = of_parts(upright[:, int(CENTER) - 60 : int(CENTER) + 60], _FACE + _HAIR)
    return chin, hairline, min(_first_row(head), hairline - 8)


def _first_row(plane: np.ndarray) -> float:
    """The row in which the columns of a plane begin, as a rule."""
    return float(np.median(plane[:, plane.any(axis=0)].argmax(axis=0)))


def _outline(upright: np.ndarray, chin: float) -> list[np.ndarray]:
    face = of_parts(upright, _FACE + _MOUTH)
    middle = int(CENTER)
    rows = np.arange(len(face))
    measured = rows[(rows > EYE_LEVEL - 30) & (rows < chin - 12)]
    sides = []
    for half in (face[:, :middle][:, ::-1], face[:, middle:]):
        lines = half[measured]
        reach = np.where(lines.any(axis=1), lines.shape[1] - lines[:, ::-1].argmax(axis=1), 0)
        reach = np.clip(reach.astype(float), 40, 190)
        smooth = cv2.GaussianBlur(reach[:, None], (1, 0x1F), 8, borderType=cv2.BORDER_REPLICATE).ravel()
        sides.append(np.interp(rows, measured, smooth))
    return sides
