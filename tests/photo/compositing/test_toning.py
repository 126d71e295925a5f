"""Grey and toned photos stay what they are."""

import cv2
import numpy as np
import pytest

from maskgan_studio.photo.compositing.toning import find_toning


def toned(image: np.ndarray, a: float, b: float) -> np.ndarray:
    """The image as a print whose middle tones have a colour, and black and white none."""
    lab = cv2.cvtColor(image.astype(np.float32) / 255, cv2.COLOR_RGB2LAB)
    share = 1 - ((lab[..., 0] - 50) / 50) ** 2
    lab[..., 1], lab[..., 2] = a * share, b * share
    return np.rint(cv2.cvtColor(lab, cv2.COLOR_LAB2RGB).clip(0, 1) * 255).astype(np.uint8)


def test_a_photo_in_colour_has_no_toning(astronaut):
    assert find_toning(astronaut) is None


@pytest.mark.parametrize(("a", "b"), [(0, 0), (8, 20), (-3, -12)])
def test_what_is_drawn_takes_the_colour_of_its_lightness(astronaut, a, b):
    print_ = toned(astronaut, a, b)
    toning = find_toning(print_)
    assert toning is not None
    assert np.abs(toning.apply(print_.astype(np.float32)) - print_).max() < 6
    drawn = cv2.GaussianBlur(astronaut, (0, 0), 5)
    expected = toned(drawn, a, b).astype(float)
    assert np.abs(toning.apply(drawn.astype(np.float32)) - expected).mean() < 2.5


def test_grey_is_exactly_grey(astronaut):
    grey = np.repeat(cv2.cvtColor(astronaut, cv2.COLOR_RGB2GRAY)[..., None], 3, axis=2)
    toning = find_toning(grey)
    assert toning is not None
    applied = toning.apply(astronaut.astype(np.float32))
    assert (applied[..., 0] == applied[..., 1]).all() and (applied[..., 1] == applied[..., 2]).all()
