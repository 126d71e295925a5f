"""Move the irises of a photo inside their eyes: an eyeball is taken apart into iris and white, and put together anew.

Below a moved iris the white of the same eye goes on: it is interpolated between lids along the eye, so that the lids'
shadow stays where it is. Of the iris, what a lid hid before is taken from its other half, for an iris is as good as
symmetric. The lids and lashes are the photo's own.
"""

from __future__ import annotations

import cv2
import numpy as np

from maskgan_studio.gaze import Gaze, IrisMove
from maskgan_studio.photo.alignment.eye_outline import Lids
from maskgan_studio.photo.alignment.frame import Alignment
from maskgan_studio.photo.kernels import smoothstep
from maskgan_studio.photo.retouching.irises import Iris, find_irises

__all__ = ["eye_window", "iris_weight", "move_irises"]

# Pixels of the 512² crop.
_LIMBUS = 1.2  # half the width of an iris's soft edge
_BESIDE = 2.5  # how far beyond it its colour is seen on the white
_ROWS = 24  # between the lids
# How far the white is looked for along the eye and across it, in columns and rows between the lids: near first.
_WINDOWS = ((4.0, 1.0), (9.0, 1.5), (20.0, 3.0), (40.0, 8.0))
_ENOUGH = 0.06
_LEAST_WHITE = 20  # pixels
_LEAST_SHADE, _MOST_SHADE = 0.6, 1.6
_RINGS = 16


def move_irises(pixels: np.ndarray, alignment: Alignment, mask: np.ndarray, gaze: Gaze) -> np.ndarray:
    """Move the irises, in the photo's own pixels.

    Args:
        pixels: (H, W, 3) uint8, the photo, or a finished edit of it.
        alignment: where the face's crop lies in it.
        mask: (S, S) uint8, what the pixels show.
        gaze: how they move.

    Returns:
        (H, W, 3) uint8; the same array where nothing moves, or where no iris is to be found. What lies outside the
        openings of the eyes keeps its bits.
    """
    if gaze.is_identity:
        return pixels
    crop = alignment.crop(pixels)
    moved = pixels
    for iris in find_irises(crop, mask):
        move = gaze.left if iris.x > (len(crop) - 1) / 2 else gaze.right
        if move != IrisMove():
            moved = pixels.copy() if moved is pixels else moved
            _move_iris(moved, pixels, alignment, crop, iris, move)
    return moved


def iris_weight(points: np.ndarray, x: float, y: float, radius: float) -> np.ndarray:
    """1 in a disc, falling to 0 over its soft edge, at (h, w, 2) points of the crop."""
    away = np.hypot(points[..., 0] - np.float32(x), points[..., 1] - np.float32(y))
    return smoothstep((np.float32(radius + _LIMBUS) - away) / np.float32(2 * _LIMBUS))


def _move_iris(
    moved: np.ndarray, pixels: np.ndarray, alignment: Alignment, crop: np.ndarray, iris: Iris, move: IrisMove
) -> None:
    window, points = eye_window(iris, alignment, pixels.shape)
    eye = _Eyeball(crop, iris)
    between = eye.lids.weight(points)
    if not eye.shows_white or not between.any():
        return
    photo = pixels[window].astype(np.float32)
    away = np.hypot(points[..., 0] - np.float32(iris.x), points[..., 1] - np.float32(iris.y))
    # Where the iris was, or shone through, the white is filled in.
    beside = smoothstep((np.float32(iris.radius + 2 * _BESIDE) - away) / np.float32(2 * _BESIDE))[..., None]
    white, shade = eye.white_at(points)
    ball = photo + beside * (white - photo)
    x, y = iris.x + move.right, iris.y - move.up
    cover = iris_weight(points, x, y, iris.radius * move.size)[..., None]
    drawn = eye.iris_at(pixels, alignment, points, shade, (x, y), move.size)
    ball += cover * (drawn - ball)
    result = photo + between[..., None] * (ball - photo)
    changed = (between[..., None] * np.maximum(beside, cover))[..., 0] > 0
    moved[window][changed] = np.rint(result[changed]).clip(0, 255).astype(np.uint8)


def eye_window(iris: Iris, alignment: Alignment, shape: tuple[int, ...]) -> tuple[tuple[slice, slice], np.ndarray]:
    """The rows and columns of the photo that hold an eye, and where their pixels lie in the crop, (h, w, 2) float32."""
    left, top, width, height = cv2.boundingRect(iris.opening.astype(np.uint8))
    corners = np.array([[x, y] for x in (left - 2, left + width + 1) for y in (top - 2, top + height + 1)])
    in_photo = alignment.to_photo(corners)
    x0, y0 = np.maximum(np.floor(in_photo.min(axis=0)).astype(int), 0)
    x1, y1 = np.ceil(in_photo.max(axis=0)).astype(int) + 1
    rows, columns = slice(y0, max(y0, min(int(y1), shape[0]))), slice(x0, max(x0, min(int(x1), shape[1])))
    x, y = np.meshgrid(np.arange(columns.start, columns.stop), np.arange(rows.start, rows.stop))
    points = alignment.to_crop(np.stack([x.ravel(), y.ravel()], axis=1)).reshape(*x.shape, 2)
    return (rows, columns), points.astype(np.float32)


class _Eyeball:
    """What an eye shows between its lids, taken apart."""

    def __init__(self, crop: np.ndarray, iris: Iris) -> None:
        self._iris = iris
        lids = self.lids = Lids(iris.opening)
        # The eye spread out: a row for each height between the lids.
        heights = (np.arange(_ROWS, dtype=np.float32) / (_ROWS - 1))[:, None]
        y = lids.upper + heights * (lids.lower - lids.upper)
        x = np.broadcast_to(np.arange(lids.first, lids.last + 1, dtype=np.float32), y.shape)
        spread = np.dstack([x, y])
        colors = _at(crop.astype(np.float32), spread)
        away = np.hypot(x - iris.x, y - iris.y)
        white = (lids.weight(spread) > 0.8) & (away > iris.radius + _BESIDE)
        self.shows_white = int(white.sum()) >= _LEAST_WHITE
        self._white = _spread_out(colors, white) if self.shows_white else colors
        self._shade = np.maximum(self._white.mean(axis=2), 1)
        self._rings = self._average_rings(crop)

    def white_at(self, points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The white at (h, w, 2) points of the crop, as if there were no iris, and how bright it is, (h, w)."""
        column = points[..., 0] - np.float32(self.lids.first)
        at = np.dstack([column, self.lids.height(points) * (_ROWS - 1)])
        return _at(self._white, at), _at(self._shade, at)

    def iris_at(
        self,
        pixels: np.ndarray,
        alignment: Alignment,
        points: np.ndarray,
        shade: np.ndarray,
        middle: tuple[float, float],
        size: float,
    ) -> np.ndarray:
        """The iris at points of the crop when it lies elsewhere, in the light that falls there, (h, w, 3)."""
        iris = self._iris
        source = (points - np.array(middle, np.float32)) / np.float32(size) + np.array([iris.x, iris.y], np.float32)
        mirrored = np.dstack([source[..., 0], np.float32(2 * iris.y) - source[..., 1]])
        away = np.hypot(source[..., 0] - np.float32(iris.x), source[..., 1] - np.float32(iris.y))
        ring = np.clip(away / np.float32(iris.radius), 0, 1) * (_RINGS - 1)
        drawn = _at(self._rings[None], np.dstack([ring, np.zeros_like(ring)])) * shade[..., None]
        for places in (mirrored, source):
            seen = self.lids.weight(places)[..., None]
            _, light = self.white_at(places)
            relit = np.clip(shade / light, _LEAST_SHADE, _MOST_SHADE)[..., None]
            drawn = drawn + seen * (_sample_photo(pixels, alignment, places) * relit - drawn)
        return np.asarray(drawn)

    def _average_rings(self, crop: np.ndarray) -> np.ndarray:
        """The iris's colour by the distance from its middle, (rings, 3) float32, as shares of the white's light."""
        iris = self._iris
        reach = int(np.ceil(iris.radius)) + 1
        x, y = np.meshgrid(
            np.arange(int(iris.x) - reach, int(iris.x) + reach + 1, dtype=np.float32),
            np.arange(int(iris.y) - reach, int(iris.y) + reach + 1, dtype=np.float32),
        )
        points = np.dstack([x, y])
        _, light = self.white_at(points)
        colors = _at(crop.astype(np.float32), points) / light[..., None]
        ring = np.hypot(x - iris.x, y - iris.y) / iris.radius * (_RINGS - 1)
        seen = self.lids.weight(points) > 0.8
        rings = np.full((_RINGS, 3), np.nan, np.float32)
        for number in range(_RINGS):
            there = seen & (np.abs(ring - number) < 1)
            if there.any():
                rings[number] = np.median(colors[there], axis=0)
        known = np.flatnonzero(~np.isnan(rings[:, 0]))
        if not known.size:
            return np.zeros((_RINGS, 3), np.float32)
        filled = [np.interp(np.arange(_RINGS), known, rings[known, channel]) for channel in range(3)]
        return np.stack(filled, axis=1).astype(np.float32)


def _spread_out(colors: np.ndarray, known: np.ndarray) -> np.ndarray:
    """Continue colours (h, w, 3) from where they are known, as far along the rows as it takes."""
    weight = known.astype(np.float32)
    filled = np.broadcast_to(np.median(colors[known], axis=0), colors.shape).astype(np.float32)
    for along, across in reversed(_WINDOWS):
        share = cv2.GaussianBlur(weight, (0, 0), along, sigmaY=across)
        mean = cv2.GaussianBlur(colors * weight[..., None], (0, 0), along, sigmaY=across)
        trust = np.minimum(share / _ENOUGH, 1)[..., None]
        filled = filled + trust * (mean / np.maximum(share, 1e-6)[..., None] - filled)
    return filled


def _sample_photo(pixels: np.ndarray, alignment: Alignment, points: np.ndarray) -> np.ndarray:
    """The photo at (h, w, 2) points of the crop, (h, w, 3) float32."""
    there = alignment.to_photo(points.reshape(-1, 2)).reshape(points.shape)
    low = np.clip(np.floor(there.min(axis=(0, 1))).astype(int) - 8, 0, None)
    high = np.ceil(there.max(axis=(0, 1))).astype(int) + 9
    part = np.ascontiguousarray(pixels[low[1] : high[1], low[0] : high[0]])
    x, y = ((there[..., axis] - low[axis]).astype(np.float32) for axis in (0, 1))
    return cv2.remap(part, x, y, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE).astype(np.float32)


def _at(picture: np.ndarray, points: np.ndarray) -> np.ndarray:
    """A picture of the crop at (h, w, 2) points."""
    x, y = (np.ascontiguousarray(points[..., axis], np.float32) for axis in (0, 1))
    return cv2.remap(picture, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
