"""Large images are drawn from their array, and look like small ones."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter, QTransform

from maskgan_studio.app.canvas import placed_image
from maskgan_studio.app.canvas.placed_image import PlacedImage

SIDE = 200


def drawn(picture: PlacedImage, scale: float) -> np.ndarray:
    image = QImage(SIDE, SIDE, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.black)
    painter = QPainter(image)
    picture.draw(painter, QTransform.fromScale(scale, scale))
    painter.end()
    return np.frombuffer(image.constBits(), np.uint8).reshape(SIDE, SIDE, 4)[..., 2::-1].astype(int)


@pytest.fixture
def pixels() -> np.ndarray:
    small = np.random.default_rng(1).integers(0, 255, (12, 12, 3), np.uint8)
    return cv2.resize(small, (800, 800), interpolation=cv2.INTER_CUBIC)


@pytest.mark.parametrize("scale", [1.0, 0.25, 0.1])
def test_a_large_picture_looks_like_a_small_one(qapp, pixels, scale, monkeypatch):
    small = drawn(PlacedImage(pixels, np.eye(2, 3)), scale)
    monkeypatch.setattr(placed_image, "_LARGE", 1)
    large = drawn(PlacedImage(pixels, np.eye(2, 3)), scale)
    assert np.abs(small - large).max() <= 1
    shrunk = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)[:SIDE, :SIDE]
    assert np.abs(large[: len(shrunk), : len(shrunk)] - shrunk).mean() < 2.5
