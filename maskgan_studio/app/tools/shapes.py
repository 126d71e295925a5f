"""Areas painted at once: lasso, polygon, rectangle, ellipse, fill."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPainterPath, QPolygonF, QTransform

from maskgan_studio.app.tools.base import Point, PointerEvent, Tool, Workspace
from maskgan_studio.app.tools.outlines import draw_outline
from maskgan_studio.document.geometry import rasterize

#: Distance on the screen within which a click on the first corner closes a polygon.
_CLOSING_REACH = 8.0


class _OutlineTool(Tool):
    """Shared by the tools that draw an outline first and paint its inside afterwards."""

    settings: tuple[str, ...] = ("only_over", "symmetry")

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._points: list[Point] = []

    def deactivate(self) -> None:
        """Another tool was chosen: an outline that is not closed is dropped."""
        self.cancel()

    def reset(self) -> None:
        """Drop the outline."""
        self._points = []

    @property
    def is_busy(self) -> bool:
        """Whether there is an outline."""
        return bool(self._points)

    def cancel(self) -> None:
        """Drop the outline."""
        self._points = []
        self.workspace.update_crop()

    def _outline(self) -> QPainterPath:
        """The outline so far, in crop coordinates."""
        path = QPainterPath()
        if self._points:
            path.addPolygon(QPolygonF([QPointF(*point) for point in self._points]))
        return path

    def paint(self, painter: QPainter, to_screen: QTransform, point: QPointF | None) -> None:
        """The outline so far."""
        if self._points:
            draw_outline(painter, to_screen.map(self._outline()))


class LassoTool(_OutlineTool):
    """Paints what the pointer is drawn around."""

    name = "lasso"

    def press(self, event: PointerEvent) -> None:
        """Begin the outline."""
        self._points = [event.point]

    def move(self, event: PointerEvent) -> None:
        """Draw on."""
        self._points.append(event.point)
        self.workspace.update_crop()

    def release(self, event: PointerEvent) -> None:
        """Close the outline and paint its inside."""
        points, self._points = self._points, []
        self.workspace.update_crop()
        if len(points) > 2:
            self.session.paint("Lasso", rasterize.polygon(points, self.session.stack.shape), start=points[0])


class PolygonTool(_OutlineTool):
    """Paints a polygon: a click for each corner; a double click, Return or a click on the first corner closes it."""

    name = "polygon"
    settings = ("only_over", "accept", "symmetry")

    def press(self, event: PointerEvent) -> None:
        """Set a corner, or close the polygon on its first one."""
        if len(self._points) > 2:
            x, y = self._points[0]
            distance = max(abs(event.point[0] - x), abs(event.point[1] - y)) * event.scale
            if distance <= _CLOSING_REACH:
                self.accept()
                return
        self._points.append(event.point)
        self.workspace.update_crop()

    def hover(self, event: PointerEvent) -> None:
        """The last side follows the pointer."""
        if self._points:
            self.workspace.update_crop()

    def double_click(self, event: PointerEvent) -> None:
        """Close the polygon; its last corner came with the first press."""
        self.accept()

    def accept(self) -> None:
        """Paint the inside."""
        points, self._points = self._points, []
        self.workspace.update_crop()
        if len(points) > 2:
            self.session.paint("Polygon", rasterize.polygon(points, self.session.stack.shape), start=points[0])

    def paint(self, painter: QPainter, to_screen: QTransform, point: QPointF | None) -> None:
        """The sides so far and the one to the pointer."""
        if self._points:
            path = self._outline()
            if point is not None:
                path.lineTo(point)
            draw_outline(painter, to_screen.map(path))


class RectangleTool(_OutlineTool):
    """Paints a rectangle; Shift makes it a square."""

    name = "rectangle"
    title = "Rectangle"

    def press(self, event: PointerEvent) -> None:
        """Set a corner."""
        self._points = [event.point, event.point]

    def move(self, event: PointerEvent) -> None:
        """Move the opposite corner."""
        (ax, ay), (bx, by) = self._points[0], event.point
        if event.shift:
            side = max(abs(bx - ax), abs(by - ay))
            bx, by = ax + (side if bx >= ax else -side), ay + (side if by >= ay else -side)
        self._points[1] = (bx, by)
        self.workspace.update_crop()

    def release(self, event: PointerEvent) -> None:
        """Paint the inside."""
        points, self._points = self._points, []
        self.workspace.update_crop()
        if points:
            self.session.paint(self.title, self._cover(points[0], points[1]), start=points[0])

    def _cover(self, corner: Point, opposite: Point) -> rasterize.Cover | None:
        return rasterize.rectangle(corner, opposite, self.session.stack.shape)

    def _outline(self) -> QPainterPath:
        path = QPainterPath()
        path.addRect(self._box())
        return path

    def _box(self) -> QRectF:
        return QRectF(QPointF(*self._points[0]), QPointF(*self._points[1])).normalized()


class EllipseTool(RectangleTool):
    """Paints an ellipse; Shift makes it a circle."""

    name = "ellipse"
    title = "Ellipse"

    def _cover(self, corner: Point, opposite: Point) -> rasterize.Cover | None:
        return rasterize.ellipse(corner, opposite, self.session.stack.shape)

    def _outline(self) -> QPainterPath:
        path = QPainterPath()
        path.addEllipse(self._box())
        return path


class FillTool(Tool):
    """Gives the area under the pointer the active part."""

    name = "fill"
    settings = ("fill", "only_over", "symmetry")

    def press(self, event: PointerEvent) -> None:
        """Fill."""
        options = self.workspace.options
        seen = self.session.stack.composite()
        cover = rasterize.fill(seen, event.point, contiguous=options.contiguous, holes=options.fill_holes)
        self.session.paint("Fill", cover)
