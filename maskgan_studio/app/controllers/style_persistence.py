"""The style photo goes with the document: saved, recovered and opened again with it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from maskgan_studio.app.common.i18n import sentence
from maskgan_studio.app.common.messages import Message
from maskgan_studio.app.controllers.references import References
from maskgan_studio.app.panels.style import StylePanel
from maskgan_studio.app.state.style_choice import StyleChoice
from maskgan_studio.app.state.workspace import Workspace
from maskgan_studio.engine.reference import REFERENCE_NAME, reference_from_bytes, reference_to_bytes
from maskgan_studio.errors import StudioError


class StylePersistence(QObject):
    """Writes the style panel's choice into the open document, and shows the choice of a document that is opened.

    A project brings its own style photo, or none; a photo that is opened is drawn in the style that is in use, as
    somebody expects who tries one style on several photos.

    Signals: ``reported`` (Message).
    """

    reported = Signal(object)

    def __init__(
        self, workspace: Workspace, panel: StylePanel, references: References, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._workspace, self._panel, self._references = workspace, panel, references
        panel.changed.connect(self._keep)
        workspace.document_changed.connect(self._document_changed)

    def _keep(self, choice: StyleChoice) -> None:
        session = self._workspace.session
        if session is None:
            return
        data = None if choice.reference is None else reference_to_bytes(choice.reference, choice.mix)
        if data != session.extras.get(REFERENCE_NAME):
            session.set_extra(REFERENCE_NAME, data)

    def _document_changed(self) -> None:
        session, present = self._workspace.session, self._panel.choice
        if session is None:
            return
        data = session.extras.get(REFERENCE_NAME)
        if data is None:
            if present.reference is not None and session.path is None:
                # Not an edit of the photo just opened, that somebody would have to save.
                session.extras[REFERENCE_NAME] = reference_to_bytes(present.reference, present.mix)
            elif present.reference is not None:
                self._panel.show_reference(None)
            return
        try:
            reference, mix = reference_from_bytes(data)
        except StudioError as problem:
            self._panel.show_reference(None)
            self.reported.emit(Message(sentence(problem)))
        else:
            self._references.take(reference)
            self._panel.show_reference(reference, mix)
