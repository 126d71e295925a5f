"""What the layer actions do to the active layer."""

from __future__ import annotations

from maskgan_studio.app.common.i18n import tr
from maskgan_studio.app.state.workspace import Workspace


def run(workspace: Workspace, name: str) -> None:
    """Carry out "add", "duplicate", "merge_down", "raise", "lower" or "remove"; raises EditError."""
    session = workspace.session
    if session is None:
        return
    active, layers = session.active_layer, session.layers
    position = session.stack.index(active)
    if name == "add":
        layers.add(tr("Layer {number}", number=len(session.stack.layers)))
    elif name == "raise":
        layers.move(active, min(position + 1, len(session.stack.layers) - 1))
    elif name == "lower":
        layers.move(active, max(position - 1, 1))
    else:
        {"duplicate": layers.duplicate, "merge_down": layers.merge_down, "remove": layers.remove}[name](active)
