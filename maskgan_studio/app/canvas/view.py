"""Zoom and pan, shared by all panes of the canvas."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QTransform

MIN_SCALE = 0.05
MAX_SCALE = 32.0
#: Factor of one notch of the mouse wheel.
WHEEL_STEP = 2 ** (1 / 4)
#: Scale from which the single mask pixels are worth a grid.
GRID_SCALE = 12.0


@dataclass
class View:
    """Which point of the crop lies in the middle of each pane, and how large a crop pixel is on the screen.

    Attributes:
        scale: device-independent screen pixels per crop pixel.
        center_x, center_y: the crop point in the middle of a pane; (0, 0) is the outer corner of the first pixel.
        angle: degrees by which the image is turned clockwise about that point.
        mirrored: left and right are swapped, before the turn.
    """

    scale: float = 1.0
    center_x: float = 256.0
    center_y: float = 256.0
    angle: float = 0.0
    mirrored: bool = False

    @property
    def is_turned(self) -> bool:
        """Whether the image is turned or mirrored."""
        return self.mirrored or self.angle != 0

    def transform(self, pane: QRectF) -> QTransform:
        """Return the map from crop to screen for a pane."""
        middle = pane.center()
        upright = QTransform(
            self.scale,
            0,
            0,
            self.scale,
            middle.x() - self.center_x * self.scale,
            middle.y() - self.center_y * self.scale,
        )
        return upright * self.turn(pane) if self.is_turned else upright

    def turn(self, pane: QRectF) -> QTransform:
        """Return the map from where a pane would show something upright to where it shows it."""
        middle = pane.center()
        turned = QTransform.fromTranslate(middle.x(), middle.y()).rotate(self.angle)
        return turned.scale(-1 if self.mirrored else 1, 1).translate(-middle.x(), -middle.y())

    def upright_frame(self, pane: QRectF) -> QRectF:
        """Return the area about a pane's middle that covers the pane however it is turned."""
        if not self.is_turned:
            return pane
        side = 2 * math.ceil(math.hypot(pane.width(), pane.height()) / 2)
        frame = QRectF(0, 0, side, side)
        frame.moveCenter(pane.center())
        return frame

    def to_crop(self, position: QPointF, pane: QRectF) -> QPointF:
        """Return the crop point under a screen position of a pane."""
        if self.is_turned:
            position = self.turn(pane).inverted()[0].map(position)
        middle = pane.center()
        return QPointF(
            (position.x() - middle.x()) / self.scale + self.center_x,
            (position.y() - middle.y()) / self.scale + self.center_y,
        )

    def to_screen(self, point: QPointF, pane: QRectF) -> QPointF:
        """Return where a crop point lies on the screen."""
        return self.transform(pane).map(point)

    def zoom_at(self, factor: float, position: QPointF, pane: QRectF) -> None:
        """Change the scale so that the crop point under ``position`` stays there."""
        fixed = self.to_crop(position, pane)
        self.scale = min(MAX_SCALE, max(MIN_SCALE, self.scale * factor))
        moved = self.to_crop(position, pane)
        self.center_x += fixed.x() - moved.x()
        self.center_y += fixed.y() - moved.y()

    def pan(self, dx: float, dy: float) -> None:
        """Move the image by screen pixels."""
        moved = self.to_crop(QPointF(-dx, -dy), QRectF())
        self.center_x, self.center_y = moved.x(), moved.y()

    def turn_by(self, degrees: float) -> None:
        """Turn the image clockwise about the pane's middle."""
        self.angle = (self.angle + degrees + 180) % 360 - 180

    def mirror(self) -> None:
        """Swap left and right on the screen, about the pane's middle."""
        self.mirrored, self.angle = not self.mirrored, -self.angle

    def fit(self, size: float, pane: QRectF, margin: float = 24.0) -> None:
        """Show a square crop of ``size`` pixels as large as the pane allows."""
        room = max(16.0, min(pane.width(), pane.height()) - 2 * margin)
        self.scale = min(MAX_SCALE, max(MIN_SCALE, room / self._turned_size(size, size).width()))
        self.center_x = self.center_y = size / 2

    def fit_rect(self, rect: QRectF, pane: QRectF, margin: float = 0.05) -> None:
        """Show a rectangle of the crop's coordinates as large as the pane allows, but for a share of it as margin."""
        turned = self._turned_size(rect.width(), rect.height())
        room = min(pane.width() / turned.width(), pane.height() / turned.height())
        self.scale = min(MAX_SCALE, max(MIN_SCALE, (1 - margin) * room))
        self.center_x, self.center_y = rect.center().x(), rect.center().y()

    def _turned_size(self, width: float, height: float) -> QRectF:
        """Return the upright rectangle that holds a turned one."""
        return QTransform().rotate(self.angle).mapRect(QRectF(0, 0, width, height))

    def keep_reachable(self, size: float) -> None:
        """Keep the middle of the pane within a crop's length of the crop, so that the image cannot get lost."""
        self.center_x = min(max(self.center_x, -size), 2 * size)
        self.center_y = min(max(self.center_y, -size), 2 * size)

    def rounded_rect(self, rect: QRectF, pane: QRectF) -> tuple[int, int, int, int]:
        """Return the screen rectangle (x, y, width, height) that holds a crop rectangle, one pixel larger all round."""
        mapped = self.transform(pane).mapRect(rect)
        left, top = math.floor(mapped.left()) - 1, math.floor(mapped.top()) - 1
        return left, top, math.ceil(mapped.right()) + 1 - left, math.ceil(mapped.bottom()) + 1 - top
