"""Pointer gestures in crop coordinates, as real Qt events."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QInputDevice, QMouseEvent, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QListWidget, QStyle, QStyleOptionSlider, QWidget

from maskgan_studio.app.canvas.canvas import Canvas
from maskgan_studio.app.panels.face_slider import CenteredSlider, SliderRow

W = TypeVar("W", bound=QWidget)


def on_screen(canvas: Canvas, point: tuple[float, float]) -> QPoint:
    """Where a crop point lies in the first pane."""
    return canvas.view.to_screen(QPointF(*point), canvas.panes()[0].frame).toPoint()


def drag(
    canvas: Canvas,
    points: Sequence[tuple[float, float]],
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    """Press at the first point, move along, release at the last."""
    places = [on_screen(canvas, point) for point in points]
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, modifiers, places[0])
    for place in places[1:]:
        move(canvas, place, modifiers)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, modifiers, places[-1])


def move(canvas: Canvas, place: QPoint, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Move with the left button down."""
    QApplication.sendEvent(canvas, _event(QEvent.Type.MouseMove, canvas, place, Qt.MouseButton.NoButton, modifiers))


def double_press(canvas: Canvas, point: tuple[float, float]) -> None:
    """The second press of a double click, without a release."""
    place, kind = on_screen(canvas, point), QEvent.Type.MouseButtonDblClick
    QApplication.sendEvent(
        canvas, _event(kind, canvas, place, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    )


def find_handle(slider: CenteredSlider) -> QPoint:
    """Where a slider's handle lies."""
    option = QStyleOptionSlider()
    slider.initStyleOption(option)
    control, part = QStyle.ComplexControl.CC_Slider, QStyle.SubControl.SC_SliderHandle
    return slider.style().subControlRect(control, option, part, slider).center()


def pull_slider(row: SliderRow, *shares: float) -> None:
    """Drag a slider's handle by shares of its width, one after the other."""
    slider, start = row.slider, find_handle(row.slider)
    QTest.mousePress(slider, Qt.MouseButton.LeftButton, pos=start)
    for share in shares:
        QTest.mouseMove(slider, start + QPoint(round(share * slider.width()), 0))
    QTest.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=start + QPoint(round(shares[-1] * slider.width()), 0))


def _event(
    kind: QEvent.Type, canvas: Canvas, place: QPoint, button: Qt.MouseButton, modifiers: Qt.KeyboardModifier
) -> QMouseEvent:
    position = QPointF(place)
    return QMouseEvent(kind, position, canvas.mapToGlobal(position), button, Qt.MouseButton.LeftButton, modifiers)


def _end_of_pen(name: str, number: int, end: QPointingDevice.PointerType) -> QPointingDevice:
    capabilities = QInputDevice.Capability.Position | QInputDevice.Capability.Pressure
    return QPointingDevice(name, number, QInputDevice.DeviceType.Stylus, end, capabilities, 1, 1)


_PEN = _end_of_pen("pen", 1, QPointingDevice.PointerType.Pen)
_ERASER = _end_of_pen("eraser", 2, QPointingDevice.PointerType.Eraser)


def pen(canvas: Canvas, kind: QEvent.Type, point: tuple[float, float], pressure: float, eraser: bool = False) -> None:
    """Send a tablet event of the pen's tip, or of its other end."""
    position = QPointF(on_screen(canvas, point))
    button = Qt.MouseButton.LeftButton if kind != QEvent.Type.TabletMove else Qt.MouseButton.NoButton
    event = QTabletEvent(
        kind,
        _ERASER if eraser else _PEN,
        position,
        QPointF(canvas.mapToGlobal(position)),
        pressure,
        0.0,
        0.0,
        0.0,
        0.0,
        0.0,
        Qt.KeyboardModifier.NoModifier,
        button,
        Qt.MouseButton.LeftButton,
    )
    QApplication.sendEvent(canvas, event)


def press(panel: QWidget, name: str) -> None:
    """Click the button of this text or accessible name, as it is seen."""
    named = [b for b in panel.findChildren(QAbstractButton) if name in (b.text(), b.accessibleName())]
    (button,) = [button for button in named if button.isVisible()]
    assert button.isEnabled(), name
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def click_row(rows: QListWidget, row: int) -> None:
    """Click a row of a list."""
    place = rows.visualItemRect(rows.item(row)).center()
    assert rows.viewport().rect().contains(place)
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)


def find(panel: QWidget, kind: type[W], name: str) -> W:
    """Return the widget of this accessible name."""
    (found,) = [widget for widget in panel.findChildren(kind) if widget.accessibleName() == name]
    return found
