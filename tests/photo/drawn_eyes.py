"""Two eyes with irises, lids and lashes, where one expects them."""

from __future__ import annotations

import cv2
import numpy as np

from maskgan_studio.labels import part_named

IRIS, PUPIL, WHITE, SKIN, LASHES = (70, 95, 120), (15, 12, 12), (225, 220, 215), (200, 150, 130), (40, 25, 20)
RADIUS = 12.0


def draw_eyes(
    left: tuple[float, float] = (320.0, 240.0), right: tuple[float, float] = (192.0, 240.0), size: int = 512
) -> tuple[np.ndarray, np.ndarray]:
    """A photo (size, size, 3) of eyes whose openings lie at (192, 240) and (320, 240) of 512, and its mask (512, 512).

    Args:
        left, right: where the irises of the person's left and right eye are.
        size: of the photo.
    """
    fine = 2 * 512
    mask = np.full((512, 512), part_named("skin").index, np.uint8)
    photo = np.full((fine, fine, 3), SKIN, np.uint8)
    for name, middle, iris in (("l_eye", (320, 240), left), ("r_eye", (192, 240), right)):
        cv2.ellipse(mask, middle, (25, 10), 0, 0, 360, part_named(name).index, -1)
        at = tuple(round(2 * (value + 0.5)) for value in iris)
        ball = np.full_like(photo, WHITE)
        cv2.circle(ball, at, round(2 * RADIUS), IRIS, -1)
        cv2.circle(ball, at, round(2 * 0.3 * RADIUS), PUPIL, -1)
        opening = np.zeros(photo.shape[:2], np.uint8)
        centre = (2 * middle[0] + 1, 2 * middle[1] + 1)
        cv2.ellipse(photo, centre, (52, 24), 0, 180, 360, LASHES, -1)
        cv2.ellipse(opening, centre, (51, 21), 0, 0, 360, 1, -1)
        photo[opening > 0] = ball[opening > 0]
    rng = np.random.default_rng(0)
    photo = cv2.resize(photo, (size, size), interpolation=cv2.INTER_AREA).astype(np.float32)
    noisy = photo + rng.normal(0, 2, photo.shape).astype(np.float32)
    return noisy.clip(0, 255).astype(np.uint8), mask
