"""`evaluate regrow` and `evaluate edits`, from their options to the report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from maskgan_studio.batch import Backend
from maskgan_studio.engine import Pipeline
from maskgan_studio.errors import DataError
from maskgan_studio.evaluation.edits import EDIT_PROTOCOLS, EditEvaluator, draw_edits, draw_regrown
from maskgan_studio.evaluation.experiment import FaceExperiment
from maskgan_studio.evaluation.face_pictures import draw_ahead
from maskgan_studio.evaluation.face_report import write_face_report
from maskgan_studio.evaluation.methods import Case, describe_weights
from maskgan_studio.evaluation.metrics import PerceptualDistance
from maskgan_studio.evaluation.pictures import Progress
from maskgan_studio.evaluation.report import Gallery, list_report_files
from maskgan_studio.evaluation.scoring import Scores
from maskgan_studio.outputs import check_outputs
from maskgan_studio.weights import DEFAULT_SET, find_set


@dataclass(frozen=True)
class EditEvaluation:
    """What is edited and what measures.

    Attributes:
        protocol: "regrow" or "edits".
        experiment: which faces are edited with which sets.
        evaluator_set: set whose parser reads the results; the default one where it is None.
        perceptual: file of SqueezeNet 1.0 or VGG-19.
    """

    protocol: str
    experiment: FaceExperiment
    evaluator_set: str | None = None
    perceptual: Path | None = None


def evaluate_edits(
    job: EditEvaluation,
    report: Path,
    gallery: int,
    progress: Progress,
    left_out: list[str],
    backend: Backend | None = None,
) -> dict[str, Scores]:
    """Measure finished edits and write the report, the same as JSON.

    Args:
        job: what is edited and what measures.
        report: the HTML file.
        gallery: number of edits shown in it.
        progress: display.
        left_out: gets a sentence for every face that cannot be read; the rest is measured all the same.
        backend: where faces are edited; by default in this process.

    Raises:
        StudioError: data, weights or files that cannot be used, or the report would replace one of them.
    """
    started = datetime.now(UTC)
    protocol, experiment = EDIT_PROTOCOLS[job.protocol], job.experiment
    regrow = job.protocol == "regrow"
    faces = experiment.open_faces()
    given = [job.perceptual] if job.perceptual is not None else []
    check_outputs(list_report_files(report), [*faces.files, *given])
    if regrow and job.perceptual is None:
        raise DataError("Regrowing is measured by a perceptual distance: give --perceptual.")
    names = experiment.choose_names(protocol, faces)
    pipelines = experiment.open_pipelines()
    evaluator_set = job.evaluator_set or DEFAULT_SET
    parser = None if regrow else Pipeline(evaluator_set, experiment.device)
    perceptual = PerceptualDistance(job.perceptual) if job.perceptual else None
    shown = Gallery(gallery)

    def see(case: Case, results: Mapping[str, np.ndarray]) -> None:
        shown.add(case, dict(results))

    draw = draw_regrown if regrow else draw_edits
    backend = backend or Backend()
    with (
        draw_ahead(experiment, draw, faces, names, pipelines, report.parent, backend, progress) as makers,
        progress(protocol.title, len(names)) as step,
    ):
        evaluator = EditEvaluator(makers, parser, perceptual)
        scores = (evaluator.regrow if regrow else evaluator.edits)(faces, names, see, step)
    left_out += faces.left_out.values()
    measured = {"Result": "the finished picture, the edit laid into the photo, at 512 x 512"}
    if not regrow:
        measured["Obedience"] = f"share of the changed pixels that the parser of '{evaluator_set}' reads as asked for"
        measured["The same places, unedited"] = "share of those pixels whose own class that parser reads in the photo"
        measured["Edge energy"] = "mean gradient where something was taken away, over that of the same part beside it"
        measured["Weave"] = "autocorrelation at 16 pixels above the mean of that at 12 and 20; real hair: -0.014"
    elif perceptual is not None:
        measured["Distance"] = f"perceptual, on {perceptual.network}'s features, over that when painted out"
    sets = experiment.weights or [DEFAULT_SET]
    write_face_report(
        report,
        protocol,
        scores,
        shown,
        faces=faces,
        names=names,
        methods={name: _origin(weights) for name, weights in zip(pipelines, sets, strict=True)},
        judges=measured,
        started=started,
    )
    return scores


def _origin(weights: str) -> str:
    found = find_set(weights)
    completed = "with completion" if found.has("completion") else "without completion"
    return f"rendered with the weights {describe_weights(found)}, {completed}"
