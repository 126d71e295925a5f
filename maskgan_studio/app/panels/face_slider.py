"""One slider of the face: title, slider from the middle, number."""

from __future__ import annotations

import math

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFocusEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QSlider, QStyle, QStyleOptionSlider, QWidget

from maskgan_studio.app.common.theme import GRID
from maskgan_studio.app.common.widgets import configure
from maskgan_studio.document.deformation.sliders import Slider

# Steps of a slider on each side of 0, which is in the middle whatever the range of the number.
_STEPS = 1000
_DECIMALS = 2
_TITLE_WIDTH, _NUMBER_WIDTH = 84, 48


class CenteredSlider(QSlider):
    """A slider that is coloured from 0 to where it stands.

    Signals: ``grabbed`` (a drag, or a series of key presses, begins), ``reset_wanted`` (it was double-clicked).
    """

    grabbed = Signal()
    reset_wanted = Signal()

    def __init__(self, step: int, is_signed: bool, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setRange(-_STEPS if is_signed else 0, _STEPS)
        self.setSingleStep(step)
        self.setPageStep(5 * step)
        self.sliderPressed.connect(self.grabbed)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Key presses from now on belong together."""
        self.grabbed.emit()
        super().focusInEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Back to 0."""
        self.setSliderDown(False)
        self.grabbed.emit()
        self.reset_wanted.emit()
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls the panel: no slider may change because it passes below the pointer."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Add the stretch between 0 and the handle."""
        super().paintEvent(event)
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        control, part = QStyle.ComplexControl.CC_Slider, QStyle.SubControl.SC_SliderHandle
        handle = self.style().subControlRect(control, option, part, self)
        option.sliderPosition = 0
        zero = self.style().subControlRect(control, option, part, self).center().x()
        painter = QPainter(self)
        middle = self.rect().center().y()
        painter.fillRect(zero, middle - 5, 1, 3, self.palette().placeholderText())
        if self.isEnabled() and self.value():
            left, right = sorted((zero, handle.left() if self.value() > 0 else handle.right() + 1))
            painter.fillRect(left, middle - 1, right - left, 4, self.palette().highlight())


class NumberField(QLineEdit):
    """A number to type, with a comma or a point.

    Signals: ``typed`` (a number within the range).
    """

    typed = Signal(float)

    def __init__(self, low: float, high: float, parent: QWidget) -> None:
        super().__init__(parent)
        self._low, self._high, self._value = low, high, 0.0
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.editingFinished.connect(self._read)
        self.set_value(0.0)

    def set_value(self, value: float) -> None:
        """Show a number."""
        self._value = value
        self.setText(self.locale().toString(value, "f", _DECIMALS))

    def _read(self) -> None:
        try:
            value = min(max(float(self.text().replace(",", ".")), self._low), self._high)
        except ValueError:
            value = self._value
        changed = round(value, _DECIMALS) != round(self._value, _DECIMALS)
        self.set_value(value)
        if changed:
            self.typed.emit(value)


class SliderRow(QWidget):
    """Shows one number and lets it be changed.

    Args:
        slider: which one.
        name: under which its number is kept, with the side where it is meant for one.
        title: what is shown.
        tip: what the number means.
        spoken: group and title, for a screen reader.

    Signals: ``changed`` (name, value, number of the drag).
    """

    changed = Signal(str, float, int)
    _drags = 0

    def __init__(self, slider: Slider, name: str, title: str, tip: str, spoken: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.name = name
        self._drag = 0
        label = configure(QLabel(title, self), name="muted", tip=tip)
        label.setFixedWidth(_TITLE_WIDTH)
        self._low, self._high = slider.low, slider.high
        # A press of a key changes the number by its last digit at least.
        self.slider = CenteredSlider(
            math.ceil(_STEPS * 10**-_DECIMALS / min(-slider.low or slider.high, slider.high)), slider.low < 0, self
        )
        configure(self.slider, name="centered", tip=tip, accessible_name=spoken)
        self._value = 0.0
        self.number = NumberField(slider.low, slider.high, self)
        configure(self.number, name="number", tip=tip, accessible_name=spoken)
        self.number.setFixedWidth(_NUMBER_WIDTH)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(GRID // 2)
        line.addWidget(label)
        line.addWidget(self.slider, 1)
        line.addWidget(self.number)
        self.slider.grabbed.connect(self._begin)
        self.slider.reset_wanted.connect(lambda: self._emit(0.0))
        self.slider.valueChanged.connect(self._dragged)
        self.number.typed.connect(self._typed)

    @property
    def value(self) -> float:
        """The number shown."""
        return self._value

    def show_value(self, value: float) -> None:
        """Show a number."""
        self._value = value
        with QSignalBlocker(self.slider):
            self.slider.setValue(round(_STEPS * value / (self._high if value >= 0 else -self._low)))
        self.number.set_value(value)
        self.slider.update()

    def _dragged(self, steps: int) -> None:
        number = round(steps / _STEPS * (self._high if steps >= 0 else -self._low), _DECIMALS)
        self._value = number
        self.number.set_value(number)
        self.changed.emit(self.name, number, self._drag)

    def _begin(self) -> None:
        SliderRow._drags += 1
        self._drag = SliderRow._drags

    def _typed(self, value: float) -> None:
        self._begin()
        self._emit(value)

    def _emit(self, value: float) -> None:
        self.show_value(value)
        self.changed.emit(self.name, value, self._drag)
