"""Left and right parts that an annotator exchanged.

About one in fourteen faces of CelebAMask-HQ has its eyes, brows or ears named the wrong way round (measured over 900
masks). Trained on as they are, they teach a parser that either name will do.
"""

from __future__ import annotations

import numpy as np

from maskgan_studio.labels import PARTS

__all__ = ["fix_swapped_sides"]

# (the person's left, the person's right): the left one is further right in the image of an upright face.
_PAIRS = [
    (part.index, part.counterpart) for part in PARTS if part.counterpart is not None and part.index < part.counterpart
]


def fix_swapped_sides(labels: np.ndarray) -> np.ndarray:
    """Give each pair of counterparts its names by where the two are in the image.

    Args:
        labels: label map (H, W) uint8 of an upright face; it is not changed. Of a pair only one of which is seen,
            the sides cannot be determined.

    Returns:
        ``labels`` itself where nothing is exchanged, else a repaired copy.
    """
    columns = np.arange(labels.shape[1])
    table = np.arange(256, dtype=np.uint8)
    for left, right in _PAIRS:
        of_left, of_right = (np.count_nonzero(labels == index, axis=0) for index in (left, right))
        if not of_left.any() or not of_right.any():
            continue
        if np.average(columns, weights=of_left) < np.average(columns, weights=of_right):
            table[left], table[right] = right, left
    return table[labels] if (table != np.arange(256)).any() else labels
