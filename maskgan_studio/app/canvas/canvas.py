"""The canvas widget: shows the scene, and repaints only what changed."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, QVariantAnimation, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from maskgan_studio.app.canvas import painting
from maskgan_studio.app.canvas.hatching import draw_doubtful
from maskgan_studio.app.canvas.panes import Pane, split_dirty
from maskgan_studio.app.canvas.placed_image import PlacedImage
from maskgan_studio.app.canvas.pointer import PointerInput
from maskgan_studio.app.canvas.pulse import Pulse
from maskgan_studio.app.canvas.scene import SPLIT_MODES
from maskgan_studio.app.canvas.viewport import Viewport
from maskgan_studio.app.common.i18n import tr
from maskgan_studio.app.common.theme import Colors
from maskgan_studio.app.tools.symmetry import draw_axis
from maskgan_studio.document.geometry.rect import Rect
from maskgan_studio.document.geometry.symmetry import Axis
from maskgan_studio.errors import StudioError

_FADE_MS = 160
# Share of the fade from one frame to the next: more of them take time from the network and look no softer.
_FADE_STEP = 0.2
#: Panes that show nothing of the result.
_BEFORE = ("original", "edit")
CAPTIONS = {
    "edit": "photo + mask",
    "result": "result",
    "overlay": "result + mask",
    "difference": "difference",
    "original": "original",
}


class Canvas(Viewport):
    """Photo, mask and result, repainted only where something changed.

    Signals: ``zoomed`` (see ``Viewport``), ``mode_changed``, ``failed``.
    """

    mode_changed = Signal()
    #: A tool could not do what was asked (StudioError).
    failed = Signal(object)

    def __init__(self, colors: Colors, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.colors = colors
        self.pointer = PointerInput(self)
        self._fade = QVariantAnimation(self, startValue=0.0, endValue=1.0, duration=_FADE_MS)
        self._fade.valueChanged.connect(self._set_fade)
        self._pulse = Pulse(self)
        self._pulse.changed.connect(self._show_pulse)
        # Where the result and the one before differ from the photo, in the crop's coordinates; None for anywhere.
        self._edited_area: QRectF | None = None
        self._fading_area: QRectF | None = None
        self._overlay_style: tuple[np.ndarray, float, frozenset[int]] | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(240, 160)
        self.setAccessibleName(tr("Canvas"))
        self.setAccessibleDescription(tr("Photo with its mask, and the result beside it"))

    # What is shown.

    def show_document(self, labels: np.ndarray | None, crop: PlacedImage | None, photo: PlacedImage | None) -> None:
        """Show another document; ``labels`` is kept as it is, and read again when ``labels_changed`` says so."""
        self.scene.labels, self.scene.crop, self.scene.photo = labels, crop, photo
        self.scene.result = self.scene.fading = self.scene.moved = None
        self.scene.others = ()
        self._edited_area = self._fading_area = None
        self.pointer.reset()
        self.view.angle, self.view.mirrored = 0.0, False
        if labels is not None:
            self.scene.size = labels.shape[0]
        self.fit()
        self.lay_out()

    def show_result(
        self, image: PlacedImage | None, fade: bool = False, is_preview: bool = False, area: QRectF | None = None
    ) -> None:
        """Show a new result, or a preview of it; with ``fade`` it takes over softly from the one before.

        Args:
            image: the result.
            fade: softly.
            is_preview: a better one will replace it.
            area: where it differs from the photo, in the crop's coordinates; None for anywhere.
        """
        self._fade.stop()
        was_provisional, before = self.scene.is_provisional, self._edited_area
        self._edited_area = area
        self._fading_area = None if area is None or before is None else area.united(before)
        soft = fade and image is not None and self.scene.result is not None and not self.pointer.is_dragging
        self.scene.fading = self.scene.result if soft else None
        self.scene.result = image
        self.scene.is_preview = is_preview
        self.scene.fade = 0.0 if soft else 1.0
        if soft:
            self._fade.start()
        if self.scene.is_provisional != was_provisional:
            self._update_badge()
        self._update_crop_area(self._fading_area)

    def show_others(self, pictures: tuple[PlacedImage, ...]) -> None:
        """Show what was made of other faces of the photo."""
        if pictures or self.scene.others:
            self.scene.others = pictures
            self.update()

    def show_moved(self, picture: PlacedImage | None) -> None:
        """Show the photo below the mask as the face's sliders have moved it; None for as it is."""
        if picture is None and self.scene.moved is None:
            return
        self.scene.moved = picture
        for pane in self.panes():
            if pane.kind == "edit":
                self.update(pane.visible.toAlignedRect())

    def labels_changed(self, rect: QRectF | None = None) -> None:
        """Labels changed inside a rectangle of the crop, everywhere by default."""
        if self.scene.labels is None:
            return
        changed = self.scene.overlay.refresh(self.scene.labels, rect)
        if changed.isEmpty():
            return
        self.pointer.follow_mask()
        ratio = self.devicePixelRatioF()
        for pane in self.panes():
            if pane.kind in ("edit", "overlay"):
                left, top = int(changed.left() / ratio), int(changed.top() / ratio)
                right, bottom = int((changed.right() + 1) / ratio) + 1, int((changed.bottom() + 1) / ratio) + 1
                area = QRect(left, top, right - left, bottom - top)
                if self.view.is_turned:
                    upright = QRectF(area.adjusted(-1, -1, 1, 1)).translated(
                        self.view.upright_frame(pane.frame).topLeft()
                    )
                    area = self.view.turn(pane.frame).mapRect(upright).toAlignedRect()
                else:
                    area.translate(pane.frame.topLeft().toPoint())
                self.update(area.intersected(pane.visible.toAlignedRect()))

    def set_overlay(self, colors: np.ndarray, opacity: float, hidden: frozenset[int]) -> None:
        """Choose the mask's colours uint8 (19, 3), its opacity, and the classes that are hidden."""
        self._overlay_style = (colors, opacity, hidden)
        self.scene.overlay.set_colors(colors, opacity, hidden)
        self.labels_changed()

    def show_doubts(self, pixels: np.ndarray | None) -> None:
        """Hatch pixels bool (size, size) whose class is doubtful; None for none."""
        self.scene.doubts = None if pixels is None else draw_doubtful(pixels)
        self.update()

    def pulse(self, part: int) -> None:
        """Highlight a class for a moment."""
        self._pulse.start(part)

    def set_axis(self, axis: Axis | None) -> None:
        """Show the axis of symmetric painting, None for none."""
        self.scene.axis = axis
        self.update()

    def set_frozen(self, frozen: np.ndarray | None) -> None:
        """Hatch the pixels that no tool changes, bool (size, size); None for none."""
        if frozen is not self.scene.frozen:
            self.scene.frozen = frozen
            self.update()

    def set_mode(self, mode: str) -> None:
        """Choose one of ``scene.MODES``."""
        self.scene.mode = mode
        if self.is_fitted:
            self.fit()
        self.lay_out()
        self.mode_changed.emit()

    @property
    def mode(self) -> str:
        """The view of ``scene.MODES`` that is shown."""
        return self.scene.mode

    @property
    def is_mask_shown(self) -> bool:
        """Whether the mask's tint is shown."""
        return self.scene.show_mask

    def set_mask_shown(self, shown: bool) -> None:
        """Show or hide the mask's tint."""
        self.scene.show_mask = shown
        self.update()

    def set_progress(self, fraction: float | None) -> None:
        """Show how far the network is with the newest edit; None when it is up to date."""
        was_provisional = self.scene.is_provisional
        self.scene.behind = fraction
        if self.scene.is_provisional != was_provisional:
            self._update_badge()
        for pane in self.panes():
            if pane.kind not in _BEFORE:
                bottom = pane.visible.toAlignedRect()
                self.update(bottom.adjusted(0, bottom.height() - 3, 0, 0))

    def set_colors(self, colors: Colors) -> None:
        """Follow a change of the theme."""
        self.colors = colors
        self.update()

    def update_result(self) -> None:
        """Repaint the panes that show the result."""
        for pane in self.panes():
            if pane.kind not in _BEFORE:
                self.update(pane.visible.toAlignedRect())

    def _update_badge(self) -> None:
        """Repaint the strip with the captions: the word "preview" comes or goes."""
        for pane in self.panes():
            if pane.kind not in _BEFORE:
                strip = pane.visible.toAlignedRect()
                self.update(strip.adjusted(0, 0, 0, 2 * self.fontMetrics().height() - strip.height()))

    def _set_fade(self, value: float) -> None:
        if value < 1 and value - self.scene.fade < _FADE_STEP:
            return
        self.scene.fade = value
        if value >= 1:
            self.scene.fading = None
        self._update_crop_area(self._fading_area)

    def _update_crop_area(self, area: QRectF | None) -> None:
        """Repaint an area of the crop's coordinates in the panes that show the result; all of them for None."""
        if area is None:
            self.update_result()
            return
        for pane in self.panes():
            if pane.kind not in _BEFORE:
                rect = self.view.transform(pane.frame).mapRect(area).toAlignedRect().adjusted(-2, -2, 2, 2)
                self.update(rect.intersected(pane.visible.toAlignedRect()))

    def _show_pulse(self) -> None:
        """Draw what the lit classes cover: all of the mask would take ten times as long."""
        if self._overlay_style is None:
            return
        self.scene.overlay.set_colors(*self._overlay_style, bright=self._pulse.part)
        touched = [*self._pulse.touched]
        if self.scene.labels is not None and (area := Rect.around(np.isin(self.scene.labels, touched))):
            self.labels_changed(QRectF(area.left, area.top, area.width, area.height))

    # Qt's events.

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the dirty part of each pane."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(self.colors.border))
        for pane in self.panes():
            for part in split_dirty(event.region().intersected(pane.visible.toAlignedRect())):
                self._paint_part(painter, pane, QRectF(part))
        if self.scene.mode in SPLIT_MODES:
            painter.setPen(QPen(QColor(255, 255, 255, 200), 1))
            at = round(self.width() * self.scene.split)
            painter.drawLine(at, 0, at, self.height())
        if self.is_framed:
            painter.setPen(QPen(QColor(self.colors.accent), 2))
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))

    def _paint_part(self, painter: QPainter, pane: Pane, dirty: QRectF) -> None:
        painting.draw_pane(painter, pane.kind, pane.frame, dirty, self.scene, self.view, self.colors)
        painter.setClipRect(dirty)
        if self.scene.labels is not None:
            caption = "original" if self.scene.original else pane.kind
            title, corner = tr(CAPTIONS[caption]), pane.visible.topLeft() + QPointF(8, 8)
            box = painting.caption_box(painter, title, corner)
            painting.draw_caption(painter, title, box)
            if self.scene.is_provisional and caption not in _BEFORE:
                painting.draw_badge(painter, tr("preview"), box.topRight() + QPointF(6, 0), self.colors)
            if self.scene.axis is not None and self.pointer.is_symmetric and pane.kind != "difference":
                draw_axis(painter, self.view.transform(pane.frame), self.scene.axis)
            self.pointer.paint(painter, pane)
        if self.scene.behind is not None and pane.kind not in _BEFORE:
            painting.draw_behind(painter, pane.visible, self.scene.behind, self.colors)
        painter.setClipping(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep a fitted image fitted."""
        if self.is_fitted:
            self.view.fit(self.scene.size, self.panes()[0].frame)
        self.lay_out()

    def event(self, event: QEvent) -> bool:
        """Hand pointer and key events to the pointer input, which knows the tool."""
        try:
            return self.pointer.handle(event) or super().event(event)
        except StudioError as problem:
            self.failed.emit(problem)
            return True
