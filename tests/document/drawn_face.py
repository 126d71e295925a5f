"""A face of simple shapes, whose parts are where one expects them."""

from __future__ import annotations

import numpy as np

from maskgan_studio.labels import part_named


def draw_face(size: int = 128, tilt: float = 0.0) -> np.ndarray:
    """A face of ellipses in the CelebA-HQ position, turned by ``tilt`` degrees about the image's centre.

    (size, size) uint8; with tilt 0 it is its own mirror image about the vertical centre line.
    """
    unit = size / 512
    rows, columns = (np.mgrid[:size, :size] + 0.5) / unit - 256
    radians = np.deg2rad(tilt)
    x = 256 + columns * np.cos(radians) + rows * np.sin(radians)
    y = 256 - columns * np.sin(radians) + rows * np.cos(radians)
    mask = np.zeros((size, size), np.uint8)

    def ellipse(name: str, center_x: float, center_y: float, radius_x: float, radius_y: float) -> None:
        inside = ((x - center_x) / radius_x) ** 2 + ((y - center_y) / radius_y) ** 2 < 1
        mask[inside] = part_named(name).index

    ellipse("hair", 256, 210, 190, 200)
    ellipse("cloth", 256, 540, 240, 100)
    ellipse("neck", 256, 440, 80, 60)
    ellipse("r_ear", 112, 270, 24, 45)
    ellipse("l_ear", 400, 270, 24, 45)
    ellipse("skin", 256, 270, 140, 175)
    for side, eye, brow in ((-1, "r_eye", "r_brow"), (1, "l_eye", "l_brow")):
        ellipse(eye, 256 + 64 * side, 245, 26, 12)
        ellipse(brow, 256 + 66 * side, 212, 38, 9)
    ellipse("nose", 256, 300, 30, 40)
    ellipse("u_lip", 256, 370, 52, 16)
    ellipse("l_lip", 256, 388, 46, 16)
    ellipse("mouth", 256, 378, 34, 6)
    return mask
