"""The tree of commands."""

from __future__ import annotations

from typing import Annotated

import typer

from maskgan_studio import __version__
from maskgan_studio.cli import data, desktop, doctor, edit, evaluate, face, plugins, render, train, weights
from maskgan_studio.cli.bench import command

app = typer.Typer(
    help="Paint a portrait's face mask and watch a neural network re-render the face; train every network it ships.",
    epilog="A photo or a project as the only argument, or none at all, opens the editor.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _print_version(enabled: bool) -> None:
    if enabled:
        typer.echo(f"maskgan-studio {__version__}")
        raise typer.Exit()


@app.callback()
def _global_options(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error; works in any place.")] = False,
) -> None:
    pass  # --debug is taken out of the words before they are parsed (see main)


app.command()(edit.edit)
app.command()(render.parse)
app.command()(render.render)
app.command()(face.sliders)
app.command()(train.train)
app.add_typer(data.data_app, name="data")
app.add_typer(evaluate.evaluate_app, name="evaluate")
app.add_typer(weights.weights_app, name="weights")
app.add_typer(desktop.desktop_app, name="desktop")
app.add_typer(plugins.plugins_app, name="plugins")
app.command()(doctor.doctor)
app.command()(command.bench)


def command_names() -> set[str]:
    """Names of all commands and groups at the first level."""
    commands = {command.callback.__name__ for command in app.registered_commands if command.callback}
    return commands | {str(group.name) for group in app.registered_groups}
