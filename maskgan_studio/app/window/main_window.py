"""The main window: puts tools, panels and actions around the core."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, QUrl
from PySide6.QtGui import QCloseEvent, QDesktopServices
from PySide6.QtWidgets import QMainWindow, QToolBar

from maskgan_studio.app.actions import handlers
from maskgan_studio.app.actions.command_palette import CommandPalette
from maskgan_studio.app.actions.menus import add_dynamic_menus
from maskgan_studio.app.common.i18n import sentence, tr
from maskgan_studio.app.common.icons import TOOLBAR_SIZE
from maskgan_studio.app.common.pipeline import AnyPipeline
from maskgan_studio.app.common.settings import Settings, state_dir
from maskgan_studio.app.common.theme import Theme
from maskgan_studio.app.controllers.mask_checks import MaskCheckMonitor
from maskgan_studio.app.controllers.recovery import RecoveryController
from maskgan_studio.app.editor import EditorWindow
from maskgan_studio.app.files.naming import document_name
from maskgan_studio.app.tools.registry import ToolRegistry
from maskgan_studio.app.window.canvas_binding import CanvasBinding
from maskgan_studio.app.window.close_guard import CloseGuard
from maskgan_studio.app.window.docks import DockManager
from maskgan_studio.app.window.face_selection import FaceChoice
from maskgan_studio.app.window.options_bar import OptionsBar
from maskgan_studio.app.window.screen_mode import ScreenMode
from maskgan_studio.app.window.tour import Tour
from maskgan_studio.labels import PARTS, color_table, part_named

# Counts changes of panels and toolbars; an arrangement saved by another version of them is not restored.
_LAYOUT_VERSION = 1
_OVERLAY_OPACITY = 0.45


class MainWindow(EditorWindow):
    """The editor; see ``EditorWindow`` for the arguments."""

    def __init__(
        self, make_pipeline: Callable[[str], AnyPipeline], weights: str, settings: Settings, theme: Theme
    ) -> None:
        super().__init__(make_pipeline, weights, settings, theme)
        self.tools = ToolRegistry(self.workspace, self.choose_part)
        self._last_parts = (1, 13)
        self.setDockOptions(self.dockOptions() | QMainWindow.DockOption.GroupedDragging)
        self._make_bars()
        self.binding = CanvasBinding(self.workspace, self.live, self.canvas, self)
        self.panels = DockManager(self, self.theme.colors)
        self.faces = FaceChoice(self)
        add_dynamic_menus(self, self.menus, self.panels.docks.values())
        self.recovery = RecoveryController(self.workspace, self.documents, self.files, state_dir() / "recovery", self)
        self.space = ScreenMode(self, self.canvas)
        self.closing = CloseGuard((self.worker, self.files), self.area.message_bar, self.close, self)
        self.flaws = MaskCheckMonitor(self.workspace, self)
        self.palette_ = CommandPalette(self.actions_, self)
        self.tour = Tour(settings, self.area.message_bar.show_message)
        self._connect()
        handlers.connect(self, self._own_handlers())
        self.choose_tool("brush")
        self._apply_theme()
        self.show_mask_colors()
        self._show_keys()
        self._document_changed()
        self._restore_layout()

    def _make_bars(self) -> None:
        self.menus = self.actions_.fill_menu_bar(self.menuBar())
        main = self._toolbar("main", tr("Main toolbar"), Qt.ToolBarArea.TopToolBarArea)
        handlers.fill_main_toolbar(main, self.actions_)
        self.addToolBarBreak()
        self.options_bar = OptionsBar(self.workspace, self.theme.colors)
        self.options_bar.add_button("symmetry", self.actions_["edit.symmetry"])
        self.addToolBar(Qt.ToolBarArea.TopToolBarArea, self.options_bar)
        tools = self._toolbar("tools", tr("Tools"), Qt.ToolBarArea.LeftToolBarArea)
        tools.addActions([self.actions_[name] for name in self.actions_ if name.startswith("tool.")])

    def _own_handlers(self) -> dict[str, Callable[[], object]]:
        """What the actions do that concern bars, panels and tools."""
        actions = self.actions_
        handlers: dict[str, Callable[[], object]] = {
            "edit.last_parts": self.swap_last_parts,
            "view.network": lambda: self.binding.show_network_output(actions["view.network"].isChecked()),
            "view.canvas_only": lambda: self.space.show_canvas_only(actions["view.canvas_only"].isChecked()),
            "view.full_screen": lambda: self.space.show_full_screen(actions["view.full_screen"].isChecked()),
            "view.safe_colors": lambda: self.use_safe_colors(actions["view.safe_colors"].isChecked()),
            "render.fit": lambda: self.panels.fitting.start("quick"),
            "help.palette": self.palette_.open,
            "help.tour": self.tour.begin,
        }
        for action_id, spec in actions.specs.items():
            group, _, name = action_id.partition(".")
            if group == "tool":
                handlers[action_id] = partial(self.choose_tool, name)
            elif group == "part":
                handlers[action_id] = partial(self.choose_part, part_named(name).index)
            elif spec.choice == "view":
                handlers[action_id] = partial(self.choose_view, name)
        return handlers

    def _connect(self) -> None:
        workspace, canvas = self.workspace, self.canvas
        workspace.document_about_to_change.connect(self.area.message_bar.clear)
        workspace.document_changed.connect(self._document_changed)
        workspace.active_changed.connect(self._active_changed)
        workspace.history_changed.connect(self._history_changed)
        workspace.saved_changed.connect(self._show_title)
        for source in (canvas, self.actions_):
            source.failed.connect(self.report)
        canvas.zoomed.connect(self.status.set_zoom)
        self.flaws.counted.connect(
            lambda count: self.status.set_flaws(count, " ".join(self.actions_.keys("edit.repair")))
        )
        self.status.flaws.clicked.connect(self.actions_["edit.repair"].trigger)
        canvas.pointer.alternate = self.tools.alternate
        self.panels.parts.chosen.connect(self.choose_part)
        self.panels.parts.hidden_changed.connect(lambda _hidden: self.show_mask_colors())
        self.live.state_changed.connect(self.status.set_live)
        self.live.failed.connect(lambda problem: self.report(sentence(problem)))
        self.documents.reported.connect(self.area.message_bar.show_message)
        self.recovery.reported.connect(self.area.message_bar.show_message)
        self.activities.changed.connect(self._show_busy)
        self.documents.weights_dropped.connect(lambda folder: self.use_weights(str(folder)))
        self.area.empty.open_clicked.connect(self.actions_["file.open"].trigger)
        self.area.empty.sample_chosen.connect(lambda path: self.documents.open([path]))
        self.theme.changed.connect(self._apply_theme)
        self.actions_.keys_changed.connect(self._show_keys)

    # What a person chooses.

    def choose_tool(self, name: str) -> None:
        """Use a tool from now on."""
        tool = self.tools[name]
        self.canvas.pointer.set_tool(tool)
        self.options_bar.show_tool(tool)
        action = self.actions_[f"tool.{name}"]
        action.setChecked(True)
        self.status.set_hint(action.statusTip())

    def choose_part(self, part: int) -> None:
        """Paint with a class from now on, and show where it is."""
        session = self.workspace.session
        if session is None:
            return
        if part != session.active_part:
            self._last_parts = (session.active_part, part)
            session.activate_part(part)
        self.canvas.pulse(part)

    def swap_last_parts(self) -> None:
        """Go back to the class painted with before."""
        self.choose_part(self._last_parts[0])

    def choose_view(self, mode: str) -> None:
        """Show the canvas in one of its views."""
        self.canvas.set_mode(mode)
        self.actions_[f"view.{mode}"].setChecked(True)
        self.settings.set("view/mode", mode)

    def show_mask_colors(self) -> None:
        """Give the canvas the colours, opacity and hidden classes of the mask."""
        self.canvas.set_overlay(self.palette_colors, _OVERLAY_OPACITY, self.panels.parts.hidden)

    def use_safe_colors(self, safe: bool) -> None:
        """Show the classes in colours that stay apart with colour-vision deficiencies, or in the dataset's own."""
        self.settings.set("view/safe_colors", safe)
        self.palette_colors = color_table(safe)
        self.show_mask_colors()
        self._apply_theme()

    def offer_recovery(self, crash_log: Path | None) -> None:
        """Offer what the last run left behind: unsaved work, and the log where it crashed."""

        def show() -> None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(crash_log)))

        self.recovery.offer(*(() if crash_log is None else ((tr("Show the log"), show),)))

    # What follows from changes.

    def _document_changed(self) -> None:
        session, target = self.workspace.session, self.workspace.target
        self.area.show_document(session is not None)
        self.status.set_size("" if session is None else f"{session.stack.shape[1]}²")
        for name in handlers.NEED_DOCUMENT:
            self.actions_[name].setEnabled(session is not None)
        for name in handlers.NEED_PHOTO:
            self.actions_[name].setEnabled(target is not None)
        self._history_changed()
        self._active_changed()
        if session is None:
            self.area.empty.setFocus()  # not the search field, which would swallow the keys of tools
        else:
            self.canvas.setFocus()
            self.tour.begin_once()

    def _active_changed(self) -> None:
        session = self.workspace.session
        self.actions_["edit.symmetry"].setChecked(session is not None and session.axis is not None)

    def _history_changed(self) -> None:
        session = self.workspace.session
        self.actions_["edit.undo"].setEnabled(session is not None and session.history.can_undo)
        self.actions_["edit.redo"].setEnabled(session is not None and session.history.can_redo)
        self._show_title()

    def _show_title(self) -> None:
        session = self.workspace.session
        name = document_name(self.workspace)
        self.setWindowTitle(f"{name}[*] — MaskGAN Studio" if name else "MaskGAN Studio")
        self.setWindowModified(session is not None and session.dirty)

    def _show_busy(self, sentence: str) -> None:
        self.status.set_busy(sentence)
        self.area.empty.say(sentence or None)

    def _show_keys(self) -> None:
        self.panels.parts.set_keys({part.index: " ".join(self.actions_.keys(f"part.{part.name}")) for part in PARTS})

    def _apply_theme(self) -> None:
        colors = self.theme.colors
        self.actions_.set_colors(colors)
        self.area.set_colors(colors)
        self.panels.set_colors(colors, self.palette_colors)
        self.options_bar.set_colors(colors, self.palette_colors)

    # Bars, panels, their arrangement.

    def _toolbar(self, name: str, title: str, area: Qt.ToolBarArea) -> QToolBar:
        bar = QToolBar(title, objectName=name, movable=False, iconSize=TOOLBAR_SIZE)
        self.addToolBar(area, bar)
        return bar

    def _restore_layout(self) -> None:
        self.resize(QSize(1440, 900).boundedTo(self.screen().availableSize() * 0.95))
        self.panels.arrange()
        self.restoreGeometry(self.settings.get_bytes("window/geometry"))
        self.restoreState(self.settings.get_bytes("window/state"), _LAYOUT_VERSION)
        mode = self.settings.get("view/mode", "side")
        self.choose_view(mode if f"view.{mode}" in self.actions_.specs else "side")

    # Unsaved work and the end.

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close, unless unsaved work or an export is waited for; the worker ends with what it is doing."""
        if not self._is_settled() or self.closing.defer_close():
            event.ignore()
            return
        self.space.restore()
        self.settings.set_bytes("window/geometry", self.saveGeometry())
        self.settings.set_bytes("window/state", self.saveState(_LAYOUT_VERSION))
        self.settings.sync()
        self.hide()
        self.recovery.close()
        self.stop()
        event.accept()

    def _is_settled(self) -> bool:
        """Whether unsaved work keeps nobody here; where it is saved first, the window closes after that."""
        settled: list[bool] = []
        waiting = False

        def proceed() -> None:
            settled.append(True)
            if waiting:
                QTimer.singleShot(0, self, self.close)  # when the file is handed over

        self.settle_unsaved_work(proceed, lambda: None)
        waiting = True
        return bool(settled)
