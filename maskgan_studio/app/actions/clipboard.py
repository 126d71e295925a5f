"""Images to and from the clipboard."""

from __future__ import annotations

import numpy as np
from PySide6.QtWidgets import QApplication

from maskgan_studio.app.common.i18n import tr
from maskgan_studio.app.common.images import from_qimage, to_qimage
from maskgan_studio.app.common.messages import Message
from maskgan_studio.app.editor import Editor
from maskgan_studio.app.files.drops import dropped_paths
from maskgan_studio.app.rendering.jobs import Priority


def copy(editor: Editor) -> None:
    """Put the edited photo on the clipboard, when its full-size result is there."""
    if editor.workspace.target is None:
        return

    def done(pixels: np.ndarray) -> None:
        QApplication.clipboard().setImage(to_qimage(pixels))
        editor.reporter.notified.emit(tr("Copied."))

    editor.live.request_composite(Priority.COPY, done)


def paste(editor: Editor) -> None:
    """Open the files or the image on the clipboard."""
    data = QApplication.clipboard().mimeData()
    paths = dropped_paths(data) if data is not None else []
    if not paths and data is not None and data.hasImage():
        editor.documents.open_pixels(tr("pasted.png"), from_qimage(QApplication.clipboard().image()))
    elif paths:
        editor.documents.open(paths)
    else:
        editor.reporter.show(Message(tr("There is no picture on the clipboard; copy one first.")))
