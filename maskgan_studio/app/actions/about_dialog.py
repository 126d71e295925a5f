"""What the program is: licence, terms of the weights, versions, and where its log lies."""

from __future__ import annotations

import html
import platform
from importlib.metadata import PackageNotFoundError, version

from PySide6.QtCore import QSize, Qt, QUrl, qVersion
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget

from maskgan_studio import __version__
from maskgan_studio.app.common.i18n import tr
from maskgan_studio.app.common.settings import config_dir, state_dir
from maskgan_studio.app.editor import Editor
from maskgan_studio.errors import StudioError
from maskgan_studio.weights.catalog import find_set
from maskgan_studio.weights.terms import find_terms

_PACKAGES = ("torch", "numpy", "opencv-python", "pillow")
_SIZE = QSize(560, 480)


class AboutDialog(QDialog):
    """One page that can be read, copied into a report, and that leads to the folder of the log."""

    def __init__(self, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("About MaskGAN Studio"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.text = QTextBrowser(openExternalLinks=True)
        self.text.setAccessibleName(self.windowTitle())
        self.text.setHtml("".join(f"<h3>{html.escape(title)}</h3>{body}" for title, body in _sections(editor)))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        role = QDialogButtonBox.ButtonRole.ActionRole
        buttons.addButton(tr("Copy"), role).clicked.connect(
            lambda: QApplication.clipboard().setText(self.text.toPlainText())
        )
        buttons.addButton(tr("Open the log folder"), role).clicked.connect(_open_log_folder)
        column = QVBoxLayout(self)
        column.addWidget(self.text)
        column.addWidget(buttons)
        self.resize(_SIZE.boundedTo(self.screen().availableSize() * 0.9))


def _sections(editor: Editor) -> list[tuple[str, str]]:
    state = editor.live.state
    running = " · ".join(part for part in (state.device, state.weights) if part) or tr("no network loaded yet")
    packages = ", ".join(f"{name} {_version(name)}" for name in _PACKAGES)
    return [
        (
            f"MaskGAN Studio {__version__}",
            _paragraphs(tr("Paint a portrait's mask and watch a network re-render the face."), running),
        ),
        (tr("Licence of the program"), _paragraphs(tr("MIT licence: use, change and pass it on, with its notice."))),
        (tr("Terms of the weights “{name}”", name=editor.worker.weights), _paragraphs(_terms(editor.worker.weights))),
        (
            tr("Versions"),
            _paragraphs(f"Python {platform.python_version()}, Qt {qVersion()}, {packages}", platform.platform()),
        ),
        (
            tr("Folders"),
            _paragraphs(tr("Log: {folder}", folder=state_dir()), tr("Settings: {folder}", folder=config_dir())),
        ),
    ]


def _paragraphs(*texts: str) -> str:
    return "".join(f"<p>{html.escape(text)}</p>" for text in texts)


def _terms(weights: str) -> str:
    try:
        terms = find_terms(find_set(weights).card())
    except StudioError:
        terms = ""
    if terms:  # in the window's language where they are known ones, which a card may have broken into lines
        return tr(" ".join(terms.split()))
    return tr("These weights came without a model card: ask who made them for terms.")


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "?"


def _open_log_folder() -> None:
    state_dir().mkdir(parents=True, exist_ok=True)
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(state_dir())))
