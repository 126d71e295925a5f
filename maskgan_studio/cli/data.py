"""``data check``."""

from __future__ import annotations

from typing import Annotated

import typer

from maskgan_studio.cli.console import progress
from maskgan_studio.errors import DataError

data_app = typer.Typer(help="Folders of training data.", no_args_is_help=True)


@data_app.callback()
def _group() -> None:
    pass  # keeps `check` a word of its own while it is the only command


@data_app.command()
def check(
    folder: Annotated[str, typer.Argument(metavar="IMAGES[:MASKS]", show_default=False)],
) -> None:
    """Say what is wrong with a folder of training data, a line per file.

    Found are unreadable files, missing masks and masks without image, wrong sizes, values over 18, and the other order
    of labels in circulation. Exits with 1 where there is anything.
    """
    from maskgan_studio.photo.datasets import open_source
    from maskgan_studio.training.data.checks import check_sample, masks_without_image

    source = open_source(folder)
    labelled = sum(sample.labelled for sample in source.samples)
    found = 0
    with progress("Checking", len(source.samples)) as step:
        for sample in source.samples:
            step(sample.image.name)
            for finding in check_sample(sample, expects_mask=labelled > 0):
                found += 1
                typer.echo(finding)
    for finding in masks_without_image(folder, source):
        found += 1
        typer.echo(finding)
    typer.echo(f"{len(source.samples)} images, {labelled} with masks, {found} problems")
    if found:
        raise DataError(f"{found} problems were found; mend or remove these files.")
