"""What gives a drawn region away: traces of what was there before, and repetition at the network's stride."""

from __future__ import annotations

import cv2
import numpy as np

from maskgan_studio.photo.kernels import disk

__all__ = ["cut_lower_rim", "measure_ghost", "measure_weave"]

_INNER = 3  # pixels inside the region whose border does not count
_BESIDE = (8, 40)  # pixels from the region where its surroundings are measured
_ENOUGH = 200
_PATCH, _STEP = 64, 16
_STRIDE, _NEIGHBOURS = 16, (12, 20)


def cut_lower_rim(region: np.ndarray, height: int) -> np.ndarray:
    """Return a region (H, W) bool without the lowest ``height`` rows of each of its columns."""
    line = np.ones((height + 1, 1), np.uint8)
    return cv2.erode(region.astype(np.uint8), line, anchor=(0, 0), borderValue=0) > 0


def measure_ghost(image: np.ndarray, region: np.ndarray, labels: np.ndarray, part: int) -> float | None:
    """Edge energy in a region as a multiple of that of plain surroundings.

    Args:
        image: (H, W, 3) uint8, the result.
        region: (H, W) bool, where something was taken away and ``part`` shows instead.
        labels: (H, W) uint8, the mask of the result.
        part: the class beside the region to compare with.

    Returns:
        1 where the region is as plain as what lies beside it; None where there is too little of either.
    """
    inside = cv2.erode((region & (labels == part)).astype(np.uint8), disk(_INNER)) > 0
    distance = cv2.distanceTransform((~region).astype(np.uint8), cv2.DIST_L2, 5)
    plain = cv2.erode((labels == part).astype(np.uint8), disk(_INNER)) > 0
    beside = plain & (distance >= _BESIDE[0]) & (distance <= _BESIDE[1])
    if inside.sum() < _ENOUGH or beside.sum() < _ENOUGH:
        return None
    grey = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY).astype(np.float32)
    energy = np.hypot(cv2.Sobel(grey, cv2.CV_32F, 1, 0), cv2.Sobel(grey, cv2.CV_32F, 0, 1))
    return float(energy[inside].mean() / max(energy[beside].mean(), 1e-6))


def measure_weave(image: np.ndarray, region: np.ndarray) -> float | None:
    """How much texture repeats at the DMN's stride: autocorrelation at 16 pixels above the mean of that at 12 and 20.

    Args:
        image: (H, W, 3) uint8.
        region: (H, W) bool, the texture.

    Returns:
        mean over patches and both directions; real hair gives about -0.014. None where no patch fits in.
    """
    grey = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY).astype(np.float32)
    grey -= cv2.GaussianBlur(grey, (0, 0), _STRIDE)
    found = []
    for top in range(0, len(region) - _PATCH + 1, _STEP):
        for left in range(0, region.shape[1] - _PATCH + 1, _STEP):
            window = np.s_[top : top + _PATCH, left : left + _PATCH]
            if region[window].mean() > 0.97 and grey[window].std() > 1:
                found += [_repetition(grey[window]), _repetition(grey[window].T)]
    return float(np.mean(found)) if found else None


def _repetition(patch: np.ndarray) -> float:
    at = {shift: _correlation(patch[:, shift:], patch[:, :-shift]) for shift in (_STRIDE, *_NEIGHBOURS)}
    return at[_STRIDE] - sum(at[shift] for shift in _NEIGHBOURS) / 2


def _correlation(a: np.ndarray, b: np.ndarray) -> float:
    a, b = a - a.mean(), b - b.mean()
    return float((a * b).sum() / max(np.sqrt((a * a).sum() * (b * b).sum()), 1e-6))
