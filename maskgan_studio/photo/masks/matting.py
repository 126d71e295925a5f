"""Soft mattes of a face's parts, from the label map and the photo's colours.

A label map ends at a pixel; hair does not. The guided filter (He, Sun and Tang, "Guided Image Filtering", 2010, section
3.4, colour guidance) lets the matte follow the photo: strands beyond the mask belong to the hair, gaps in it do not.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

__all__ = ["PartMatte", "estimate_matte"]

_EPSILON = 4e-4  # of squared colours in [0, 1]: edges weaker than this are smoothed over
_SHRINK = 2
_LOW, _HIGH = 0.08, 0.92  # the filter leaves a little everywhere


@dataclass(frozen=True, eq=False)
class PartMatte:
    """A matte as a local linear function of the photo's colours, so that it has the photo's resolution at any size.

    Attributes:
        slope: (S, S, 3) float32, times colours in [0, 1].
        offset: (S, S) float32.
        near: (S, S) float32, 1 in and near the part, falling to 0 where no strand can reach.
    """

    slope: np.ndarray
    offset: np.ndarray
    near: np.ndarray

    @classmethod
    def of_shape(cls, alpha: np.ndarray) -> PartMatte:
        """A matte that is known, (S, S) float32 from 0 to 1, whatever the colours are."""
        slope = np.zeros((*alpha.shape, 3), np.float32)
        return cls(slope, _LOW + (_HIGH - _LOW) * alpha, (alpha > 0).astype(np.float32))

    def sample(self, image: np.ndarray, matrix: np.ndarray) -> np.ndarray:
        """The matte of an image.

        Args:
            image: (h, w, 3) uint8, some of the photo.
            matrix: (2, 3), from crop pixels to the image's.

        Returns:
            (h, w) float32 from 0 to 1.
        """
        size = image.shape[1::-1]
        slope, offset, near = (cv2.warpAffine(a, matrix, size) for a in (self.slope, self.offset, self.near))
        alpha = np.einsum("hwc,hwc->hw", slope, image, dtype=np.float32) / 255 + offset
        return np.asarray(np.clip((alpha - _LOW) / (_HIGH - _LOW), 0, 1) * near)


def estimate_matte(crop: np.ndarray, inside: np.ndarray, radius: int, reach: int) -> PartMatte:
    """Estimate the matte of a part.

    Args:
        crop: (S, S, 3) uint8, the photo.
        inside: (S, S) bool, the part as the label map has it.
        radius: of the filter's window, in pixels.
        reach: how far outside the label map the part may be seen, in pixels.
    """
    # The function is smooth, so it is found in a smaller copy (He and Sun, "Fast Guided Filter", 2015).
    small = (crop.shape[1] // _SHRINK, crop.shape[0] // _SHRINK)
    guide = cv2.resize(crop, small, interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    part = cv2.resize(inside.astype(np.float32), small, interpolation=cv2.INTER_AREA)
    window = (2 * max(1, radius // _SHRINK) + 1,) * 2

    def mean(x: np.ndarray) -> np.ndarray:
        return cv2.blur(x, window, borderType=cv2.BORDER_REFLECT)

    colour, share = mean(guide), mean(part)
    covariance = np.empty((*part.shape, 3, 3), np.float32)
    for i in range(3):
        for j in range(i, 3):
            value = mean(guide[..., i] * guide[..., j]) - colour[..., i] * colour[..., j]
            covariance[..., i, j] = covariance[..., j, i] = value
    covariance += _EPSILON * np.eye(3, dtype=np.float32)
    with_part = mean(guide * part[..., None]) - colour * share[..., None]
    slope = np.linalg.solve(covariance, with_part[..., None])[..., 0].astype(np.float32)
    offset = share - (slope * colour).sum(axis=2)
    distance = cv2.distanceTransform(1 - inside.astype(np.uint8), cv2.DIST_L2, 3)
    near = np.clip((reach - distance) / (0.5 * reach), 0, 1)
    size = inside.shape[::-1]
    full_slope, full_offset = (cv2.resize(mean(x), size, interpolation=cv2.INTER_LINEAR) for x in (slope, offset))
    return PartMatte(full_slope, full_offset, near.astype(np.float32))
