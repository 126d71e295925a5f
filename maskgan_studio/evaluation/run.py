"""One evaluation from its options to its report."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from maskgan_studio import __version__
from maskgan_studio.errors import DataError
from maskgan_studio.evaluation.faces import Faces
from maskgan_studio.evaluation.methods import Folder, Method, Rendered
from maskgan_studio.evaluation.pairs import Pair, read_pairs, write_pairs
from maskgan_studio.evaluation.protocols import PROTOCOLS, Protocol
from maskgan_studio.evaluation.report import Facts, Gallery, write_report
from maskgan_studio.evaluation.scoring import RELATIVE, JudgeFiles, Judges, Scores, judge_of, score
from maskgan_studio.evaluation.survey import tally, write_survey
from maskgan_studio.evaluation.verification import FALSE_ACCEPTANCE
from maskgan_studio.photo.masks import save_mask
from maskgan_studio.weights import DEFAULT_SET

#: Makes a progress display: title and number of steps to a function that is called before each step.
Progress = Callable[[str, int], AbstractContextManager[Callable[[str], None]]]


@dataclass(frozen=True)
class Experiment:
    """What is compared on what.

    Attributes:
        protocol: name of the protocol.
        data, split, held_out, attributes: see :class:`Faces`.
        weights: sets to render with; the default set where neither weights nor results are given.
        results: ``NAME=DIR`` of methods whose pictures are made already.
        pairs: pair list to use instead of making one.
        count: number of pairs; None for the protocol's own.
        seed: of everything random.
        device: where the networks run.
    """

    protocol: str
    data: str
    split: str = "auto"
    held_out: float = 0.0
    attributes: Path | None = None
    weights: Sequence[str] = ()
    results: Sequence[str] = ()
    pairs: Path | None = None
    count: int | None = None
    seed: int = 0
    device: str = "auto"

    def open(self) -> tuple[Protocol, Faces, list[Pair], list[Method]]:
        """The protocol, faces, pairs and methods; raises DataError or WeightsError."""
        protocol = PROTOCOLS[self.protocol]
        faces = Faces(self.data, self.split, self.held_out, self.attributes)
        if self.pairs is not None:
            pairs = read_pairs(self.pairs)[: self.count]
        else:
            pairs = protocol.pairs(faces, self.count, self.seed)
        weights = self.weights or ([] if self.results else [DEFAULT_SET])
        methods: list[Method] = [Folder(argument) for argument in self.results]
        return protocol, faces, pairs, [*(Rendered(name, self.device) for name in weights), *methods]


def evaluate(
    experiment: Experiment,
    files: JudgeFiles,
    report: Path,
    *,
    gallery: int,
    answers: Sequence[Path],
    progress: Progress,
) -> dict[str, Scores]:
    """Run an experiment and write its report, the same as JSON, and the pair list.

    Args:
        experiment: what is compared on what.
        files: what judges; without ``judge`` the default set's parser and classifiers do.
        report: the HTML file; ``.json`` and ``.pairs.csv`` are written beside it, the masks that the results have to
            follow into ``.masks``, so that `render --pairs` and other methods can make their pictures.
        gallery: number of pairs shown in the report.
        answers: exports of a survey for the column "Human eval.".
        progress: display.

    Raises:
        StudioError: data, weights or files that cannot be used.
    """
    started = datetime.now(UTC).isoformat(timespec="seconds")
    human = tally(answers) if answers else {}
    protocol, faces, pairs, methods = experiment.open()
    judge = judge_of(experiment.weights, files.judge, DEFAULT_SET)
    judges = Judges(protocol, JudgeFiles(judge, files.perceptual, files.inception, files.arcface, files.device))
    listed = report.with_suffix(".pairs.csv")
    write_job(listed, report.with_suffix(".masks"), protocol, faces, pairs)
    shown = Gallery(gallery)
    with progress("Measuring", len(pairs)) as step:
        scores = score(protocol, faces, pairs, methods, judges, shown.add, step)
    facts = Facts(
        command=shlex.join(["maskgan-studio", *sys.argv[1:]]),
        data=f"{faces.root.name}, {_split_title(faces)}, {len(faces.names)} faces",
        pairs=f"{len(pairs)} pairs, listed in {(experiment.pairs or listed).name}",
        methods={method.name: method.origin for method in methods},
        judges=_describe(protocol, judges, judge, faces),
        missing=judges.missing,
        started=started,
        version=__version__,
    )
    write_report(report, protocol, scores, facts, shown, human)
    return scores


def make_survey(experiment: Experiment, page: Path, progress: Progress) -> None:
    """Write the survey page of an experiment and its pair list; raises StudioError."""
    protocol, faces, pairs, methods = experiment.open()
    write_pairs(page.with_suffix(".pairs.csv"), pairs)
    with progress("Collecting", len(pairs)) as step:
        write_survey(page, protocol, faces, pairs, methods, experiment.seed, step)


def write_job(file: Path, masks: Path, protocol: Protocol, faces: Faces, pairs: Sequence[Pair]) -> None:
    """Write the pair list with photo, mask and target mask per pair, as `render --pairs` reads them."""
    columns = {}
    try:
        masks.mkdir(parents=True, exist_ok=True)
        for pair in pairs:
            own = faces.mask(pair.target)
            target_file = masks / f"{pair.name}.target.png"
            mask_file = masks / f"{pair.name}.png"
            save_mask(target_file, own)
            save_mask(mask_file, protocol.edit(own, faces.mask(pair.source)))
            columns[pair.name] = {
                "photo": faces.photo_file(pair.target).resolve(),
                "mask": mask_file.relative_to(file.parent),
                "target_mask": target_file.relative_to(file.parent),
            }
    except OSError as error:
        raise DataError(f"{masks} cannot be written ({error}).") from None
    write_pairs(file, pairs, columns)


def _split_title(faces: Faces) -> str:
    return "all faces, seen in training or not" if faces.split == "all" else f"{faces.split} split"


def _describe(protocol: Protocol, judges: Judges, judge: str | None, faces: Faces) -> dict[str, str]:
    """What measured, in words."""
    said = {}
    if judges.parser is not None:
        said["Segmentation"] = f"pixel accuracy of the masks that the parser of '{judges.parser.weights_name}' finds"
    if protocol.against_photos and judges.parser is not None:
        said[RELATIVE] = "the same over that parser's accuracy on the photos of the faces that the masks belong to (GT)"
    if judges.attributes is not None:
        annotated = any(name in of_face for of_face in faces.attributes.values() for name in protocol.attributes)
        truth = (
            "annotations, the classifiers' own view of the photo where there is none"
            if annotated
            else ("the classifiers' own view of the real photo, for nothing is annotated: GT is 100 % by definition")
        )
        said["Attributes"] = (
            f"ResNet-18 classifiers of '{judge}'; right is what the {protocol.expected_of} has, by {truth}"
        )
    if judges.features is not None:
        said[judges.features.title] = (
            f"mean and covariance of {judges.features.num_features} features of the target photos and of the results. "
            "With few pictures it is biased upwards: compare only rows of one report. No interval: resampling would "
            "bias it too"
        )
    if judges.arcface is not None:
        said["Face verification"] = (
            f"cosine similarity of result and target photo at 112 x 112, accepted above the value that only "
            f"{FALSE_ACCEPTANCE:.1%} of the pairs of different people's photos exceed"
        )
    if protocol.pairs_by_pose:
        said["Pose"] = "pose file" if faces.poses is not None else "landmarks of the masks (there is no pose file)"
    return said
