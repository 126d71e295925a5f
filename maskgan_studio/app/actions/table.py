"""THE table of actions: menus, toolbar, shortcuts, command palette and shortcut sheet are all made from it."""

from __future__ import annotations

from maskgan_studio.app.actions import edit, file, help, layers, render, tools, view
from maskgan_studio.app.actions.spec import Action

MENUS = (
    ("file", "File"),
    ("edit", "Edit"),
    ("view", "View"),
    ("tool", "Tools"),
    ("layer", "Layer"),
    ("render", "Render"),
    ("help", "Help"),
)

ACTIONS: tuple[Action, ...] = (
    *file.ACTIONS,
    *edit.ACTIONS,
    *view.ACTIONS,
    *tools.ACTIONS,
    *layers.ACTIONS,
    *render.ACTIONS,
    *help.ACTIONS,
    *tools.PART_ACTIONS,
)
