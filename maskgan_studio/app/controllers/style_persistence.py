"""The style goes with the document: each change of it is a step of the history, saved, recovered and undone with it."""

from __future__ import annotations

from PySide6.QtCore import QObject

from maskgan_studio.app.files.style_extras import style_from_extras, style_to_extras
from maskgan_studio.app.state.style import STYLED_TITLES, StyleChoice
from maskgan_studio.app.state.workspace import Workspace
from maskgan_studio.document.changes import Title
from maskgan_studio.document.extras import change_extras
from maskgan_studio.errors import Translatable


class StylePersistence(QObject):
    """Writes the chosen style into the open document, and takes it from there after undo and redo."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._kept = workspace.style.choice
        workspace.style.changed.connect(self._keep)
        workspace.document_changed.connect(self._document_changed)
        workspace.extras_changed.connect(self._follow)

    def _keep(self) -> None:
        session, before, after = self._workspace.session, self._kept, self._workspace.style.choice
        self._kept = after
        if session is None:
            return
        data = {name: each for name, each in style_to_extras(after).items() if each != session.extras.get(name)}
        if data:
            change_extras(session, _describe(before, after), data, _merge_key(before, after))

    def _document_changed(self) -> None:
        session = self._workspace.session
        self._kept = self._workspace.style.choice
        if session is not None:
            for name, data in style_to_extras(self._kept).items():
                if data is not None and name not in session.extras:
                    # A photo tried in the style in use; not an edit of it, that a user would have to save.
                    session.extras[name] = data

    def _follow(self) -> None:
        session = self._workspace.session
        if session is not None:
            wanted = {name: session.extras.get(name) for name in style_to_extras(StyleChoice())}
            if wanted != style_to_extras(self._workspace.style.choice):
                self._workspace.style.restore(style_from_extras(session.extras)[0])


def _describe(before: StyleChoice, after: StyleChoice) -> Title:
    """What the history calls a change of the style."""
    if after.fit is not before.fit:
        title = "Style as read from the photo" if after.fit is None else "Fitted to the photo"
        return title
    if after.reference is not before.reference:
        title = "Second photo's style removed" if after.reference is None else "Style of a second photo"
        return title
    for part, source in after.parts:
        if (part, source) not in before.parts:
            return Translatable("{part}: style of the second photo", {"part": _title(part)})
    for part, _ in before.parts:
        if part not in dict(after.parts):
            return Translatable("{part}: style of the photo", {"part": _title(part)})
    return Translatable("Style mixed, {percent} %", {"percent": round(100 * after.mix)})


def _merge_key(before: StyleChoice, after: StyleChoice) -> object:
    """What a slider sends while it is dragged becomes one step."""
    if before.mix != after.mix and before.reference is after.reference and before.parts == after.parts:
        return "style mix"
    return None


def _title(part: str) -> Translatable:
    message = STYLED_TITLES[part]
    return Translatable(message)
