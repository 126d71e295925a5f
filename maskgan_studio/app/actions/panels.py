"""The keys that lead into the panels."""

from __future__ import annotations

from maskgan_studio.app.actions.spec import Action


def _panel(number: int, name: str, text: str) -> Action:
    return Action(
        id=f"panel.{name}",
        text=text,
        run=lambda context: context.shell.show_panel(name),
        keys=(f"Alt+{number}",),
        menu="view.panel",
        tip="Bring the panel to the front and go into it",
    )


ACTIONS = (
    _panel(1, "face", "Go to the face panel"),
    _panel(2, "color", "Go to the colour panel"),
    _panel(3, "parts", "Go to the parts panel"),
    _panel(4, "layers", "Go to the layers panel"),
    _panel(5, "history", "Go to the history panel"),
    _panel(6, "style", "Go to the style panel"),
    _panel(7, "morph", "Go to the morph panel"),
    _panel(8, "gallery", "Go to the gallery panel"),
    _panel(9, "batch", "Go to the batch panel"),
)
