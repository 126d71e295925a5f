"""A drawn face: something to time renderers with, and to compare them on, when there is no photo yet."""

from __future__ import annotations

import numpy as np

from maskgan_studio.engine.target import CROP_SIZE
from maskgan_studio.labels import part_named

# Parts as ellipses, back to front: name, centre x and y, half width and half height, all of 512.
_ELLIPSES = (
    ("hair", 256, 236, 190, 230),
    ("neck", 256, 430, 80, 110),
    ("cloth", 256, 540, 260, 90),
    ("skin", 256, 265, 130, 175),
    ("l_ear", 384, 265, 18, 38),
    ("r_ear", 128, 265, 18, 38),
    ("l_brow", 320, 212, 38, 8),
    ("r_brow", 192, 212, 38, 8),
    ("l_eye", 320, 245, 26, 10),
    ("r_eye", 192, 245, 26, 10),
    ("nose", 256, 290, 28, 50),
    ("u_lip", 256, 368, 42, 12),
    ("l_lip", 256, 386, 38, 13),
    ("mouth", 256, 376, 30, 6),
)

# Roughly the parts' colours in a photo; what has no entry is grey.
_COLORS = {"skin": (205, 160, 135), "hair": (70, 50, 40), "neck": (190, 145, 120), "cloth": (60, 80, 120)}


def draw_sample_mask() -> np.ndarray:
    """Label map uint8 (512, 512) of a face where CelebA-HQ crops have theirs."""
    y, x = np.mgrid[:CROP_SIZE, :CROP_SIZE]
    mask = np.zeros((CROP_SIZE, CROP_SIZE), np.uint8)
    for name, center_x, center_y, half_width, half_height in _ELLIPSES:
        inside = ((x - center_x) / half_width) ** 2 + ((y - center_y) / half_height) ** 2 < 1
        mask[inside] = part_named(name).index
    return mask


def draw_sample_crop() -> np.ndarray:
    """An image uint8 (512, 512, 3) that goes with the mask, with some light and grain."""
    mask = draw_sample_mask()
    palette = np.full((19, 3), 128.0)
    for name, color in _COLORS.items():
        palette[part_named(name).index] = color
    light = np.linspace(1.1, 0.8, CROP_SIZE)[:, None, None]
    grain = np.random.default_rng(0).normal(0, 6, (CROP_SIZE, CROP_SIZE, 1))
    return np.asarray((palette[mask] * light + grain).clip(0, 255).astype(np.uint8))
