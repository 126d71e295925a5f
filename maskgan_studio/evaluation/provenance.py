"""Where a report's numbers come from, in words: the command, the faces, and what measured."""

from __future__ import annotations

import re
import shlex
import sys
from collections.abc import Iterable

from maskgan_studio.evaluation.faces import Faces
from maskgan_studio.evaluation.protocols import Protocol
from maskgan_studio.evaluation.scoring import RELATIVE, Evaluators
from maskgan_studio.evaluation.verification import FALSE_ACCEPTANCE


def describe_command() -> str:
    """The command line of this process, without the folders of its paths."""
    return shlex.join(["maskgan-studio", *map(without_folders, sys.argv[1:])])


def without_folders(word: str) -> str:
    """Shorten every absolute path in a word of a command line to its last two names.

    Reports are published, and must not show the folders of the machine that made them.
    """
    return re.sub(r"(?<![^=:@])(?:/[^/=:@]+)+", lambda path: "/".join(path[0].split("/")[-2:]).lstrip("/"), word)


def describe_left_out(problems: Iterable[str]) -> list[str]:
    """Notes on what could not be read."""
    return [f"Left out: {without_folders(problem)}" for problem in problems]


def describe_faces(faces: Faces) -> str:
    """The data folder, its split, and the number of its faces."""
    split = "all faces, seen in training or not" if faces.split == "all" else f"{faces.split} split"
    return f"{faces.root.name}, {split}, {len(faces.names)} faces"


def describe_evaluators(
    protocol: Protocol, evaluators: Evaluators, evaluator_set: str | None, faces: Faces
) -> dict[str, str]:
    """What measured, by the title of its column."""
    texts = {}
    if evaluators.parser is not None:
        texts["Segmentation"] = (
            f"pixel accuracy of the masks that the parser of '{evaluators.parser.weights_name}' finds"
        )
    if protocol.against_photos and evaluators.parser is not None:
        texts[RELATIVE] = (
            "the same over that parser's accuracy on the photos of the faces that the masks belong to (GT)"
        )
    if evaluators.attributes is not None:
        annotated = any(name in of_face for of_face in faces.attributes.values() for name in protocol.attributes)
        truth = (
            "annotations, the classifiers' own view of the photo where there is none"
            if annotated
            else ("the classifiers' own view of the real photo, for nothing is annotated: GT is 100 % by definition")
        )
        texts["Attributes"] = (
            f"ResNet-18 classifiers of '{evaluator_set}'; right is what the {protocol.expected_of} has, by {truth}"
        )
    if evaluators.features is not None:
        texts[evaluators.features.title] = (
            f"mean and covariance of {evaluators.features.num_features} features of the target photos and of the "
            "results. With few pictures it is biased upwards: compare only rows of one report. No interval: "
            "resampling would bias it too"
        )
    if (verifier := evaluators.verifier) is not None:
        texts["Face verification"] = (
            f"{verifier.title or 'ArcFace'}: {verifier.similarity_title} of result and target photo, accepted above "
            f"the value that only {FALSE_ACCEPTANCE:.1%} of the pairs of different people's photos exceed"
        )
        if verifier.own_threshold is not None:
            texts["Face verification"] += f"; its author's threshold is {verifier.own_threshold:g}"
    if protocol.pairs_by_pose:
        texts["Pose"] = "pose file" if faces.poses is not None else "landmarks of the masks (there is no pose file)"
    return texts
