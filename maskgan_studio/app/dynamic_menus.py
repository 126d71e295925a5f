"""Menu entries that come and go: recent files, and one switch per panel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from maskgan_studio.app.i18n import tr

if TYPE_CHECKING:
    from maskgan_studio.app.main_window import MainWindow


def add_dynamic_menus(window: MainWindow, menus: dict[str, QMenu]) -> None:
    """Add the recent files to the file menu and the panels to the view menu."""
    recent = QMenu(tr("Open recent"), menus["file"])
    recent.aboutToShow.connect(lambda: _fill_recent(window, recent))
    menus["file"].insertMenu(window.actions_["file.save"], recent)
    panels = menus["view"].addMenu(tr("Panels"))
    for dock in window.panels.docks.values():
        panels.addAction(dock.toggleViewAction())


def _fill_recent(window: MainWindow, menu: QMenu) -> None:
    menu.clear()
    for path in window.settings.recent_files():
        action = menu.addAction(path.name)
        action.setToolTip(str(path))
        action.triggered.connect(lambda _checked=False, path=path: window.documents.open([path]))
    if menu.isEmpty():
        menu.addAction(tr("Nothing opened yet")).setEnabled(False)
