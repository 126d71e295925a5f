"""All panels in their docks, connected to the workspace."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDockWidget, QTabWidget, QWidget

from maskgan_studio.app.common.i18n import sentence, tr
from maskgan_studio.app.common.messages import Message
from maskgan_studio.app.common.theme import Colors
from maskgan_studio.app.controllers.fitting import Fitting
from maskgan_studio.app.controllers.references import References
from maskgan_studio.app.controllers.style_persistence import StylePersistence
from maskgan_studio.app.editor import EditorWindow
from maskgan_studio.app.files import dialogs
from maskgan_studio.app.files.file_kinds import kind_of
from maskgan_studio.app.panels.gallery import GalleryPanel
from maskgan_studio.app.panels.history import HistoryPanel
from maskgan_studio.app.panels.layers import LayersPanel
from maskgan_studio.app.panels.morph import MorphPanel
from maskgan_studio.app.panels.parts import PartsPanel
from maskgan_studio.app.panels.style import StylePanel
from maskgan_studio.errors import StudioError

#: Heights of the three groups of docks on a fresh installation, and their width.
_HEIGHTS = (330, 200, 250)
_WIDTH = 296


class DockManager(QObject):
    """The panels: parts; layers and history; style, morph and gallery."""

    def __init__(self, window: EditorWindow, colors: Colors) -> None:
        super().__init__(window)
        self._window = window
        workspace = window.workspace
        self.references = References(workspace, window.worker, window.activities, self)
        self.fitting = Fitting(workspace, window.worker, self)
        self.parts = PartsPanel(workspace, colors)
        self.layers = LayersPanel(workspace, window.actions_, colors, self._report)
        self.history = HistoryPanel(workspace, colors)
        self.style = StylePanel(workspace)
        self.style_persistence = StylePersistence(workspace, self)
        self.morph = MorphPanel()
        self.gallery = GalleryPanel()
        self.docks = {
            "parts": self._dock("parts", tr("Parts"), self.parts),
            "layers": self._dock("layers", tr("Layers"), self.layers),
            "history": self._dock("history", tr("History"), self.history),
            "style": self._dock("style", tr("Style"), self.style),
            "morph": self._dock("morph", tr("Morph"), self.morph),
            "gallery": self._dock("gallery", tr("Gallery"), self.gallery),
        }
        docks = self.docks
        window.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        window.tabifyDockWidget(docks["layers"], docks["history"])
        window.tabifyDockWidget(docks["style"], docks["morph"])
        window.tabifyDockWidget(docks["morph"], docks["gallery"])
        for name in ("layers", "history", "style", "morph", "gallery"):
            docks[name].setTitleBarWidget(QWidget())  # the tab names it
        docks["layers"].raise_()
        docks["style"].raise_()
        self.arrange()
        self._connect()

    def arrange(self) -> None:
        """Give the docks the sizes of a fresh installation."""
        groups = [self.docks[name] for name in ("parts", "layers", "style")]
        self._window.resizeDocks(groups, list(_HEIGHTS), Qt.Orientation.Vertical)
        self._window.resizeDocks(groups[:1], [_WIDTH], Qt.Orientation.Horizontal)

    def set_colors(self, colors: Colors, palette: np.ndarray) -> None:
        """Follow a change of the theme or of the class colours."""
        self.parts.set_colors(colors)
        self.parts.set_palette_colors(palette)
        self.layers.set_colors(colors, palette)
        self.history.set_colors(colors, palette)
        self.morph.set_palette_colors(palette)
        self.gallery.set_palette_colors(palette)

    def _connect(self) -> None:
        window, references = self._window, self.references
        self.style.reference_dropped.connect(self._reference_dropped)
        self.style.choose_clicked.connect(self._choose_reference)
        self.style.use_mask.connect(self._guarded(references.use_mask))
        fitting, row = self.fitting, self.style.fit_row
        row.wanted.connect(fitting.start)
        row.cancelled.connect(fitting.cancel)
        row.forgotten.connect(fitting.forget)
        fitting.running_changed.connect(row.set_running)
        fitting.progressed.connect(row.set_progress)
        fitting.reported.connect(window.area.message_bar.show_message)
        self.morph.morph_wanted.connect(references.morph)
        self.morph.variations_wanted.connect(references.vary)
        self.morph.tidy_wanted.connect(references.tidy)
        self.morph.variation_chosen.connect(self._guarded(lambda labels: references.lay_mask(labels, "Variation")))
        # Qt keeps the pages behind a tab shown, outside of the window: only the docks know what is seen.
        self.docks["gallery"].visibilityChanged.connect(self.gallery.set_seen)
        self.docks["history"].visibilityChanged.connect(self.history.set_seen)
        self.gallery.item_chosen.connect(self._guarded(references.put_on))
        self.gallery.group_chosen.connect(self._guarded(references.copy_group))
        references.varied.connect(self.morph.show_variations)
        references.reported.connect(window.area.message_bar.show_message)
        for signal in (window.workspace.document_changed, window.workspace.style.changed):
            signal.connect(self._show_reference)
        window.workspace.document_changed.connect(self.morph.reset)

    def _reference_dropped(self, path: Path) -> None:
        if kind_of(path) == "mask":
            self._window.documents.open_mask(path)
        else:
            self.references.load(path)

    def _choose_reference(self) -> None:
        recent = self._window.settings.recent_files()
        if paths := dialogs.files_to_open(self._window, str(recent[0].parent) if recent else ""):
            self._reference_dropped(paths[0])

    def _show_reference(self) -> None:
        there = self._window.workspace.style.reference is not None
        if self.morph.morph.isEnabled() != there:
            self.morph.set_reference(there)
            self.gallery.set_reference(there)

    def _guarded(self, call: Callable[..., None]) -> Callable[..., None]:
        def guarded(*arguments: object) -> None:
            try:
                call(*arguments)
            except StudioError as problem:
                self._report(sentence(problem))

        return guarded

    def _report(self, message: str) -> None:
        self._window.area.message_bar.show_message(Message(message))

    def _dock(self, name: str, title: str, content: QWidget) -> QDockWidget:
        dock = QDockWidget(title, objectName=f"dock.{name}")
        dock.setWidget(content)
        dock.setFeatures(
            QDockWidget.DockWidgetFeature.DockWidgetClosable | QDockWidget.DockWidgetFeature.DockWidgetMovable
        )
        self._window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
        return dock
