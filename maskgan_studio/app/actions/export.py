"""The export actions: ask where, wait for the full-size result where one is needed, write."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from maskgan_studio.app.actions.export_dialog import MARK_KEY, choose_export
from maskgan_studio.app.actions.morph_dialog import choose_morph_options
from maskgan_studio.app.common.i18n import tr
from maskgan_studio.app.editor import Editor
from maskgan_studio.app.files import dialogs, exports
from maskgan_studio.app.files.export_plan import Material, write_export
from maskgan_studio.app.files.naming import propose_path
from maskgan_studio.app.rendering.jobs import Priority
from maskgan_studio.app.rendering.morph import snapshot_stack
from maskgan_studio.app.rendering.morph_animation import MorphAnimation
from maskgan_studio.labels import color_table
from maskgan_studio.outputs import check_outputs


def picture(editor: Editor) -> None:
    """Ask what, how and where, and write it."""
    plan = choose_export(editor) if editor.workspace.target is not None else None
    if plan is None:
        return
    if plan.kind == "film":
        morph(editor)
        return
    ending = {"photo": "edited", "face": "face", "pair": "before-after", "color-mask": "mask-color"}
    path = _ask_where(editor, tr("Export"), ending.get(plan.kind, plan.kind), (plan.suffix,))
    target, session = editor.workspace.target, editor.workspace.session
    if path is None or target is None or session is None:
        return
    what = (target, session.stack.moved_photo, session.source_mask)

    def write(pixels: np.ndarray) -> None:
        _write_aside(editor, path, write_export, plan, Material(*what, pixels))

    editor.live.request_composite(Priority.EXPORT, write)


def network_output(editor: Editor) -> None:
    """Ask where, and write the network's own image."""
    path = _ask_where(editor, tr("Export network output"), "network", (".png",))
    if path is not None:
        marked = _marked(editor)
        editor.live.request_result(
            Priority.EXPORT,
            lambda rendered: _write_aside(editor, path, exports.export_network_output, marked, rendered.result.image),
        )


def mask(editor: Editor) -> None:
    """Ask where, and write the mask."""
    path = _ask_where(editor, tr("Export mask"), "mask", (".png",))
    if path is not None:
        _write(editor, path, exports.export_mask, editor.workspace.session)


def color_mask(editor: Editor) -> None:
    """Ask where, and write the mask in the class colours."""
    path = _ask_where(editor, tr("Export mask in colour"), "mask-color", (".png",))
    if path is not None:
        _write(editor, path, exports.export_color_mask, editor.workspace.session)


def parts(editor: Editor) -> None:
    """Ask for a folder, and write one mask per part into it."""
    folder = dialogs.choose_folder(
        editor.window, tr("Export one mask per part"), propose_path(editor.workspace, editor.settings, "").parent
    )
    if folder is not None and _is_free(editor, *exports.part_files(folder)):
        _write(editor, folder, exports.export_parts, editor.workspace.session)


def side_by_side(editor: Editor) -> None:
    """Ask where, and write photo, mask and edit in one image."""
    workspace = editor.workspace
    path = _ask_where(editor, tr("Export side by side"), "before-after", (".png", ".jpg"))
    if path is not None and workspace.session is not None:
        colors = color_table(editor.mask_colors.are_safe)[workspace.session.source_mask]
        what = (workspace.target, colors, _marked(editor))
        editor.live.request_composite(
            Priority.EXPORT, lambda pixels: _write_aside(editor, path, exports.export_side_by_side, *what, pixels)
        )


def morph(editor: Editor) -> None:
    """Ask how and where, draw the way from the photo to its edit on the worker, and write it."""
    session, target = editor.workspace.session, editor.workspace.target
    if session is None or target is None:
        return
    if (options := choose_morph_options(editor.window)) is None:
        return
    others = sorted({".gif", ".mp4", ".webp"} - {options.suffix})  # by typing the ending
    if (path := _ask_where(editor, tr("Export morph"), "morph", (options.suffix, *others))) is None:
        return
    stack, choice = snapshot_stack(session.stack), editor.workspace.style.choice
    animation = MorphAnimation(editor.worker, target, choice, stack, options, editor.live.others, editor)
    activity = editor.activities.begin(tr("Drawing the morph, {percent} %…", percent=0))
    animation.progressed.connect(
        lambda share: activity.update(tr("Drawing the morph, {percent} %…", percent=round(100 * share)))
    )
    animation.ended.connect(activity.end)
    animation.failed.connect(editor.reporter.report)
    rate = options.frames_per_second
    animation.done.connect(lambda frames: _write_aside(editor, path, exports.export_animation, frames, rate))
    animation.draw()


def _ask_where(editor: Editor, title: str, ending: str, suffixes: tuple[str, ...]) -> Path | None:
    path = dialogs.choose_save_path(
        editor.window, title, propose_path(editor.workspace, editor.settings, suffixes[0], ending), suffixes
    )
    return path if path is not None and _is_free(editor, path) else None


def _is_free(editor: Editor, *outputs: Path) -> bool:
    """Whether no export would be written over a file that is open; else the message bar says so."""
    workspace = editor.workspace
    targets = (workspace.target, workspace.style.reference)
    inputs = [target.photo.path for target in targets if target is not None and target.photo.path is not None]
    if workspace.session is not None and workspace.session.path is not None:
        inputs.append(workspace.session.path)
    return editor.reporter.attempt(check_outputs, outputs, inputs)


def _marked(editor: Editor) -> bool:
    """Whether exported images are marked as made with AI."""
    return editor.settings.get(MARK_KEY, True)


def _write(editor: Editor, path: Path, export: Callable[..., None], *what: object) -> None:
    if editor.reporter.attempt(export, path, *what):
        editor.reporter.notified.emit(tr("Saved “{name}”.", name=path.name))


def _write_aside(editor: Editor, path: Path, export: Callable[..., None], *what: object) -> None:
    """Write a file on the writer's thread."""
    editor.files.submit(
        Priority.EXPORT,
        lambda _nothing: export(path, *what),
        lambda _nothing: editor.reporter.notified.emit(tr("Saved “{name}”.", name=path.name)),
        editor.reporter.report,
        editor.activities.begin(tr("Writing “{name}”…", name=path.name)).end,
    )
