"""Selection in the photo: scribble over what belongs together, and its visible edges are found."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import cv2
import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPolygonF, QTransform

from maskgan_studio.app.tools.base import Point, PointerEvent, Workspace
from maskgan_studio.app.tools.brush import BrushTool
from maskgan_studio.app.tools.outlines import draw_outline
from maskgan_studio.document.geometry.rasterize import Cover, capsule
from maskgan_studio.document.operations.painting import paint_patch
from maskgan_studio.document.session import Session
from maskgan_studio.errors import EditError
from maskgan_studio.photo.masks.scribble_selection import select_by_scribbles

_BELONGS, _EXCLUDED = 1, 2
#: What is not marked, what belongs, what does not (premultiplied ARGB).
_MARKS = np.array([0, 0xB4209838, 0xB4B43020], np.uint32)
_TINT = QColor(255, 255, 255, 70)


class SelectTool(BrushTool):
    """Scribble over hair or a hat; Shift marks what does not belong. Return gives the selection the active part."""

    name = "select"
    settings = ("size", "select", "paints", "accept")

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._marks: np.ndarray | None = None
        self._region: np.ndarray | None = None
        self._outline = QPainterPath()
        self._kind = _BELONGS
        self._asked = self._found = 0
        self._accept_soon: Callable[[np.ndarray], None] | None = None

    @property
    def is_busy(self) -> bool:
        """Whether something is marked."""
        return self._marks is not None

    def deactivate(self) -> None:
        """Another tool was chosen: drop the selection, unless it was accepted and is still looked for."""
        if self._accept_soon is None:
            self.cancel()

    def reset(self) -> None:
        """Forget the selection."""
        self._marks = self._region = self._last = self._accept_soon = None
        self._outline = QPainterPath()
        self._asked += 1
        self._found = self._asked

    def press(self, event: PointerEvent) -> None:
        """Begin a scribble."""
        if self.workspace.target is None:
            raise EditError("There is no photo to follow the edges of; open one, or paint with the brush.")
        if self._marks is None:
            self._marks = np.zeros(self.session.stack.shape, np.uint8)
        self._kind = _EXCLUDED if event.shift != self.workspace.options.excludes else _BELONGS
        self._last = event.point
        self._mark(event.point, event.point)

    def move(self, event: PointerEvent) -> None:
        """Scribble on."""
        if self._last is not None:
            self._mark(self._last, event.point)
            self._last = event.point

    def release(self, event: PointerEvent) -> None:
        """Ask for the region that all scribbles mean."""
        target, marks = self.workspace.target, self._marks
        self._last = None
        if target is None or marks is None:
            return
        self._asked += 1
        work = partial(select_by_scribbles, target.crop, marks == _BELONGS, marks == _EXCLUDED)
        self.workspace.find_region(work, partial(self._show_region, self._asked))

    def _show_region(self, number: int, region: np.ndarray) -> None:
        if number != self._asked:
            return  # there are more scribbles by now, or none
        self._region, self._found = region, number
        self._outline = _outline_of(region)
        self.workspace.update_crop()
        if self._accept_soon is not None:
            self._accept_soon(region)

    def accept(self) -> None:
        """Give the region the active part, as one step of the history."""
        if self.workspace.session is None or self._marks is None:
            return
        session = self.session
        paint = partial(self._paint_region, session, session.active_layer, session.active_part)
        if self._region is not None and self._found == self._asked:
            paint(self._region)
        else:
            self._accept_soon = paint

    def _paint_region(self, session: Session, layer: int, part: int, region: np.ndarray) -> None:
        patch = paint_patch(session.stack, layer, Cover.of(region), part, session.constraints)
        self.cancel()
        session.apply("Selection in the photo", patch)

    def cancel(self) -> None:
        """Drop the selection."""
        self.reset()
        self.workspace.update_crop()

    def paint(self, painter: QPainter, to_screen: QTransform, point: QPointF | None) -> None:
        """Scribbles, the region found so far, and the brush."""
        if self._marks is not None:
            outline = to_screen.map(self._outline)
            painter.fillPath(outline, _TINT)
            draw_outline(painter, outline)
            height, width = self._marks.shape
            colors = _MARKS.take(self._marks)
            painter.save()
            painter.setTransform(to_screen)
            painter.drawImage(
                0, 0, QImage(colors.data, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied)
            )
            painter.restore()
        super().paint(painter, to_screen, point)

    def _mark(self, start: Point, end: Point) -> None:
        size = float(self.workspace.options.size_of(self.name))
        cover = capsule(start, end, size, size, self.session.stack.shape)
        if cover is not None and self._marks is not None:
            self._marks[cover.rect.slices][cover.mask] = self._kind
            rect = cover.rect
            self.workspace.update_crop(QRectF(rect.left, rect.top, rect.width, rect.height))


def _outline_of(region: np.ndarray) -> QPainterPath:
    """The outlines of a (H, W) bool region along the edges of its pixels, with holes."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.OddEvenFill)
    # Twice as large, a contour through pixel centres lies on the edges but for a quarter of a pixel.
    doubled = region.astype(np.uint8).repeat(2, 0).repeat(2, 1)
    contours, _ = cv2.findContours(doubled, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    for contour in contours:
        path.addPolygon(QPolygonF([QPointF((x + 0.5) / 2, (y + 0.5) / 2) for x, y in contour[:, 0].tolist()]))
        path.closeSubpath()
    return path
