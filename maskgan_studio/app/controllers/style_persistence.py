"""The style photo goes with the document: saved, recovered and opened again with it."""

from __future__ import annotations

from PySide6.QtCore import QObject

from maskgan_studio.app.state.workspace import Workspace
from maskgan_studio.engine.reference import REFERENCE_NAME, reference_to_bytes


class StylePersistence(QObject):
    """Writes the chosen style into the open document; ``files.project_file`` reads it where a document is opened."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        workspace.style.changed.connect(self._keep)
        workspace.document_changed.connect(self._document_changed)

    def _keep(self) -> None:
        session, data = self._workspace.session, self._data()
        if session is not None and data != session.extras.get(REFERENCE_NAME):
            session.set_extra(REFERENCE_NAME, data)

    def _document_changed(self) -> None:
        session, data = self._workspace.session, self._data()
        if session is not None and data is not None and REFERENCE_NAME not in session.extras:
            # A photo tried in the style in use; not an edit of it, that a user would have to save.
            session.extras[REFERENCE_NAME] = data

    def _data(self) -> bytes | None:
        choice = self._workspace.style.choice
        return None if choice.reference is None else reference_to_bytes(choice.reference, choice.mix)
