"""Faces of coloured shapes, as folders to train on."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

from maskgan_studio.labels import part_named


def shape_mask(size: int = 64) -> np.ndarray:
    """A label map of circles and boxes: background, skin, hair, both eyes, a mouth."""
    y, x = np.mgrid[:size, :size] * 64 // size
    mask = np.zeros((size, size), np.uint8)
    mask[(x - 32) ** 2 + (y - 32) ** 2 < 500] = part_named("skin").index
    mask[y < 14] = part_named("hair").index
    mask[(x - 42) ** 2 + (y - 28) ** 2 < 9] = part_named("l_eye").index
    mask[(x - 22) ** 2 + (y - 28) ** 2 < 9] = part_named("r_eye").index
    mask[(abs(x - 32) < 8) & (abs(y - 46) < 3)] = part_named("u_lip").index
    return mask


def write_faces(root: Path, count: int = 12) -> Path:
    """A folder like CelebAMask-HQ with index masks: one shape, other colours in every picture."""
    (root / "CelebA-HQ-img").mkdir(parents=True)
    (root / "mask").mkdir()
    rng = np.random.default_rng(0)
    for i in range(count):
        mask = np.roll(shape_mask(), i % 5 - 2, axis=1)
        image = rng.integers(0, 255, (19, 3))[mask].astype(np.uint8)
        Image.fromarray(image).save(root / "CelebA-HQ-img" / f"{i}.jpg")
        Image.fromarray(mask).save(root / "mask" / f"{i}.png")
    return root
