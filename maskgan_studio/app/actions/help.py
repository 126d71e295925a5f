"""The Help menu."""

from __future__ import annotations

from functools import partial

from maskgan_studio.app.actions.about_dialog import AboutDialog
from maskgan_studio.app.actions.spec import Action, Context

_help = partial(Action, menu="help")


def _show_about(context: Context) -> None:
    AboutDialog(context.editor, context.editor.window).open()


ACTIONS = (
    _help(
        id="help.palette",
        text="Find a command…",
        run=lambda context: context.shell.open_command_palette(),
        icon="magnify",
        keys=("Ctrl+K",),
        toolbar=90,
    ),
    _help(
        id="help.keys",
        text="Keyboard shortcuts…",
        run=lambda context: context.shell.open_shortcuts(),
        icon="keyboard-outline",
        keys=("F1",),
    ),
    _help(
        id="help.tour",
        text="Show the tour",
        run=lambda context: context.shell.begin_tour(),
        icon="map-marker-path",
        section=1,
        tip="What is where, to be tried at once",
    ),
    _help(
        id="help.about",
        text="About MaskGAN Studio",
        run=_show_about,
        icon="information-outline",
        section=9,
        tip="Licence, terms of the weights, versions, folder of the log",
    ),
)
