"""``evaluate``: what is judged face by face, beside the paper's protocols: finished edits, bare pictures, parsers."""

from __future__ import annotations

import typer

from maskgan_studio.cli.batch import choose_backend
from maskgan_studio.cli.console import progress
from maskgan_studio.cli.evaluate_options import (
    Data,
    FaceCount,
    HeldOut,
    Judge,
    Pairs,
    ParserSets,
    Perceptual,
    Pictures,
    Report,
    Seed,
    SetNames,
    Split,
    SplitName,
)
from maskgan_studio.cli.evaluate_output import tell_results
from maskgan_studio.cli.options import Cluster, Cores, Device, Workers


def add_face_commands(app: typer.Typer) -> None:
    """Add `regrow`, `edits`, `smiles`, `bare` and `parser`."""
    _add_edit_command(
        app, "regrow", "Hair and features painted out and asked back: how much of the distance to the photo is left."
    )
    _add_edit_command(app, "edits", "Eight edits of every face: obedience, traces of what was taken away, woven hair.")
    app.command()(smiles)
    app.command()(bare)
    app.command()(parser)


def _add_edit_command(app: typer.Typer, name: str, summary: str) -> None:
    """Add a command that judges finished edits."""

    @app.command(name, help=summary)
    def run(
        data: Data,
        output: Report,
        weights: SetNames = None,
        count: FaceCount = None,
        seed: Seed = 0,
        split: Split = SplitName.AUTO,
        held_out: HeldOut = 0.0,
        judge: Judge = None,
        perceptual: Perceptual = None,
        pictures: Pictures = 8,
        device: Device = "auto",
        workers: Workers = 1,
        cluster: Cluster = None,
        cores: Cores = 4,
    ) -> None:
        from maskgan_studio.evaluation.experiment import FaceExperiment
        from maskgan_studio.evaluation.run_edits import EditEvaluation, evaluate_edits

        experiment = FaceExperiment(data, split.value, held_out, weights or (), count, seed, device)
        job = EditEvaluation(name, experiment, judge, perceptual)
        left_out: list[str] = []
        backend = choose_backend(workers, cluster, cores)
        tell_results(evaluate_edits(job, output, pictures, progress, left_out, backend), output, left_out)


def smiles(
    data: Data,
    output: Report,
    weights: SetNames = None,
    count: FaceCount = None,
    seed: Seed = 0,
    split: Split = SplitName.AUTO,
    held_out: HeldOut = 0.0,
    pairs: Pairs = None,
    perceptual: Perceptual = None,
    pictures: Pictures = 8,
    device: Device = "auto",
) -> None:
    """A smile drawn by its mask alone, against the same person's real smile in another photo.

    Pairs are target (mouth closed) and source (smiling); without a list dlib looks for people who are there twice.
    """
    from maskgan_studio.evaluation.experiment import FaceExperiment
    from maskgan_studio.evaluation.smiles import evaluate_smiles

    experiment = FaceExperiment(data, split.value, held_out, weights or (), count, seed, device)
    left_out: list[str] = []
    tell_results(evaluate_smiles(experiment, pairs, perceptual, output, pictures, progress, left_out), output, left_out)


def bare(
    data: Data,
    output: Report,
    weights: SetNames = None,
    count: FaceCount = None,
    seed: Seed = 0,
    split: Split = SplitName.AUTO,
    held_out: HeldOut = 0.0,
    perceptual: Perceptual = None,
    pictures: Pictures = 8,
    device: Device = "auto",
) -> None:
    """The network's bare picture: distance to the photo, colours of another person's style, woven hair."""
    from maskgan_studio.evaluation.bare_pictures import evaluate_bare_pictures
    from maskgan_studio.evaluation.experiment import FaceExperiment

    experiment = FaceExperiment(data, split.value, held_out, weights or (), count, seed, device)
    left_out: list[str] = []
    scores = evaluate_bare_pictures(experiment, perceptual, output, pictures, progress, left_out)
    tell_results(scores, output, left_out)


def parser(
    data: Data,
    output: Report,
    weights: ParserSets = None,
    count: FaceCount = None,
    seed: Seed = 0,
    split: Split = SplitName.AUTO,
    held_out: HeldOut = 0.0,
    pictures: Pictures = 8,
    device: Device = "auto",
    workers: Workers = 1,
    cluster: Cluster = None,
    cores: Cores = 4,
) -> None:
    """The parser's masks against the data's own: pixel accuracy, F1 of every part."""
    from maskgan_studio.evaluation.experiment import FaceExperiment
    from maskgan_studio.evaluation.parsing import evaluate_parsers

    experiment = FaceExperiment(data, split.value, held_out, weights or (), count, seed, device)
    left_out: list[str] = []
    backend = choose_backend(workers, cluster, cores)
    tell_results(evaluate_parsers(experiment, output, pictures, progress, left_out, backend), output, left_out)
