"""Parts that an edit only resizes, stretches or moves: the photo shows them already, so they need not be drawn.

An eye that is painted larger is still this person's eye; the network would have to guess its iris. The photo's pixels
are mapped from the old shape onto the new one, with the rim around them (lashes, the lips' edge), and completion fits
them into the photo.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np

from maskgan_studio.labels import part_named
from maskgan_studio.photo.blend_region import disk, smoothstep

__all__ = ["PART_GROUPS", "ReusedPart", "find_reused_parts"]

_EYE_RIM, _BROW_RIM, _MOUTH_RIM = 9, 5, 6  # pixels of the 512² crop
#: Classes that move together, and how far beside them a person still sees them.
PART_GROUPS: tuple[tuple[tuple[int, ...], int], ...] = tuple(
    (tuple(part_named(name).index for name in names), rim)
    for names, rim in (
        (("l_eye",), _EYE_RIM),
        (("r_eye",), _EYE_RIM),
        (("l_brow",), _BROW_RIM),
        (("r_brow",), _BROW_RIM),
        (("mouth", "u_lip", "l_lip"), _MOUTH_RIM),
    )
)
_LEAST = 60  # pixels of a part
_LARGEST_STRETCH = 1.8
# Share of the pixels in either shape in which the mapped old part and the new one agree.
_AGREEMENT = 0.72


@dataclass(frozen=True, eq=False)
class ReusedPart:
    """A part whose pixels the photo gives.

    Attributes:
        pixels: (S, S, 3) uint8, the photo mapped so that the part lies where the edited mask has it.
        old, new: (S, S) bool, the part in the photo's mask and in the edited one.
        rim: how far beside it its pixels belong to it.
    """

    pixels: np.ndarray
    old: np.ndarray
    new: np.ndarray
    rim: int

    def find_region(self) -> np.ndarray:
        """(S, S) bool: the part's old and new place with their rims."""
        return cv2.dilate((self.old | self.new).astype(np.uint8), disk(self.rim)) > 0

    def lay_in(self, picture: np.ndarray, others: np.ndarray, window: tuple[slice, slice]) -> None:
        """Lay the part with its rim into a picture, in place.

        Args:
            picture: (h, w, 3) float32, what is seen in the window.
            others: (S, S) bool, features that the rim does not cover.
            window: where the picture lies in the crop.
        """
        distance = cv2.distanceTransform(1 - self.new.astype(np.uint8), cv2.DIST_L2, 3)
        weight = smoothstep((self.rim - distance) / (0.6 * self.rim)) * ~(others & ~self.new)
        picture += weight[window][..., None] * (self.pixels[window] - picture)


def find_reused_parts(crop: np.ndarray, target_mask: np.ndarray, source_mask: np.ndarray) -> Iterator[ReusedPart]:
    """Find parts that changed their size, place or proportions, but not what they show.

    Args:
        crop: (S, S, 3) uint8, the photo.
        target_mask, source_mask: (S, S) uint8, the photo's own mask and the edited one.
    """
    for classes, rim in PART_GROUPS:
        old, new = np.isin(target_mask, classes), np.isin(source_mask, classes)
        changed = (target_mask != source_mask) & (old | new)
        if not changed.any() or min(old.sum(), new.sum()) < _LEAST:
            continue
        matrix = _match_moments(old, new)
        if not np.linalg.svd(matrix[:, :2], compute_uv=False).min() > 1 / _LARGEST_STRETCH:
            continue
        if not np.linalg.svd(matrix[:, :2], compute_uv=False).max() < _LARGEST_STRETCH:
            continue
        mapped = _map(np.where(old, target_mask, 0), matrix, cv2.INTER_NEAREST)
        either = new | (mapped > 0)
        if (mapped == np.where(new, source_mask, 0))[either].mean() >= _AGREEMENT:
            yield ReusedPart(_map(crop, matrix, cv2.INTER_LANCZOS4), old, new, rim)


def _match_moments(old: np.ndarray, new: np.ndarray) -> np.ndarray:
    """The map (2, 3) from the new shape's points to the old one's that matches their centres and second moments.

    Of all that do it turns least (optimal transport between two normal distributions).
    """
    (old_centre, old_spread), (new_centre, new_spread) = _moments(old), _moments(new)
    root = _square_root(new_spread)
    inverse = np.linalg.inv(root)
    linear = inverse @ _square_root(root @ old_spread @ root) @ inverse
    return np.column_stack([linear, old_centre - linear @ new_centre])


def _moments(shape: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    y, x = np.nonzero(shape)
    points = np.stack([x, y]).astype(np.float64)
    # A row of pixels is one pixel high.
    return points.mean(axis=1), np.cov(points) + np.eye(2) / 12


def _square_root(matrix: np.ndarray) -> np.ndarray:
    values, vectors = np.linalg.eigh(matrix)
    return np.asarray(vectors * np.sqrt(values) @ vectors.T)


def _map(image: np.ndarray, matrix: np.ndarray, interpolation: int) -> np.ndarray:
    size = image.shape[1::-1]
    flags = interpolation | cv2.WARP_INVERSE_MAP
    border = cv2.BORDER_REPLICATE if image.ndim == 3 else cv2.BORDER_CONSTANT
    return cv2.warpAffine(image, matrix, size, flags=flags, borderMode=border)
