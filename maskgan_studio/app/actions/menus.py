"""Menu entries that come and go: recent files, sets of weights, and one switch per panel."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtWidgets import QDockWidget, QMenu

from maskgan_studio.app.actions.registry import Actions
from maskgan_studio.app.common.i18n import tr
from maskgan_studio.app.common.widgets import escape_markup
from maskgan_studio.app.editor import Editor
from maskgan_studio.weights.catalog import list_sets


def add_dynamic_menus(editor: Editor, actions: Actions, menus: dict[str, QMenu], docks: Iterable[QDockWidget]) -> None:
    """Add the recent files to the file menu, the panels to the view menu and the weights to the render menu."""
    recent = QMenu(tr("Open recent"), menus["file"])
    recent.aboutToShow.connect(lambda: _fill_recent(editor, recent))
    menus["file"].insertMenu(actions["file.save"], recent)
    panels = menus["view.panel"]
    panels.addSeparator()
    for dock in docks:
        panels.addAction(dock.toggleViewAction())
    weights = QMenu(tr("Weights"), menus["render"])
    weights.aboutToShow.connect(lambda: _fill_weights(editor, weights))
    menus["render"].insertMenu(actions["render.weights"], weights)


def _fill_recent(editor: Editor, menu: QMenu) -> None:
    menu.clear()
    for path in editor.settings.recent_files():
        action = menu.addAction(path.name.replace("&", "&&"))
        action.setToolTip(escape_markup(str(path)))
        action.triggered.connect(lambda _checked=False, path=path: editor.documents.open([path]))
    if menu.isEmpty():
        menu.addAction(tr("Nothing opened yet")).setEnabled(False)


def _fill_weights(editor: Editor, menu: QMenu) -> None:
    menu.clear()
    used = editor.worker.weights
    names = [found.name for found in list_sets()]
    for name in names if used in names else [*names, used]:
        action = menu.addAction(Path(name).name.replace("&", "&&"))
        action.setCheckable(True)
        action.setChecked(name == used)
        action.setToolTip(escape_markup(name))
        action.triggered.connect(lambda _checked=False, name=name: editor.worker.use_weights(name))
