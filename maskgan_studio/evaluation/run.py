"""One evaluation from its options to its report."""

from __future__ import annotations

import re
import shlex
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from maskgan_studio import __version__
from maskgan_studio.errors import DataError
from maskgan_studio.evaluation.bootstrap import Estimate
from maskgan_studio.evaluation.faces import Faces
from maskgan_studio.evaluation.methods import Folder, Method, Rendered, RenderedSmall
from maskgan_studio.evaluation.pairs import Pair, read_pairs, write_pairs
from maskgan_studio.evaluation.protocols import PROTOCOLS, Protocol
from maskgan_studio.evaluation.report import (
    Facts,
    Gallery,
    Section,
    make_section,
    read_sections,
    report_files,
    write_report,
)
from maskgan_studio.evaluation.scoring import RELATIVE, JudgeFiles, Judges, Scores, judge_of, score
from maskgan_studio.evaluation.survey import tally, write_survey
from maskgan_studio.evaluation.verification import FALSE_ACCEPTANCE
from maskgan_studio.outputs import check_outputs
from maskgan_studio.photo.face_alignment import CROP_SIZE
from maskgan_studio.photo.masks import save_mask
from maskgan_studio.weights import DEFAULT_SET

#: Makes a progress display: title and number of steps to a function that is called before each step.
Progress = Callable[[str, int], AbstractContextManager[Callable[[str], None]]]
_NO_SURVEY = "Human evaluation: make a page with `evaluate survey` and give its answers with --survey."
#: The protocols that `evaluate all` runs.
PAPER_PROTOCOLS = ("reconstruction", "attribute-transfer", "style-copy", "identity")


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
        size: at which the sets were trained; other than 512 they are rendered there and enlarged.
        notes: sentences for the report.
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
    size: int = CROP_SIZE
    notes: Sequence[str] = ()

    def open(self) -> tuple[Protocol, Faces, list[Pair], list[Method]]:
        """The protocol, faces, pairs and methods; raises DataError or WeightsError."""
        protocol = PROTOCOLS[self.protocol]
        faces = Faces(self.data, self.split, self.held_out, self.attributes)
        pairs = self._readable_pairs(protocol, faces)
        weights = self.weights or ([] if self.results else [DEFAULT_SET])
        return protocol, faces, pairs, [*map(self._rendered, weights), *map(Folder, self.results)]

    def _readable_pairs(self, protocol: Protocol, faces: Faces) -> list[Pair]:
        """The pairs, without faces that cannot be read."""
        if self.pairs is not None:
            listed = read_pairs(self.pairs)[: self.count]
            faces.check(name for pair in listed for name in (pair.target, pair.source))
            pairs = [pair for pair in listed if not {pair.target, pair.source} & set(faces.left_out)]
        else:
            pairs = protocol.pairs(faces, self.count, self.seed)
            while not faces.check(name for pair in pairs for name in (pair.target, pair.source)):
                pairs = protocol.pairs(faces, self.count, self.seed) if faces.names else []
        if not pairs and faces.left_out:
            raise DataError(
                "None of the faces in {folder} can be used: {problem}",
                folder=faces.root,
                problem=next(iter(faces.left_out.values())),
            )
        return pairs

    def inputs(self, faces: Faces) -> list[Path]:
        """Every file that is read: those of the faces, the pair list, the results' pictures."""
        given = [file for file in (self.pairs, self.attributes) if file is not None]
        folders = [Path(argument.partition("=")[2]) for argument in self.results]
        return [*faces.files, *given, *(file for folder in folders if folder.is_dir() for file in folder.iterdir())]

    def _rendered(self, weights: str) -> Method:
        return Rendered(weights, self.device) if self.size == CROP_SIZE else RenderedSmall(weights, self.size)


def evaluate(
    experiment: Experiment,
    files: JudgeFiles,
    report: Path,
    *,
    gallery: int,
    answers: Sequence[Path],
    progress: Progress,
    left_out: list[str] | None = None,
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
        left_out: gets a sentence for everything that could not be read; the rest is measured all the same.

    Raises:
        StudioError: data, weights or files that cannot be used.
    """
    listed, masks = report.with_suffix(".pairs.csv"), report.with_suffix(".masks")
    human = tally(answers) if answers else {}

    def write_list(protocol: Protocol, faces: Faces, pairs: list[Pair]) -> None:
        outputs = [*report_files(report), listed, *(masks / name for pair in pairs for name in _mask_names(pair))]
        check_outputs(outputs, [*experiment.inputs(faces), *files.paths, *answers])
        write_job(listed, masks, protocol, faces, pairs)

    scores, section = measure(
        experiment,
        files,
        listed,
        write_list,
        gallery=gallery,
        human=human,
        progress=progress,
        left_out=left_out,
    )
    write_report(report, [section])
    return scores


def evaluate_all(
    experiment: Experiment,
    files: JudgeFiles,
    report: Path,
    *,
    include: Sequence[Path],
    gallery: int,
    progress: Progress,
    left_out: list[str] | None = None,
) -> dict[str, dict[str, Scores]]:
    """Run the paper's protocols one after the other and write one report of them.

    Args:
        experiment: what is compared on what; its protocol and pair list are not used.
        files: what judges.
        report: the HTML file; ``.json`` and a ``.PROTOCOL.pairs.csv`` each are written beside it.
        include: JSON of earlier reports, whose sections follow.
        gallery: number of pairs shown per protocol.
        progress: display.
        left_out: as for ``evaluate``.

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
            check_outputs([*report_files(report), *lists], [*experiment.inputs(faces), *files.paths, *include])
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
        )
        sections.append(section)
    write_report(report, [*sections, *earlier])
    return found


def measure(
    experiment: Experiment,
    files: JudgeFiles,
    listed: Path,
    write_list: Callable[[Protocol, Faces, list[Pair]], None],
    *,
    gallery: int,
    human: Mapping[str, Estimate],
    progress: Progress,
    left_out: list[str] | None = None,
) -> tuple[dict[str, Scores], Section]:
    """Run an experiment; see :func:`evaluate`. ``write_list`` writes its pairs to ``listed`` before they are measured.

    Returns:
        scores by method, and the section of a report.
    """
    started = datetime.now(UTC).isoformat(timespec="seconds")
    protocol, faces, pairs, methods = experiment.open()
    judge = judge_of(experiment.weights, files.judge, DEFAULT_SET)
    judges = Judges(protocol, JudgeFiles(judge, files.perceptual, files.inception, files.arcface, files.device))
    write_list(protocol, faces, pairs)
    shown = Gallery(gallery)
    with progress(protocol.title, len(pairs)) as step:
        scores, unmeasured = score(protocol, faces, pairs, methods, judges, shown.add, step)
    problems = [*faces.left_out.values(), *unmeasured.values()]
    if left_out is not None:
        left_out += [problem for problem in problems if problem not in left_out]
    facts = Facts(
        command=shlex.join(["maskgan-studio", *map(without_folders, sys.argv[1:])]),
        data=f"{faces.root.name}, {_split_title(faces)}, {len(faces.names)} faces",
        pairs=f"{len(pairs) - len(unmeasured)} pairs, listed in {(experiment.pairs or listed).name}",
        methods={method.name: method.origin for method in methods},
        judges=_describe(protocol, judges, judge, faces),
        missing=[*judges.missing, *([] if human or not protocol.table else [_NO_SURVEY])],
        notes=[*experiment.notes, *(f"Left out: {without_folders(problem)}" for problem in problems)],
        started=started,
        version=__version__,
    )
    return scores, make_section(protocol, scores, facts, shown, human)


def without_folders(word: str) -> str:
    """A word of a command line with only the last two names of every absolute path: a report may be published, and
    where folders lie on the machine that made it is nobody's business."""
    return re.sub(r"(?<![^=:@])(?:/[^/=:@]+)+", lambda path: "/".join(path[0].split("/")[-2:]).lstrip("/"), word)


def make_survey(experiment: Experiment, page: Path, progress: Progress) -> None:
    """Write the survey page of an experiment and its pair list; raises StudioError."""
    protocol, faces, pairs, methods = experiment.open()
    listed = page.with_suffix(".pairs.csv")
    check_outputs([page, listed], experiment.inputs(faces))
    write_pairs(listed, pairs)
    with progress("Collecting", len(pairs)) as step:
        write_survey(page, protocol, faces, pairs, methods, experiment.seed, step)


def write_job(file: Path, masks: Path, protocol: Protocol, faces: Faces, pairs: Sequence[Pair]) -> None:
    """Write the pair list with photo, mask and target mask per pair, as `render --pairs` reads them."""
    columns = {}
    try:
        masks.mkdir(parents=True, exist_ok=True)
        for pair in pairs:
            own = faces.mask(pair.target)
            mask_file, target_file = (masks / name for name in _mask_names(pair))
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


def _mask_names(pair: Pair) -> tuple[str, str]:
    """File names of the mask that a pair's result has to follow, and of the target's own."""
    return f"{pair.name}.png", f"{pair.name}.target.png"


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
