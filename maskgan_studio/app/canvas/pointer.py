"""Mouse, pen, wheel and held keys on the canvas: panning and zooming here, everything else goes to the tool."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPointingDevice, QTabletEvent, QWheelEvent

from maskgan_studio.app.canvas.original_key import OriginalKey
from maskgan_studio.app.canvas.painting import caption_box, draw_caption
from maskgan_studio.app.canvas.panes import Pane
from maskgan_studio.app.canvas.view import WHEEL_STEP
from maskgan_studio.app.canvas.view_drag import ViewDrag
from maskgan_studio.app.canvas.viewport import Viewport
from maskgan_studio.app.common.i18n import tr
from maskgan_studio.app.tools.base import PointerEvent, Tool
from maskgan_studio.labels import PARTS

_LABEL_OFFSET = QPointF(16, 20)
#: Around the pointer: the label lies right below it, or on another side where the pane ends.
_LABEL_BOX = QRectF(-200, -48, 400, 96)


class PointerInput:
    """Turns the canvas's events into pans, zooms and the tool's presses, moves and releases."""

    def __init__(self, canvas: Viewport) -> None:
        self._canvas = canvas
        self.tool: Tool | None = None
        #: The tool that takes over while Alt is held.
        self.alternate: Tool | None = None
        #: The tool of a pen's other end.
        self.eraser: Tool | None = None
        self._is_erasing = False
        self._tool_in_use: Tool | None = None
        self._view_drag = ViewDrag(canvas)
        self._space = False
        self._alt = False
        self._position: QPointF | None = None
        self._drawn: list[QRectF] = []
        #: The right button took back what was begun the last time: no menu is wanted then.
        self.has_taken_back = False
        self._original_key = OriginalKey(canvas)

    @property
    def is_dragging(self) -> bool:
        """Whether a tool is at work."""
        return self._tool_in_use is not None

    @property
    def is_symmetric(self) -> bool:
        """Whether the axis of symmetry means something to the tool in use."""
        return self.tool is not None and self.tool.is_symmetric

    def set_tool(self, tool: Tool) -> None:
        """Use another tool from now on."""
        if self.tool is not None and self.tool is not tool:
            self.tool.deactivate()
            self._tool_in_use = None
        self.tool = tool
        tool.activate()
        self._canvas.update()
        self._set_cursor()

    def cancel(self) -> None:
        """Cancel the tool's gesture; pointer events until the button is released are ignored."""
        if self._tool_in_use is not None:
            self._tool_in_use.cancel()
        if self.tool is not None and self.tool is not self._tool_in_use:
            self.tool.cancel()
        self._tool_in_use = None

    def follow_mask(self) -> None:
        """Another class may lie under the pointer: write its name anew."""
        if self._position is not None and not self.is_dragging:
            self._canvas.update(_LABEL_BOX.translated(self._position).toAlignedRect())

    def reset(self) -> None:
        """The document was closed during a gesture."""
        self._tool_in_use = None

    def handle(self, event: QEvent) -> bool:
        """Handle an event of the canvas; False leaves it to the widget."""
        handler = _HANDLERS.get(event.type())
        return handler(self, event) if handler is not None else False

    def paint(self, painter: QPainter, pane: Pane) -> None:
        """Draw the tool's preview, the cursor's outline and the name of the class under it."""
        tool = self._active_tool()
        if tool is None:
            return
        point = self._canvas.to_crop(self._position) if self._position else None
        tool.paint(painter, self._canvas.view.transform(pane.frame), point)
        if self._position is None or pane.kind != self._pane().kind or self._space:
            return
        label = self._canvas.label_at(self._canvas.to_crop(self._position))
        if label is not None and not self.is_dragging and self._canvas.scene.show_mask:
            title = tr(PARTS[label].title)
            box = caption_box(painter, title, self._position + _LABEL_OFFSET)
            if box.right() > pane.visible.right():
                box.moveRight(self._position.x() - _LABEL_OFFSET.x())
            if box.bottom() > pane.visible.bottom():
                box.moveBottom(self._position.y() - _LABEL_OFFSET.y())
            draw_caption(painter, title, box)

    def _pane(self) -> Pane:
        return self._canvas.pane_at(self._position or QPointF())

    def _active_tool(self) -> Tool | None:
        if self._tool_in_use is not None:
            return self._tool_in_use
        if self._is_erasing and self.eraser is not None:
            return self.eraser
        return self.alternate if self._alt and self.alternate is not None else self.tool

    # Pointer events.

    def _mouse_press(self, event: QMouseEvent) -> bool:
        self._is_erasing = False
        self._canvas.setFocus(Qt.FocusReason.MouseFocusReason)
        return self._press(event.position(), event.button(), event.modifiers(), 1.0)

    def _mouse_move(self, event: QMouseEvent) -> bool:
        self._is_erasing = False
        return self._move(event.position(), event.modifiers(), 1.0)

    def _mouse_release(self, event: QMouseEvent) -> bool:
        return self._release(event.position(), event.modifiers(), 1.0)

    def _double_click(self, event: QMouseEvent) -> bool:
        # A press like any other for who paints fast: what is drawn with it must not be lost.
        return self._press(event.position(), event.button(), event.modifiers(), 1.0, double=True)

    def _tablet(self, event: QTabletEvent) -> bool:
        event.accept()  # Qt makes no mouse event of a tablet event that was accepted.
        position, modifiers, pressure = event.position(), event.modifiers(), event.pressure()
        self._is_erasing = event.pointerType() == QPointingDevice.PointerType.Eraser
        if event.type() == QEvent.Type.TabletPress:
            return self._press(position, event.button(), modifiers, pressure)
        if event.type() == QEvent.Type.TabletRelease:
            return self._release(position, modifiers, pressure)
        return self._move(position, modifiers, pressure)

    def _press(
        self,
        position: QPointF,
        button: Qt.MouseButton,
        modifiers: Qt.KeyboardModifier,
        pressure: float,
        double: bool = False,
    ) -> bool:
        canvas = self._canvas
        if self._view_drag.press(position, button, self._space, bool(modifiers & Qt.KeyboardModifier.ShiftModifier)):
            pass
        elif button == Qt.MouseButton.LeftButton and canvas.scene.labels is not None:
            self._alt = bool(modifiers & Qt.KeyboardModifier.AltModifier)
            self._tool_in_use = self._active_tool()
            if self._tool_in_use is not None:
                down = self._tool_in_use.double_click if double else self._tool_in_use.press
                down(self._event(position, modifiers, pressure))
        elif button == Qt.MouseButton.RightButton and canvas.scene.labels is not None:
            self.has_taken_back = self.is_dragging or (self.tool is not None and self.tool.is_busy)
            self.cancel()
        self._set_cursor()
        return True

    def _move(self, position: QPointF, modifiers: Qt.KeyboardModifier, pressure: float) -> bool:
        canvas = self._canvas
        if self._view_drag.move(position):
            pass
        elif self._tool_in_use is not None:
            self._tool_in_use.move(self._event(position, modifiers, pressure))
        elif self.tool is not None and canvas.scene.labels is not None:
            before = self.tool.cursor
            self.tool.hover(self._event(position, modifiers, pressure))
            if self.tool.cursor != before:
                self._set_cursor()
        self._follow(position)
        return True

    def _release(self, position: QPointF, modifiers: Qt.KeyboardModifier, pressure: float) -> bool:
        if self._tool_in_use is not None:
            self._tool_in_use.release(self._event(position, modifiers, pressure))
        self._tool_in_use = None
        self._view_drag.end()
        self._follow(position)
        self._set_cursor()
        return True

    def _wheel(self, event: QWheelEvent) -> bool:
        notches = event.angleDelta().y() / 120
        if notches:
            canvas = self._canvas
            pane = canvas.pane_at(event.position()).frame
            canvas.view.zoom_at(WHEEL_STEP**notches, event.position(), pane)
            canvas.view_changed()
        return True

    def _leave(self, event: QEvent) -> bool:
        self._follow(None)
        return False

    # Keys that are held.

    def _key_press(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Space:
            self._space = True
        elif event.key() == Qt.Key.Key_Alt:
            self._alt = True
        elif event.key() == Qt.Key.Key_Tab and not event.modifiers():
            self._original_key.press(event)
            return True
        elif event.key() == Qt.Key.Key_Escape and self._canvas.scene.labels is not None:
            self.cancel()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.tool is not None:
            self.tool.accept()
        else:
            return False
        self._follow(self._position)
        self._set_cursor()
        return True

    def _key_release(self, event: QKeyEvent) -> bool:
        if event.isAutoRepeat():
            return False
        if event.key() == Qt.Key.Key_Space:
            self._space = False
        elif event.key() == Qt.Key.Key_Alt:
            self._alt = False
        elif event.key() == Qt.Key.Key_Tab:
            self._original_key.release()
        else:
            return False
        self._follow(self._position)
        self._set_cursor()
        return True

    def _focus_out(self, event: QEvent) -> bool:
        # The releases of keys that are held now go to someone else.
        self._space = self._alt = False
        if self._canvas.scene.original:
            self._canvas.show_original(False)
        self._set_cursor()
        return False

    def _event(self, position: QPointF, modifiers: Qt.KeyboardModifier, pressure: float) -> PointerEvent:
        point = self._canvas.to_crop(position)
        return PointerEvent((point.x(), point.y()), position, modifiers, pressure, self._canvas.view.scale)

    def _follow(self, position: QPointF | None) -> None:
        """Repaint where the cursor was and where it is now."""
        canvas, tool = self._canvas, self._active_tool()
        for area in self._drawn:
            canvas.update(area.toAlignedRect())
        self._drawn = []
        self._position = position
        if position is not None and tool is not None and canvas.scene.labels is not None:
            here = canvas.pane_at(position)
            point = canvas.view.to_crop(position, here.frame)
            outline = tool.cursor_bounds(canvas.view.transform(here.frame), point)
            for pane in canvas.panes():
                shift = pane.frame.topLeft() - here.frame.topLeft()
                self._drawn.append(outline.translated(shift).adjusted(-3, -3, 3, 3))
            if not self.is_dragging:
                self._drawn.append(_LABEL_BOX.translated(position))
            for area in self._drawn:
                canvas.update(area.toAlignedRect())

    def _set_cursor(self) -> None:
        canvas, tool = self._canvas, self._active_tool()
        if self._view_drag.is_panning:
            canvas.setCursor(Qt.CursorShape.ClosedHandCursor)
        elif self._space:
            canvas.setCursor(Qt.CursorShape.OpenHandCursor)
        elif canvas.scene.labels is None or tool is None:
            canvas.setCursor(Qt.CursorShape.ArrowCursor)
        else:
            canvas.setCursor(tool.cursor)


_HANDLERS: dict[QEvent.Type, Callable[[PointerInput, Any], bool]] = {
    QEvent.Type.MouseButtonPress: PointerInput._mouse_press,
    QEvent.Type.MouseMove: PointerInput._mouse_move,
    QEvent.Type.MouseButtonRelease: PointerInput._mouse_release,
    QEvent.Type.MouseButtonDblClick: PointerInput._double_click,
    QEvent.Type.TabletPress: PointerInput._tablet,
    QEvent.Type.TabletMove: PointerInput._tablet,
    QEvent.Type.TabletRelease: PointerInput._tablet,
    QEvent.Type.Wheel: PointerInput._wheel,
    QEvent.Type.Leave: PointerInput._leave,
    QEvent.Type.KeyPress: PointerInput._key_press,
    QEvent.Type.KeyRelease: PointerInput._key_release,
    QEvent.Type.FocusOut: PointerInput._focus_out,
}
