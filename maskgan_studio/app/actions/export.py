"""The export actions: ask where, wait for the full-size result where one is needed, write."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from maskgan_studio.app.common.i18n import sentence, tr
from maskgan_studio.app.editor import EditorWindow
from maskgan_studio.app.files import dialogs, exports
from maskgan_studio.app.files.naming import proposed_path
from maskgan_studio.app.rendering.jobs import Priority
from maskgan_studio.app.rendering.morph_animation import MorphAnimation
from maskgan_studio.errors import StudioError


def picture(window: EditorWindow) -> None:
    """Ask where, and write the edited photo."""
    target = window.workspace.target
    path = _ask_where(window, tr("Export picture"), "edited", (".png", ".jpg", ".webp", ".tif"))
    if path is not None and target is not None:
        marked = _marked(window)
        window.live.request_composite(
            Priority.EXPORT, lambda pixels: _write_aside(window, path, exports.export_picture, target, marked, pixels)
        )


def network_output(window: EditorWindow) -> None:
    """Ask where, and write the network's own picture."""
    path = _ask_where(window, tr("Export network output"), "network", (".png",))
    if path is not None:
        marked = _marked(window)
        window.live.request_result(
            Priority.EXPORT,
            lambda rendered: _write_aside(window, path, exports.export_network_output, marked, rendered.result.image),
        )


def mask(window: EditorWindow) -> None:
    """Ask where, and write the mask."""
    path = _ask_where(window, tr("Export mask"), "mask", (".png",))
    if path is not None:
        _write(window, path, exports.export_mask, window.workspace.session)


def color_mask(window: EditorWindow) -> None:
    """Ask where, and write the mask in the class colours."""
    path = _ask_where(window, tr("Export mask in colour"), "mask-color", (".png",))
    if path is not None:
        _write(window, path, exports.export_color_mask, window.workspace.session)


def parts(window: EditorWindow) -> None:
    """Ask for a folder, and write one mask per part into it."""
    folder = dialogs.existing_folder(
        window, tr("Export one mask per part"), proposed_path(window.workspace, window.settings, "").parent
    )
    if folder is not None:
        _write(window, folder, exports.export_parts, window.workspace.session)


def side_by_side(window: EditorWindow) -> None:
    """Ask where, and write photo, mask and edit in one picture."""
    workspace = window.workspace
    path = _ask_where(window, tr("Export side by side"), "before-after", (".png", ".jpg"))
    if path is not None and workspace.session is not None:
        colors = window.palette_colors[workspace.session.source_mask]
        what = (workspace.target, colors, _marked(window))
        window.live.request_composite(
            Priority.EXPORT, lambda pixels: _write_aside(window, path, exports.export_side_by_side, *what, pixels)
        )


def morph(window: EditorWindow) -> None:
    """Ask where, draw the way from the photo's mask to the edited one on the worker, and write it."""
    path = _ask_where(window, tr("Export morph"), "morph", (".gif", ".mp4"))
    session, target = window.workspace.session, window.workspace.target
    if path is None or session is None or target is None:
        return
    film = MorphAnimation(window.worker, target, window.workspace.style.choice, session.source_mask, window)
    activity = window.activities.begin(tr("Drawing the morph, {percent} %…", percent=0))
    film.progressed.connect(
        lambda share: activity.update(tr("Drawing the morph, {percent} %…", percent=round(100 * share)))
    )
    film.ended.connect(activity.end)
    film.failed.connect(lambda problem: window.report(sentence(problem)))
    film.done.connect(lambda frames: _write_aside(window, path, exports.export_animation, frames))
    film.draw()


def _ask_where(window: EditorWindow, title: str, ending: str, suffixes: tuple[str, ...]) -> Path | None:
    return dialogs.file_to_save(
        window, title, proposed_path(window.workspace, window.settings, suffixes[0], ending), suffixes
    )


def _marked(window: EditorWindow) -> bool:
    """Whether the person wants exported pictures to say that a model took part."""
    return window.actions_["file.mark_ai"].isChecked()


def _write(window: EditorWindow, path: Path, export: Callable[..., None], *what: object) -> None:
    try:
        export(path, *what)
    except StudioError as problem:
        window.report(sentence(problem))
    else:
        window.status.showMessage(tr("Saved “{name}”.", name=path.name), 4000)


def _write_aside(window: EditorWindow, path: Path, export: Callable[..., None], *what: object) -> None:
    """Write what may take long while the window goes on."""
    window.files.submit(
        Priority.EXPORT,
        lambda _nothing: export(path, *what),
        lambda _nothing: window.status.showMessage(tr("Saved “{name}”.", name=path.name), 4000),
        lambda problem: window.report(sentence(problem)),
        window.activities.begin(tr("Writing “{name}”…", name=path.name)).end,
    )
