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


@given(
    angle=st.floats(-180, 180),
    mirrored=st.booleans(),
    x=st.floats(0, 300),
    y=st.floats(0, 200),
)
def test_turned_and_mirrored_views_find_the_point_that_they_show(angle, mirrored, x, y):
    view = View(scale=1.7, center_x=200, center_y=100, angle=angle, mirrored=mirrored)
    back = view.to_screen(view.to_crop(QPointF(x, y), PANE), PANE)
    assert (back.x(), back.y()) == pytest.approx((x, y), abs=1e-6)
    before = view.to_crop(QPointF(x, y), PANE)
    view.pan(10, -4)
    moved = view.to_screen(before, PANE)
    assert (moved.x(), moved.y()) == pytest.approx((x + 10, y - 4), abs=1e-6)


def test_mirroring_swaps_left_and_right_on_the_screen_however_the_view_is_turned():
    view = View(angle=30)
    before = view.to_screen(QPointF(300, 200), PANE)
    view.mirror()
    after = view.to_screen(QPointF(300, 200), PANE)
    assert (after.x(), after.y()) == pytest.approx((300 - before.x(), before.y()))
