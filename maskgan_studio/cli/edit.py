"""``edit``: the window."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from maskgan_studio.cli.options import Device, Weights
from maskgan_studio.errors import StudioError


def edit(
    files: Annotated[list[Path] | None, typer.Argument(metavar="[PHOTO|PROJECT]...", show_default=False)] = None,
    weights: Weights = "studio",
    device: Device = "auto",
    new_window: Annotated[
        bool, typer.Option("--new-window", help="Open a window of its own, even where one is open.")
    ] = False,
) -> None:
    """Open the editor, with a photo or a project if one is given; an open window takes them over."""
    for file in files or []:
        if not file.exists():
            raise StudioError(f"There is no file {str(file)!r}, nor a command of that name (see --help).")
    from maskgan_studio.app import run

    raise typer.Exit(run(files or [], weights=weights, device=device, new_window=new_window))
