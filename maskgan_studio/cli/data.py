"""``data check`` and ``data pack``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from maskgan_studio.cli.console import print_status, progress
from maskgan_studio.cli.extras import require_extra
from maskgan_studio.cli.options import OutputFolder
from maskgan_studio.errors import DataError

if TYPE_CHECKING:
    from maskgan_studio.photo.datasets import Source
    from maskgan_studio.training.data.checks import Finding

data_app = typer.Typer(help="Folders and shards of training data.", no_args_is_help=True)
_NAMED = 5

Data = Annotated[str, typer.Argument(metavar="IMAGES[:MASKS]|SHARDS.tar", show_default=False)]


@data_app.command()
def check(
    folder: Data,
) -> None:
    """Say what is wrong with training data, a line per file.

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


@data_app.command()
def pack(
    folder: Data,
    output: OutputFolder,
    per_shard: Annotated[int, typer.Option("--per-shard", min=1, metavar="N", help="Images in a tar file.")] = 1000,
    attributes: Annotated[
        Path | None,
        typer.Option("--attributes", metavar="FILE", help="Table of attributes, if not the data folder's own."),
    ] = None,
) -> None:
    """Write training data as WebDataset tar files, for `train --data 'DIR/{000000..000255}.tar'`.

    DIR/000000.tar, DIR/000001.tar, ... hold each image as it is, its mask as index PNG and its name, split and
    attributes as JSON; DIR/000000.index.json, ... say where in the tar file they lie. Printed is what to give to
    --data. Images that cannot be used are left out and named. Training on the shards sees the same batches as training
    on the folder.
    """
    require_extra("training")
    from maskgan_studio.outputs import check_outputs
    from maskgan_studio.photo.datasets import open_source, with_attributes
    from maskgan_studio.photo.datasets.annotations import find_annotations
    from maskgan_studio.photo.datasets.members import index_file
    from maskgan_studio.photo.datasets.shards import shard_files
    from maskgan_studio.training.data.packing import name_shards, pack_source

    source = open_source(folder)
    if attributes is not None or find_annotations(source.root)[0] is not None:
        source = with_attributes(source, attributes)
    files = name_shards(output, len(source.samples), per_shard)
    read = [file for sample in source.samples for file in sample.files]
    check_outputs([*files, *map(index_file, files)], [*read, *shard_files(source)])
    with progress("Packing", len(source.samples)) as step:
        packed = pack_source(source, output, per_shard, step)
    typer.echo(packed.shards)
    for problem in packed.left_out:
        print_status(f"left out: {problem}")
    if packed.left_out:
        raise DataError("{count} images could not be packed; the others are.", count=len(packed.left_out))


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
