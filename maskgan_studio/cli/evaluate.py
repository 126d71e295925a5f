"""``evaluate``: the experiments of the paper's section 5."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from maskgan_studio.cli.batch import choose_backend
from maskgan_studio.cli.console import progress
from maskgan_studio.cli.evaluate_faces import add_face_commands
from maskgan_studio.cli.evaluate_options import (
    Answers,
    ArcFaceFile,
    Attributes,
    Count,
    Data,
    HeldOut,
    Inception,
    Include,
    Judge,
    Notes,
    Pairs,
    Perceptual,
    Pictures,
    ProtocolName,
    Report,
    Results,
    Seed,
    SetNames,
    Size,
    Split,
    SplitName,
)
from maskgan_studio.cli.evaluate_output import name_left_out, print_scores, tell_results
from maskgan_studio.cli.extras import require_extra
from maskgan_studio.cli.options import Cluster, Cores, Device, Workers

evaluate_app = typer.Typer(help="The paper's experiments: protocols, survey, report.", no_args_is_help=True)


@evaluate_app.callback()
def _need_libraries() -> None:
    require_extra("evaluation")


def _command(protocol: ProtocolName, summary: str) -> None:
    """Add the command of a protocol; all have the same options."""

    @evaluate_app.command(protocol.value, help=summary)
    def run(
        data: Data,
        output: Report,
        weights: SetNames = None,
        results: Results = None,
        pairs: Pairs = None,
        count: Count = None,
        seed: Seed = 0,
        split: Split = SplitName.AUTO,
        held_out: HeldOut = 0.0,
        attributes: Attributes = None,
        judge: Judge = None,
        perceptual: Perceptual = None,
        inception: Inception = None,
        arcface: ArcFaceFile = None,
        answers: Answers = None,
        pictures: Pictures = 8,
        size: Size = 512,
        notes: Notes = None,
        device: Device = "auto",
        workers: Workers = 1,
        cluster: Cluster = None,
        cores: Cores = 4,
    ) -> None:
        from maskgan_studio.evaluation.experiment import Experiment
        from maskgan_studio.evaluation.run import evaluate
        from maskgan_studio.evaluation.scoring import EvaluatorFiles

        experiment = Experiment(
            protocol.value,
            data,
            split.value,
            held_out,
            attributes,
            weights or (),
            results or (),
            pairs,
            count,
            seed,
            device,
            size,
            notes or (),
        )
        files = EvaluatorFiles(judge, perceptual, inception, arcface, device)
        left_out: list[str] = []
        scores = evaluate(
            experiment,
            files,
            output,
            gallery=pictures,
            answers=answers or (),
            progress=progress,
            left_out=left_out,
            backend=choose_backend(workers, cluster, cores),
        )
        tell_results(scores, output, left_out)


_command(ProtocolName.RECONSTRUCTION, "Photos from their own mask and style: PSNR, SSIM, perceptual distance.")
_command(ProtocolName.ATTRIBUTE_TRANSFER, "Smiling: mouth and lips of a face of similar pose (table 2).")
_command(ProtocolName.STYLE_COPY, "Every face's shape in another face's style (table 3).")
_command(ProtocolName.IDENTITY, "Is an edited face still the same person (table 4)?")
_command(
    ProtocolName.SWAPPED_MASKS, "Faces in the shape of another of similar pose: is their mask read as well as photos'?"
)


add_face_commands(evaluate_app)


@evaluate_app.command("all")
def all_protocols(
    data: Data,
    output: Report,
    weights: SetNames = None,
    count: Count = None,
    seed: Seed = 0,
    split: Split = SplitName.AUTO,
    held_out: HeldOut = 0.0,
    attributes: Attributes = None,
    judge: Judge = None,
    perceptual: Perceptual = None,
    inception: Inception = None,
    arcface: ArcFaceFile = None,
    include: Include = None,
    pictures: Pictures = 4,
    size: Size = 512,
    notes: Notes = None,
    device: Device = "auto",
    workers: Workers = 1,
    cluster: Cluster = None,
    cores: Cores = 4,
) -> None:
    """Reconstruction, attribute transfer, style copy and identity, in one report."""
    from maskgan_studio.evaluation.experiment import Experiment
    from maskgan_studio.evaluation.run import PAPER_PROTOCOLS, evaluate_all
    from maskgan_studio.evaluation.scoring import EvaluatorFiles

    experiment = Experiment(
        PAPER_PROTOCOLS[0],
        data,
        split.value,
        held_out,
        attributes,
        weights or (),
        count=count,
        seed=seed,
        device=device,
        size=size,
        notes=notes or (),
    )
    files = EvaluatorFiles(judge, perceptual, inception, arcface, device)
    left_out: list[str] = []
    found = evaluate_all(
        experiment,
        files,
        output,
        include=include or (),
        gallery=pictures,
        progress=progress,
        left_out=left_out,
        backend=choose_backend(workers, cluster, cores),
    )
    for protocol, scores in found.items():
        print_scores(scores, f"{protocol}, ")
    typer.echo(output)
    name_left_out(left_out)


@evaluate_app.command()
def survey(
    data: Annotated[str | None, typer.Option("--data", metavar="DIR[:MASKS]", help="As for the protocols.")] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="The page; with --tally a JSON file.")
    ] = None,
    tally: Annotated[
        list[Path] | None, typer.Option("--tally", metavar="CSV", help="Count these answers instead; several.")
    ] = None,
    protocol: Annotated[ProtocolName, typer.Option("--protocol", help="What is shown.")] = ProtocolName.STYLE_COPY,
    weights: SetNames = None,
    results: Results = None,
    pairs: Pairs = None,
    count: Count = 20,
    seed: Seed = 0,
    split: Split = SplitName.AUTO,
    held_out: HeldOut = 0.0,
    device: Device = "auto",
    workers: Workers = 1,
    cluster: Cluster = None,
    cores: Cores = 4,
) -> None:
    """Make a page on which people choose the best of several methods' images; --tally counts what they chose."""
    from maskgan_studio.evaluation.experiment import Experiment
    from maskgan_studio.evaluation.report import write_text
    from maskgan_studio.evaluation.run import make_survey
    from maskgan_studio.evaluation.survey import tally as count_choices
    from maskgan_studio.outputs import check_outputs

    if tally:
        check_outputs([output] if output is not None else [], tally)
        choices = count_choices(tally)
        for name, estimate in choices.items():
            typer.echo(
                f"{name}: {estimate.value:.1f} % of {estimate.count} ({estimate.low:.1f} to {estimate.high:.1f})"
            )
        if output is not None:
            write_text(output, json.dumps({name: asdict(estimate) for name, estimate in choices.items()}, indent=1))
        return
    if data is None or output is None:
        raise typer.BadParameter("give --data and -o for a page, or --tally CSV.", param_hint="survey")
    experiment = Experiment(
        protocol.value, data, split.value, held_out, None, weights or (), results or (), pairs, count, seed, device
    )
    make_survey(experiment, output, progress, choose_backend(workers, cluster, cores))
    typer.echo(output)
