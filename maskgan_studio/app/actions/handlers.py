"""What the actions do, where it takes more than one call; connects the action table to the window."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QMessageBox, QSizePolicy, QToolBar, QWidget

from maskgan_studio import __version__
from maskgan_studio.app.actions import clipboard, edit, export, layers
from maskgan_studio.app.actions.registry import Actions
from maskgan_studio.app.actions.shortcuts_dialog import ShortcutSheet
from maskgan_studio.app.canvas.view import WHEEL_STEP
from maskgan_studio.app.common.i18n import LANGUAGES, tr
from maskgan_studio.app.common.messages import Message
from maskgan_studio.app.controllers.saving import save_document
from maskgan_studio.app.editor import EditorWindow
from maskgan_studio.app.files import dialogs
from maskgan_studio.app.files.file_kinds import kind_of
from maskgan_studio.app.files.naming import pictures_folder
from maskgan_studio.weights.catalog import user_sets_dir

_MAIN_TOOLBAR = (
    "file.open file.save - edit.undo edit.redo - view.side view.mask view.split view.result view.difference - "
    "view.show_mask view.fit - render.pause render.now > help.palette file.export_picture"
)

#: Actions that make no sense while nothing is open.
NEED_DOCUMENT = (
    "file.close",
    "file.save",
    "file.save_as",
    "file.export_mask",
    "file.export_parts",
    "file.export_colors",
    "layer.add",
    "layer.duplicate",
    "layer.merge_down",
    "layer.raise",
    "layer.lower",
    "layer.remove",
    "edit.symmetry",
    "edit.grow",
    "edit.shrink",
    "edit.smooth",
    "edit.repair",
)
#: Actions that need a photo as well.
NEED_PHOTO = (
    "file.export_picture",
    "file.export_result",
    "file.export_pair",
    "file.export_morph",
    "edit.copy",
    "edit.place_face",
    "render.fit",
)


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


def connect(window: EditorWindow, own: dict[str, Callable[[], object]]) -> None:
    """Connect every action of the table.

    Args:
        window: what most of them act on.
        own: what the others do, those that concern bars, panels and tools.
    """
    actions, canvas, options = window.actions_, window.canvas, window.workspace.options
    handlers: dict[str, Callable[[], object]] = {
        "file.open": lambda: _open(window),
        "file.save": lambda: save_document(window, window.workspace, window.documents, window.settings),
        "file.save_as": lambda: save_document(window, window.workspace, window.documents, window.settings, ask=True),
        "file.export_picture": lambda: export.picture(window),
        "file.export_result": lambda: export.network_output(window),
        "file.export_mask": lambda: export.mask(window),
        "file.mark_ai": lambda: window.settings.set("export/mark_ai", actions["file.mark_ai"].isChecked()),
        "file.close": window.close_document,
        "file.quit": window.close,
        "file.export_parts": lambda: export.parts(window),
        "file.export_colors": lambda: export.color_mask(window),
        "file.export_pair": lambda: export.side_by_side(window),
        "file.export_morph": lambda: export.morph(window),
        "edit.copy": lambda: clipboard.copy(window),
        "edit.paste": lambda: clipboard.paste(window),
        "edit.undo": lambda: _with_session(window, "undo"),
        "edit.redo": lambda: _with_session(window, "redo"),
        "edit.brush_smaller": lambda: options.step_size(-1),
        "edit.brush_larger": lambda: options.step_size(1),
        "edit.symmetry": lambda: edit.toggle_symmetry(window.workspace),
        "edit.grow": lambda: edit.reshape(window.workspace, "grow"),
        "edit.shrink": lambda: edit.reshape(window.workspace, "shrink"),
        "edit.smooth": lambda: edit.reshape(window.workspace, "smooth"),
        "edit.repair": lambda: edit.repair(window.workspace),
        "view.show_mask": lambda: canvas.set_mask_shown(actions["view.show_mask"].isChecked()),
        "view.fit": canvas.fit,
        "view.actual": lambda: canvas.zoom_to(1.0),
        "view.zoom_in": lambda: canvas.zoom_to(canvas.view.scale * WHEEL_STEP**2),
        "view.zoom_out": lambda: canvas.zoom_to(canvas.view.scale / WHEEL_STEP**2),
        "render.now": window.live.render_now,
        "edit.place_face": window.documents.place_face,
        "render.weights": lambda: _open_weights(window),
        "render.pause": lambda: window.live.set_paused(actions["render.pause"].isChecked()),
        "help.keys": lambda: ShortcutSheet(actions, window).show(),
        "help.about": lambda: _about(window),
    }
    for action_id in actions:
        group, _, name = action_id.partition(".")
        if group == "theme":
            handlers[action_id] = partial(_choose_theme, window, name)
        elif group == "language":
            handlers[action_id] = partial(_choose_language, window, name)
        elif group == "layer":
            handlers[action_id] = partial(layers.run, window.workspace, name)
    actions.connect_all(handlers | own)
    actions["view.show_mask"].setChecked(True)
    actions["view.safe_colors"].setChecked(window.settings.get("view/safe_colors", False))
    actions["file.mark_ai"].setChecked(window.settings.get("export/mark_ai", True))
    actions[f"theme.{window.theme.choice}"].setChecked(True)
    language = window.settings.get("language", "system")
    actions[f"language.{language if language in LANGUAGES else 'system'}"].setChecked(True)


def _open(window: EditorWindow) -> None:
    recent = window.settings.recent_files()
    folder = str(recent[0].parent) if recent else pictures_folder()
    if paths := dialogs.files_to_open(window, folder):
        window.documents.open(paths)


def _open_weights(window: EditorWindow) -> None:
    folder = dialogs.existing_folder(window, tr("Folder of a set of weights"), user_sets_dir())
    if folder is None:
        return
    if kind_of(folder) == "weights":
        window.use_weights(str(folder))
    else:
        message = tr("“{name}” is no set of weights; choose a folder with a manifest.json in it.", name=folder.name)
        window.report(message)


def _choose_theme(window: EditorWindow, choice: str) -> None:
    window.settings.set("theme", choice)
    window.theme.choose(choice)


def _choose_language(window: EditorWindow, choice: str) -> None:
    window.settings.set("language", choice)
    window.area.message_bar.show_message(Message(tr("The language changes at the next start."), notice=True))


def _with_session(window: EditorWindow, method: str) -> None:
    if window.workspace.session is not None:
        getattr(window.workspace.session, method)()


def _about(window: EditorWindow) -> None:
    state = window.live.state
    running = " · ".join(part for part in (state.device, state.weights) if part) or tr("no network loaded yet")
    QMessageBox.about(
        window,
        tr("About MaskGAN Studio"),
        f"<b>MaskGAN Studio {__version__}</b><p>"
        + tr("Paint a portrait's mask and watch a network re-render the face.")
        + f"</p><p>{running}</p>",
    )
