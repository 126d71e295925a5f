"""What the actions do, where it takes more than one call; connects the action table to the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QMessageBox, QSizePolicy, QToolBar, QWidget

from maskgan_studio import __version__
from maskgan_studio.app import dialogs, edits, exports
from maskgan_studio.app.actions import Actions
from maskgan_studio.app.canvas.view import WHEEL_STEP
from maskgan_studio.app.i18n import tr
from maskgan_studio.app.problems import Problem
from maskgan_studio.app.workspace import Workspace
from maskgan_studio.errors import StudioError

if TYPE_CHECKING:
    from maskgan_studio.app.main_window import MainWindow

_MAIN_TOOLBAR = (
    "file.open file.save - edit.undo edit.redo - view.side view.mask view.split view.result view.difference - "
    "view.show_mask view.fit > file.export_picture"
)

#: Actions that make no sense while nothing is open.
NEED_DOCUMENT = (
    "file.save",
    "file.save_as",
    "file.export_mask",
    "edit.symmetry",
    "edit.grow",
    "edit.shrink",
    "edit.smooth",
    "edit.repair",
)
#: Actions that need a photo as well.
NEED_PHOTO = ("file.export_picture", "file.export_result")


def fill_main_toolbar(bar: QToolBar, actions: Actions) -> None:
    """Put the most used actions into the toolbar; "-" is a line, ">" moves the rest to the right end."""
    for name in _MAIN_TOOLBAR.split():
        if name == "-":
            bar.addSeparator()
        elif name == ">":
            space = QWidget()
            space.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
            bar.addWidget(space)
        else:
            bar.addAction(actions[name])


def connect(window: MainWindow) -> None:
    """Connect every action of the table."""
    actions, canvas, options = window.actions_, window.canvas, window.workspace.options
    handlers: dict[str, Callable[[], object]] = {
        "file.open": lambda: _open(window),
        "file.save": lambda: save(window),
        "file.save_as": lambda: save(window, ask=True),
        "file.export_picture": lambda: _export_picture(window),
        "file.export_result": lambda: _export_result(window),
        "file.export_mask": lambda: _export_mask(window),
        "file.quit": window.close,
        "edit.undo": lambda: _with_session(window, "undo"),
        "edit.redo": lambda: _with_session(window, "redo"),
        "edit.last_parts": window.swap_last_parts,
        "edit.brush_smaller": lambda: options.step_size(-1),
        "edit.brush_larger": lambda: options.step_size(1),
        "edit.symmetry": lambda: edits.toggle_symmetry(window.workspace),
        "edit.grow": lambda: edits.reshape(window.workspace, "grow"),
        "edit.shrink": lambda: edits.reshape(window.workspace, "shrink"),
        "edit.smooth": lambda: edits.reshape(window.workspace, "smooth"),
        "edit.repair": lambda: edits.repair(window.workspace),
        "view.show_mask": lambda: canvas.set_mask_shown(actions["view.show_mask"].isChecked()),
        "view.network": lambda: window.show_network_output(actions["view.network"].isChecked()),
        "view.fit": canvas.fit,
        "view.actual": lambda: canvas.zoom_to(1.0),
        "view.zoom_in": lambda: canvas.zoom_to(canvas.view.scale * WHEEL_STEP**2),
        "view.zoom_out": lambda: canvas.zoom_to(canvas.view.scale / WHEEL_STEP**2),
        "help.about": lambda: _about(window),
    }
    for action_id in actions:
        group, _, name = action_id.partition(".")
        if group == "tool":
            handlers[action_id] = lambda name=name: window.choose_tool(name)
        elif actions.specs[action_id].choice == "view":
            handlers[action_id] = lambda name=name: window.choose_view(name)
    actions.connect_all(handlers)
    actions["view.show_mask"].setChecked(True)


def document_name(workspace: Workspace) -> str:
    """Return what the open document is called, empty when nothing is open."""
    session = workspace.session
    if session is None:
        return ""
    if session.path is not None:
        return session.path.name
    return session.target.name if session.target is not None else tr("mask")


def save(window: MainWindow, ask: bool = False) -> bool:
    """Save the project, asking where if it has no file yet; returns whether it is saved."""
    session = window.workspace.session
    if session is None:
        return False
    path = session.path
    if path is None or ask:
        path = dialogs.file_to_save(window, tr("Save project"), _proposal(window, ".ora"), (".ora",))
    return path is not None and window.documents.save(path)


def _open(window: MainWindow) -> None:
    recent = window.settings.recent_files()
    folder = str(recent[0].parent) if recent else _pictures_folder()
    if paths := dialogs.files_to_open(window, folder):
        window.documents.open(paths)


def _export_picture(window: MainWindow) -> None:
    target = window.workspace.target
    path = _ask_where(window, tr("Export picture"), "edited", (".png", ".jpg", ".webp", ".tif"))
    if path is not None and target is not None:
        window.live.when_full(lambda rendered: _write(window, path, exports.export_picture, target, rendered))


def _export_result(window: MainWindow) -> None:
    path = _ask_where(window, tr("Export network output"), "network", (".png",))
    if path is not None:
        window.live.when_full(lambda rendered: _write(window, path, exports.export_network_output, rendered))


def _export_mask(window: MainWindow) -> None:
    path = _ask_where(window, tr("Export mask"), "mask", (".png",))
    if path is not None:
        _write(window, path, exports.export_mask, window.workspace.session)


def _ask_where(window: MainWindow, title: str, ending: str, suffixes: tuple[str, ...]) -> Path | None:
    return dialogs.file_to_save(window, title, _proposal(window, suffixes[0], ending), suffixes)


def _write(window: MainWindow, path: Path, export: Callable[..., None], *what: object) -> None:
    try:
        export(path, *what)
    except StudioError as problem:
        window.area.error_bar.show_problem(Problem(str(problem)))
    else:
        window.status.showMessage(tr("Saved “{name}”.", name=path.name), 4000)


def _proposal(window: MainWindow, suffix: str, ending: str = "") -> Path:
    recent = window.settings.recent_files()
    folder = recent[0].parent if recent else Path(_pictures_folder())
    stem = Path(document_name(window.workspace)).stem
    return folder / (f"{stem}-{ending}{suffix}" if ending else f"{stem}{suffix}")


def _pictures_folder() -> str:
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)


def _with_session(window: MainWindow, method: str) -> None:
    if window.workspace.session is not None:
        getattr(window.workspace.session, method)()


def _about(window: MainWindow) -> None:
    state = window.live.state
    running = " · ".join(part for part in (state.device, state.weights) if part) or tr("no network loaded yet")
    QMessageBox.about(
        window,
        tr("About MaskGAN Studio"),
        f"<b>MaskGAN Studio {__version__}</b><p>"
        + tr("Paint a portrait's mask and watch a network re-render the face.")
        + f"</p><p>{running}</p>",
    )
