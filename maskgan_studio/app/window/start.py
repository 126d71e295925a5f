"""The beginning: files opened lately on the empty window, and a photo on the screen while its face is looked for."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject

from maskgan_studio.app.editor import Editor
from maskgan_studio.app.files.file_thumbnails import read_thumbnail
from maskgan_studio.app.files.naming import own_files
from maskgan_studio.app.rendering.jobs import Priority
from maskgan_studio.app.window.central_area import CentralArea
from maskgan_studio.app.window.empty_state import RECENT_SIDE


class Start(QObject):
    """Fills the empty window, and shows what is being opened."""

    def __init__(self, editor: Editor, area: CentralArea, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._editor, self._area = editor, area
        self._waiting: list[Path] = []
        area.empty.sample_chosen.connect(lambda path: editor.documents.open([path]))
        area.empty.recent_chosen.connect(lambda path: editor.documents.open([path]))
        editor.documents.photo_read.connect(self._show_photo)
        editor.activities.changed.connect(self._show_activity)
        editor.workspace.document_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """List the recent files anew, where they are seen."""
        if self._editor.workspace.session is not None:
            return
        paths = own_files(self._editor.settings)
        self._area.empty.show_recent(paths)
        self._waiting = paths
        self._read_next()

    def _read_next(self) -> None:
        if self._waiting:
            path = self._waiting.pop(0)
            self._editor.files.submit(
                Priority.TILE,
                lambda _nothing: read_thumbnail(path, 2 * RECENT_SIDE),
                partial(self._arrived, path),
                lambda _problem: None,
            )

    def _arrived(self, path: Path, pixels: np.ndarray | None) -> None:
        self._area.empty.show_thumbnail(path, pixels)
        self._read_next()

    def _show_photo(self, pixels: np.ndarray) -> None:
        """Show a photo that was read; a document with unsaved work stays on the screen until it may go."""
        session = self._editor.workspace.session
        if session is None or not session.dirty:
            self._area.show_opening(pixels, self._editor.activities.text)

    def _show_activity(self, sentence: str) -> None:
        self._area.opening.set_text(sentence)
        if not self._editor.documents.opening.is_active:
            self._area.end_opening(self._editor.workspace.session is not None)
