"""The main window: puts bars, panels and the canvas around the editor."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QToolBar, QToolButton

from maskgan_studio.app.actions.command_palette import CommandPalette
from maskgan_studio.app.actions.menus import add_dynamic_menus
from maskgan_studio.app.actions.registry import Actions
from maskgan_studio.app.actions.shortcuts_dialog import ShortcutSheet
from maskgan_studio.app.actions.spec import Context
from maskgan_studio.app.actions.view import MODE_KEY
from maskgan_studio.app.canvas.scene import MODES
from maskgan_studio.app.common.i18n import tr
from maskgan_studio.app.common.icons import TOOLBAR_SIZE, icon
from maskgan_studio.app.common.pipeline import AnyPipeline
from maskgan_studio.app.common.settings import Settings
from maskgan_studio.app.common.theme import Theme
from maskgan_studio.app.common.widgets import configure
from maskgan_studio.app.editor import Editor
from maskgan_studio.app.files.drops import drop_hint, dropped_paths
from maskgan_studio.app.files.naming import document_name
from maskgan_studio.app.window.canvas_binding import CanvasBinding
from maskgan_studio.app.window.central_area import CentralArea
from maskgan_studio.app.window.close_guard import CloseGuard
from maskgan_studio.app.window.context_menus import ContextMenus
from maskgan_studio.app.window.docks import DockManager
from maskgan_studio.app.window.drop_hints import PanelHint
from maskgan_studio.app.window.face_selection import FaceSelection
from maskgan_studio.app.window.options_bar import OptionsBar
from maskgan_studio.app.window.palette_sources import list_commands
from maskgan_studio.app.window.screen_mode import ScreenMode
from maskgan_studio.app.window.start import Start
from maskgan_studio.app.window.status_bar import StatusBar
from maskgan_studio.app.window.succession import Succession
from maskgan_studio.app.window.tour import Tour
from maskgan_studio.app.window.tour_steps import make_steps
from maskgan_studio.labels import PARTS

# Counts changes of panels and toolbars; an arrangement saved by another version of them is not restored.
_LAYOUT_VERSION = 3
_NOTICE_MS = 4000


class MainWindow(QMainWindow):
    """The main window around the editor.

    Args:
        make_pipeline, weights, settings: see ``Editor``.
        theme: of the application.
    """

    def __init__(
        self, make_pipeline: Callable[[str], AnyPipeline], weights: str, settings: Settings, theme: Theme
    ) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self.theme, self.make_pipeline = theme, make_pipeline
        self.area = CentralArea(theme.colors)
        self.canvas = self.area.canvas
        self.status = StatusBar()
        self.setCentralWidget(self.area)
        self.setStatusBar(self.status)
        self.setDockOptions(self.dockOptions() | QMainWindow.DockOption.GroupedDragging)
        editor = self.editor = Editor(make_pipeline, weights, settings, self, self._is_at_work)
        self.workspace, self.tools, self.documents, self.live = (
            editor.workspace,
            editor.tools,
            editor.documents,
            editor.live,
        )
        self.binding = CanvasBinding(editor, self.canvas, self)
        self.space = ScreenMode(self, self.canvas)
        self.tour = Tour(self, theme, settings, lambda: make_steps(self), self.area.message_bar)
        self.actions_ = Actions(self, Context(editor, self.canvas, theme, self))
        self.palette_ = CommandPalette(self.actions_, self, lambda: list_commands(editor, self.panels))
        self.menus = self.actions_.fill_menu_bar(self.menuBar())
        self._make_bars()
        self.panels = DockManager(self, editor, self.actions_, theme.colors)
        add_dynamic_menus(editor, self.actions_, self.menus, self.panels.docks.values())
        self.context_menus = ContextMenus(self.actions_, editor, self.canvas, self.panels)
        self.succession = Succession(self)
        PanelHint(self.panels.style, self.area.drop_overlay, tr("Drop to use this photo's style, or this mask."))
        PanelHint(self.panels.batch, self.area.drop_overlay, tr("Drop to do the chosen edit to these photos."))
        self.start = Start(editor, self.area, self)
        self.faces = FaceSelection(editor, self.area, theme.colors, self)
        self.closing = CloseGuard((editor.worker, editor.files), self.area.message_bar, self.close, self)
        self._connect()
        editor.tools.choose("brush")
        self._show_keys()
        self._document_changed()
        self._restore_layout()

    def _make_bars(self) -> None:
        self.actions_.fill_toolbar(self._toolbar("main", tr("Main toolbar"), Qt.ToolBarArea.TopToolBarArea))
        self.addToolBarBreak()
        self.options_bar = OptionsBar(self.workspace, self.editor.mask_colors, self.theme.colors)
        self.options_bar.add_button("freeze", self.actions_["edit.thaw"])
        self.options_bar.add_button("symmetry", self.actions_["edit.symmetry"])
        self.addToolBar(Qt.ToolBarArea.TopToolBarArea, self.options_bar)
        tools = self._toolbar("tools", tr("Tools"), Qt.ToolBarArea.LeftToolBarArea)
        tools.addActions([self.actions_[name] for name in self.actions_ if name.startswith("tool.")])
        self._draw_extensions()

    def _toolbar(self, name: str, title: str, area: Qt.ToolBarArea) -> QToolBar:
        bar = configure(QToolBar(title, movable=False, iconSize=TOOLBAR_SIZE), name=name)
        self.addToolBar(area, bar)
        return bar

    def _connect(self) -> None:
        editor, workspace, area = self.editor, self.workspace, self.area
        workspace.document_about_to_change.connect(area.message_bar.clear)
        workspace.document_changed.connect(self._document_changed)
        workspace.history_changed.connect(self._show_title)
        workspace.saved_changed.connect(self._show_title)
        editor.tools.changed.connect(self._show_tool)
        editor.reporter.reported.connect(area.message_bar.show_message)
        editor.reporter.notified.connect(lambda text: self.status.showMessage(text, _NOTICE_MS))
        editor.activities.changed.connect(self._show_activity)
        editor.live.state_changed.connect(self.status.set_live)
        editor.mask_checks.counted.connect(self._show_flaws)
        self.canvas.failed.connect(editor.reporter.report)
        self.canvas.zoomed.connect(self._show_zoom)
        self.options_bar.accepted.connect(lambda: editor.reporter.attempt(self.tools.active.accept))
        self.options_bar.cancelled.connect(self.canvas.pointer.cancel)
        self.status.flaws.clicked.connect(self.actions_["edit.repair"].trigger)
        area.empty.open_clicked.connect(self.actions_["file.open"].trigger)
        self.theme.changed.connect(self._apply_theme)
        self.actions_.keys_changed.connect(self._show_keys)

    # What actions change of the window.

    def show_network_output(self, bare: bool) -> None:
        """Show the bare output of the network instead of the edit in the photo."""
        self.binding.show_network_output(bare)

    def show_canvas_only(self, alone: bool) -> None:
        """Hide everything but menus, canvas and status bar, or bring it back."""
        self.space.show_canvas_only(alone)

    def show_full_screen(self, full: bool) -> None:
        """Take the whole screen, or go back to a window."""
        self.space.show_full_screen(full)

    def change_language(self) -> None:
        """Show everything in the language of the settings, in a window that takes the place of this one."""
        self.succession.ask()

    def show_panel(self, name: str) -> None:
        """Bring a panel to the front and give it the focus."""
        self.panels.show(name)

    def open_menus(self) -> None:
        """Go to the menus with the keyboard."""
        bar = self.menuBar()
        bar.setFocus(Qt.FocusReason.MenuBarFocusReason)
        bar.setActiveAction(bar.actions()[0])

    def open_command_palette(self) -> None:
        """Find an action by its name."""
        self.palette_.open()

    def open_shortcuts(self) -> None:
        """Show all keys, to be changed."""
        ShortcutSheet(self.actions_, self).show()

    def begin_tour(self) -> None:
        """Show the hints for the first minutes."""
        self.tour.begin()

    # What follows from changes.

    def _document_changed(self) -> None:
        session = self.workspace.session
        self.area.show_document(session is not None)
        self.status.set_size("" if session is None else f"{session.stack.shape[1]}²")
        self._show_title()
        if session is None:
            self.area.empty.setFocus()  # not the search field, which would swallow the keys of tools
        else:
            self.canvas.setFocus()
            self.tour.begin_once()

    def _show_tool(self) -> None:
        tool = self.tools.active
        self.options_bar.show_tool(tool)
        self.status.set_hint(self.actions_[f"tool.{tool.name}"].statusTip())

    def _show_zoom(self, zoom: float) -> None:
        self.status.set_zoom(zoom)
        self.status.set_turn(self.canvas.view.angle, self.canvas.view.mirrored)

    def _show_flaws(self, count: int) -> None:
        self.status.set_flaws(count, " ".join(self.actions_.keys("edit.repair")))

    def _show_title(self) -> None:
        session = self.workspace.session
        name = document_name(self.workspace)
        self.setWindowTitle(f"{name}[*] — MaskGAN Studio" if name else "MaskGAN Studio")
        self.setWindowModified(session is not None and session.dirty)

    def _show_activity(self, sentence: str) -> None:
        self.status.set_busy(sentence)
        self.area.empty.show_text(sentence or None)

    def _show_keys(self) -> None:
        self.panels.parts.set_keys({part.index: " ".join(self.actions_.keys(f"part.{part.name}")) for part in PARTS})

    def _apply_theme(self) -> None:
        for widget in (self.area, self.panels, self.options_bar, self.faces):
            widget.set_colors(self.theme.colors)
        self._draw_extensions()

    def _draw_extensions(self) -> None:
        """The buttons to what a bar has no room for: the style's own arrows are dark on dark."""
        for bar in self.findChildren(QToolBar):
            if (button := bar.findChild(QToolButton, "qt_toolbar_ext_button")) is not None:
                side = "right" if bar.orientation() == Qt.Orientation.Horizontal else "down"
                button.setIcon(icon(f"chevron-double-{side}", self.theme.colors))
                button.setToolTip(tr("More"))

    def _restore_layout(self) -> None:
        settings = self.editor.settings
        self.resize(QSize(1440, 900).boundedTo(self.screen().availableSize() * 0.95))
        self.panels.arrange()
        self.restoreGeometry(settings.get_bytes("window/geometry"))
        self.restoreState(settings.get_bytes("window/state"), _LAYOUT_VERSION)
        mode = settings.get(MODE_KEY, "side")
        self.canvas.set_mode(mode if mode in MODES else "side")

    # Files dropped onto the window.

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Say what dropping would do."""
        paths = dropped_paths(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self.area.drop_overlay.show_text(drop_hint(paths, self.workspace.session is not None))

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Take the sentence away."""
        self.area.drop_overlay.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open what was dropped."""
        self.area.drop_overlay.hide()
        event.acceptProposedAction()
        self.documents.open(dropped_paths(event.mimeData()))

    # Unsaved work and the end.

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close, unless unsaved work or an export is waited for; the worker ends with what it is doing."""
        if not self._is_settled() or self.closing.defer_close():
            event.ignore()
            return
        self.keep_layout()
        self.hide()
        self.editor.recovery.close()
        self.editor.stop()
        event.accept()

    def keep_layout(self) -> None:
        """Remember size and panels for the next window."""
        self.space.restore()
        settings = self.editor.settings
        settings.set_bytes("window/geometry", self.saveGeometry())
        settings.set_bytes("window/state", self.saveState(_LAYOUT_VERSION))
        settings.sync()

    def _is_settled(self) -> bool:
        """Whether the window may close; where work is saved first, it closes after that."""
        settled: list[bool] = []
        waiting = False

        def proceed() -> None:
            settled.append(True)
            if waiting:
                QTimer.singleShot(0, self, self.close)  # when the file is handed over

        self.editor.saving.settle(proceed, lambda: None)
        waiting = True
        return bool(settled)

    def _is_at_work(self) -> bool:
        """Whether the user is in the middle of a stroke, or is being asked something."""
        return self.canvas.pointer.is_dragging or QApplication.activeModalWidget() is not None
