"""The Render menu: when to render, with which weights, and fit to photo."""

from __future__ import annotations

from functools import partial

from maskgan_studio.app.actions.spec import Action, Context, has_photo
from maskgan_studio.app.common.i18n import tr
from maskgan_studio.app.common.messages import Message
from maskgan_studio.app.files import dialogs
from maskgan_studio.app.files.file_kinds import detect_file_kind
from maskgan_studio.weights.catalog import user_sets_dir

_render = partial(Action, menu="render")


def _open_weights(context: Context) -> None:
    editor = context.editor
    folder = dialogs.choose_folder(editor.window, tr("Folder of a set of weights"), user_sets_dir())
    if folder is None:
        return
    if detect_file_kind(folder) == "weights":
        editor.worker.use_weights(str(folder))
    else:
        message = tr("“{name}” is no set of weights; choose a folder with a manifest.json in it.", name=folder.name)
        editor.reporter.show(Message(message))


ACTIONS = (
    _render(
        id="render.now",
        text="Render now",
        run=lambda context: context.editor.live.render_now(),
        icon="refresh",
        keys=("F5",),
        toolbar=51,
        tip="Render the present mask at full size",
    ),
    _render(
        id="render.pause",
        text="Pause live rendering",
        toggle=lambda context, on: context.editor.live.set_paused(on),
        icon="pause",
        keys=("F6",),
        toolbar=50,
        tip="Render only on F5",
        checked=lambda context: context.editor.live.paused,
    ),
    _render(
        id="render.fit",
        text="Fit to photo",
        run=lambda context: context.editor.fitting.start("quick"),
        icon="target",
        section=1,
        tip="Let the network learn how this photo looks",
        enabled=has_photo,
    ),
    _render(
        id="render.weights",
        text="Weights from a folder…",
        run=_open_weights,
        section=2,
        tip="Render with a set of weights that `maskgan-studio train` or `weights import` has made",
    ),
)
