"""Another window with the same document takes the place of one: all of its texts are in another language then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from maskgan_studio.app.actions.view import LANGUAGE_KEY
from maskgan_studio.app.common.i18n import install, tr
from maskgan_studio.app.common.messages import Message

if TYPE_CHECKING:
    from maskgan_studio.app.window.main_window import MainWindow


class Succession(QObject):
    """Waits until nothing is in progress, and asks for the window's successor then. Signal: ``due``."""

    due = Signal()

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._editor = window.editor
        self._is_wanted = False
        editor = self._editor
        for signal in (editor.activities.changed, editor.fitting.running_changed, editor.batch.ended):
            signal.connect(self._look)

    @property
    def _is_busy(self) -> bool:
        editor = self._editor
        waits = editor.worker.pending + editor.files.pending
        return bool(editor.activities.text or waits or editor.fitting.running or editor.batch.running)

    def ask(self) -> None:
        """A successor is wanted; where something is in progress, the window says that it waits for that."""
        self._is_wanted = True
        if self._is_busy:
            message = tr("The language changes as soon as what is in progress is done.")
            self._editor.reporter.show(Message(message, notice=True))
        self._look()

    def _look(self, *_values: object) -> None:
        QTimer.singleShot(0, self, self._go)  # what has ended is still being handed over

    def _go(self) -> None:
        if self._is_wanted and not self._is_busy:
            self._is_wanted = False
            self.due.emit()


def succeed(old: MainWindow) -> MainWindow:
    """Make the successor and show it; the window before is hidden, and of no use any more. History and style stay."""
    from maskgan_studio.app.window.main_window import MainWindow

    app = QApplication.instance()
    assert isinstance(app, QApplication)
    editor, workspace, settings = old.editor, old.workspace, old.editor.settings
    session, target, choice, others = workspace.session, workspace.target, workspace.style.choice, workspace.others
    if session is not None:
        session.finish_edit()
    old.keep_layout()
    editor.recovery.close()
    editor.stop()
    workspace.session = workspace.target = None  # it hears nothing of the document any more
    install(app, settings.get(LANGUAGE_KEY, "system"))
    new = MainWindow(old.make_pipeline, editor.worker.weights, settings, old.theme)
    if session is not None:
        new.workspace.open(session, target, choice, others)
        new.canvas.view, new.canvas.is_fitted = old.canvas.view, old.canvas.is_fitted
    new.tools.choose(editor.tools.active.name)
    new.setWindowState(old.windowState())
    new.show()
    new.canvas.lay_out()
    old.hide()
    return new
