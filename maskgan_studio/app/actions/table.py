"""THE table of actions: menus, toolbar, shortcuts, command palette and shortcut sheet are all made from it."""

from __future__ import annotations

from maskgan_studio.app.actions import edit, file, help, layers, panels, render, tools, view
from maskgan_studio.app.actions.spec import Action

#: Those with a dot in their name are submenus.
MENUS = (
    ("file", "File"),
    ("edit", "Edit"),
    ("view", "View"),
    ("view.panel", "Panels"),
    ("view.theme", "Theme"),
    ("view.language", "Language"),
    ("tool", "Tools"),
    ("layer", "Layer"),
    ("render", "Render"),
    ("help", "Help"),
)

ACTIONS: tuple[Action, ...] = (
    *file.ACTIONS,
    *edit.ACTIONS,
    *view.ACTIONS,
    *panels.ACTIONS,
    *tools.ACTIONS,
    *layers.ACTIONS,
    *render.ACTIONS,
    *help.ACTIONS,
    *tools.PART_ACTIONS,
)
