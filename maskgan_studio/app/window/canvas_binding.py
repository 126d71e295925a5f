"""Keeps the canvas showing what the workspace holds and what the network made of it."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject, QRectF

from maskgan_studio.app.canvas.canvas import Canvas
from maskgan_studio.app.canvas.overlay import FULL_STRENGTH
from maskgan_studio.app.canvas.placed_image import PlacedImage
from maskgan_studio.app.rendering.live import LiveRenderer
from maskgan_studio.app.rendering.render_job import Rendered
from maskgan_studio.app.state.workspace import Workspace
from maskgan_studio.document.geometry.rect import Rect


class CanvasBinding(QObject):
    """Connects workspace and live renderer to the canvas."""

    def __init__(self, workspace: Workspace, live: LiveRenderer, canvas: Canvas, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace, self._live, self._canvas = workspace, live, canvas
        self._bare_network = False
        workspace.document_changed.connect(self._document_changed)
        workspace.mask_changed.connect(self._mask_changed)
        workspace.layers_changed.connect(self._layers_changed)
        workspace.active_changed.connect(self._active_changed)
        workspace.repaint_wanted.connect(
            lambda rect: canvas.update() if rect is None else canvas.update_crop_rect(rect)
        )
        live.shown.connect(self._show_result)
        live.progress_changed.connect(canvas.set_progress)

    def show_network_output(self, bare: bool) -> None:
        """Show the bare picture of the network instead of the edit in the photo."""
        self._bare_network = bare
        self._show_result(self._live.current, False)

    def _document_changed(self) -> None:
        session, target = self._workspace.session, self._workspace.target
        photo = None if target is None else PlacedImage(target.photo.pixels, target.alignment.matrix)
        crop = None if target is None else PlacedImage(target.crop)
        labels = None if session is None else session.stack.composite()
        self._canvas.scene.strength = self._strength()
        self._canvas.show_document(labels, crop, photo)
        self._active_changed()

    def _mask_changed(self, rect: Rect) -> None:
        session, strength = self._workspace.session, self._canvas.scene.strength
        if session is not None and strength is not None:
            opacity = session.stack.opacity(rect)
            strength[rect.slices] = FULL_STRENGTH if opacity is None else np.rint(opacity * FULL_STRENGTH)
        self._canvas.labels_changed(QRectF(rect.left, rect.top, rect.width, rect.height))

    def _layers_changed(self) -> None:
        self._canvas.scene.strength = self._strength()
        self._canvas.labels_changed()

    def _strength(self) -> np.ndarray | None:
        """How strongly each pixel is tinted, by the opacity of the layers; None when all are opaque."""
        session = self._workspace.session
        opacity = None if session is None else session.stack.opacity(session.stack.rect)
        return None if opacity is None else np.rint(opacity * FULL_STRENGTH).astype(np.uint8)

    def _active_changed(self) -> None:
        session = self._workspace.session
        self._canvas.scene.axis = None if session is None else session.axis
        self._canvas.update()

    def _show_result(self, rendered: Rendered | None, fade: bool) -> None:
        if rendered is None or self._workspace.target is None:
            self._canvas.show_result(None)
        elif self._bare_network:
            self._canvas.show_result(PlacedImage(rendered.result.image), fade)
        else:
            self._canvas.show_result(PlacedImage(rendered.edit, rendered.alignment.matrix), fade)
