"""The program without its window: what is open, who works on it, and what they report."""

from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from maskgan_studio.app.common.i18n import tr
from maskgan_studio.app.common.messages import Reporter
from maskgan_studio.app.common.pipeline import AnyPipeline
from maskgan_studio.app.common.settings import Settings, state_dir
from maskgan_studio.app.controllers.batch import Batch
from maskgan_studio.app.controllers.documents import DocumentController
from maskgan_studio.app.controllers.face_detection import FaceDetector, Outline
from maskgan_studio.app.controllers.face_editing import FaceEditing
from maskgan_studio.app.controllers.fitting import Fitting
from maskgan_studio.app.controllers.history_keeping import HistoryKeeping
from maskgan_studio.app.controllers.looks import Looks
from maskgan_studio.app.controllers.mask_checks import MaskCheckMonitor
from maskgan_studio.app.controllers.photo_selection import PhotoSelection
from maskgan_studio.app.controllers.recovery import RecoveryController
from maskgan_studio.app.controllers.references import References
from maskgan_studio.app.controllers.saving import SaveController
from maskgan_studio.app.controllers.snapshots import SnapshotController
from maskgan_studio.app.controllers.style_persistence import StylePersistence
from maskgan_studio.app.controllers.tiles import Tiles
from maskgan_studio.app.rendering.jobs import Priority
from maskgan_studio.app.rendering.live import LiveRenderer
from maskgan_studio.app.rendering.worker import FileThread, PipelineThread
from maskgan_studio.app.state.activities import Activities
from maskgan_studio.app.state.mask_colors import MaskColors
from maskgan_studio.app.state.workspace import Workspace
from maskgan_studio.app.tools.registry import ToolRegistry
from maskgan_studio.engine.malloc_tuning import return_freed_memory
from maskgan_studio.paths import presets_dir

#: After so long a new document is on the screen, in milliseconds.
_SHOWN_MS = 500


class Editor(QObject):
    """State, threads and controllers of one window, made in the order in which they need each other.

    Args:
        make_pipeline: builds the engine's Pipeline from a set of weights, on the worker's thread.
        weights: name or folder of the set.
        settings: what is remembered.
        window: what dialogs belong to.
        is_at_work: whether the hand is on the canvas, or the user is being asked something.
    """

    def __init__(
        self,
        make_pipeline: Callable[[str], AnyPipeline],
        weights: str,
        settings: Settings,
        window: QWidget,
        is_at_work: Callable[[], bool],
    ) -> None:
        super().__init__(window)
        self.settings, self.window = settings, window
        self.reporter = Reporter(self)
        self.activities = Activities(self)
        self.workspace = Workspace(self)
        self.mask_colors = MaskColors(settings, self)
        self.tools = ToolRegistry(self.workspace, self)
        self.worker = PipelineThread(make_pipeline, weights, self)
        self.files = FileThread(self)
        self.live = LiveRenderer(self.workspace, self.worker, self)
        self.documents = DocumentController(
            self.workspace,
            self.worker,
            self.files,
            self.activities,
            self.reporter,
            settings,
            lambda proceed, stay: self.saving.settle(proceed, stay),
            is_at_work,
            self,
        )
        self.saving = SaveController(window, self.workspace, self.documents, settings)
        self.recovery = RecoveryController(
            self.workspace, self.documents, self.files, self.reporter, state_dir() / "recovery", self
        )
        self.references = References(self.workspace, self.worker, self.activities, self.reporter, self)
        self.face_editing = FaceEditing(self.workspace, self.reporter, self)
        self.tiles = Tiles(self.workspace, self.worker, self)
        self.looks = Looks(self.workspace, self.tiles, self.reporter, presets_dir(), self)
        self.batch = Batch(self.workspace, self.worker, lambda: self.looks.looks, self)
        self.photo_selection = PhotoSelection(self.workspace, self.files, self.activities, self.reporter, self)
        self.fitting = Fitting(self.workspace, self.worker, self.reporter, self)
        self.style_persistence = StylePersistence(self.workspace, self)
        self.snapshots = SnapshotController(self.workspace, self)
        self.history_keeping = HistoryKeeping(self.workspace, settings, self)
        self.history_keeping.switched_on.connect(self.snapshots.keep_named)
        self.mask_checks = MaskCheckMonitor(self.workspace, self)
        self.faces = FaceDetector(self.workspace, self.worker, self)
        self.live.failed.connect(self.reporter.report)
        self.workspace.document_changed.connect(self._document_changed)
        self.documents.weights_dropped.connect(lambda folder: self.worker.use_weights(str(folder)))

    def choose_face(self, outline: Outline | None) -> None:
        """Edit another face of the photo; nothing happens for None."""
        if outline is not None and outline.face is not None:
            self.documents.faces.choose(outline.face)
        elif outline is not None and outline.number is not None:
            self.documents.faces.find(outline.number)

    def offer_recovery(self, crash_log: Path | None) -> None:
        """Offer what the last run left behind: unsaved work, and the log where it crashed."""

        def show_log() -> None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(crash_log)))

        self.recovery.offer(*(() if crash_log is None else ((tr("Show the log"), show_log),)))

    def _document_changed(self) -> None:
        # The document before may have held a large photo; the new one is shown first.
        QTimer.singleShot(0 if self.workspace.session is None else _SHOWN_MS, self, self._give_memory_back)

    def _give_memory_back(self) -> None:
        gc.collect()  # documents refer to themselves, so that only the garbage collector frees them
        self.files.submit(Priority.BACKGROUND, lambda _nothing: return_freed_memory(), _ignore, _ignore)

    def stop(self) -> None:
        """End the threads with what they are doing."""
        self.documents.opening.cancel()
        self.worker.stop()
        self.files.stop()


def _ignore(_outcome: object) -> None:
    """Idle: give freed memory back to the system."""
