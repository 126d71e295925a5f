"""Zoom and pan."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF

from maskgan_studio.app.canvas.view import MAX_SCALE, MIN_SCALE, View

PANE = QRectF(0, 0, 300, 200)


@given(
    factor=st.floats(0.01, 100),
    x=st.floats(0, 300),
    y=st.floats(0, 200),
)
def test_zoom_keeps_the_point_under_the_pointer(factor, x, y):
    view, place = View(), QPointF(x, y)
    fixed = view.to_crop(place, PANE)
    view.zoom_at(factor, place, PANE)
    moved = view.to_crop(place, PANE)
    assert MIN_SCALE <= view.scale <= MAX_SCALE
    assert (moved.x(), moved.y()) == pytest.approx((fixed.x(), fixed.y()), abs=1e-6)
