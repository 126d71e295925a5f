"""Find the irises of a face in its photo: the label map knows the opening between the lids, not what looks out of it.

A disc that is darker inside than outside, by the integro-differential operator (Daugman 1993, "High Confidence Visual
Recognition of Persons by a Test of Statistical Independence", section III) over the arcs to the left and right, which
lids rarely hide. Both eyes of a face are searched for one radius together, which the weaker eye gains from.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from maskgan_studio.labels import part_named

__all__ = ["Iris", "find_irises"]

_EYES = [part_named(name).index for name in ("r_eye", "l_eye")]
_STEP = 1.5  # of the search, in pixels of the crop
_LEAST_AREA, _LEAST_HEIGHT = 80, 6  # of an eye that is open, in pixels of the crop
# Radius in widths of the opening: anatomy says 0.2 of a lid's length, masks and views vary.
_RADII = np.linspace(0.18, 0.34, 9, dtype=np.float32)
_USUAL_RADIUS, _USUAL_RISE = 0.235, 0.08  # the same in heights of the opening: above its middle
_RADIUS_SPREAD, _RISE_SPREAD = 0.09, 0.45
_ARC = np.deg2rad(np.arange(-40, 71, 10, dtype=np.float32))  # angles of the right arc, the lower ones positive
_RIM = np.float32(1.2)  # how far inside and outside of the circle is looked, in pixels of the crop
_LEAST_SEEN = 3  # angles of an arc
_ONE_ARC = 0.6  # what the other arc is taken to be where one cannot be seen
_LEAST_SCORE = 12.0  # grey levels
_DARKNESS = 0.7  # weight of how dark the disc is beside how sharp its rim is


@dataclass(frozen=True)
class Iris:
    """Where an iris lies, in pixels of the crop (pixel centres at whole numbers).

    Attributes:
        x, y, radius: of its outline, hidden parts included.
        opening: (S, S) bool, what of the eye lies between its lids.
    """

    x: float
    y: float
    radius: float
    opening: np.ndarray


def find_irises(crop: np.ndarray, mask: np.ndarray) -> list[Iris]:
    """Find the irises.

    Args:
        crop: (S, S, 3) uint8, the photo.
        mask: (S, S) uint8, what it shows.

    Returns:
        those found, at most two; none of an eye that is shut, hidden or too dark to tell.
    """
    searches = [search for label in _EYES if (search := _Search.of(crop, mask == label)) is not None]
    if not searches:
        return []
    radii = _RADII * np.float32(np.median([search.width for search in searches]))
    scores = [search.score(radii) for search in searches]
    best = int(np.argmax(sum(score.max(axis=(1, 2)) for score in scores)))
    found = [search.place(score, best, radii) for search, score in zip(searches, scores, strict=True)]
    return [iris for iris in found if iris is not None]


class _Search:
    """One eye and its surroundings.

    Args:
        red: (h, w) float32, the surroundings in red light.
        inside: (h, w) float32, 1 in the opening.
        corner: x and y of the surroundings in the crop.
        opening: see ``Iris``.
    """

    def __init__(self, red: np.ndarray, inside: np.ndarray, corner: tuple[int, int], opening: np.ndarray) -> None:
        self._red, self._inside, self._corner, self._opening = red, inside, corner, opening
        x, y, self.width, height = cv2.boundingRect(inside.astype(np.uint8))
        # The middle of an iris may lie a little above or below the opening, hardly beside it.
        self._middle, self._height = y + (height - 1) / 2, height
        rise = 0.15 * height
        self._x, self._y = np.meshgrid(
            np.arange(x + 0.12 * self.width, x + 0.88 * self.width, _STEP, dtype=np.float32),
            np.arange(y - rise, y + height + rise, _STEP, dtype=np.float32),
        )

    @classmethod
    def of(cls, crop: np.ndarray, eye: np.ndarray) -> _Search | None:
        count, numbers, stats, _ = cv2.connectedComponentsWithStats(eye.astype(np.uint8), connectivity=8)
        if count < 2:
            return None
        largest = 1 + int(stats[1:, cv2.CC_STAT_AREA].argmax())
        x, y, width, height, area = (int(value) for value in stats[largest])
        if area < _LEAST_AREA or height < _LEAST_HEIGHT:
            return None
        top, left = max(0, y - width // 3), max(0, x - width // 3)
        window = np.s_[top : y + height + width // 3, left : x + width + width // 3]
        # Any iris is dark in red light, blue ones too; skin and the white are bright.
        red = cv2.GaussianBlur(crop[window][..., 0].astype(np.float32), (0, 0), 0.8)
        opening = numbers == largest
        return cls(red, opening[window].astype(np.float32), (left, top), opening)

    def score(self, radii: np.ndarray) -> np.ndarray:
        """How well a disc fits, (radii, h, w) float32 in grey levels."""
        rise = (self._middle - self._y) / self._height - _USUAL_RISE
        usual = np.exp(-((rise / _RISE_SPREAD) ** 2))
        scores = []
        for radius in radii:
            fits = usual * np.exp(-(((float(radius) / self.width - _USUAL_RADIUS) / _RADIUS_SPREAD) ** 2))
            scores.append(fits * np.maximum(self._sharpness(radius) + _DARKNESS * self._darkness(radius), 0))
        return np.stack(scores)

    def _sharpness(self, radius: np.float32) -> np.ndarray:
        """How much the photo brightens across the rim, the worse of both arcs."""
        arcs = []
        for angles in (_ARC, np.float32(np.pi) - _ARC):
            cos, sin = np.cos(angles)[:, None, None], np.sin(angles)[:, None, None]
            near, far = (self._look((self._x + r * cos), (self._y + r * sin)) for r in (radius - _RIM, radius + _RIM))
            seen = near[1] * far[1] > 0.4
            count = seen.sum(axis=0)
            mean = ((far[0] - near[0]) * seen).sum(axis=0) / np.maximum(count, 1)
            arcs.append(np.where(count >= _LEAST_SEEN, mean, np.nan))
        both = np.stack(arcs)
        missing = np.isnan(both)
        worse = np.where(missing, np.inf, both).min(axis=0)
        worse = np.where(missing.any(axis=0), _ONE_ARC * worse, worse)
        return np.where(missing.all(axis=0), -255, worse).astype(np.float32)

    def _darkness(self, radius: np.float32) -> np.ndarray:
        """How much darker a disc's visible part is than the rest of the opening."""
        reach = int(np.ceil(radius))
        rows, columns = np.mgrid[-reach : reach + 1, -reach : reach + 1]
        disc = (np.hypot(rows, columns) <= radius).astype(np.float32)
        red = self._red * self._inside
        area, sums = (cv2.filter2D(a, -1, disc, borderType=cv2.BORDER_CONSTANT) for a in (self._inside, red))
        rest = (red.sum() - sums) / np.maximum(self._inside.sum() - area, 1)
        darkness = rest - sums / np.maximum(area, 1)
        darkness[area < 0.35 * disc.sum()] = -255
        return cv2.remap(darkness, self._x, self._y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)

    def _look(self, x: np.ndarray, y: np.ndarray) -> list[np.ndarray]:
        """Brightness, and whether it is in the opening, at (n, h, w) points."""
        flat = (len(x), -1)
        return [
            cv2.remap(plane, x.reshape(flat), y.reshape(flat), cv2.INTER_LINEAR).reshape(x.shape)
            for plane in (self._red, self._inside)
        ]

    def place(self, scores: np.ndarray, best: int, radii: np.ndarray) -> Iris | None:
        """The iris at the best place for a radius."""
        score = scores[best]
        row, column = np.unravel_index(int(score.argmax()), score.shape)
        if score[row, column] < _LEAST_SCORE:
            return None
        left, top = self._corner
        x = self._x[0, column] + _STEP * _peak(score[row], int(column))
        y = self._y[row, 0] + _STEP * _peak(score[:, column], int(row))
        radius = radii[best] + (radii[1] - radii[0]) * _peak(scores[:, row, column], best)
        return Iris(float(x + left), float(y + top), float(radius), self._opening)


def _peak(line: np.ndarray, highest: int) -> float:
    """Where a line is highest between its samples: the vertex of the parabola through three of them."""
    if not 0 < highest < len(line) - 1:
        return 0.0
    before, at, after = (float(value) for value in line[highest - 1 : highest + 2])
    bend = before - 2 * at + after
    return 0.0 if bend >= 0 else float(np.clip(0.5 * (before - after) / bend, -0.5, 0.5))
