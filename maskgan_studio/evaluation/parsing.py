"""How well a set's parser finds the masks of photos: `evaluate parser`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from maskgan_studio import __version__
from maskgan_studio.evaluation.bootstrap import bootstrap_mean, bootstrap_mean_f1, bootstrap_ratio
from maskgan_studio.evaluation.faces import Faces
from maskgan_studio.evaluation.images import color_labels
from maskgan_studio.evaluation.methods import Case, describe_weights, open_pipelines
from maskgan_studio.evaluation.pairs import Pair
from maskgan_studio.evaluation.pictures import Progress
from maskgan_studio.evaluation.protocols import Protocol, pick_faces
from maskgan_studio.evaluation.provenance import describe_command, describe_faces
from maskgan_studio.evaluation.report import Facts, Gallery, list_report_files, make_section, write_report
from maskgan_studio.evaluation.scoring import Scores
from maskgan_studio.labels import BACKGROUND, NUM_CLASSES, PARTS
from maskgan_studio.outputs import check_outputs
from maskgan_studio.weights import DEFAULT_SET, find_set

__all__ = ["ParserEvaluation", "evaluate_parsers", "score_parsers"]

ACCURACY, MEAN_F1 = "Pixel accuracy (%)", "Mean F1 of the parts (%)"

_PROTOCOL = Protocol("parser", "Face parser: photos against their masks", None, pick_faces, edit=lambda own, _: own)


@dataclass(frozen=True)
class ParserEvaluation:
    """Which parsers are judged on which faces.

    Attributes:
        data, split, held_out: see :class:`Faces`.
        weights: sets whose parsers are judged; the default set where none is given.
        count: number of faces; None for all.
        seed: chooses them.
        device: where the networks run.
    """

    data: str
    split: str = "auto"
    held_out: float = 0.0
    weights: Sequence[str] = ()
    count: int | None = None
    seed: int = 0
    device: str = "auto"


@dataclass
class _Counts:
    """By face, a row of pixel counts by class: found rightly, of the truth and of what was found together."""

    hits: list[np.ndarray] = field(default_factory=list)
    totals: list[np.ndarray] = field(default_factory=list)

    def add(self, found: np.ndarray, truth: np.ndarray) -> None:
        count = [np.bincount(labels.ravel(), minlength=NUM_CLASSES) for labels in (found, truth, truth[found == truth])]
        self.hits.append(count[2])
        self.totals.append(count[0] + count[1])


def score_parsers(
    parsers: Mapping[str, Callable[[np.ndarray], np.ndarray]],
    faces: Faces,
    names: Sequence[str],
    seen: Callable[[Case, Mapping[str, np.ndarray]], None],
    step: Callable[[str], None],
) -> dict[str, Scores]:
    """Compare what parsers find in photos with the photos' masks.

    Args:
        parsers: by name, maps from a photo uint8 (512, 512, 3) to its mask uint8 (512, 512).
        faces: the photos and their masks.
        names: of the faces.
        seen: gets every case with the masks that were found, as coloured images.
        step: called before each face with its name.

    Returns:
        by parser the share of pixels with the right class, by face; and the F1 of every part that occurs, over all
        pixels of all faces, with intervals over the faces. Of a second parser also how far it is from the first.
    """
    scores = {name: Scores() for name in parsers}
    counts = {name: _Counts() for name in parsers}
    present = np.zeros(NUM_CLASSES, bool)
    for name in names:
        step(name)
        photo, mask = faces.photo(name), faces.mask(name)
        present[np.unique(mask)] = True
        found = {key: parse(photo) for key, parse in parsers.items()}
        for key, labels in found.items():
            scores[key].values[ACCURACY].append(100 * float((labels == mask).mean()))
            counts[key].add(labels, mask)
        seen(Case(Pair.of(name, name), photo, mask, mask), {key: color_labels(labels) for key, labels in found.items()})
    present[BACKGROUND] = False
    first = next(iter(parsers))
    for key, of_parser in scores.items():
        hits, totals = (np.stack(rows)[:, present] for rows in (counts[key].hits, counts[key].totals))
        of_parser.estimates = {title: bootstrap_mean(values) for title, values in of_parser.values.items()}
        of_parser.estimates[MEAN_F1] = bootstrap_mean_f1(hits, totals)
        for place, index in enumerate(np.flatnonzero(present)):
            title = f"F1: {PARTS[index].title}"
            of_parser.estimates[title] = bootstrap_ratio(2.0 * hits[:, place], totals[:, place])
        if key != first:
            others = (np.stack(rows)[:, present] for rows in (counts[first].hits, counts[first].totals))
            of_parser.estimates[f"{MEAN_F1}, over {first}"] = bootstrap_mean_f1(hits, totals, *others)
    return scores


def evaluate_parsers(job: ParserEvaluation, report: Path, gallery: int, progress: Progress) -> dict[str, Scores]:
    """Judge parsers and write the report, the same as JSON.

    Args:
        job: which parsers on which faces.
        report: the HTML file.
        gallery: number of faces shown in it.
        progress: display.

    Raises:
        StudioError: data or weights that cannot be used, or the report would replace one of the files.
    """
    started = datetime.now(UTC).isoformat(timespec="seconds")
    faces = Faces(job.data, job.split, job.held_out)
    check_outputs(list_report_files(report), faces.files)
    names = [pair.target for pair in pick_faces(faces, job.count, job.seed)]
    parsers = {name: pipeline.parse for name, pipeline in open_pipelines(job.weights, job.device).items()}
    sets = zip(parsers, job.weights or [DEFAULT_SET], strict=True)
    shown = Gallery(gallery)
    with progress(_PROTOCOL.title, len(names)) as step:
        scores = score_parsers(parsers, faces, names, lambda case, found: shown.add(case, dict(found)), step)
    facts = Facts(
        command=describe_command(),
        data=describe_faces(faces),
        pairs=f"{len(names)} faces",
        methods={name: f"the parser of the weights {describe_weights(find_set(weights))}" for name, weights in sets},
        judges={
            "Truth": "the data's own masks, left and right as they name them",
            "F1": "twice the pixels that both call the part, over those of both; all faces together",
        },
        missing=[],
        notes=[],
        started=started,
        version=__version__,
    )
    write_report(report, [make_section(_PROTOCOL, scores, facts, shown, {})])
    return scores
