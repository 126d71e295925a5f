"""``data check``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from maskgan_studio.cli.console import print_status, progress
from maskgan_studio.errors import DataError

if TYPE_CHECKING:
    from maskgan_studio.photo.datasets import Source
    from maskgan_studio.training.data.checks import Finding

data_app = typer.Typer(help="Folders of training data.", no_args_is_help=True)
_NAMED = 5


@data_app.callback()
def _group() -> None:
    pass  # keeps `check` a word of its own while it is the only command


@data_app.command()
def check(
    folder: Annotated[str, typer.Argument(metavar="IMAGES[:MASKS]", show_default=False)],
) -> None:
    """Say what is wrong with a folder of training data, a line per file.

    Found are unreadable files, missing masks and masks without image, images that would share a mask, wrong sizes,
    values over 18, colours of no class, softened edges, the other order of labels in circulation, and misspelt, blank
    or missing part files. Exits with 1 where there is anything. Renumbered palettes are noted on stderr alone. Files
    that are no images are passed over.
    """
    from maskgan_studio.photo.datasets import open_source

    source = open_source(folder)
    found = 0
    for finding in _findings(folder, source):
        if finding.is_note:
            print_status(str(finding))
            continue
        found += 1
        typer.echo(finding)
    labelled = sum(sample.labelled for sample in source.samples)
    passed_over = len(source.passed_over)
    others = f", {passed_over} other files passed over" if passed_over else ""
    typer.echo(f"{len(source.samples)} images, {labelled} with masks, {found} problems{others}")
    if passed_over:
        named = ", ".join(file.name for file in source.passed_over[:_NAMED])
        print_status(f"passed over: {named}{', ...' if passed_over > _NAMED else ''}")
    if found:
        raise DataError("{count} problems were found; mend or remove these files.", count=found)


def _findings(folder: str, source: Source) -> Iterator[Finding]:
    from maskgan_studio.training.data.checks import check_parts, check_sample, find_masks_without_image, find_same_names

    expects_mask = any(sample.labelled for sample in source.samples)
    with progress("Checking", len(source.samples)) as step:
        for sample in source.samples:
            step(sample.image.name)
            yield from check_sample(sample, expects_mask)
    yield from find_same_names(source)
    yield from find_masks_without_image(folder, source)
    yield from check_parts(source)
