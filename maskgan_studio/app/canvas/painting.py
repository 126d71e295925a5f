"""Draws the panes of the canvas: photo, mask, result, frame, grid."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF, QRegion, QTransform

from maskgan_studio.app.canvas.hatching import draw_frozen
from maskgan_studio.app.canvas.scene import Scene
from maskgan_studio.app.canvas.view import GRID_SCALE, View
from maskgan_studio.app.common.theme import Colors

#: Brightness gain of the difference view, as additions of the image to itself.
_DIFFERENCE_DOUBLINGS = 2
_OUTSIDE_DIM = 150


def draw_pane(
    painter: QPainter, kind: str, pane: QRectF, dirty: QRectF, scene: Scene, view: View, colors: Colors
) -> None:
    """Draw one pane; ``dirty`` is the part of it that needs paint, in widget coordinates."""
    painter.save()
    painter.setClipRect(dirty)
    painter.fillRect(dirty, QColor(colors.surround))
    to_screen = view.transform(pane)
    if scene.original or kind == "original":
        _draw_photo(painter, scene, to_screen)
    elif kind == "edit":
        _draw_photo(painter, scene, to_screen)
        _draw_others(painter, scene, to_screen)
        if scene.moved is not None:
            scene.moved.draw(painter, to_screen)
        _draw_mask(painter, scene, view, pane, dirty)
        _draw_doubts(painter, scene, to_screen)
    elif kind == "result":
        _draw_result(painter, scene, to_screen)
    elif kind == "overlay":
        _draw_result(painter, scene, to_screen)
        _draw_mask(painter, scene, view, pane, dirty)
        _draw_doubts(painter, scene, to_screen)
    elif kind == "difference":
        _draw_difference(painter, scene, to_screen, dirty)
    if kind in ("edit", "overlay") and not scene.original:  # elsewhere the finished photo is looked at
        if scene.frozen is not None:
            _draw_frozen(painter, scene.frozen, to_screen)
        _draw_frame(painter, scene, to_screen, pane)
    if kind == "edit" and view.scale >= GRID_SCALE:
        _draw_grid(painter, scene, to_screen, dirty)
    painter.restore()


def _draw_photo(painter: QPainter, scene: Scene, to_screen: QTransform) -> None:
    photo = scene.photo
    if scene.crop is not None and not (photo and photo.covers(QRectF(0, 0, scene.size, scene.size))):
        scene.crop.draw(painter, to_screen)
    if photo is not None:
        photo.draw(painter, to_screen)


def _draw_others(painter: QPainter, scene: Scene, to_screen: QTransform) -> None:
    for other in scene.others:
        other.draw(painter, to_screen)


def _draw_result(painter: QPainter, scene: Scene, to_screen: QTransform) -> None:
    # A result covers the face alone; around it the photo is as it was, or as other faces' edits left it.
    _draw_photo(painter, scene, to_screen)
    _draw_others(painter, scene, to_screen)
    if scene.result is None:
        return
    if scene.fading is not None:
        scene.fading.draw(painter, to_screen)
        painter.setOpacity(scene.fade)
    scene.result.draw(painter, to_screen)
    painter.setOpacity(1)


def _draw_mask(painter: QPainter, scene: Scene, view: View, pane: QRectF, dirty: QRectF) -> None:
    if not scene.show_mask or scene.labels is None:
        return
    if view.is_turned:
        painter.save()
        painter.setTransform(view.turn(pane))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, view.angle % 90 != 0)
        painter.drawImage(view.upright_frame(pane), scene.overlay.image)
        painter.restore()
        return
    # Buffer pixels and screen pixels coincide, so only the dirty part is copied.
    ratio = painter.device().devicePixelRatioF()
    part = dirty.translated(-pane.topLeft())
    source = QRectF(part.x() * ratio, part.y() * ratio, part.width() * ratio, part.height() * ratio)
    painter.drawImage(dirty, scene.overlay.image, source)


def _draw_frozen(painter: QPainter, frozen: np.ndarray, to_screen: QTransform) -> None:
    """Hatch frozen pixels, in stripes of the crop's own pixels."""
    painter.save()
    painter.setTransform(to_screen)
    painter.drawImage(0, 0, draw_frozen(frozen))
    painter.restore()


def _draw_doubts(painter: QPainter, scene: Scene, to_screen: QTransform) -> None:
    """Hatch what the parser may have wrong."""
    if scene.doubts is not None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setTransform(to_screen, True)
        painter.drawImage(QRectF(0, 0, scene.size, scene.size), scene.doubts)
        painter.restore()


def _draw_difference(painter: QPainter, scene: Scene, to_screen: QTransform, dirty: QRectF) -> None:
    ratio = painter.device().devicePixelRatioF()
    area = dirty.toAlignedRect()
    image = QImage(area.size() * ratio, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.black)
    moved = to_screen * QTransform.fromTranslate(-area.x(), -area.y())
    if scene.result is not None:
        after = image.copy()
        for picture, draw in ((image, _draw_photo), (after, _draw_result)):
            inner = QPainter(picture)
            draw(inner, scene, moved)
            inner.end()
        inner = QPainter(image)
        inner.setCompositionMode(QPainter.CompositionMode.CompositionMode_Difference)
        inner.drawImage(0, 0, after)
        inner.end()
    for _ in range(_DIFFERENCE_DOUBLINGS):
        adder = QPainter(image)
        adder.setCompositionMode(QPainter.CompositionMode.CompositionMode_Plus)
        adder.drawImage(0, 0, image.copy())
        adder.end()
    painter.drawImage(area.topLeft(), image)


def _draw_frame(painter: QPainter, scene: Scene, to_screen: QTransform, pane: QRectF) -> None:
    """Draw a thin line around the crop, and dim what lies outside, where nothing can be painted."""
    if scene.crop is None:
        return
    crop = QRectF(0, 0, scene.size, scene.size)
    if scene.photo is not None:
        shown = QRegion(pane.toAlignedRect()) & _region(to_screen, scene.photo.bounds)
        outside = shown.subtracted(_region(to_screen, crop))
        for rect in outside:  # type: ignore[attr-defined]  # the stubs do not know that regions can be iterated
            painter.fillRect(rect, QColor(0, 0, 0, _OUTSIDE_DIM))
    painter.setPen(QPen(QColor(255, 255, 255, 60), 0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolygon(to_screen.map(QPolygonF(crop)))


def _region(to_screen: QTransform, rect: QRectF) -> QRegion:
    """The pixels of the screen that show a rectangle of the crop's coordinates."""
    if to_screen.isRotating():
        return QRegion(to_screen.map(QPolygonF(rect)).toPolygon())
    return QRegion(to_screen.mapRect(rect).toAlignedRect())


def _draw_grid(painter: QPainter, scene: Scene, to_screen: QTransform, dirty: QRectF) -> None:
    inverse, _ = to_screen.inverted()
    seen = inverse.mapRect(dirty).intersected(QRectF(0, 0, scene.size, scene.size)).toAlignedRect()
    lines = []
    for x in range(seen.left(), seen.right() + 2):
        lines.append(QLineF(to_screen.map(QPointF(x, seen.top())), to_screen.map(QPointF(x, seen.bottom() + 1))))
    for y in range(seen.top(), seen.bottom() + 2):
        lines.append(QLineF(to_screen.map(QPointF(seen.left(), y)), to_screen.map(QPointF(seen.right() + 1, y))))
    painter.setPen(QPen(QColor(128, 128, 128, 90), 0))
    painter.drawLines(lines)


def caption_box(painter: QPainter, text: str, corner: QPointF) -> QRectF:
    """Return the box of a caption whose upper left corner is given."""
    metrics = painter.fontMetrics()
    return QRectF(corner.x(), corner.y(), metrics.horizontalAdvance(text) + 16, metrics.height() + 4)


def draw_caption(painter: QPainter, text: str, box: QRectF) -> None:
    """Draw light words on a dark plate, which shows on anything."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(0, 0, 0, 130))
    painter.drawRoundedRect(box, 4, 4)
    painter.setPen(QColor(240, 240, 240))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def draw_badge(painter: QPainter, text: str, corner: QPointF, colors: Colors) -> None:
    """Draw a word in the accent colour beside a caption."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = caption_box(painter, text, corner)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colors.accent))
    painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
    painter.setPen(QColor(colors.on_accent))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def draw_behind(painter: QPainter, pane: QRectF, fraction: float, colors: Colors) -> None:
    """Draw the thin line along the lower edge of the result that fills while the network catches up."""
    line = QRectF(pane.left(), pane.bottom() - 2, pane.width() * fraction, 2)
    painter.fillRect(line, QColor(colors.accent))
