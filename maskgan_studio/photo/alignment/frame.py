"""The similarity between a photo and the face crop, as CelebA-HQ defines it from eyes and mouth.

All points are (x, y) in pixels with the centre of the first pixel at (0, 0), as in OpenCV.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace

import cv2
import numpy as np

from maskgan_studio.photo.alignment.landmarks import Landmarks

__all__ = ["CROP_SIZE", "Alignment"]

CROP_SIZE = 512
_LARGEST = 4096
_MAX_SUPERSAMPLING = 8


@dataclass(frozen=True)
class Alignment:
    """Where the crop lies in the photo: a square that may be turned and may reach beyond the border.

    Attributes:
        center_x, center_y: the square's centre in the photo.
        axis_x, axis_y: from the centre to the middle of the crop's right side, in photo pixels.
        size: width and height of the crop in its own pixels.
    """

    center_x: float
    center_y: float
    axis_x: float
    axis_y: float
    size: int = CROP_SIZE

    @classmethod
    def from_landmarks(cls, landmarks: Landmarks, size: int = CROP_SIZE) -> Alignment:
        """Place the square as CelebA-HQ does (Karras et al. 2018, Progressive Growing of GANs, appendix C).

        Its x direction is the mean of the eyes' direction and the normal of eyes-to-mouth; it is 4 eye distances or
        3.6 eye-to-mouth distances wide, whichever is more. Raises ValueError if eyes and mouth fall on one point.
        """
        left, right, *mouth = landmarks.points()
        eye_to_eye = right - left
        eye_middle = (left + right) / 2
        eye_to_mouth = np.mean(mouth, axis=0) - eye_middle
        axis = eye_to_eye - _quarter_turn(eye_to_mouth)
        length = np.hypot(*axis)
        if length < 1e-6:
            raise ValueError("eyes and mouth do not span a face")
        axis *= max(2.0 * np.hypot(*eye_to_eye), 1.8 * np.hypot(*eye_to_mouth)) / length
        center = eye_middle + 0.1 * eye_to_mouth
        return cls(float(center[0]), float(center[1]), float(axis[0]), float(axis[1]), size)

    @classmethod
    def identity(cls, shape: tuple[int, ...], size: int = CROP_SIZE) -> Alignment:
        """Take a photo of this (H, W, ...) shape as an aligned crop already; the middle square if it is not square."""
        height, width = shape[:2]
        return cls((width - 1) / 2, (height - 1) / 2, min(height, width) / 2, 0.0, size)

    @classmethod
    def from_json(cls, text: str) -> Alignment:
        """Read what `to_json` wrote; raises ValueError for anything else."""
        try:
            fields = json.loads(text)
            place = [float(fields[name]) for name in ("center_x", "center_y", "axis_x", "axis_y")]
            size = int(fields["size"])
        except (TypeError, KeyError, ValueError, OverflowError, RecursionError) as error:
            raise ValueError("not an alignment") from error
        if not (np.isfinite(place).all() and np.hypot(place[2], place[3]) > 0 and 0 < size <= _LARGEST):
            raise ValueError("an alignment of no crop")
        return cls(place[0], place[1], place[2], place[3], size)

    def to_json(self) -> str:
        """Write the alignment as one line of JSON."""
        return json.dumps(asdict(self))

    @property
    def scale(self) -> float:
        """Photo pixels per crop pixel."""
        return 2 * float(np.hypot(self.axis_x, self.axis_y)) / self.size

    @property
    def angle_deg(self) -> float:
        """Tilt of the face in the photo, clockwise on the screen."""
        return float(np.degrees(np.arctan2(self.axis_y, self.axis_x)))

    @property
    def inverse(self) -> np.ndarray:
        """(2, 3) float64 matrix from crop points to photo points."""
        a, b = 2 * self.axis_x / self.size, 2 * self.axis_y / self.size
        middle = (self.size - 1) / 2
        return np.array(
            [
                [a, -b, self.center_x - (a - b) * middle],
                [b, a, self.center_y - (b + a) * middle],
            ]
        )

    @property
    def matrix(self) -> np.ndarray:
        """(2, 3) float64 matrix from photo points to crop points: the exact inverse of `inverse`."""
        return cv2.invertAffineTransform(self.inverse)

    @property
    def corners(self) -> np.ndarray:
        """(4, 2) outer corners of the square in the photo: top left, bottom left, bottom right, top right."""
        x = np.array([self.axis_x, self.axis_y])
        y = _quarter_turn(x)
        return np.asarray(np.array([self.center_x, self.center_y]) + np.stack([-x - y, -x + y, x + y, x - y]))

    def to_photo(self, points: np.ndarray) -> np.ndarray:
        """Map (N, 2) crop points into the photo."""
        return _apply(self.inverse, points)

    def to_crop(self, points: np.ndarray) -> np.ndarray:
        """Map (N, 2) photo points into the crop."""
        return _apply(self.matrix, points)

    def resized(self, size: int) -> Alignment:
        """Return the same square of the photo with another number of crop pixels."""
        return replace(self, size=size)

    def turned(self, angle_deg: float) -> Alignment:
        """Return the square turned around its centre, clockwise on the screen."""
        cos, sin = np.cos(np.radians(angle_deg)), np.sin(np.radians(angle_deg))
        axis_x, axis_y = self.axis_x * cos - self.axis_y * sin, self.axis_x * sin + self.axis_y * cos
        return replace(self, axis_x=float(axis_x), axis_y=float(axis_y))

    def widened(self, factor: float) -> Alignment:
        """Return the square `factor` times as wide around the same centre."""
        return replace(self, axis_x=self.axis_x * factor, axis_y=self.axis_y * factor)

    def within(self, left: int, top: int, factor: float) -> Alignment:
        """The same square in a part of the photo that begins at (left, top) and was then scaled by a factor."""
        return replace(
            self,
            center_x=(self.center_x - left + 0.5) * factor - 0.5,
            center_y=(self.center_y - top + 0.5) * factor - 0.5,
            axis_x=self.axis_x * factor,
            axis_y=self.axis_y * factor,
        )

    def photo_bounds(self, shape: tuple[int, ...], margin: int = 0) -> tuple[int, int, int, int]:
        """Return left, top, right, bottom (exclusive) of the square's bounding box within a photo of this shape."""
        low = np.floor(self.corners.min(axis=0)).astype(int) - margin
        high = np.ceil(self.corners.max(axis=0)).astype(int) + 1 + margin
        return max(0, int(low[0])), max(0, int(low[1])), min(shape[1], int(high[0])), min(shape[0], int(high[1]))

    def crop(self, pixels: np.ndarray, size: int | None = None) -> np.ndarray:
        """Cut the square out of the photo, upright.

        Shrinks by averaging over what falls into each crop pixel, enlarges bicubically. Beyond the border the photo is
        mirrored and blurred, as in CelebA-HQ. Where the crop's pixels are the photo's own they come out unchanged.

        Args:
            pixels: (H, W, 3) uint8 photo.
            size: width and height of the result; the alignment's own size by default.

        Returns:
            (size, size, 3) uint8.
        """
        if size is not None and size != self.size:
            return self.resized(size).crop(pixels)
        left, top, right, bottom = self.photo_bounds(pixels.shape, margin=4)
        if right <= left or bottom <= top:
            return np.full((self.size, self.size, 3), 128, np.uint8)
        # Only the part that is looked at: OpenCV's warp takes no more than 32767 pixels a side.
        part = pixels[top:bottom, left:right]
        back = self.inverse - np.array([[0, 0, left], [0, 0, top]])
        # Several samples per crop pixel, then their mean: the area average at any angle.
        factor = min(_MAX_SUPERSAMPLING, max(1, int(np.ceil(self.scale - 1e-6))))
        shift = (1 / factor - 1) / 2
        sampled = cv2.warpAffine(
            part,
            back @ np.array([[1 / factor, 0, shift], [0, 1 / factor, shift], [0, 0, 1]]),
            (self.size * factor, self.size * factor),
            flags=(cv2.INTER_LINEAR if factor > 1 else cv2.INTER_CUBIC) | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_REFLECT,
        )
        if factor > 1:
            sampled = cv2.resize(sampled, (self.size, self.size), interpolation=cv2.INTER_AREA)
        return self._soften_padding(sampled, pixels.shape)

    def covered(self, shape: tuple[int, ...]) -> np.ndarray:
        """(size, size) bool: the crop's pixels that lie within a photo of this shape."""
        (a, b, left), (c, d, top) = self.inverse
        step = np.arange(self.size)
        x = (a * step + left)[None, :] + (b * step)[:, None]
        y = (c * step + top)[None, :] + (d * step)[:, None]
        return np.asarray((x > -0.5) & (x < shape[1] - 0.5) & (y > -0.5) & (y < shape[0] - 0.5))

    def _soften_padding(self, crop: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
        """Blur what was mirrored at the photo's border, more with the distance, so that no second face appears."""
        beyond = ~self.covered(shape)
        if not beyond.any():
            return crop
        distance = cv2.distanceTransform(beyond.astype(np.uint8), cv2.DIST_L2, 5)
        weight = np.clip(distance / (0.06 * self.size), 0, 1)[..., None]
        blurred = cv2.GaussianBlur(crop, (0, 0), 0.02 * self.size)
        return np.asarray(np.rint(crop * (1 - weight) + blurred * weight).astype(np.uint8))


def _quarter_turn(vector: np.ndarray) -> np.ndarray:
    return np.array([-vector[1], vector[0]])


def _apply(matrix: np.ndarray, points: np.ndarray) -> np.ndarray:
    return np.asarray(np.asarray(points, dtype=np.float64) @ matrix[:, :2].T + matrix[:, 2])
