"""``parse`` and ``render``: the editor's own pipeline without its window."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from maskgan_studio.cli.batch import choose_backend, run_batch, select_shard
from maskgan_studio.cli.face import Preset, Remove, Set, read_face_edit, read_part_styles, read_removed
from maskgan_studio.cli.job_lists import list_edit_jobs, list_face_jobs, list_photos, read_pair_jobs
from maskgan_studio.cli.jobs import EditJob, FaceJob, ParseJob, RenderJob
from maskgan_studio.cli.options import (
    Again,
    Aligned,
    Cluster,
    Cores,
    Device,
    FaceNumber,
    Frame,
    OutputFolder,
    Shard,
    Weights,
    Workers,
)
from maskgan_studio.cli.worker import RenderSettings
from maskgan_studio.errors import StudioError
from maskgan_studio.outputs import check_outputs
from maskgan_studio.photo.alignment.frame_width import FrameWidth


class Fit(StrEnum):
    """How thoroughly to fit to a photo."""

    QUICK = "quick"
    FULL = "full"


class ForeignColors(StrEnum):
    """How to read a mask's pixels in colours of no class."""

    REFUSE = "refuse"
    BACKGROUND = "background"
    NEAREST = "nearest"


class SoftEdges(StrEnum):
    """How to read masks whose edges were smoothed."""

    REFUSE = "refuse"
    KEEP = "keep"
    SNAP = "snap"


def parse(
    photos: Annotated[
        list[Path],
        typer.Argument(metavar="PHOTO...", help="Photos of faces, or folders of them.", show_default=False),
    ],
    output: OutputFolder,
    aligned: Aligned = False,
    face: FaceNumber = None,
    frame: Frame = FrameWidth.STANDARD,
    weights: Weights = "studio",
    device: Device = "auto",
    workers: Workers = 1,
    cluster: Cluster = None,
    cores: Cores = 4,
    shard: Shard = None,
    again: Again = False,
) -> None:
    """Find the face of each photo and write its mask and its aligned crop.

    DIR/{stem}.png is the mask (palette PNG, values 0 to 18, 512 x 512), DIR/{stem}.crop.png the crop it belongs to.
    The masks' paths are printed. Of several photos those that are done already are left out.
    """
    _check_frame(aligned, frame)
    backend = choose_backend(workers, cluster, cores)
    every = [ParseJob(photo, output / f"{photo.stem}.png") for photo in list_photos(photos)]
    jobs = select_shard(every, shard)
    _check_outputs(every)
    _make_folder(output)
    render_settings = RenderSettings(weights, device, aligned, _face_index(face), frame=frame)
    run_batch("Parsing", jobs, render_settings, backend, again=again)


def render(
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="OUT.png|DIR", help="Result, or of a batch their folder.")
    ],
    photos: Annotated[list[Path] | None, typer.Argument(metavar="PHOTO...", show_default=False)] = None,
    mask: Annotated[Path | None, typer.Option("--mask", metavar="M.png", help="The edited mask.")] = None,
    target_mask: Annotated[
        Path | None, typer.Option("--target-mask", metavar="T.png", help="The photo's own mask, instead of parsing it.")
    ] = None,
    pairs: Annotated[
        Path | None,
        typer.Option("--pairs", metavar="PAIRS.csv", help="Many at once: columns photo, mask[, target_mask][, name]."),
    ] = None,
    edit: Annotated[
        Path | None,
        typer.Option("--edit", metavar="EDIT.ora", help="Do to each PHOTO what was painted in this project."),
    ] = None,
    settings: Set = None,
    presets: Preset = None,
    remove: Remove = None,
    fit: Annotated[
        Fit | None,
        typer.Option(
            "--fit",
            metavar="[quick|full]",
            help="First let the network learn how each photo looks: in at most a minute, or as well as it can.",
        ),
    ] = None,
    aligned: Aligned = False,
    face: FaceNumber = None,
    frame: Frame = FrameWidth.STANDARD,
    network_output: Annotated[
        bool, typer.Option("--network-output", help="Write the bare 512 x 512 result instead of the edited photo.")
    ] = False,
    label_order: Annotated[
        str | None,
        typer.Option("--label-order", metavar="celebamask|zllrunning", help="How the masks number the parts."),
    ] = None,
    foreign_colors: Annotated[
        ForeignColors,
        typer.Option("--foreign-colors", help="Of pixels of a mask that have the colour of no class."),
    ] = ForeignColors.REFUSE,
    soft_edges: Annotated[
        SoftEdges,
        typer.Option("--soft-edges", help="Of masks that were scaled smoothly: refuse, keep, or snap their edges."),
    ] = SoftEdges.REFUSE,
    device: Device = "auto",
    weights: Weights = "studio",
    workers: Workers = 1,
    cluster: Cluster = None,
    cores: Cores = 4,
    shard: Shard = None,
    again: Again = False,
) -> None:
    """Edit a photo's face by sliders, or re-render it after an edited mask.

    Masks are palette or 8-bit grey PNGs in the frame of the 512 x 512 crop that `parse` writes with the same --frame.
    The edit is laid into the photo at the photo's size. With --pairs, every row becomes DIR/{name}.png; without a name
    column the photo's stem is the name, and paths are relative to the CSV file. With --edit, every photo becomes
    DIR/{its name}: what was painted in the project is carried over to each face. With --set and --preset, which can be
    repeated and need no mask, every face is reshaped by sliders, in the photo's own pixels; with a mask or a project
    they come first, and a mask moves along. --remove takes a part off every face. Of a batch, what is done already is
    left out, unless --set or --remove is given.
    """
    if label_order not in (None, "celebamask", "zllrunning"):
        raise typer.BadParameter("choose celebamask or zllrunning.", param_hint="--label-order")
    _check_frame(aligned, frame)
    backend = choose_backend(workers, cluster, cores)
    words, part_styles = read_part_styles(settings or [])
    face_edit, preset_files = read_face_edit(words, presets or [])
    removed = read_removed(remove or [])
    preset_files = (*preset_files, *(photo for _, photo in part_styles))
    jobs: Sequence[RenderJob | EditJob | FaceJob]
    if pairs is not None:
        if photos or mask is not None or target_mask is not None or edit is not None:
            raise typer.BadParameter("--pairs names photos and masks itself; give no others.", param_hint="--pairs")
        jobs = read_pair_jobs(pairs, output)
    elif edit is not None:
        if not photos or mask is not None or target_mask is not None:
            raise typer.BadParameter("give the PHOTOs to edit, and no masks.", param_hint="--edit")
        if not edit.is_file():
            raise StudioError(f"There is no project {str(edit)!r}.")
        jobs = list_edit_jobs(edit, list_photos(photos), output)
    elif photos and mask is None and target_mask is None and (settings or presets or removed):
        jobs = list_face_jobs(list_photos(photos), preset_files, output)
    elif photos is None or len(photos) != 1 or mask is None:
        message = "give one PHOTO and its --mask, or PHOTOs with --set, --preset or --remove, or --pairs, or --edit."
        raise typer.BadParameter(message, param_hint="render")
    else:
        jobs = [RenderJob(photos[0], mask, target_mask, output)]
    batch = len(jobs) != 1 or jobs[0].results[0] != output
    share = select_shard(jobs, shard)
    _check_outputs(jobs, [*preset_files, *([pairs] if pairs is not None else [])])
    _make_folder(output if batch else output.parent)
    render_settings = RenderSettings(
        weights,
        device,
        aligned,
        _face_index(face),
        network_output,
        label_order,
        foreign_colors.value,
        soft_edges.value,
        fit.value if fit else None,
        face_edit,
        frame,
        part_styles,
        removed,
    )
    # A result does not record its slider values; presets, being files, are compared by their time.
    run_batch("Rendering", share, render_settings, backend, again=again or not batch or bool(settings or removed))


def _check_frame(aligned: bool, frame: FrameWidth) -> None:
    if aligned and frame is FrameWidth.WIDE:
        message = "an aligned photo ends where the standard frame does; leave --frame or --aligned out."
        raise typer.BadParameter(message, param_hint="--frame")


def _face_index(number: int | None) -> int | None:
    return None if number is None else number - 1


def _check_outputs(jobs: Sequence[ParseJob | RenderJob | EditJob | FaceJob], inputs: Sequence[Path] = ()) -> None:
    """Refuse the whole list, all shards of it, where a result would be written over a file that any job reads."""
    results = [path for job in jobs for path in reversed(job.results)]
    check_outputs(results, [*inputs, *(path for job in jobs for path in job.sources)])


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise StudioError(f"{folder} is a file, but results go into a folder: give another place or name.") from None
    except OSError as error:
        raise StudioError(f"The folder {folder} cannot be made ({error.strerror}).") from error
