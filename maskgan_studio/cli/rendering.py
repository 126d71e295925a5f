"""``parse`` and ``render``: the editor's own pipeline without its window."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from maskgan_studio.cli.console import run_batch
from maskgan_studio.cli.options import Aligned, Device, OutputFolder, Weights
from maskgan_studio.errors import StudioError

if TYPE_CHECKING:
    import numpy as np

    from maskgan_studio.engine import Pipeline, Target


def parse(
    photos: Annotated[list[Path], typer.Argument(metavar="PHOTO...", help="Photos of faces.", show_default=False)],
    output: OutputFolder,
    aligned: Aligned = False,
    weights: Weights = "studio",
    device: Device = "auto",
) -> None:
    """Find the face of each photo and write its mask and its aligned crop.

    DIR/{stem}.png is the mask (palette PNG, values 0 to 18, 512 x 512), DIR/{stem}.crop.png the crop it belongs to.
    The masks' paths are printed.
    """
    stems = [photo.stem for photo in photos]
    twice = sorted({stem for stem in stems if stems.count(stem) > 1})
    if twice:
        raise StudioError(f"Several photos would become {output / twice[0]}.png: parse them into different folders.")
    from maskgan_studio.engine import Pipeline
    from maskgan_studio.photo.loading import load_photo
    from maskgan_studio.photo.masks import save_mask
    from maskgan_studio.photo.saving import save_photo

    pipeline = Pipeline(weights, device)
    _make_folder(output)

    def work(path: Path) -> None:
        target = pipeline.prepare(load_photo(path), aligned=aligned)
        save_photo(output / f"{path.stem}.crop.png", target.crop)
        save_mask(output / f"{path.stem}.png", target.mask)
        typer.echo(output / f"{path.stem}.png")

    run_batch("Parsing", photos, str, work)


def render(
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="OUT.png|DIR", help="Result, or with --pairs their folder.")
    ],
    photo: Annotated[Path | None, typer.Argument(metavar="PHOTO", show_default=False)] = None,
    mask: Annotated[Path | None, typer.Option("--mask", metavar="M.png", help="The edited mask.")] = None,
    target_mask: Annotated[
        Path | None, typer.Option("--target-mask", metavar="T.png", help="The photo's own mask, instead of parsing it.")
    ] = None,
    pairs: Annotated[
        Path | None,
        typer.Option("--pairs", metavar="PAIRS.csv", help="Many at once: columns photo, mask[, target_mask][, name]."),
    ] = None,
    aligned: Aligned = False,
    network_output: Annotated[
        bool, typer.Option("--network-output", help="Write the bare 512 x 512 result instead of the edited photo.")
    ] = False,
    label_order: Annotated[
        str | None,
        typer.Option("--label-order", metavar="celebamask|zllrunning", help="How the masks number the parts."),
    ] = None,
    device: Device = "auto",
    weights: Weights = "studio",
) -> None:
    """Re-render a photo's face after an edited mask.

    Masks are palette or 8-bit grey PNGs in the frame of the 512 x 512 crop that `parse` writes. The edit is laid into
    the photo at the photo's size. With --pairs, every row becomes DIR/{name}.png; without a name column the photo's
    stem is the name, and paths are relative to the CSV file.
    """
    if label_order not in (None, "celebamask", "zllrunning"):
        raise typer.BadParameter("choose celebamask or zllrunning.", param_hint="--label-order")
    if pairs is not None:
        if photo is not None or mask is not None or target_mask is not None:
            raise typer.BadParameter("--pairs names photos and masks itself; give no others.", param_hint="--pairs")
        jobs = _read_pairs(pairs, output)
    elif photo is None or mask is None:
        raise typer.BadParameter("give a PHOTO and its --mask, or --pairs.", param_hint="render")
    else:
        jobs = [RenderJob(photo, mask, target_mask, output)]
    from maskgan_studio.engine import Pipeline

    worker = _RenderWorker(Pipeline(weights, device), aligned, network_output, label_order)
    _make_folder(output if pairs is not None else output.parent)
    run_batch("Rendering", jobs, lambda job: str(job.output), worker.run)


@dataclass(frozen=True)
class RenderJob:
    """One picture to be made: the photo, its edited mask, its own mask where one is given, and where it goes."""

    photo: Path
    mask: Path
    target_mask: Path | None
    output: Path


class _RenderWorker:
    """Renders jobs one after the other; a photo that comes again at once is not prepared again."""

    def __init__(self, pipeline: Pipeline, aligned: bool, network_output: bool, label_order: str | None) -> None:
        self._pipeline = pipeline
        self._aligned = aligned
        self._network_output = network_output
        self._label_order = label_order
        self._last: tuple[tuple[Path, Path | None], Target] | None = None

    def run(self, job: RenderJob) -> None:
        from maskgan_studio.photo.saving import save_photo

        source_mask = self._mask(job.mask)
        target = self._prepare(job.photo, job.target_mask)
        result = self._pipeline.render(source_mask, self._pipeline.style(target))
        if self._network_output:
            save_photo(job.output, result)
        else:
            save_photo(job.output, self._pipeline.composite(target, source_mask, result), target.photo)
        typer.echo(job.output)

    def _prepare(self, photo: Path, target_mask: Path | None) -> Target:
        from maskgan_studio.photo.loading import load_photo

        key = (photo, target_mask)
        if self._last is None or self._last[0] != key:
            mask = self._mask(target_mask) if target_mask else None
            self._last = (key, self._pipeline.prepare(load_photo(photo), aligned=self._aligned, mask=mask))
        return self._last[1]

    def _mask(self, path: Path) -> np.ndarray:
        from maskgan_studio.photo.masks import load_mask

        return load_mask(path, order=self._label_order)


def _read_pairs(table: Path, folder: Path) -> list[RenderJob]:
    try:
        with table.open(newline="", encoding="utf-8-sig") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise StudioError(f"{table} cannot be read as a table of pairs ({error}).") from error
    if not rows:
        raise StudioError(f"{table} holds no pairs: it needs a header with photo and mask, and a row per picture.")
    jobs = []
    for number, row in enumerate(rows, start=2):
        photo, mask = row.get("photo"), row.get("mask")
        if not photo or not mask:
            raise StudioError(f"{table}, line {number}: photo and mask are both needed.")
        name = row.get("name") or Path(photo).stem
        if Path(name).name != name:
            raise StudioError(f"{table}, line {number}: the name {name!r} must not name a folder.")
        own = row.get("target_mask")
        jobs.append(
            RenderJob(
                photo=_beside(table, photo),
                mask=_beside(table, mask),
                target_mask=_beside(table, own) if own else None,
                output=folder / f"{name}.png",
            )
        )
    outputs = [job.output for job in jobs]
    twice = sorted({path.name for path in outputs if outputs.count(path) > 1})
    if twice:
        raise StudioError(f"{table}: several rows would become {twice[0]}; give each row a name of its own.")
    return jobs


def _beside(table: Path, name: str) -> Path:
    """A path of the table: relative to the table's folder, or to the current one where it is only found there."""
    path = table.parent / name
    return Path(name) if not path.exists() and Path(name).exists() else path


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StudioError(f"The folder {folder} cannot be made ({error.strerror}).") from error
