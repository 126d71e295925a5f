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
from maskgan_studio.photo.kernels import disk, find_labels, smoothstep

__all__ = ["FEATURES", "PART_GROUPS", "ReusedPart", "find_reused_parts"]

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
FEATURES = [index for classes, _ in PART_GROUPS for index in classes]
_LEAST = 60  # pixels of a part
_LARGEST_STRETCH = 1.8
# Share of the pixels in either shape in which the mapped old part and the new one agree.
_AGREEMENT = 0.72
_INSIDE = part_named("mouth").index
_OPENED = 0.08  # share of a mouth that opens


@dataclass(frozen=True, eq=False)
class ReusedPart:
    """A part whose pixels the photo gives.

    Attributes:
        pixels: (S, S, 3) uint8, the photo mapped so that the part lies where the edited mask has it.
        weight: (S, S) float32, 1 where these pixels are the part's, falling to 0 over its rim.
        region: (S, S) bool, all that is to be drawn because of it: its old and its new place with their rims.
        own: (S, S) bool, its old and its new place.
    """

    pixels: np.ndarray
    weight: np.ndarray
    region: np.ndarray
    own: np.ndarray

    @classmethod
    def at(cls, pixels: np.ndarray, old: np.ndarray, new: np.ndarray, others: np.ndarray, rim: int) -> ReusedPart:
        """A part with a rim of some pixels around it.

        Args:
            pixels: (S, S, 3) uint8, the mapped photo.
            old, new: (S, S) bool, its places.
            others: (S, S) bool, features that the rim does not cover.
            rim: its width.
        """
        distance = cv2.distanceTransform(1 - new.astype(np.uint8), cv2.DIST_L2, 3)
        weight = smoothstep((rim - distance) / (0.6 * rim)) * ~(others & ~new)
        region = cv2.dilate((old | new).astype(np.uint8), disk(rim)) > 0
        return cls(pixels, weight, region, old | new)

    def lay_in(self, image: np.ndarray, window: tuple[slice, slice]) -> None:
        """Lay the part with its rim into the image of a window, (h, w, 3) float32, in place."""
        image += self.weight[window][..., None] * (self.pixels[window] - image)


def find_reused_parts(crop: np.ndarray, target_mask: np.ndarray, source_mask: np.ndarray) -> Iterator[ReusedPart]:
    """Find parts that changed their size, place or proportions, but not what they show.

    Args:
        crop: (S, S, 3) uint8, the photo.
        target_mask, source_mask: (S, S) uint8, the photo's own mask and the edited one.
    """
    differs = target_mask != source_mask
    touched = set(np.unique(target_mask[differs])) | set(np.unique(source_mask[differs]))
    features = find_labels(source_mask, FEATURES)
    for classes, rim in PART_GROUPS:
        if touched.isdisjoint(classes):
            continue
        old, new = find_labels(target_mask, classes), find_labels(source_mask, classes)
        if min(np.count_nonzero(old), np.count_nonzero(new)) < _LEAST:
            continue
        matrix = _match_moments(old, new)
        stretch = np.linalg.svd(matrix[:, :2], compute_uv=False)
        if stretch.max() > _LARGEST_STRETCH or stretch.min() < 1 / _LARGEST_STRETCH:
            continue
        mapped = _map(np.where(old, target_mask, 0), matrix, cv2.INTER_NEAREST)
        either = new | (mapped > 0)
        opened = (source_mask == _INSIDE) & new & (mapped != _INSIDE)
        if opened.sum() > _OPENED * new.sum():
            continue  # the photo does not show what comes into sight between the lips
        if (mapped == np.where(new, source_mask, 0))[either].mean() >= _AGREEMENT:
            yield ReusedPart.at(_map(crop, matrix, cv2.INTER_LANCZOS4), old, new, features, rim)


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
    x, y, width, height = cv2.boundingRect(shape.view(np.uint8))
    found = cv2.moments(shape[y : y + height, x : x + width].astype(np.uint8), binaryImage=True)
    count = found["m00"]
    spread = np.array([[found["mu20"], found["mu11"]], [found["mu11"], found["mu02"]]]) / (count - 1)
    # A row of pixels is one pixel high.
    return np.array([found["m10"], found["m01"]]) / count + (x, y), spread + np.eye(2) / 12


def _square_root(matrix: np.ndarray) -> np.ndarray:
    values, vectors = np.linalg.eigh(matrix)
    return np.asarray(vectors * np.sqrt(values) @ vectors.T)


def _map(image: np.ndarray, matrix: np.ndarray, interpolation: int) -> np.ndarray:
    size = image.shape[1::-1]
    flags = interpolation | cv2.WARP_INVERSE_MAP
    border = cv2.BORDER_REPLICATE if image.ndim == 3 else cv2.BORDER_CONSTANT
    return cv2.warpAffine(image, matrix, size, flags=flags, borderMode=border)
