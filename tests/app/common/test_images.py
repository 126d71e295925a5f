"""NumPy arrays as QImages."""

from __future__ import annotations

import numpy as np

from maskgan_studio.app.common.images import to_qimage


def test_an_image_keeps_its_pixels_in_qt():
    pixels = np.random.default_rng(0).integers(0, 256, (5, 7, 3), np.uint8)
    image = to_qimage(pixels)
    shown = [[image.pixelColor(x, y).getRgb()[:3] for x in range(7)] for y in range(5)]
    assert np.array_equal(shown, pixels)
