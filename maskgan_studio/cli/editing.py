"""``edit``: the window."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from maskgan_studio.cli.options import Device, Weights
from maskgan_studio.errors import StudioError


def edit(
    file: Annotated[Path | None, typer.Argument(metavar="[PHOTO|PROJECT]", show_default=False)] = None,
    weights: Weights = "studio",
    device: Device = "auto",
) -> None:
    """Open the editor, with a photo or a project if one is given."""
    if file is not None and not file.exists():
        raise StudioError(f"There is no file {str(file)!r}, nor a command of that name (see maskgan-studio --help).")
    from maskgan_studio.app import main as window

    raise typer.Exit(window.run(file, weights=weights, device=device))
