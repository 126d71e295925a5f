"""How well a set's parser finds the masks of photos: `evaluate parser`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from maskgan_studio.batch import Backend
from maskgan_studio.engine import Pipeline
from maskgan_studio.evaluation.bootstrap import bootstrap_mean, bootstrap_mean_f1, bootstrap_ratio
from maskgan_studio.evaluation.experiment import FaceExperiment
from maskgan_studio.evaluation.face_pictures import MakePictures, draw_ahead
from maskgan_studio.evaluation.face_report import write_face_report
from maskgan_studio.evaluation.faces import Faces
from maskgan_studio.evaluation.images import color_labels
from maskgan_studio.evaluation.methods import Case, describe_weights
from maskgan_studio.evaluation.pairs import Pair
from maskgan_studio.evaluation.pictures import Progress
from maskgan_studio.evaluation.protocols import Protocol, pick_faces
from maskgan_studio.evaluation.report import Gallery, list_report_files
from maskgan_studio.evaluation.scoring import Scores
from maskgan_studio.labels import BACKGROUND, NUM_CLASSES, PARTS
from maskgan_studio.outputs import check_outputs
from maskgan_studio.weights import DEFAULT_SET, find_set

__all__ = ["draw_mask", "evaluate_parsers", "score_parsers"]

_MASK = "mask"
ACCURACY, MEAN_F1 = "Pixel accuracy (%)", "Mean F1 of the parts (%)"

_PROTOCOL = Protocol("parser", "Face parser: photos against their masks", None, pick_faces, edit=lambda own, _: own)


@dataclass
class _Counts:
    """By face, a row of pixel counts by class: found rightly, of the truth and of what was found together."""

    hits: list[np.ndarray] = field(default_factory=list)
    totals: list[np.ndarray] = field(default_factory=list)

    def add(self, found: np.ndarray, truth: np.ndarray) -> None:
        count = [np.bincount(labels.ravel(), minlength=NUM_CLASSES) for labels in (found, truth, truth[found == truth])]
        self.hits.append(count[2])
        self.totals.append(count[0] + count[1])


def draw_mask(pipeline: Pipeline, photo: np.ndarray, _: np.ndarray) -> dict[str, np.ndarray]:
    """The mask that a set's parser finds in a photo."""
    return {_MASK: pipeline.parse(photo)}


def score_parsers(
    parsers: Mapping[str, MakePictures],
    faces: Faces,
    names: Sequence[str],
    seen: Callable[[Case, Mapping[str, np.ndarray]], None],
    step: Callable[[str], None],
) -> dict[str, Scores]:
    """Compare what parsers find in photos with the photos' masks.

    Args:
        parsers: by name, what gives their masks, of :func:`draw_mask`.
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
        found = {key: parse(name, photo, mask)[_MASK] for key, parse in parsers.items()}
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


def evaluate_parsers(
    experiment: FaceExperiment,
    report: Path,
    gallery: int,
    progress: Progress,
    left_out: list[str],
    backend: Backend | None = None,
) -> dict[str, Scores]:
    """Judge parsers and write the report, the same as JSON.

    Args:
        experiment: which sets' parsers on which faces.
        report: the HTML file.
        gallery: number of faces shown in it.
        progress: display.
        left_out: gets a sentence for every face that cannot be read; the rest is measured all the same.
        backend: where faces are parsed; by default in this process.

    Raises:
        StudioError: data or weights that cannot be used, or the report would replace one of the files.
    """
    started = datetime.now(UTC)
    faces = experiment.open_faces()
    check_outputs(list_report_files(report), faces.files)
    names = experiment.choose_names(_PROTOCOL, faces)
    pipelines, backend = experiment.open_pipelines(), backend or Backend()
    sets = zip(pipelines, experiment.weights or [DEFAULT_SET], strict=True)
    shown = Gallery(gallery)
    with (
        draw_ahead(experiment, draw_mask, faces, names, pipelines, report.parent, backend, progress) as parsers,
        progress(_PROTOCOL.title, len(names)) as step,
    ):
        scores = score_parsers(parsers, faces, names, lambda case, found: shown.add(case, dict(found)), step)
    left_out += faces.left_out.values()
    write_face_report(
        report,
        _PROTOCOL,
        scores,
        shown,
        faces=faces,
        names=names,
        methods={name: f"the parser of the weights {describe_weights(find_set(weights))}" for name, weights in sets},
        judges={
            "Truth": "the data's own masks, left and right as they name them",
            "F1": "twice the pixels that both call the part, over those of both; all faces together",
        },
        started=started,
    )
    return scores
