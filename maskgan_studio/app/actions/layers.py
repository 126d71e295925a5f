"""The Layer menu, which acts on the active layer."""

from __future__ import annotations

from collections.abc import Callable

from maskgan_studio.app.actions.spec import Action, Context, has_document
from maskgan_studio.app.common.i18n import tr
from maskgan_studio.document.session import Session


def _add(session: Session) -> None:
    session.layers.add(tr("Layer {number}", number=len(session.stack.layers)))


def _raise(session: Session) -> None:
    position = session.stack.index(session.active_layer)
    session.layers.move(session.active_layer, min(position + 1, len(session.stack.layers) - 1))


def _lower(session: Session) -> None:
    position = session.stack.index(session.active_layer)
    session.layers.move(session.active_layer, max(position - 1, 1))


def _layer(name: str, text: str, icon: str, section: int, change: Callable[[Session], object], *keys: str) -> Action:
    def run(context: Context) -> None:
        if (session := context.editor.workspace.session) is not None:
            change(session)

    return Action(
        id=f"layer.{name}",
        text=text,
        run=run,
        icon=icon,
        keys=keys,
        menu="layer",
        section=section,
        enabled=has_document,
    )


ACTIONS = (
    _layer("add", "Add a layer", "plus", 0, _add, "Ctrl+Shift+N"),
    _layer(
        "duplicate",
        "Duplicate the layer",
        "content-duplicate",
        0,
        lambda session: session.layers.duplicate(session.active_layer),
        "Ctrl+J",
    ),
    _layer(
        "merge_down",
        "Merge down",
        "call-merge",
        0,
        lambda session: session.layers.merge_down(session.active_layer),
        "Ctrl+Shift+M",
    ),
    _layer("raise", "Raise the layer", "arrow-up", 1, _raise, "Ctrl+PgUp"),
    _layer("lower", "Lower the layer", "arrow-down", 1, _lower, "Ctrl+PgDown"),
    _layer(
        "remove", "Remove the layer", "delete-outline", 2, lambda session: session.layers.remove(session.active_layer)
    ),
)
