"""What the panes show around the crop."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from maskgan_studio.app.canvas.painting import draw_pane
from maskgan_studio.app.canvas.placed_image import PlacedImage
from maskgan_studio.app.canvas.scene import Scene
from maskgan_studio.app.canvas.view import View
from maskgan_studio.app.common.theme import DARK

PANE = QRectF(0, 0, 120, 120)


def paint(kind: str, left: int = 30) -> np.ndarray:
    """A black crop of 40² somewhere in a grey photo of 100², one photo pixel per screen pixel; (120, 120, 3)."""
    photo = PlacedImage(np.full((100, 100, 3), 200, np.uint8), np.array([[1.0, 0, -left], [0, 1, -30]]), size=40)
    crop = PlacedImage(np.zeros((40, 40, 3), np.uint8), size=40)
    image = QImage(120, 120, QImage.Format.Format_RGB888)
    painter = QPainter(image)
    scene = Scene(size=40, labels=np.zeros((40, 40), np.uint8), crop=crop, photo=photo, show_mask=False)
    draw_pane(painter, kind, PANE, PANE, scene, View(scale=1, center_x=20, center_y=20), DARK)
    painter.end()
    return np.frombuffer(image.constBits(), np.uint8).reshape(120, -1)[:, :360].reshape(120, 120, 3)


@pytest.mark.parametrize("kind", ["result", "original"])
def test_where_the_finished_photo_is_looked_at_nothing_is_dimmed_or_framed(kind):
    assert (paint(kind)[12:108, 12:108] == 200).all()


@pytest.mark.parametrize("kind", ["edit", "overlay"])
def test_where_one_paints_what_cannot_be_painted_is_dimmed(kind):
    pixels = paint(kind)
    assert (pixels[45:75, 45:75] == 200).all() and (pixels[20:30, 20:100] < 120).all()


def test_the_crop_fills_in_what_the_photo_lacks():
    pixels = paint("result", left=-10)  # the photo begins ten pixels to the right of the crop
    assert (pixels[45:75, 42:48] == 0).all() and (pixels[45:75, 52:110] == 200).all()
