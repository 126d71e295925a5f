"""One evaluation from its options to its report."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from maskgan_studio import __version__
from maskgan_studio.batch import Backend
from maskgan_studio.evaluation.bootstrap import Estimate
from maskgan_studio.evaluation.experiment import Experiment
from maskgan_studio.evaluation.faces import Faces
from maskgan_studio.evaluation.pair_masks import name_masks, write_pairs_and_masks
from maskgan_studio.evaluation.pairs import Pair, write_pairs
from maskgan_studio.evaluation.pictures import Progress, render_ahead
from maskgan_studio.evaluation.protocols import Protocol
from maskgan_studio.evaluation.provenance import (
    describe_command,
    describe_evaluators,
    describe_faces,
    describe_left_out,
)
from maskgan_studio.evaluation.report import (
    Facts,
    Gallery,
    Section,
    list_report_files,
    make_section,
    read_sections,
    write_report,
)
from maskgan_studio.evaluation.scoring import EvaluatorFiles, Evaluators, Scores, choose_evaluator_set, score
from maskgan_studio.evaluation.survey import tally, write_survey
from maskgan_studio.outputs import check_outputs
from maskgan_studio.weights import DEFAULT_SET

_NO_SURVEY = "Human evaluation: make a page with `evaluate survey` and give its answers with --survey."
#: The protocols that `evaluate all` runs.
PAPER_PROTOCOLS = ("reconstruction", "attribute-transfer", "style-copy", "identity")


def evaluate(
    experiment: Experiment,
    files: EvaluatorFiles,
    report: Path,
    *,
    gallery: int,
    answers: Sequence[Path],
    progress: Progress,
    left_out: list[str] | None = None,
    backend: Backend | None = None,
) -> dict[str, Scores]:
    """Run an experiment and write its report, the same as JSON, and the pair list.

    Args:
        experiment: what is compared on what.
        files: what measures; without ``weights`` the default set's parser and classifiers do.
        report: the HTML file; ``.json`` and ``.pairs.csv`` are written beside it, the masks that the results have to
            follow into ``.masks``, so that `render --pairs` and other methods can make their images.
        gallery: number of pairs shown in the report.
        answers: exports of a survey for the column "Human eval.".
        progress: display.
        left_out: gets a sentence for everything that could not be read; the rest is measured all the same.
        backend: where pictures are rendered; by default in this process.

    Raises:
        StudioError: data, weights or files that cannot be used.
    """
    listed, masks = report.with_suffix(".pairs.csv"), report.with_suffix(".masks")
    human = tally(answers) if answers else {}

    def write_list(protocol: Protocol, faces: Faces, pairs: list[Pair]) -> None:
        outputs = [*list_report_files(report), listed, *(masks / name for pair in pairs for name in name_masks(pair))]
        check_outputs(outputs, [*experiment.inputs(faces), *files.paths, *answers])
        write_pairs_and_masks(listed, masks, protocol, faces, pairs)

    scores, section = measure(
        experiment,
        files,
        listed,
        write_list,
        gallery=gallery,
        human=human,
        progress=progress,
        left_out=left_out,
        backend=backend,
    )
    write_report(report, [section])
    return scores


def evaluate_all(
    experiment: Experiment,
    files: EvaluatorFiles,
    report: Path,
    *,
    include: Sequence[Path],
    gallery: int,
    progress: Progress,
    left_out: list[str] | None = None,
    backend: Backend | None = None,
) -> dict[str, dict[str, Scores]]:
    """Run the paper's protocols one after the other and write one report of them.

    Args:
        experiment: what is compared on what; its protocol and pair list are not used.
        files: what measures.
        report: the HTML file; ``.json`` and a ``.PROTOCOL.pairs.csv`` each are written beside it.
        include: JSON of earlier reports, whose sections follow.
        gallery: number of pairs shown per protocol.
        progress: display.
        left_out, backend: as for ``evaluate``.

    Returns:
        by protocol the scores of every method.

    Raises:
        StudioError: data, weights or files that cannot be used.
    """
    earlier = [section for file in include for section in read_sections(file)]
    found, sections = {}, []
    for name in PAPER_PROTOCOLS:
        listed = report.with_suffix(f".{name}.pairs.csv")

        def write_list(protocol: Protocol, faces: Faces, pairs: list[Pair], file: Path = listed) -> None:
            lists = [report.with_suffix(f".{other}.pairs.csv") for other in PAPER_PROTOCOLS]
            check_outputs([*list_report_files(report), *lists], [*experiment.inputs(faces), *files.paths, *include])
            write_pairs(file, pairs)

        found[name], section = measure(
            replace(experiment, protocol=name, pairs=None),
            files,
            listed,
            write_list,
            gallery=gallery,
            human={},
            progress=progress,
            left_out=left_out,
            backend=backend,
        )
        sections.append(section)
    write_report(report, [*sections, *earlier])
    return found


def measure(
    experiment: Experiment,
    files: EvaluatorFiles,
    listed: Path,
    write_list: Callable[[Protocol, Faces, list[Pair]], None],
    *,
    gallery: int,
    human: Mapping[str, Estimate],
    progress: Progress,
    left_out: list[str] | None = None,
    backend: Backend | None = None,
) -> tuple[dict[str, Scores], Section]:
    """Run an experiment; see :func:`evaluate`. ``write_list`` writes its pairs to ``listed`` before they are measured.

    Returns:
        scores by method, and the section of a report.
    """
    started = datetime.now(UTC).isoformat(timespec="seconds")
    protocol, faces, pairs, methods = experiment.open()
    evaluator_set = choose_evaluator_set(experiment.weights, files.weights, DEFAULT_SET)
    evaluators = Evaluators(
        protocol, EvaluatorFiles(evaluator_set, files.perceptual, files.inception, files.arcface, files.device)
    )
    write_list(protocol, faces, pairs)
    shown = Gallery(gallery)
    backend = backend or Backend()
    with (
        render_ahead(experiment, faces, pairs, methods, listed.parent, backend, progress) as ready,
        progress(protocol.title, len(pairs)) as step,
    ):
        scores, unmeasured = score(protocol, faces, pairs, ready, evaluators, shown.add, step)
    problems = [*faces.left_out.values(), *unmeasured.values()]
    if left_out is not None:
        left_out += [problem for problem in problems if problem not in left_out]
    facts = Facts(
        command=describe_command(),
        data=describe_faces(faces),
        pairs=f"{len(pairs) - len(unmeasured)} pairs, listed in {(experiment.pairs or listed).name}",
        methods={method.name: method.origin for method in methods},
        judges=describe_evaluators(protocol, evaluators, evaluator_set, faces),
        missing=[*evaluators.missing, *([] if human or not protocol.table else [_NO_SURVEY])],
        notes=[*experiment.notes, *describe_left_out(problems)],
        started=started,
        version=__version__,
    )
    return scores, make_section(protocol, scores, facts, shown, human)


def make_survey(experiment: Experiment, page: Path, progress: Progress, backend: Backend | None = None) -> None:
    """Write the survey page of an experiment and its pair list; raises StudioError."""
    protocol, faces, pairs, methods = experiment.open()
    listed = page.with_suffix(".pairs.csv")
    check_outputs([page, listed], experiment.inputs(faces))
    write_pairs(listed, pairs)
    backend = backend or Backend()
    with (
        render_ahead(experiment, faces, pairs, methods, page.parent, backend, progress) as ready,
        progress("Collecting", len(pairs)) as step,
    ):
        write_survey(page, protocol, faces, pairs, ready, experiment.seed, step)
