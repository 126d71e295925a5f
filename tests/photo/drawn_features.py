"""Masks with little more than eyes, nose and mouth, wherever a test wants them."""

import cv2
import numpy as np

from maskgan_studio.labels import part_named

SKIN, NOSE, L_EYE, R_EYE, MOUTH = (part_named(name).index for name in ("skin", "nose", "l_eye", "r_eye", "u_lip"))


def face_mask(points: np.ndarray, shape: tuple[int, int] = (512, 512), scale: float = 1.0) -> np.ndarray:
    """A mask with little more than eyes, nose and mouth at the given points; person's left eye on the image's right."""
    mask = np.zeros(shape, np.uint8)
    middle = points.mean(axis=0)
    axis = points[1] - points[0]
    angle = float(np.degrees(np.arctan2(axis[1], axis[0])))
    ellipse(mask, middle, (120 * scale, 150 * scale), angle, SKIN)
    ellipse(mask, middle - 0.1 * (points[2:].mean(axis=0) - middle), (16 * scale, 30 * scale), angle, NOSE)
    ellipse(mask, points[0], (18 * scale, 8 * scale), angle, R_EYE)
    ellipse(mask, points[1], (18 * scale, 8 * scale), angle, L_EYE)
    corner, other = points[2:]
    ellipse(mask, (corner + other) / 2, (float(np.hypot(*(other - corner))) / 2, 12 * scale), angle, MOUTH)
    return mask


def ellipse(mask: np.ndarray, center: np.ndarray, axes: tuple[float, float], angle: float, value: int) -> None:
    shift = 6  # OpenCV's fixed point, for centres between pixels
    fixed = tuple(round(v * 2**shift) for v in center)
    cv2.ellipse(mask, fixed, tuple(round(a * 2**shift) for a in axes), angle, 0, 360, value, -1, 8, shift)
