"""A label map seen in a mirror, as tests expect it."""

from __future__ import annotations

import numpy as np

from maskgan_studio.labels import FLIP


def flip_labels(labels: np.ndarray) -> np.ndarray:
    """Mirror a label map left to right; unset pixels stay unset."""
    table = np.arange(256, dtype=np.uint8)
    table[: len(FLIP)] = FLIP
    return table[labels[:, ::-1]]
