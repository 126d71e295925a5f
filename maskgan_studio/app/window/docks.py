"""All panels in their docks, connected to the editor."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import pairwise
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, Qt, QUrl
from PySide6.QtGui import QColor, QDesktopServices
from PySide6.QtWidgets import (
    QColorDialog,
    QDockWidget,
    QListWidget,
    QMainWindow,
    QScrollArea,
    QTabWidget,
    QWidget,
)

from maskgan_studio.app.actions.export_dialog import MARK_KEY
from maskgan_studio.app.actions.registry import Actions
from maskgan_studio.app.common.i18n import tr
from maskgan_studio.app.common.theme import GRID, Colors
from maskgan_studio.app.common.widgets import configure
from maskgan_studio.app.editor import Editor
from maskgan_studio.app.files import dialogs
from maskgan_studio.app.files.file_kinds import detect_file_kind
from maskgan_studio.app.files.naming import recent_folder
from maskgan_studio.app.panels.batch import BatchPanel
from maskgan_studio.app.panels.color import ColorPanel
from maskgan_studio.app.panels.face import FacePanel
from maskgan_studio.app.panels.gallery import GalleryPanel
from maskgan_studio.app.panels.history import HistoryPanel
from maskgan_studio.app.panels.layers import LayersPanel
from maskgan_studio.app.panels.morph import MorphPanel
from maskgan_studio.app.panels.parts import PartsPanel
from maskgan_studio.app.panels.style import StylePanel
from maskgan_studio.app.rendering.look_tile import draw_mask, draw_worn
from maskgan_studio.document.operations.gallery import ITEMS
from maskgan_studio.document.operations.part_transfer import GROUPS

#: The groups of docks on a fresh installation, from above, their heights and their width.
_GROUPS = (("face", "color", "parts"), ("layers", "history"), ("style", "morph", "gallery", "batch"))
_HEIGHTS = (360, 260, 230)
_WIDTH = 296
#: A panel that needs more is scrolled sideways.
_WIDEST = 320
#: In a lower window the two lower groups are one, so that the upper one has room.
_LOW = 740
_LOW_GROUPS = (("face", "color", "parts", "style"), ("layers", "history", "morph", "gallery", "batch"))
_LOW_HEIGHTS = (350, 200)
#: Panels without a list or scroll bars of their own.
_TALL = ("color", "style", "batch")
_LAYER_BUTTONS = ("layer.add", "layer.duplicate", "layer.merge_down", "layer.raise", "layer.lower", "layer.remove")


class DockManager(QObject):
    """The panels: face and parts; layers and history; style, morph and gallery."""

    def __init__(self, window: QMainWindow, editor: Editor, actions: Actions, colors: Colors) -> None:
        super().__init__(window)
        self._window, self._editor = window, editor
        workspace, mask_colors = editor.workspace, editor.mask_colors
        buttons = [actions[name] for name in _LAYER_BUTTONS]
        self.docks = {
            "face": self._dock("face", tr("Face")),
            "color": self._dock("color", tr("Colour")),
            "parts": self._dock("parts", tr("Parts")),
            "layers": self._dock("layers", tr("Layers")),
            "history": self._dock("history", tr("History")),
            "style": self._dock("style", tr("Style")),
            "morph": self._dock("morph", tr("Morph")),
            "gallery": self._dock("gallery", tr("Gallery")),
            "batch": self._dock("batch", tr("Batch")),
        }
        self.face = FacePanel(workspace, colors, self.docks["face"])
        self.color = ColorPanel(workspace)
        self.parts = PartsPanel(workspace, mask_colors, colors, self.docks["parts"])
        self.layers = LayersPanel(workspace, buttons, mask_colors, colors, editor.reporter)
        self.history = HistoryPanel(workspace, mask_colors, colors)
        self.style = StylePanel(workspace)
        self.morph = MorphPanel(mask_colors, self.docks["morph"])
        self.gallery = GalleryPanel(mask_colors, self.docks["gallery"])
        self.batch = BatchPanel()
        for name, dock in self.docks.items():
            panel: QWidget = getattr(self, name)
            dock.setWidget(_scrolling(panel, dock) if name in _TALL else panel)
        window.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        self.arrange()
        self._connect()

    def arrange(self) -> None:
        """Give the docks the places and sizes of a fresh installation."""
        is_low = self._window.height() < _LOW
        groups, heights = (_LOW_GROUPS, _LOW_HEIGHTS) if is_low else (_GROUPS, _HEIGHTS)
        # All of them first: a dock that is moved out of a group would take its place in the split along.
        for dock in self.docks.values():
            self._window.removeDockWidget(dock)
        fronts = [self.docks[names[0]] for names in groups]
        for names, front in zip(groups, fronts, strict=True):
            self._window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, front)
            for before, name in pairwise(names):
                self._window.tabifyDockWidget(self.docks[before], self.docks[name])
        for dock in self.docks.values():
            dock.show()  # one that was taken out is hidden
        for front in fronts:
            front.raise_()
        self._window.resizeDocks(fronts, list(heights), Qt.Orientation.Vertical)
        self._window.resizeDocks(fronts[:1], [_WIDTH], Qt.Orientation.Horizontal)

    def bring_to_front(self, name: str) -> None:
        """Show a panel before those that share its place."""
        self.docks[name].show()
        self.docks[name].raise_()

    def show(self, name: str) -> None:
        """Bring a panel to the front and give its list, or else its first control, the focus."""
        self.bring_to_front(name)
        dock = self.docks[name]
        controls = [*dock.widget().findChildren(QListWidget), *dock.widget().findChildren(QWidget)]
        for control in controls:
            if control.focusPolicy() & Qt.FocusPolicy.TabFocus and control.isVisible() and control.isEnabled():
                control.setFocus(Qt.FocusReason.TabFocusReason)
                break

    def set_colors(self, colors: Colors) -> None:
        """Follow a change of the theme."""
        for panel in (self.face, self.parts, self.layers, self.history):
            panel.set_colors(colors)

    def _connect(self) -> None:
        editor, references, fitting, fit_row = (
            self._editor,
            self._editor.references,
            self._editor.fitting,
            self.style.fit_row,
        )
        face, editing = self.face, editor.face_editing
        face.value_wanted.connect(editing.set_value)
        face.joining_wanted.connect(editing.join_sides)
        face.reset_wanted.connect(editing.reset)
        face.bake_wanted.connect(editing.bake)
        face.carrying_wanted.connect(editing.carry_photo)
        face.copying_wanted.connect(partial(self.bring_to_front, "gallery"))
        face.variations_wanted.connect(partial(self.bring_to_front, "morph"))
        self.color.property_wanted.connect(editing.set_color)
        self.color.reset_wanted.connect(editing.reset_color)
        self.color.color_wanted.connect(self._choose_color)
        looks = editor.looks
        face.looks.look_wanted.connect(looks.apply)
        face.looks.save_wanted.connect(self._save_preset)
        face.looks.save_painted_wanted.connect(self._save_painted)
        face.looks.load_wanted.connect(self._load_preset)
        face.looks.remove_wanted.connect(partial(editor.reporter.attempt, looks.remove))
        looks.listed.connect(face.looks.show_looks)
        looks.listed.connect(self.batch.show_looks)
        looks.loaded.connect(face.looks.choose)
        batch = editor.batch
        self.batch.photos_dropped.connect(self._start_batch)
        self.batch.choose_clicked.connect(self._choose_photos)
        self.batch.cancelled.connect(batch.cancel)
        self.batch.results_wanted.connect(lambda folder: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))))
        batch.progressed.connect(self.batch.show_progress)
        batch.photo_failed.connect(self.batch.show_failure)
        batch.ended.connect(self.batch.show_end)
        looks.drawn.connect(face.looks.show_preview)
        self.docks["face"].visibilityChanged.connect(looks.set_seen)
        looks.refresh()
        self.style.reference_dropped.connect(self._reference_dropped)
        self.style.choose_clicked.connect(self._choose_reference)
        self.style.use_mask.connect(self._attempting(references.use_mask))
        fit_row.fit_requested.connect(fitting.start)
        fit_row.cancelled.connect(fitting.cancel)
        fit_row.forgotten.connect(fitting.forget)
        fitting.running_changed.connect(fit_row.set_running)
        fitting.progressed.connect(fit_row.set_progress)
        self.morph.morph_requested.connect(references.morph)
        self.morph.variations_requested.connect(references.vary)
        self.morph.tidy_requested.connect(references.tidy)
        self.morph.variation_chosen.connect(self._attempting(lambda labels: references.lay_mask(labels, "Variation")))
        # Qt keeps the pages behind a tab shown, outside of the window: only the docks know what is seen.
        self.docks["gallery"].visibilityChanged.connect(self.gallery.set_seen)
        snapshots = editor.snapshots
        self.history.snapshot_wanted.connect(self._take_snapshot)
        self.history.state_wanted.connect(self._attempting(snapshots.restore))
        self.history.saving_wanted.connect(snapshots.save_along)
        snapshots.changed.connect(
            lambda: self.history.show_snapshots([each.title for each in snapshots.snapshots], snapshots.are_saved)
        )
        self.docks["history"].visibilityChanged.connect(self.history.set_seen)
        self.gallery.item_chosen.connect(self._attempting(references.put_on))
        self.gallery.group_chosen.connect(self._attempting(references.copy_group))
        self._connect_tiles()
        for signal in (editor.workspace.document_changed, editor.workspace.style.changed):
            signal.connect(self._show_reference)
        editor.workspace.document_changed.connect(self.morph.reset)

    def _connect_tiles(self) -> None:
        """Parts and variations are shown on the open face, drawn while their panels are seen."""
        tiles = self._editor.tiles
        panels: dict[str, GalleryPanel | MorphPanel] = {"gallery": self.gallery, "morph": self.morph}

        def show(group: str, name: str, pixels: np.ndarray | None) -> None:
            if group in panels:
                panels[group].show_preview(name, pixels)

        def offer(masks: list[np.ndarray]) -> None:
            self.morph.show_variations(masks)
            tiles.offer("morph", {str(number): partial(draw_mask, mask=mask) for number, mask in enumerate(masks)})

        tiles.drawn.connect(show)
        for group in panels:
            self.docks[group].visibilityChanged.connect(partial(tiles.set_seen, group))
        tiles.offer("gallery", {item.title: partial(draw_worn, item=item) for item in ITEMS})
        self._editor.references.varied.connect(offer)
        self._editor.workspace.document_about_to_change.connect(lambda: offer([]))

    def _attempting(self, call: Callable[..., None]) -> Callable[..., bool]:
        return partial(self._editor.reporter.attempt, call)

    def _reference_dropped(self, path: Path) -> None:
        if detect_file_kind(path) == "mask":
            self._editor.documents.open_mask(path)
        else:
            self._editor.references.load(path)

    def _choose_reference(self) -> None:
        if paths := dialogs.choose_files(self._window, recent_folder(self._editor.settings)):
            self._reference_dropped(paths[0])

    def _choose_photos(self) -> None:
        start = Path(recent_folder(self._editor.settings))
        if folder := dialogs.choose_folder(self._window, tr("Folder of photos"), start):
            self._start_batch([folder], self.batch.look)

    def _start_batch(self, paths: list[Path], look: str) -> None:
        marks = self._editor.settings.get(MARK_KEY, True)
        self._editor.reporter.attempt(self._editor.batch.start, paths, look, marks)

    def _take_snapshot(self) -> None:
        if self._editor.workspace.session is None:
            return
        proposal = tr("State {number}", number=len(self._editor.snapshots.snapshots) + 1)
        if name := dialogs.ask_for_name(self._window, tr("Keep this state"), proposal):
            self._editor.snapshots.take(name)

    def _choose_color(self, part: str, color: str) -> None:
        chosen = QColorDialog.getColor(QColor(color), self._window, tr("Colour"))
        if chosen.isValid():
            self._editor.face_editing.set_color(part, "color", chosen.name())

    def _save_preset(self) -> None:
        proposal = self._editor.looks.folder / f"{tr('My preset')}.json"
        if path := dialogs.choose_save_path(self._window, tr("Save as a preset"), proposal, (".json",)):
            self._editor.reporter.attempt(self._editor.looks.save, path)

    def _save_painted(self, what: str) -> None:
        proposal = self._editor.looks.folder / f"{tr(what) if what in GROUPS else tr('My preset')}.json"
        if path := dialogs.choose_save_path(self._window, tr("Save as a preset"), proposal, (".json",)):
            self._editor.reporter.attempt(self._editor.looks.save_painted, path, what)

    def _load_preset(self) -> None:
        if path := dialogs.choose_preset(self._window, self._editor.looks.folder):
            self._editor.reporter.attempt(self._editor.looks.load, path)

    def _show_reference(self) -> None:
        there = self._editor.workspace.style.reference is not None
        if self.morph.morph.isEnabled() != there:
            self.morph.set_reference(there)
            self.gallery.set_reference(there)

    def _dock(self, name: str, title: str) -> QDockWidget:
        """A dock that its panel is then made in: what changes its parent is styled again with all that it holds."""
        dock = configure(QDockWidget(title, self._window), name=f"dock.{name}")
        dock.setTitleBarWidget(QWidget(dock))  # the tab names it
        dock.setFeatures(
            QDockWidget.DockWidgetFeature.DockWidgetClosable | QDockWidget.DockWidgetFeature.DockWidgetMovable
        )
        return dock


def _scrolling(content: QWidget, dock: QDockWidget) -> QScrollArea:
    """A panel that is scrolled where the window is too low for it."""
    area = QScrollArea(dock, widgetResizable=True)
    area.setWidget(content)
    width = content.minimumSizeHint().width() + GRID  # of the other scroll bar
    if width <= _WIDEST:
        area.setMinimumWidth(width)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return area
