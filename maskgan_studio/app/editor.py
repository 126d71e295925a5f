"""The core of the window: the document, those who work on it, and where they report. The rest is built around it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QMainWindow

from maskgan_studio.app.actions.registry import Actions
from maskgan_studio.app.common.messages import Message
from maskgan_studio.app.common.pipeline import AnyPipeline
from maskgan_studio.app.common.settings import Settings
from maskgan_studio.app.common.theme import Theme
from maskgan_studio.app.controllers.documents import DocumentController
from maskgan_studio.app.controllers.saving import settle_unsaved_work
from maskgan_studio.app.files.drops import drop_hint, dropped_paths
from maskgan_studio.app.rendering.live import LiveRenderer
from maskgan_studio.app.rendering.worker import FileThread, PipelineThread
from maskgan_studio.app.state.activities import Activities
from maskgan_studio.app.state.workspace import Workspace
from maskgan_studio.app.window.central_area import CanvasArea
from maskgan_studio.app.window.status_bar import StatusBar
from maskgan_studio.labels import color_table


class EditorWindow(QMainWindow):
    """What commands, menus and panels may use of the window.

    Args:
        make_pipeline: builds the engine's Pipeline from a set of weights, on the worker's thread.
        weights: name or folder of the set.
        settings: what is remembered.
        theme: of the application.
    """

    def __init__(
        self, make_pipeline: Callable[[str], AnyPipeline], weights: str, settings: Settings, theme: Theme
    ) -> None:
        super().__init__(acceptDrops=True)
        self.settings, self.theme = settings, theme
        self.workspace = Workspace(self)
        self.worker = PipelineThread(make_pipeline, weights, self)
        self.files = FileThread(self)
        self.activities = Activities(self)
        self.live = LiveRenderer(self.workspace, self.worker, self)
        self.documents = DocumentController(
            self.workspace,
            self.worker,
            self.files,
            self.activities,
            settings,
            self.settle_unsaved_work,
            self._is_at_work,
            self,
        )
        self.actions_ = Actions(self, settings, theme.colors)
        self.area = CanvasArea(theme.colors)
        self.canvas = self.area.canvas
        self.status = StatusBar()
        self.palette_colors = color_table(settings.get("view/safe_colors", False))
        self.setCentralWidget(self.area)
        self.setStatusBar(self.status)

    def report(self, message: str) -> None:
        """Say in the bar above the canvas what went wrong, in one sentence."""
        self.area.message_bar.show_message(Message(message))

    def stop(self) -> None:
        """End the threads with what they are doing."""
        self.documents.opening.cancel()
        self.worker.stop()
        self.files.stop()

    def use_weights(self, weights: str) -> None:
        """Render with another set of weights."""
        self.worker.use_weights(weights)

    def settle_unsaved_work(self, proceed: Callable[[], None], stay: Callable[[], None]) -> None:
        """Ask what becomes of unsaved work, if there is any, and call ``proceed`` or ``stay`` when that is known."""
        settle_unsaved_work(self, self.workspace, self.documents, self.settings, proceed, stay)

    def close_document(self) -> None:
        """Go back to the empty window, unless unsaved work is to be kept."""
        self.documents.close()

    def _is_at_work(self) -> bool:
        """Whether the person is in the middle of a stroke, or is being asked something."""
        return self.canvas.pointer.is_dragging or QApplication.activeModalWidget() is not None

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Say what dropping would do."""
        paths = dropped_paths(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self.area.drop_overlay.say(drop_hint(paths, self.workspace.session is not None))

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Take the sentence away."""
        self.area.drop_overlay.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open what was dropped."""
        self.area.drop_overlay.hide()
        paths: list[Path] = dropped_paths(event.mimeData())
        event.acceptProposedAction()
        self.documents.open(paths)
