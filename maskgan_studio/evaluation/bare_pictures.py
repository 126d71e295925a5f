"""How near the network's bare picture comes to a photo, and whether it takes on another's colours: `evaluate bare`.

The figures that training measures of the Dense Mapping Network, for any set of weights and with intervals.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from maskgan_studio.engine import Pipeline, Target
from maskgan_studio.errors import DataError
from maskgan_studio.evaluation.bootstrap import bootstrap_correlation, bootstrap_mean, bootstrap_ratio
from maskgan_studio.evaluation.edits import open_target
from maskgan_studio.evaluation.experiment import FaceExperiment
from maskgan_studio.evaluation.face_report import write_face_report
from maskgan_studio.evaluation.faces import Faces
from maskgan_studio.evaluation.methods import Case, describe_weights
from maskgan_studio.evaluation.metrics import PerceptualDistance
from maskgan_studio.evaluation.pairs import Pair
from maskgan_studio.evaluation.pictures import Progress
from maskgan_studio.evaluation.protocols import Protocol, pick_faces
from maskgan_studio.evaluation.report import Gallery, list_report_files
from maskgan_studio.evaluation.scoring import Scores
from maskgan_studio.evaluation.texture_metrics import measure_weave
from maskgan_studio.labels import part_named
from maskgan_studio.outputs import check_outputs
from maskgan_studio.weights import DEFAULT_SET, find_set

__all__ = ["evaluate_bare_pictures", "score_bare_pictures"]

RATIO, ERROR = "Perceptual distance, share of that between two people", "Error, mean absolute (0 to 1)"
WEAVE, STYLE = "Weave of hair", "Style of {}, correlation of its colour"
_PARTS = {name: part_named(name).index for name in ("skin", "hair")}
# So few colours correlate by chance.
_LEAST = 3

_PROTOCOL = Protocol(
    "bare", "Bare picture: the photo from its own mask and style", None, pick_faces, edit=lambda own, _: own
)


@dataclass
class _Measured:
    """What is kept of the faces: distances by face, and by part the colours of result and style photo."""

    own: list[float] = field(default_factory=list)
    strangers: list[float] = field(default_factory=list)
    colors: dict[str, list[tuple[np.ndarray, np.ndarray]]] = field(default_factory=lambda: defaultdict(list))


def score_bare_pictures(
    pipelines: Mapping[str, Pipeline],
    faces: Faces,
    names: Sequence[str],
    perceptual: PerceptualDistance,
    seen: Callable[[Case, Mapping[str, np.ndarray]], None],
    step: Callable[[str], None],
) -> dict[str, Scores]:
    """Draw every face from its own mask and style, and from its mask in the next face's style.

    Args:
        pipelines: the sets by name.
        faces: photos and their masks.
        names: of the faces, at least two.
        perceptual: distance of two photos.
        seen: gets every case with the pictures in the face's own style.
        step: called before each face with its name.

    Returns:
        by set: the perceptual distance to the photo over that between two people, the mean absolute error, how much
        hair is woven, and the correlation of skin's and hair's mean colour between result and style photo.
    """
    scores = {key: Scores() for key in pipelines}
    measured = {key: _Measured() for key in pipelines}
    for name, following in zip(names, [*names[1:], names[0]], strict=True):
        step(name)
        photo, mask = faces.photo(name), faces.mask(name)
        target, other = open_target(photo, mask), open_target(faces.photo(following), faces.mask(following))
        case = Case(Pair.of(name, name), photo, mask, mask)
        between = perceptual(other.crop, case)
        drawn = {key: pipeline.render(mask, pipeline.style(target)) for key, pipeline in pipelines.items()}
        for key, picture in drawn.items():
            measured[key].own.append(perceptual(picture, case))
            measured[key].strangers.append(between)
            scores[key].values[ERROR].append(float(np.abs(picture.astype(float) - photo).mean()) / 255)
            weave = measure_weave(picture, mask == _PARTS["hair"])
            if weave is not None:
                scores[key].values[WEAVE].append(weave)
            restyled = pipelines[key].render(mask, pipelines[key].style(other))
            _compare_colors(measured[key], restyled, mask, other)
        seen(case, drawn)
    for key, found in measured.items():
        scores[key].values[RATIO] = (np.array(found.own) / np.mean(found.strangers)).tolist()
        scores[key].estimates = {title: bootstrap_mean(values) for title, values in scores[key].values.items()}
        scores[key].estimates[RATIO] = bootstrap_ratio(found.own, found.strangers)
        for part, pairs in found.colors.items():
            got, wanted = (np.stack(colors) for colors in zip(*pairs, strict=True))
            if len(pairs) >= _LEAST:
                scores[key].estimates[STYLE.format(part)] = bootstrap_correlation(got, wanted)
    return scores


def _compare_colors(measured: _Measured, restyled: np.ndarray, mask: np.ndarray, style: Target) -> None:
    """Add the mean colours of the parts that both faces have."""
    for part, index in _PARTS.items():
        here, there = mask == index, style.mask == index
        if here.any() and there.any():
            measured.colors[part].append((restyled[here].mean(axis=0), style.crop[there].mean(axis=0)))


def evaluate_bare_pictures(
    experiment: FaceExperiment,
    perceptual: Path | None,
    report: Path,
    gallery: int,
    progress: Progress,
    left_out: list[str],
) -> dict[str, Scores]:
    """Judge the networks' bare pictures and write the report, the same as JSON.

    Args:
        experiment: which sets on which faces.
        perceptual: file of SqueezeNet 1.0 or VGG-19.
        report: the HTML file.
        gallery: number of faces shown in it.
        progress: display.
        left_out: gets a sentence for every face that cannot be read; the rest is measured all the same.

    Raises:
        StudioError: data, weights or files that cannot be used, or the report would replace one of them.
    """
    started = datetime.now(UTC)
    if perceptual is None:
        raise DataError("Bare pictures are measured by a perceptual distance: give --perceptual.")
    faces = experiment.open_faces()
    check_outputs(list_report_files(report), [*faces.files, perceptual])
    names = experiment.choose_names(_PROTOCOL, faces)
    if len(names) < 2:
        raise DataError("Bare pictures are compared with another person's: give two faces or more.")
    pipelines, distance = experiment.open_pipelines(), PerceptualDistance(perceptual)
    shown = Gallery(gallery)
    with progress(_PROTOCOL.title, len(names)) as step:
        scores = score_bare_pictures(
            pipelines, faces, names, distance, lambda case, drawn: shown.add(case, dict(drawn)), step
        )
    left_out += faces.left_out.values()
    sets = zip(pipelines, experiment.weights or [DEFAULT_SET], strict=True)
    write_face_report(
        report,
        _PROTOCOL,
        scores,
        shown,
        faces=faces,
        names=names,
        methods={name: f"rendered with the weights {describe_weights(find_set(weights))}" for name, weights in sets},
        judges={
            "Distance": f"perceptual, on {distance.network}'s features, over the mean of that to the next face's photo",
            "Style": "correlation over the faces between a part's mean colour in the picture in the next face's style "
            "and in that face's photo, mean over the channels",
            "Weave": "autocorrelation at 16 pixels above the mean of that at 12 and 20; real hair: -0.014",
        },
        started=started,
    )
    return scores
