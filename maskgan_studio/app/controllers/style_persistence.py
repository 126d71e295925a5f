"""The style photo goes with the document: saved, recovered and opened again with it."""

from __future__ import annotations

from PySide6.QtCore import QObject

from maskgan_studio.app.state.workspace import Workspace
from maskgan_studio.engine.reference import PART_REFERENCE_NAMES, REFERENCE_NAME, reference_to_bytes


class StylePersistence(QObject):
    """Writes the chosen style into the open document; ``files.project_file`` reads it where a document is opened."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        workspace.style.changed.connect(self._keep)
        workspace.document_changed.connect(self._document_changed)

    def _keep(self) -> None:
        session = self._workspace.session
        if session is not None:
            for name, data in self._data().items():
                if data != session.extras.get(name):
                    session.set_extra(name, data)

    def _document_changed(self) -> None:
        session = self._workspace.session
        if session is not None:
            for name, data in self._data().items():
                if data is not None and name not in session.extras:
                    # A photo tried in the style in use; not an edit of it, that a user would have to save.
                    session.extras[name] = data

    def _data(self) -> dict[str, bytes | None]:
        choice = self._workspace.style.choice
        whole = None if choice.reference is None else reference_to_bytes(choice.reference, choice.mix)
        parts = {part: reference_to_bytes(source, 1.0) for part, source in choice.parts}
        return {REFERENCE_NAME: whole, **{name: parts.get(part) for name, part in PART_REFERENCE_NAMES.items()}}
