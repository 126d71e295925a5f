"""The process around the window: environment, theme, crash log, event loop."""

from __future__ import annotations

import logging
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from maskgan_studio.app.common.settings import Settings, state_dir
from maskgan_studio.app.platform_env import prepare_environment

if TYPE_CHECKING:
    from maskgan_studio.app.common.pipeline import AnyPipeline
    from maskgan_studio.app.single_instance import SingleInstance
    from maskgan_studio.app.window.main_window import MainWindow

log = logging.getLogger(__name__)

#: Time after the first paint at which the network is loaded when nothing was opened, in milliseconds.
_WARM_UP_MS = 700

_SCREENLESS = ("offscreen", "minimal")

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def run_application(paths: list[Path], weights: str, device: str, new_window: bool = False) -> int:
    """Run the editor; see ``maskgan_studio.app.run``."""
    prepare_environment()
    qInstallMessageHandler(lambda kind, _context, text: log.log(_LEVELS[kind], "Qt: %s", text))
    app = QApplication(sys.argv[:1])
    app.setApplicationName("MaskGAN Studio")
    app.setDesktopFileName("maskgan-studio")
    # On no screen there is no window that one could look at instead.
    is_shared = not new_window and app.platformName() not in _SCREENLESS
    instance = _find_instance(app, weights, device) if is_shared else None
    if instance is not None and not instance.claim(paths):
        return 0
    # Ctrl+C in the terminal closes the window like its button; Python only sees the signal when it runs.
    signal.signal(signal.SIGINT, lambda *_: app.closeAllWindows())
    heartbeat = QTimer(app, interval=300)
    heartbeat.timeout.connect(lambda: None)
    heartbeat.start()

    from maskgan_studio.app.common.i18n import install
    from maskgan_studio.app.common.messages import Message
    from maskgan_studio.app.common.theme import Theme
    from maskgan_studio.app.crash_log import CrashLog
    from maskgan_studio.app.rendering.jobs import Priority
    from maskgan_studio.app.window.main_window import MainWindow
    from maskgan_studio.app.window.succession import succeed
    from maskgan_studio.paths import resources_dir

    settings = Settings()
    install(app, settings.get("language", "system"))
    theme = Theme(app, settings.get("theme", "system"))
    app.setWindowIcon(QIcon(str(resources_dir() / "icons" / "maskgan-studio.svg")))
    windows = [MainWindow(PipelineKeeper(device), weights, settings, theme)]
    editor = windows[0].editor
    crash_log = CrashLog(state_dir())
    crashed = crash_log.start(lambda reason: windows[0].editor.reporter.show(Message(_unexpected(reason))))
    windows[0].show()

    def change_language() -> None:
        before = windows[0]
        windows[0] = succeed(before)
        before.deleteLater()
        windows[0].succession.due.connect(change_language)

    windows[0].succession.due.connect(change_language)
    editor.offer_recovery(crash_log.previous_path if crashed else None)
    # The network is loaded while the user looks for a photo, so that the first one opens at once.
    QTimer.singleShot(
        _WARM_UP_MS, lambda: editor.worker.submit(Priority.BACKGROUND, lambda _pipeline: None, _nothing, _nothing)
    )
    if instance is not None:
        instance.files_arrived.connect(lambda arrived: _take_over(windows[0], arrived))
    if paths:
        # After the first paint: the window is on the screen before anything is read.
        QTimer.singleShot(0, lambda: editor.documents.open(paths))
    try:
        return app.exec()
    finally:
        windows[0].editor.stop()
        crash_log.stop()


def _find_instance(app: QApplication, weights: str, device: str) -> SingleInstance | None:
    """The way to a window that is open; None where Qt's network module lacks a library of the system."""
    try:
        from maskgan_studio.app.single_instance import SingleInstance, instance_name
    except ImportError as problem:
        log.warning("later starts will not find this window: %s", problem)
        return None
    return SingleInstance(instance_name(app.platformName(), weights, device), app)


def _take_over(window: MainWindow, paths: list[Path]) -> None:
    """Show the window, with what a second start was given."""
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.raise_()
    window.activateWindow()
    if paths and QApplication.activeModalWidget() is None:  # a question that waits for its answer comes first
        window.editor.documents.open(paths)


def make_pipeline(weights: str | os.PathLike[str], device: str) -> AnyPipeline:
    """Build the engine's Pipeline; torch is loaded here, on the worker's thread, after the window is shown."""
    from maskgan_studio.engine.pipeline import Pipeline

    return Pipeline(weights, device)


class PipelineKeeper:
    """Builds the Pipeline of a set of weights, and gives the same one to the window's successor."""

    def __init__(self, device: str) -> None:
        self._device = device
        self._weights = ""
        self._pipeline: AnyPipeline | None = None

    def __call__(self, weights: str) -> AnyPipeline:
        """Called on the worker's thread."""
        if self._pipeline is None or weights != self._weights:
            self._pipeline = None  # two networks need twice the memory
            self._pipeline, self._weights = make_pipeline(weights, self._device), weights
        return self._pipeline


def _nothing(_outcome: object) -> None:
    """Result of loading the network early: a failure is reported when the network is needed."""


def _unexpected(reason: str) -> str:
    from maskgan_studio.app.common.i18n import tr

    return tr(
        "Something unexpected happened ({reason}); your work is still here, save it under another name.", reason=reason
    )
