"""Find faces with the cascades that come with OpenCV (Viola and Jones 2001; Lienhart and Maydt 2002).

A cascade knows faces tilted by some 15°, so the photo is searched at several tilts; what several windows, scales and
tilts agree on is one face. Where that leaves doubt, the photo is searched lying on its sides and standing on its head
too, and the best supported turn wins. The box is only a start: `align_face` refines it by the parser's own eyes and
mouth.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import cv2
import numpy as np

from maskgan_studio.photo.alignment.frame import Alignment
from maskgan_studio.photo.alignment.landmarks import CANONICAL

__all__ = ["Face", "find_faces", "start_alignment"]

Point = tuple[float, float]

# Long side of the searched copies. Upright faces are searched finely: in a group photo of 12 megapixels they may be
# 70 pixels wide; tilted ones and profiles are searched in a smaller copy, which keeps the whole below a second.
_FINE_SIDE, _COARSE_SIDE = 1600, 640
_TILTS = (-40, -20, 20, 40)
_TURNS = (-110, -90, -70, 70, 90, 110, 160, 180, 200)
_SMALLEST_WINDOW = 24
_SCALE_STEP = 1.2
_SUPPORT = 3
_EYE_SIZE = 192
# Guesses below this are offered only where there is nothing surer; true faces rarely stay below, chance hits mostly.
_SURE = 6
# An upright find with less support may be a chance hit in a photo that is turned: in 144 turned portraits chance hits
# had 4 to 13; of 45 upright faces six had less than this.
_UPRIGHT_FOR_CERTAIN = 15
# Where the crop lies relative to a frontal cascade's box, measured on 140 aligned portraits (spread: 2 %, 7 %).
_CROP_RISE, _CROP_WIDTH = 0.072, 1.56


_of_this_thread = threading.local()


@dataclass(frozen=True)
class Face:
    """One detected face.

    Attributes:
        box: (x, y, width, height) square around the face in photo pixels; for a tilted face around its middle.
        eyes: centres of the two eyes, the image's left one first, or None where they were not found.
        angle_deg: tilt of the face, clockwise on the screen.
        score: how many search windows agreed; below 6 is a guess.
    """

    box: tuple[float, float, float, float]
    eyes: tuple[Point, Point] | None
    angle_deg: float
    score: float


class _Hit(NamedTuple):
    """A window that a cascade took for a face, in photo pixels."""

    x: float
    y: float
    width: float
    angle: float
    support: float


def find_faces(pixels: np.ndarray) -> list[Face]:
    """Find the faces of a photo.

    Args:
        pixels: (H, W, 3) uint8 RGB, upright.

    Returns:
        Faces, large and sure ones first; empty when there is none.
    """
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    fine, fine_scale = _shrunk(grey, _FINE_SIDE)
    coarse, coarse_scale = _shrunk(fine, _COARSE_SIDE)
    coarse_scale *= fine_scale
    hits = list(_search(fine, fine_scale, "frontalface_alt2", (0,)))
    hits += _search(coarse, coarse_scale, "frontalface_alt2", _TILTS)
    hits += _search_profiles(coarse, coarse_scale)
    if max((_merged(group).score for group in _groups(hits)), default=0) < _UPRIGHT_FOR_CERTAIN:
        hits += _search_turned(coarse, coarse_scale, harder=not hits)
    faces = [_with_eyes(pixels, _merged(group)) for group in _groups(hits)]
    sure = [face for face in faces if face.score >= _SURE]
    return sorted(sure or faces, key=lambda face: face.score * face.box[2], reverse=True)


def start_alignment(face: Face) -> Alignment:
    """Guess the crop from a detected face's box and tilt."""
    x, y, width, height = face.box
    tilt = math.radians(face.angle_deg)
    rise = _CROP_RISE * width
    half = _CROP_WIDTH * width / 2
    return Alignment(
        center_x=x + (width - 1) / 2 + math.sin(tilt) * rise,
        center_y=y + (height - 1) / 2 - math.cos(tilt) * rise,
        axis_x=half * math.cos(tilt),
        axis_y=half * math.sin(tilt),
    )


def _shrunk(grey: np.ndarray, side: int) -> tuple[np.ndarray, float]:
    """Return a copy whose longer side is at most `side`, and photo pixels per pixel of it."""
    scale = max(1.0, max(grey.shape) / side)
    if scale == 1.0:
        return grey, scale
    size = (round(grey.shape[1] / scale), round(grey.shape[0] / scale))
    return cv2.resize(grey, size, interpolation=cv2.INTER_AREA), scale


def _search(
    grey: np.ndarray, scale: float, cascade: str, tilts: Iterable[float], support: int = _SUPPORT
) -> list[_Hit]:
    hits = []
    for tilt in tilts:
        turned, back = _upright(grey, tilt)
        boxes, counts = _cascade(cascade).detectMultiScale2(
            turned, _SCALE_STEP, support, minSize=(_SMALLEST_WINDOW, _SMALLEST_WINDOW)
        )
        for (x, y, width, height), count in zip(boxes, counts, strict=True):
            middle = back @ (x + (width - 1) / 2, y + (height - 1) / 2, 1)
            hits.append(_Hit(middle[0] * scale, middle[1] * scale, width * scale, tilt, float(count)))
    return hits


def _search_profiles(grey: np.ndarray, scale: float) -> list[_Hit]:
    """Both profiles: the cascade knows faces that look to the left, so the mirrored photo is searched too."""
    hits = _search(grey, scale, "profileface", (0,))
    for hit in _search(np.ascontiguousarray(grey[:, ::-1]), scale, "profileface", (0,)):
        hits.append(hit._replace(x=(grey.shape[1] - 1) * scale - hit.x))
    return hits


def _search_turned(grey: np.ndarray, scale: float, harder: bool) -> list[_Hit]:
    """Faces on their sides or heads; `harder`: also upright ones that touch the border, and by another cascade."""
    margin = max(grey.shape) // 5
    padded = cv2.copyMakeBorder(grey, margin, margin, margin, margin, cv2.BORDER_REPLICATE)
    hits = _search(padded, scale, "frontalface_alt2", _TURNS)
    if harder:
        hits += _search(padded, scale, "frontalface_alt2", (0,))
        hits += _search(padded, scale, "frontalface_default", (0,), support=2 * _SUPPORT)
    return [hit._replace(x=hit.x - margin * scale, y=hit.y - margin * scale) for hit in hits]


def _upright(grey: np.ndarray, tilt: float) -> tuple[np.ndarray, np.ndarray]:
    """Turn the picture so that faces tilted by `tilt` degrees stand upright; also the (2, 3) matrix back."""
    if tilt == 0:
        return grey, np.eye(2, 3)
    height, width = grey.shape
    turn = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), tilt, 1.0)
    cos, sin = abs(turn[0, 0]), abs(turn[0, 1])
    new_width, new_height = round(width * cos + height * sin), round(width * sin + height * cos)
    turn[:, 2] += ((new_width - width) / 2, (new_height - height) / 2)
    turned = cv2.warpAffine(grey, turn, (new_width, new_height), borderMode=cv2.BORDER_REPLICATE)
    return turned, cv2.invertAffineTransform(turn)


def _groups(hits: list[_Hit]) -> list[list[_Hit]]:
    """Gather hits of one face around the best supported of them (non-maximum suppression that keeps the rest)."""
    groups: list[list[_Hit]] = []
    for hit in sorted(hits, key=lambda hit: hit.support, reverse=True):
        for group in groups:
            best = group[0]
            if math.hypot(hit.x - best.x, hit.y - best.y) < 0.5 * max(hit.width, best.width):
                group.append(hit)
                break
        else:
            groups.append([hit])
    return groups


def _merged(group: list[_Hit]) -> Face:
    best = group[0]
    # A part of a face, or face and hair together, may look like a face as well: such windows do not count.
    near = [hit._replace(angle=best.angle + _turn_between(best.angle, hit.angle)) for hit in group]
    alike = [hit for hit in near if 0.7 < hit.width / best.width < 1.4 and abs(hit.angle - best.angle) <= 60]
    weights = np.array([hit.support for hit in alike])
    x, y, width, angle = np.average([hit[:4] for hit in alike], axis=0, weights=weights)
    box = (float(x - (width - 1) / 2), float(y - (width - 1) / 2), float(width), float(width))
    return Face(box, None, float(angle), float(weights.sum()))


def _turn_between(one: float, other: float) -> float:
    """The turn in degrees, -180 to 180, that leads from one tilt to another."""
    return (other - one + 180) % 360 - 180


def _with_eyes(pixels: np.ndarray, face: Face) -> Face:
    """Look for both eyes where a face has them, and correct the tilt by them."""
    start = start_alignment(face)
    size = _EYE_SIZE
    upper = cv2.cvtColor(start.crop(pixels, size), cv2.COLOR_RGB2GRAY)[: size * 5 // 8]
    boxes = _cascade("eye_tree_eyeglasses").detectMultiScale(upper, 1.1, 3, minSize=(size // 12, size // 12))
    found = [(x + (w - 1) / 2, y + (h - 1) / 2) for x, y, w, h in boxes]
    eyes = []
    for expected in (CANONICAL.left_eye, CANONICAL.right_eye):
        near = [(math.hypot(x - expected[0] * size / 512, y - expected[1] * size / 512), (x, y)) for x, y in found]
        if not near or min(near)[0] > size / 8:
            return face
        eyes.append(min(near)[1])
    if eyes[1][0] - eyes[0][0] < size / 8:
        return face
    left, right = Alignment(start.center_x, start.center_y, start.axis_x, start.axis_y, size).to_photo(np.array(eyes))
    angle = math.degrees(math.atan2(right[1] - left[1], right[0] - left[0]))
    return Face(face.box, ((float(left[0]), float(left[1])), (float(right[0]), float(right[1]))), angle, face.score)


def _cascade(name: str) -> cv2.CascadeClassifier:
    """Load a cascade once per thread: searching changes its state."""
    loaded: dict[str, cv2.CascadeClassifier] = _of_this_thread.__dict__
    if name not in loaded:
        folder = cv2.data.haarcascades  # type: ignore[attr-defined]
        loaded[name] = cv2.CascadeClassifier(f"{folder}haarcascade_{name}.xml")
    return loaded[name]
