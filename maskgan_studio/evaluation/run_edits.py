"""`evaluate regrow` and `evaluate edits`, from their options to the report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from maskgan_studio import __version__
from maskgan_studio.engine import Pipeline
from maskgan_studio.evaluation.edits import EDIT_PROTOCOLS, EditEvaluator
from maskgan_studio.evaluation.faces import Faces
from maskgan_studio.evaluation.methods import Case, describe_weights, open_pipelines
from maskgan_studio.evaluation.metrics import PerceptualDistance
from maskgan_studio.evaluation.pictures import Progress
from maskgan_studio.evaluation.provenance import describe_command, describe_faces
from maskgan_studio.evaluation.report import Facts, Gallery, list_report_files, make_section, write_report
from maskgan_studio.evaluation.scoring import Scores
from maskgan_studio.outputs import check_outputs
from maskgan_studio.weights import DEFAULT_SET, find_set


@dataclass(frozen=True)
class EditEvaluation:
    """What is edited and what measures.

    Attributes:
        protocol: "regrow" or "edits".
        data, split, held_out: see :class:`Faces`.
        weights: sets to edit with; the default set where none is given.
        count: number of faces; None for all.
        seed: chooses them.
        evaluator_set: set whose parser reads the results; the default one where it is None.
        perceptual: file of SqueezeNet 1.0 or VGG-19.
        device: where the networks run.
    """

    protocol: str
    data: str
    split: str = "auto"
    held_out: float = 0.0
    weights: Sequence[str] = ()
    count: int | None = None
    seed: int = 0
    evaluator_set: str | None = None
    perceptual: Path | None = None
    device: str = "auto"


def evaluate_edits(job: EditEvaluation, report: Path, gallery: int, progress: Progress) -> dict[str, Scores]:
    """Measure finished edits and write the report, the same as JSON.

    Args:
        job: what is edited and what measures.
        report: the HTML file.
        gallery: number of edits shown in it.
        progress: display.

    Raises:
        StudioError: data, weights or files that cannot be used, or the report would replace one of them.
    """
    started = datetime.now(UTC).isoformat(timespec="seconds")
    protocol = EDIT_PROTOCOLS[job.protocol]
    faces = Faces(job.data, job.split, job.held_out)
    given = [job.perceptual] if job.perceptual is not None else []
    check_outputs(list_report_files(report), [*faces.files, *given])
    names = [pair.target for pair in protocol.pairs(faces, job.count, job.seed)]
    pipelines = open_pipelines(job.weights, job.device)
    evaluator_set = job.evaluator_set or DEFAULT_SET
    evaluator = EditEvaluator(
        pipelines,
        Pipeline(evaluator_set, job.device) if job.protocol == "edits" else None,
        PerceptualDistance(job.perceptual) if job.perceptual else None,
    )
    shown = Gallery(gallery)

    def see(case: Case, results: Mapping[str, np.ndarray]) -> None:
        shown.add(case, dict(results))

    with progress(protocol.title, len(names)) as step:
        run = evaluator.regrow if job.protocol == "regrow" else evaluator.edits
        scores = run(faces, names, see, step)
    measured = {"Result": "the finished picture, the edit laid into the photo, at 512 x 512"}
    if job.protocol == "edits":
        measured["Obedience"] = f"share of the changed pixels that the parser of '{evaluator_set}' reads as asked for"
        measured["Edge energy"] = "mean gradient where something was taken away, over that of the same part beside it"
        measured["Weave"] = "autocorrelation at 16 pixels above the mean of that at 12 and 20; real hair: -0.014"
    elif evaluator.perceptual is not None:
        measured["Distance"] = f"perceptual, on {evaluator.perceptual.network}'s features, over that when painted out"
    facts = Facts(
        command=describe_command(),
        data=describe_faces(faces),
        pairs=f"{len(names)} faces",
        methods={name: _origin(weights) for name, weights in zip(pipelines, job.weights or [DEFAULT_SET], strict=True)},
        judges=measured,
        missing=[],
        notes=[],
        started=started,
        version=__version__,
    )
    write_report(report, [make_section(protocol, scores, facts, shown, {})])
    return scores


def _origin(weights: str) -> str:
    found = find_set(weights)
    completed = "with completion" if found.has("completion") else "without completion"
    return f"rendered with the weights {describe_weights(found)}, {completed}"
