"""Keeps the canvas showing what the editor holds and what the network made of it."""

from __future__ import annotations

from weakref import WeakKeyDictionary

import cv2
import numpy as np
from PySide6.QtCore import QObject, QRectF

from maskgan_studio.app.canvas.canvas import Canvas
from maskgan_studio.app.canvas.placed_image import PlacedImage
from maskgan_studio.app.editor import Editor
from maskgan_studio.app.rendering.other_faces import FinishedEdit
from maskgan_studio.app.rendering.preview_blend import is_preview
from maskgan_studio.app.rendering.render_job import Changed, Rendered
from maskgan_studio.document.geometry.rect import Rect
from maskgan_studio.document.session import Session
from maskgan_studio.engine.target import Target


class CanvasBinding(QObject):
    """Connects workspace, tools, colours and live renderer to the canvas."""

    def __init__(self, editor: Editor, canvas: Canvas, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._editor, self._workspace, self._canvas = editor, editor.workspace, canvas
        self._bare_network = False
        self._shown_view: np.ndarray | None = None
        self._others: tuple[FinishedEdit, ...] | None = None
        #: The result that was shown last of each face: what is seen of it until it is drawn again.
        self._last: WeakKeyDictionary[Session, Rendered] = WeakKeyDictionary()
        workspace, live = editor.workspace, editor.live
        workspace.document_changed.connect(self._document_changed)
        workspace.mask_changed.connect(self._mask_changed)
        workspace.active_changed.connect(self._active_changed)
        workspace.part_chosen.connect(canvas.pulse)
        workspace.repaint_requested.connect(
            lambda rect: canvas.update() if rect is None else canvas.update_crop_rect(rect)
        )
        editor.mask_colors.changed.connect(self._show_colors)
        editor.tools.changed.connect(self._use_tool)
        live.shown.connect(self._show_result)
        live.progress_changed.connect(canvas.set_progress)
        editor.documents.doubts.changed.connect(lambda: canvas.show_doubts(editor.documents.doubts.pixels))
        canvas.pointer.alternate, canvas.pointer.eraser = editor.tools.alternate, editor.tools["eraser"]
        self._show_colors()

    def show_network_output(self, bare: bool) -> None:
        """Show the bare output of the network instead of the edit in the photo."""
        self._bare_network = bare
        self._editor.live.want_network_image(bare)
        self._show_result(self._editor.live.current, False)

    def _use_tool(self) -> None:
        self._canvas.pointer.set_tool(self._editor.tools.active)

    def _show_colors(self) -> None:
        colors = self._editor.mask_colors
        self._canvas.set_overlay(colors.palette, colors.tint, colors.hidden)

    def _document_changed(self) -> None:
        session, target = self._workspace.session, self._workspace.target
        photo = None if target is None else PlacedImage(target.photo.pixels, target.alignment.matrix)
        crop = None if target is None else PlacedImage(target.crop)
        labels = None if session is None else session.stack.composite()
        self._others = None
        self._canvas.show_document(labels, crop, photo)
        self._show_last()
        self._active_changed()

    def _mask_changed(self, rect: Rect) -> None:
        self._canvas.labels_changed(QRectF(rect.left, rect.top, rect.width, rect.height))

    def _active_changed(self) -> None:
        session = self._workspace.session
        self._canvas.set_axis(None if session is None else session.axis)
        self._canvas.set_frozen(None if session is None else session.constraints.frozen)

    def _show_result(self, rendered: Rendered | None, fade: bool) -> None:
        if rendered is None or self._workspace.target is None:
            self._canvas.show_moved(None)
            self._canvas.show_result(None)
            return
        self._show_others(rendered.others, self._workspace.target)
        if self._workspace.session is not None and not is_preview(rendered):
            self._last[self._workspace.session] = rendered
        self._show_edit(rendered, fade, is_preview(rendered))

    def _show_last(self) -> None:
        """Show what was shown last of all faces, until they are drawn."""
        active = self._workspace.active_face
        if active is None:
            return
        shown = ((other.target, self._last.get(other.session)) for other in self._workspace.others)
        pictures = tuple(_from_elsewhere(active.target, of, last) for of, last in shown if last is not None)
        self._canvas.show_others(tuple(picture for picture in pictures if picture is not None))
        if (own := self._last.get(active.session)) is not None:
            self._show_edit(own, False, True)

    def _show_edit(self, rendered: Rendered, fade: bool, is_rough: bool) -> None:
        edit = _over_photo(rendered, rendered.changed)
        if rendered.moved is None:
            self._canvas.show_moved(None)
        else:
            self._canvas.show_moved(_over_photo(rendered, rendered.moved) if rendered.drawn else edit)
        if not self._bare_network:
            # Of a smaller view nothing but the edit is shown, which cannot cover another one while it fades in.
            # Two results of one view differ only where either was edited.
            area = _edited_area(rendered) if rendered.view is self._shown_view else None
            self._shown_view = rendered.view
            self._canvas.show_result(edit, fade and not rendered.downscaled, is_rough, area)
        elif rendered.drawn:
            self._shown_view = None
            self._canvas.show_result(PlacedImage(rendered.result.image), fade, is_rough)

    def _show_others(self, others: tuple[FinishedEdit, ...], target: Target) -> None:
        """Show the other faces' edits, where they are not shown already."""
        if others != self._others:
            self._others = others
            self._canvas.show_others(tuple(_of_photo(target, other) for other in others))


def _of_photo(target: Target, edit: FinishedEdit) -> PlacedImage:
    matrix = np.array(target.alignment.matrix, np.float64)
    matrix[:, 2] += matrix[:, :2] @ edit.corner[::-1]
    return PlacedImage(edit.pixels, matrix)


def _from_elsewhere(target: Target, other: Target, last: Rendered) -> PlacedImage | None:
    """What was shown last of another face of the photo, in the coordinates of this one; None for nothing."""
    if not last.changed.pixels.size:
        return None
    below = [np.vstack([each, (0, 0, 1)]) for each in (other.alignment.inverse, last.alignment.matrix)]
    matrix = np.asarray(target.alignment.matrix @ below[0] @ below[1])
    matrix[:, 2] += matrix[:, :2] @ last.changed.corner[::-1]
    return PlacedImage(last.changed.cut_out(last.view), matrix)


def _edited_area(rendered: Rendered) -> QRectF:
    """Where a result differs from the photo, in the crop's coordinates."""
    (top, left), (height, width) = rendered.changed.corner, rendered.changed.pixels.shape[:2]
    corners = np.array([(x, y) for x in (left, left + width) for y in (top, top + height)], np.float64) - 0.5
    placed = cv2.transform(corners[None], np.array(rendered.alignment.matrix, np.float64))[0] + 0.5
    (x0, y0), (x1, y1) = placed.min(0).tolist(), placed.max(0).tolist()
    return QRectF(x0, y0, x1 - x0, y1 - y0)


def _over_photo(rendered: Rendered, changed: Changed) -> PlacedImage:
    """What to lay over the photo: the view with a change, or the change alone where the view is smaller than the photo.

    So the photo has its own pixels around the change, however closely one looks.
    """
    matrix = np.array(rendered.alignment.matrix, np.float64)
    if not rendered.downscaled:
        return PlacedImage(changed.onto(rendered.view), matrix)
    if not changed.pixels.size:
        return PlacedImage(np.zeros((1, 1, 4), np.uint8))
    matrix[:, 2] += matrix[:, :2] @ changed.corner[::-1]
    return PlacedImage(changed.cut_out(rendered.view), matrix)
