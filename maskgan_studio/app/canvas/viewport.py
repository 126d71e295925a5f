"""Where on the widget the scene is shown: panes, zoom and pan."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

from maskgan_studio.app.canvas.panes import Pane, lay_out_panes, pane_at
from maskgan_studio.app.canvas.scene import Scene
from maskgan_studio.app.canvas.view import View

_BY_KEYBOARD = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)


class Viewport(QWidget):
    """A widget with a scene under one zoom and pan, in one pane or two. Signal: ``zoomed`` (the new zoom)."""

    zoomed = Signal(float)
    #: Zoom or pan were changed by hand.
    moved = Signal()
    #: The view was turned or mirrored.
    turned = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scene = Scene()
        self.view = View()
        self._panes: tuple[tuple[str, float, QSize], list[Pane]] | None = None
        #: The whole crop is shown, and stays so when the widget's size changes.
        self.is_fitted = True
        #: The focus came by the keyboard, so that it is shown.
        self.is_framed = False

    def leave_forwards(self) -> None:
        """Hand the focus to the next control of the window."""
        self.focusNextChild()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show who came by the keyboard that the keys are heard here now."""
        self.is_framed = event.reason() in _BY_KEYBOARD
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the frame away."""
        if self.is_framed:
            self.is_framed = False
            self.update()

    def panes(self) -> list[Pane]:
        """Return the panes of the current view."""
        layout = self.scene.mode, self.scene.split, self.size()
        if self._panes is None or self._panes[0] != layout:  # asked for a dozen times in each event of the pointer
            self._panes = layout, lay_out_panes(self.scene, QRectF(self.rect()))
        return self._panes[1]

    def pane_at(self, position: QPointF) -> Pane:
        """Return the pane under a position of the widget."""
        return pane_at(self.panes(), position)

    def to_crop(self, position: QPointF) -> QPointF:
        """Return the crop point under a position of the widget."""
        return self.view.to_crop(position, self.pane_at(position).frame)

    def label_at(self, point: QPointF) -> int | None:
        """Return the class at a crop point, None outside the crop."""
        labels = self.scene.labels
        column, row = int(np.floor(point.x())), int(np.floor(point.y()))
        if labels is None or not (0 <= row < labels.shape[0] and 0 <= column < labels.shape[1]):
            return None
        return int(labels[row, column])

    def fit(self) -> None:
        """Show the whole crop."""
        self.view.fit(self.scene.size, self.panes()[0].frame)
        self.is_fitted = True
        self.lay_out()

    @property
    def zoom(self) -> float:
        """The screen's own pixels per pixel of the photo, or of the mask where there is no photo; 1 is 100 %."""
        photo = self.scene.photo
        return self.view.scale * self.devicePixelRatioF() / (1.0 if photo is None else photo.scale)

    def zoom_to(self, zoom: float, position: QPointF | None = None) -> None:
        """Zoom so far, with the crop point under ``position`` (the pane's middle by default) staying in place."""
        pane = self.pane_at(position).frame if position is not None else self.panes()[0].frame
        self.view.zoom_at(zoom / self.zoom, position or pane.center(), pane)
        self.view_changed()

    def zoom_by(self, factor: float) -> None:
        """Zoom about the pane's middle."""
        self.zoom_to(self.zoom * factor)

    def turn_view(self, degrees: float) -> None:
        """Turn what is shown clockwise; the mask stays as it is."""
        self.view.turn_by(degrees)
        self._view_turned()

    def mirror_view(self) -> None:
        """Swap left and right on the screen; the mask stays as it is."""
        self.view.mirror()
        self._view_turned()

    def show_upright(self) -> None:
        """Show the photo as it is, neither turned nor mirrored."""
        self.view.angle, self.view.mirrored = 0.0, False
        self._view_turned()

    def _view_turned(self) -> None:
        if self.is_fitted:
            self.fit()
        else:
            self.lay_out()
        self.turned.emit()

    def show_photo(self) -> None:
        """Zoom out until the whole photo is seen."""
        if self.scene.photo is not None:
            self.view.fit_rect(self.scene.photo.bounds, self.panes()[0].frame)
            self.view_changed()

    def view_changed(self) -> None:
        """Zoom or pan were changed by hand."""
        self.view.keep_reachable(self.scene.size)
        self.is_fitted = False
        self.lay_out()
        self.moved.emit()

    def update_crop_rect(self, rect: QRectF, margin: int = 4) -> None:
        """Repaint a rectangle of the crop in every pane, with a margin in screen pixels for outlines."""
        for pane in self.panes():
            left, top, width, height = self.view.rounded_rect(rect, pane.frame)
            area = QRect(left - margin, top - margin, width + 2 * margin, height + 2 * margin)
            self.update(area.intersected(pane.visible.toAlignedRect()))

    def set_split(self, share: float) -> None:
        """Move the split slider to a share of the width, 0 to 1."""
        self.scene.split = min(1.0, max(0.0, share))
        self.update()

    def show_original(self, held: bool) -> None:
        """Show the photo alone, at the same place, while a key is held."""
        self.scene.original = held
        self.update()

    def lay_out(self) -> None:
        """Take on the present size, zoom and pan."""
        frame = self.view.upright_frame(self.panes()[0].frame)
        self.scene.overlay.lay_out(self.view, frame, self.devicePixelRatioF(), self.scene.size)
        if self.scene.labels is not None:
            self.scene.overlay.refresh(self.scene.labels)
        self.zoomed.emit(self.zoom)
        self.update()
