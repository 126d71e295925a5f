"""The Help menu."""

from __future__ import annotations

import html
from functools import partial

from PySide6.QtWidgets import QMessageBox

from maskgan_studio import __version__
from maskgan_studio.app.actions.spec import Action, Context
from maskgan_studio.app.common.i18n import tr

_help = partial(Action, menu="help")


def _show_about(context: Context) -> None:
    state = context.editor.live.state
    running = " · ".join(part for part in (state.device, state.weights) if part) or tr("no network loaded yet")
    QMessageBox.about(
        context.editor.window,
        tr("About MaskGAN Studio"),
        f"<b>MaskGAN Studio {__version__}</b><p>"
        + tr("Paint a portrait's mask and watch a network re-render the face.")
        + f"</p><p>{html.escape(running)}</p>",
    )


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
        tip="Five hints for the first minutes",
    ),
    _help(
        id="help.about",
        text="About MaskGAN Studio",
        run=_show_about,
        icon="information-outline",
        section=9,
        tip="Version, device and weights",
    ),
)
