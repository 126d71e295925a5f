"""Parts that an edit only resizes or moves keep the photo's own pixels."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from maskgan_studio.labels import part_named
from maskgan_studio.photo.compositing.completion_base import prepare_completion_base
from maskgan_studio.photo.compositing.completion_region import find_completion_region
from maskgan_studio.photo.compositing.reused_parts import find_reused_parts

SKIN, EYE, LIP, LOWER_LIP, BROW = (part_named(name).index for name in ("skin", "l_eye", "u_lip", "l_lip", "l_brow"))
CENTRE = (300, 200)


def face_with_eye(centre: tuple[int, int], axes: tuple[int, int], angle: float = 0) -> tuple[np.ndarray, np.ndarray]:
    """A photo and its mask: a green eye with a blue iris in brown skin."""
    mask = np.full((512, 512), SKIN, np.uint8)
    cv2.ellipse(mask, centre, axes, angle, 0, 360, EYE, -1)
    photo = np.full((512, 512, 3), (150, 100, 80), np.uint8)
    photo[mask == EYE] = (40, 160, 60)
    cv2.ellipse(photo, centre, (axes[1] * 2 // 3,) * 2, 0, 0, 360, (30, 40, 200), -1)
    return photo, mask


@pytest.mark.parametrize(
    ("centre", "axes", "angle"), [(CENTRE, (34, 17), 0), (CENTRE, (25, 16), 0), ((310, 190), (26, 13), 0)]
)
def test_a_resized_or_moved_eye_keeps_its_iris(centre, axes, angle):
    photo, mask = face_with_eye(CENTRE, (26, 13))
    _, edited = face_with_eye(centre, axes, angle)
    (part,) = find_reused_parts(photo, mask, edited)
    blue = np.abs(part.pixels.astype(int) - (30, 40, 200)).max(axis=2) < 12
    y, x = np.nonzero(blue)
    assert abs(x.mean() - centre[0]) < 1 and abs(y.mean() - centre[1]) < 1
    width = 2 * 8 * axes[0] / 26
    assert np.ptp(x) + 1 == pytest.approx(width, abs=3)


def test_another_shape_is_drawn_again():
    photo, mask = face_with_eye(CENTRE, (26, 13))
    slit = np.full_like(mask, SKIN)
    cv2.ellipse(slit, CENTRE, (26, 3), 0, 0, 360, EYE, -1)
    gone = np.full_like(mask, SKIN)
    square = np.full_like(mask, SKIN)
    square[185:215, 270:300] = EYE
    square[199:201, 240:360] = EYE
    for edited in (slit, gone, square, mask):
        assert list(find_reused_parts(photo, mask, edited)) == []


def test_a_mouth_that_opens_is_drawn_again():
    mask = np.full((512, 512), SKIN, np.uint8)
    cv2.ellipse(mask, (256, 360), (50, 14), 0, 180, 360, LIP, -1)
    cv2.ellipse(mask, (256, 362), (50, 14), 0, 0, 180, LOWER_LIP, -1)
    opened = mask.copy()
    cv2.ellipse(opened, (256, 361), (44, 12), 0, 0, 360, part_named("mouth").index, -1)
    assert list(find_reused_parts(np.zeros((512, 512, 3), np.uint8), mask, opened)) == []


def test_the_base_shows_the_photos_part_and_its_old_place_is_hidden():
    photo, mask = face_with_eye(CENTRE, (26, 13))
    wanted, edited = face_with_eye((300, 192), (30, 15))
    parts = list(find_reused_parts(photo, mask, edited))
    region = find_completion_region(mask, edited, parts)
    assert region[mask == EYE].all() and region[edited == EYE].all()
    drawn = np.zeros_like(photo)
    base = prepare_completion_base(photo, drawn, mask, edited, region, reused=parts)
    inside = cv2.erode((edited == EYE).astype(np.uint8), np.ones((5, 5))) > 0
    assert np.abs(base - wanted)[inside].mean() < 12


def test_the_rim_covers_no_other_feature():
    photo, mask = face_with_eye(CENTRE, (26, 13))
    _, edited = face_with_eye(CENTRE, (30, 15))
    for labels in (mask, edited):
        labels[175:182, 270:330] = BROW
    parts = list(find_reused_parts(photo, mask, edited))
    region = find_completion_region(mask, edited, parts)
    base = prepare_completion_base(photo, photo, mask, edited, region, reused=parts)
    brow = edited == BROW
    assert np.abs(base[brow] - photo[brow]).max() < 1
