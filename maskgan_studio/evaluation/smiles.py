"""A smile drawn into a photo against the smile that this person has in another photo: `evaluate smiles`.

Only shape is told: the mouth of the smiling photo's mask. Teeth, lips' colour and light have to come from the network.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from itertools import product
from pathlib import Path

import cv2
import numpy as np

from maskgan_studio.document.geometry.face_frame import compose, face_frame, invert
from maskgan_studio.document.operations.part_transfer import GROUPS, transfer_parts
from maskgan_studio.document.session import Session
from maskgan_studio.engine import Pipeline
from maskgan_studio.errors import DataError
from maskgan_studio.evaluation.bootstrap import bootstrap_ratio
from maskgan_studio.evaluation.dlib_verifier import DlibResNet
from maskgan_studio.evaluation.edits import open_target
from maskgan_studio.evaluation.experiment import FaceExperiment
from maskgan_studio.evaluation.face_report import write_face_report
from maskgan_studio.evaluation.faces import Faces
from maskgan_studio.evaluation.methods import Case, describe_weights
from maskgan_studio.evaluation.metrics import PerceptualDistance
from maskgan_studio.evaluation.pairs import Pair, read_pairs, write_pairs
from maskgan_studio.evaluation.pictures import Progress
from maskgan_studio.evaluation.protocols import Protocol, pick_faces
from maskgan_studio.evaluation.report import Gallery, list_report_files
from maskgan_studio.evaluation.scoring import Scores
from maskgan_studio.evaluation.verification import Verifier
from maskgan_studio.labels import part_named
from maskgan_studio.outputs import check_outputs
from maskgan_studio.weights import DEFAULT_SET, find_set

__all__ = ["LEFT", "evaluate_smiles", "find_smiles", "score_smiles"]

LEFT = "Distance of the mouth to the person's real smile, share of the untouched photo's"
_PROTOCOL = Protocol("smiles", "Smiles: a drawn one against the person's own", None, pick_faces, lambda own, _: own)
_MOUTH, _INSIDE = GROUPS["Mouth"], part_named("mouth").index
# Shares of the mask: less of the inside of a mouth is closed, more is a smile.
_CLOSED, _OPEN = 60 / 512**2, 500 / 512**2
# More than the similarity from which on a verifier takes two photos for one person's: of many pairs some reach that.
_SURE = 0.15
_BESIDE = 12  # pixels around both mouths that are compared


def find_smiles(
    faces: Faces, names: Sequence[str], verifier: Verifier, threshold: float, step: Callable[[str], None]
) -> list[Pair]:
    """Find people who are there twice, with their mouth closed (target) and with an open one (source).

    Args:
        faces: photos and masks.
        names: of the faces that are looked at.
        verifier: tells who is who.
        threshold: similarity from which on two photos are one person's.
        step: called before each face with its name.
    """
    closed, smiling = {}, {}
    for name in names:
        step(name)
        share = float((faces.mask(name) == _INSIDE).mean())
        if share < _CLOSED:
            closed[name] = verifier.embedding(faces.photo(name))
        elif share > _OPEN:
            smiling[name] = verifier.embedding(faces.photo(name))
    return [
        Pair.of(target, source)
        for (target, one), (source, other) in product(closed.items(), smiling.items())
        if verifier.similarity(one, other) >= threshold
    ]


def score_smiles(
    pipelines: Mapping[str, Pipeline],
    faces: Faces,
    pairs: Sequence[Pair],
    perceptual: PerceptualDistance,
    seen: Callable[[Case, Mapping[str, np.ndarray]], None],
    step: Callable[[str], None],
) -> dict[str, Scores]:
    """Give every target the mouth of its source's mask, and compare the finished picture with the source's photo.

    Args:
        pipelines: the sets by name.
        faces: photos and masks.
        pairs: a person's photo with the mouth closed, and one that smiles.
        perceptual: distance of two pictures.
        seen: gets every case with the real smile, brought to the target's frame, and the sets' pictures.
        step: called before each pair with its name.

    Returns:
        by set: the perceptual distance of the mouth's surroundings to the real smile, over that of the untouched photo.
    """
    measured: dict[str, list[tuple[float, float]]] = {key: [] for key in pipelines}
    for pair in pairs:
        step(pair.name)
        photo, mask, donor = faces.photo(pair.target), faces.mask(pair.target), faces.mask(pair.source)
        session = Session.new(mask)
        patch = transfer_parts(session.stack, session.active_layer, donor, _MOUTH)
        if patch is None:
            continue
        session.apply(_PROTOCOL.title, patch)
        edited = session.source_mask
        to_target = compose(invert(face_frame(donor)), face_frame(mask))
        size = mask.shape[::-1]
        smile = cv2.warpAffine(faces.photo(pair.source), to_target, size, borderMode=cv2.BORDER_REPLICATE)
        mouth = _find_box(np.isin(mask, list(_MOUTH)) | np.isin(edited, list(_MOUTH)))
        wanted = Case(pair, smile[mouth], mask[mouth], edited[mouth])
        untouched = perceptual(photo[mouth], wanted)
        target = open_target(photo, mask)
        pictures = {"real smile": smile}
        for key, pipeline in pipelines.items():
            style = pipeline.style(target)
            drawn = pipeline.render_edit(target, edited, style)
            pictures[key] = pipeline.composite(target, edited, drawn, style)
            measured[key].append((perceptual(pictures[key][mouth], wanted), untouched))
        seen(Case(pair, photo, mask, edited), pictures)
    scores = {key: Scores() for key in pipelines}
    for key, found in measured.items():
        if found:
            left, before = (list(values) for values in zip(*found, strict=True))
            scores[key].values[LEFT] = [a / b for a, b in found]
            scores[key].estimates[LEFT] = bootstrap_ratio(left, before)
    return scores


def evaluate_smiles(
    experiment: FaceExperiment,
    pair_list: Path | None,
    perceptual: Path | None,
    report: Path,
    gallery: int,
    progress: Progress,
    left_out: list[str],
) -> dict[str, Scores]:
    """Judge drawn smiles and write the report, the same as JSON, and the pairs where they had to be found.

    Args:
        experiment: which sets on which faces.
        pair_list: target and source of one person each; found by dlib where it is None.
        perceptual: file of SqueezeNet 1.0 or VGG-19.
        report: the HTML file; the pairs found become ``{stem}-pairs.csv`` beside it.
        gallery: number of pairs shown in it.
        progress: display.
        left_out: gets a sentence for every face that cannot be read; the rest is measured all the same.

    Raises:
        StudioError: data, weights or files that cannot be used, nobody is there twice, or the report would replace one
            of the files.
    """
    started = datetime.now(UTC)
    if perceptual is None:
        raise DataError("Smiles are measured by a perceptual distance: give --perceptual.")
    faces = experiment.open_faces()
    found_list = report.with_name(f"{report.stem}-pairs.csv")
    outputs = [*list_report_files(report), *([found_list] if pair_list is None else [])]
    check_outputs(outputs, [*faces.files, perceptual, *([pair_list] if pair_list else [])])
    if pair_list is not None:
        pairs = read_pairs(pair_list)[: experiment.count]
        faces.check(name for pair in pairs for name in (pair.target, pair.source))
        pairs = [pair for pair in pairs if not {pair.target, pair.source} & set(faces.left_out)]
    else:
        verifier = DlibResNet()
        assert verifier.own_threshold is not None
        names = experiment.choose_names(_PROTOCOL, faces)
        with progress("Looking for people who are there twice", len(names)) as step:
            pairs = find_smiles(faces, names, verifier, verifier.own_threshold + _SURE, step)
    if not pairs:
        raise DataError(
            "Nobody is in {folder} both with a closed and with an open mouth; choose more faces with --split all, or "
            "list two photos of each person with --pairs.",
            folder=faces.root,
        )
    pipelines, distance = experiment.open_pipelines(), PerceptualDistance(perceptual)
    shown = Gallery(gallery)
    with progress(_PROTOCOL.title, len(pairs)) as step:
        scores = score_smiles(
            pipelines, faces, pairs, distance, lambda case, pictures: shown.add(case, dict(pictures)), step
        )
    if pair_list is None:
        write_pairs(found_list, pairs)
    left_out += faces.left_out.values()
    sets = zip(pipelines, experiment.weights or [DEFAULT_SET], strict=True)
    write_face_report(
        report,
        _PROTOCOL,
        scores,
        shown,
        faces=faces,
        names=[pair.target for pair in pairs],
        methods={name: f"rendered with the weights {describe_weights(find_set(weights))}" for name, weights in sets},
        judges={
            "Result": "the finished picture, with the mouth of the smiling photo's mask, around both mouths",
            "Distance": f"perceptual, on {distance.network}'s features, to the smiling photo brought to the same frame",
        },
        started=started,
    )
    return scores


def _find_box(shape: np.ndarray) -> tuple[slice, slice]:
    x, y, width, height = cv2.boundingRect(shape.astype(np.uint8))
    return np.s_[max(0, y - _BESIDE) : y + height + _BESIDE, max(0, x - _BESIDE) : x + width + _BESIDE]
