"""An edit drawn into an image of the network that was rendered before: in a window around what has changed."""

from __future__ import annotations

import cv2
import numpy as np

from maskgan_studio.engine.requests import Window
from maskgan_studio.labels import NUM_CLASSES
from maskgan_studio.photo.kernels import smoothstep

# Pixels around a change that are drawn anew whole, and where the image before has taken over.
_CORE, _REACH = 12, 24
# Pixels beside a window that are drawn as well, and dropped.
_HALO = 32
# A part may grow by its own area and this share of the image. What more is new, glasses or a hat, moves the statistics
# of all of the image.
_NEW = 0.004


def find_edit_window(before: np.ndarray, after: np.ndarray) -> tuple[Window, float]:
    """Where two different label maps uint8 (512, 512) differ, with what an edit there changes around it.

    Returns:
        rows and columns, and the share of the image that is rendered for them, with what the layers see beside them.
    """
    x, y, width, height = cv2.boundingRect((before != after).astype(np.uint8))
    share = (height + 2 * (_REACH + _HALO)) * (width + 2 * (_REACH + _HALO)) / before.size
    rows, columns = (
        slice(max(0, start - _REACH), min(end, start + length + _REACH))
        for start, length, end in [(y, height, before.shape[0]), (x, width, before.shape[1])]
    )
    return (rows, columns), share


def keeps_statistics(before: np.ndarray, after: np.ndarray) -> bool:
    """Whether an edited label map's image has nearly the statistics of the image before (engine notes: Small edits)."""
    areas, edited = (np.bincount(labels.ravel(), minlength=NUM_CLASSES) for labels in (before, after))
    return bool((edited <= 2 * areas + _NEW * before.size).all())


def draw_edit(
    image: np.ndarray, before: np.ndarray, after: np.ndarray, window: Window, drawn: np.ndarray
) -> np.ndarray:
    """Lay a window of an edited image over the image before, where the labels differ and softly around.

    Args:
        image: uint8 (512, 512, 3).
        before: label map uint8 (512, 512) that it shows.
        after: edited label map.
        window: what :func:`find_edit_window` gives.
        drawn: uint8 (h, w, 3), the window of the edited image.

    Returns:
        uint8 (512, 512, 3).
    """
    distance = cv2.distanceTransform((after == before)[window].astype(np.uint8), cv2.DIST_L2, 5)
    share = smoothstep((_REACH - distance) / (_REACH - _CORE))[..., None]
    edited = image.copy()
    old = image[window].astype(np.float32)
    edited[window] = np.rint(old + share * (drawn - old)).astype(np.uint8)
    return edited
