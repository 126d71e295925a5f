"""Colour error and texture for places where another part came to lie, both taken from that part nearby.

Lengths are in pixels of the 512² crop.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from maskgan_studio.labels import part_named
from maskgan_studio.photo.kernels import disk

__all__ = ["MirrorMap", "estimate_part_error", "mirror_map"]

# Parts that are all of one texture; eyes or ears mirrored beside themselves would be seen as such.
_SKIN = part_named("skin").index
_TEXTURED = [part_named(name).index for name in ("background", "skin", "hair", "neck", "cloth", "hat")]
_SHRINK = 4  # the error is smooth, so it is averaged in a small copy
_NEAR, _FAR = 20.0, 90.0
_ENOUGH = 30  # pixels to average over
_EDGE = 5  # so close to a part's rim its texture is not its own


def estimate_part_error(error: np.ndarray, target_mask: np.ndarray, source_mask: np.ndarray) -> np.ndarray:
    """Estimate the network's error on the part that the source mask has at each pixel.

    A mean over the pixels that already were that part and stay it, the nearer the heavier (normalised convolution,
    Knutsson and Westin 1993). 0 for parts that the photo does not show: the network's own colour is all there is.

    Args:
        error: (S, S, 3) float32, photo minus reconstruction.
        target_mask, source_mask: (S, S) uint8.

    Returns:
        (S, S, 3) float32, smooth within each part.
    """
    changed = (target_mask != source_mask).astype(np.uint8)
    kept = cv2.dilate(changed, disk(2)) == 0
    small = (target_mask.shape[1] // _SHRINK, target_mask.shape[0] // _SHRINK)
    estimate = np.zeros_like(error)
    for index in np.unique(source_mask[cv2.dilate(changed, disk(12)) > 0]):
        part = ((target_mask == index) & kept).astype(np.uint8)
        inner = cv2.erode(part, disk(2), borderValue=1)
        weight = (inner if inner.sum() > _ENOUGH else part).astype(np.float32)
        if not weight.any():
            continue
        weighted = np.dstack([error * weight[..., None], weight])
        shrunk = cv2.resize(weighted, small, interpolation=cv2.INTER_AREA)
        near = cv2.GaussianBlur(shrunk, (0, 0), _NEAR / _SHRINK)
        far = cv2.GaussianBlur(shrunk, (0, 0), _FAR / _SHRINK)
        mean = near + 1e-3 * far + 1e-6 * shrunk.mean(axis=(0, 1), dtype=np.float32)
        smooth = cv2.resize(mean[..., :3] / mean[..., 3:], error.shape[1::-1], interpolation=cv2.INTER_LINEAR)
        here = source_mask == index
        estimate[here] = smooth[here]
    return cv2.GaussianBlur(estimate, (0, 0), 2)


@dataclass(frozen=True, eq=False)
class MirrorMap:
    """Where each pixel that another part came to takes its texture from.

    Attributes:
        x, y: (S, S) float32 crop coordinates of the source: the pixel mirrored at the edge of the same part.
        weight: (S, S) float32, 0 where no texture is needed or the photo shows none of that part.
    """

    x: np.ndarray
    y: np.ndarray
    weight: np.ndarray

    def sample(self, image: np.ndarray) -> np.ndarray:
        """Return the (S, S, 3) float32 image as seen in the mirror."""
        return cv2.remap(image, self.x, self.y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)


def mirror_map(target_mask: np.ndarray, source_mask: np.ndarray, moved: np.ndarray) -> MirrorMap:
    """Mirror the texture of parts that stayed over their edge into the places they grew to.

    Where a part has no texture of its own to give, it gets skin, so that the photo's grain goes on in it.

    Args:
        target_mask, source_mask: (S, S) uint8.
        moved: (S, S) bool, where texture is needed; nothing there serves as a source.
    """
    height, width = target_mask.shape
    y, x = np.mgrid[:height, :width].astype(np.float32)
    source_x, source_y, weight = x.copy(), y.copy(), np.zeros((height, width), np.float32)
    for index in np.unique(source_mask[moved]):
        wanted = moved & (source_mask == index)
        points = np.stack([x[wanted], y[wanted]], axis=1)
        sources = None
        if index in _TEXTURED:
            sources = _mirrored(_sound(target_mask, index, moved), points)
        if sources is None:
            sources = _tiled(_sound(target_mask, _SKIN, moved), points)
        if sources is not None:
            source_x[wanted], source_y[wanted] = sources.T
            weight[wanted] = 1
    return MirrorMap(source_x, source_y, cv2.GaussianBlur(weight, (0, 0), 1.5))


def _sound(target_mask: np.ndarray, index: int, moved: np.ndarray) -> np.ndarray:
    """(S, S) uint8, 1 where a part shows nothing but its own texture, and stays."""
    return cv2.erode(((target_mask == index) & ~moved).astype(np.uint8), disk(_EDGE), borderValue=1)


def _mirrored(sound: np.ndarray, points: np.ndarray) -> np.ndarray | None:
    """Mirror (N, 2) points at the nearest sound pixel; what falls on an unsound one there is tiled instead."""
    if not sound.any():
        return None
    _, labels = cv2.distanceTransformWithLabels(1 - sound, cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL)
    rows, columns = np.nonzero(sound)
    nearest = np.zeros((int(labels.max()) + 1, 2), np.float32)
    nearest[labels[rows, columns]] = np.stack([columns, rows], axis=1)
    x, y = points.astype(int).T
    mirrored = 2 * nearest[labels[y, x]] - points
    column, row = np.rint(mirrored).astype(int).T
    usable = (column >= 0) & (row >= 0) & (column < sound.shape[1]) & (row < sound.shape[0])
    usable[usable] = sound[row[usable], column[usable]] > 0
    tiled = _tiled(sound, points)
    return mirrored if tiled is None else np.where(usable[:, None], mirrored, tiled)


def _tiled(sound: np.ndarray, points: np.ndarray) -> np.ndarray | None:
    """Cover the plane with the largest sound square, mirrored to and fro, and return what lies at (N, 2) points."""
    depth = cv2.distanceTransform(cv2.copyMakeBorder(sound, 1, 1, 1, 1, cv2.BORDER_CONSTANT), cv2.DIST_L2, 5)
    _, deepest, _, (x, y) = cv2.minMaxLoc(depth)
    half = 0.7 * deepest - 1
    if half < 2:
        return None
    center = np.array([x - 1, y - 1], np.float32)
    return np.asarray(center + np.abs((points - center + half) % (4 * half) - 2 * half) - half)
