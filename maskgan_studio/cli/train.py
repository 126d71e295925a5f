"""``train``: make the weights."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from maskgan_studio.cli.extras import require_extra
from maskgan_studio.cli.options import Cluster


class StageName(StrEnum):
    """What can be trained."""

    PARSER = "parser"
    MASK_VAE = "mask-vae"
    DMN = "dmn"
    EBST = "ebst"
    COMPLETION = "completion"
    ATTRIBUTES = "attributes"
    ALL = "all"


class OnBadData(StrEnum):
    """What to do about files that cannot be trained on."""

    STOP = "stop"
    SKIP = "skip"
    MEND = "mend"


def train(
    stage: Annotated[StageName, typer.Argument(help="The network or training stage; all: parser to completion.")],
    data: Annotated[
        list[str],
        typer.Option(
            "--data",
            metavar="IMAGES[:MASKS][@WEIGHT]",
            help="CelebAMask-HQ as downloaded, images with index masks, or images alone (our parser labels them); or "
            "'SHARDS/{000000..000255}.tar' as `data pack` writes, or 'pipe:COMMAND' that writes such a file.",
        ),
    ],
    out: Annotated[Path, typer.Option("--out", metavar="RUN", help="Folder of the run.")],
    recipe: Annotated[
        str, typer.Option("--recipe", metavar="NAME|FILE", help="Every number of the training.")
    ] = "studio",
    resume: Annotated[bool, typer.Option("--resume", help="Go on from the last checkpoint in RUN.")] = False,
    init: Annotated[str | None, typer.Option("--init", metavar="SET", help="Start from an exported set.")] = None,
    steps: Annotated[int | None, typer.Option("--steps", min=1, help="Steps of each stage, not the recipe's.")] = None,
    perceptual: Annotated[
        Path | None,
        typer.Option("--perceptual", metavar="FILE", help="Weights of VGG-19 or SqueezeNet for the perceptual loss."),
    ] = None,
    device: Annotated[str, typer.Option("--device", metavar="auto|cpu|cuda", help="Where to train.")] = "auto",
    devices: Annotated[
        str, typer.Option("--devices", metavar="N|auto", help="How many devices or processes.")
    ] = "auto",
    precision: Annotated[
        str | None, typer.Option("--precision", metavar="32-true|bf16-mixed|16-mixed", help="Not the recipe's.")
    ] = None,
    seed: Annotated[
        int | None, typer.Option("--seed", min=0, help="Of every random number, not the recipe's: another network.")
    ] = None,
    memory: Annotated[
        str | None,
        typer.Option(
            "--memory", metavar="SIZE", help="What decoded images may fill: 4G; else a quarter of what is free."
        ),
    ] = None,
    micro_batch: Annotated[
        int | None,
        typer.Option(
            "--micro-batch",
            min=1,
            metavar="N",
            help="dmn, ebst: images in memory at a time. The same gradients in less memory, a third slower.",
        ),
    ] = None,
    compile_networks: Annotated[
        bool,
        typer.Option("--compile", help="Compile the networks by torch.compile first, which takes minutes."),
    ] = False,
    cluster: Cluster = None,
    on_bad_data: Annotated[
        OnBadData,
        typer.Option("--on-bad-data", help="Unusable files: refuse the data, skip them, or mend what masks can be."),
    ] = OnBadData.STOP,
    attributes: Annotated[
        Path | None,
        typer.Option("--attributes", metavar="FILE", help="Table of attributes, if not the data folder's own."),
    ] = None,
) -> None:
    """Train the networks of the paper: a face parser, MaskVAE, DMN (stage I), EBST (Algorithm 1); then completion.

    `attributes` trains the classifiers that `evaluate` judges with, from CelebAMask-HQ's attribute file or from a CSV
    whose columns are file and the attributes (or gender). `all` leaves them out.

    --cluster labels images without masks on a Ray cluster; training itself runs where it is started (or by torchrun).

    RUN gets a folder per stage with checkpoints, sample grids and TensorBoard scalars. `all` ends with a set of
    weights in RUN/weights, for `edit --weights`; `weights export RUN` makes one of any stages.
    """
    require_extra("training")
    if cluster is not None:
        require_extra("cluster")
    from lightning_fabric.utilities import rank_zero_only

    from maskgan_studio.outputs import check_outputs
    from maskgan_studio.training.export.export import export_run
    from maskgan_studio.training.recipe import STAGES
    from maskgan_studio.training.run import Job, train
    from maskgan_studio.weights import find_set

    stages = STAGES if stage is StageName.ALL else (stage.value,)
    if stage is StageName.ALL and init is not None:
        check_outputs([out / "weights"], list(find_set(init).path.iterdir()))
    train(
        Job(
            stages=stages,
            data=data,
            recipe=recipe,
            out=out,
            resume=resume,
            init=init,
            steps=steps,
            perceptual=perceptual,
            device=device,
            devices=devices,
            precision=precision,
            on_bad_data=on_bad_data.value,
            attributes=attributes,
            seed=seed,
            memory=memory,
            cluster=cluster,
            micro_batch=micro_batch,
            compile=compile_networks,
        )
    )
    if stage is StageName.ALL and getattr(rank_zero_only, "rank", 0) == 0:
        typer.echo(export_run(out, out / "weights", out.resolve().name).path)
