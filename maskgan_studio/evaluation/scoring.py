"""Measure the images of every method on the same pairs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from maskgan_studio.engine import Pipeline
from maskgan_studio.errors import DataError, MaskError, PhotoError, WeightsError
from maskgan_studio.evaluation.bootstrap import Estimate, bootstrap_mean, bootstrap_ratio
from maskgan_studio.evaluation.classification import AttributeEvaluator, correct
from maskgan_studio.evaluation.dlib_verifier import DlibResNet
from maskgan_studio.evaluation.faces import Faces
from maskgan_studio.evaluation.frechet import FrechetDistance, InceptionFeatures, PooledFeatures
from maskgan_studio.evaluation.methods import Case, Method, open_case
from maskgan_studio.evaluation.metrics import PerceptualDistance, pixel_accuracy, psnr, ssim
from maskgan_studio.evaluation.pairs import Pair
from maskgan_studio.evaluation.protocols import Protocol
from maskgan_studio.evaluation.verification import ArcFace, Verifier, find_impostor_threshold
from maskgan_studio.weights import find_set

#: Name of the row of the real photos themselves, as in the paper.
GROUND_TRUTH = "GT"

SEGMENTATION = "Segmentation (%)"
RELATIVE = "Segmentation relative to photos"
PSNR = "PSNR (dB)"
SSIM = "SSIM"
VERIFICATION = "Face verification accuracy (%)"


@dataclass(frozen=True)
class EvaluatorFiles:
    """The networks that measure.

    Attributes:
        weights: set of weights with the parser and the attribute classifiers; None to do without.
        perceptual: file of SqueezeNet 1.0 or VGG-19.
        inception: TorchScript file of the FID's Inception.
        arcface: ONNX file.
        device: where the parser runs.
    """

    weights: str | None
    perceptual: Path | None = None
    inception: Path | None = None
    arcface: Path | None = None
    device: str = "auto"

    @property
    def paths(self) -> list[Path]:
        """Those that are given as files."""
        return [file for file in (self.perceptual, self.inception, self.arcface) if file is not None]


@dataclass
class Scores:
    """One method's metrics by column title, and per column the values by pair for plots and tests."""

    estimates: dict[str, Estimate] = field(default_factory=dict)
    values: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))


class Evaluators:
    """The networks that measure, loaded once.

    Args:
        protocol: the experiment.
        files: what is available; what is not is named in ``missing``.
    """

    def __init__(self, protocol: Protocol, files: EvaluatorFiles) -> None:
        self._protocol = protocol
        #: One sentence per thing that was not measured.
        self.missing: list[str] = []
        self.parser = self._parser(files)
        self.attributes = self._attributes(files) if protocol.attributes else None
        self.perceptual = PerceptualDistance(files.perceptual) if files.perceptual else None
        self.features: PooledFeatures | InceptionFeatures | None = None
        if files.inception:
            self.features = InceptionFeatures(files.inception)
        elif files.perceptual:
            self.features = PooledFeatures(files.perceptual)
        self.verifier = self._verifier(files)
        if self.features is None:
            self.missing.append("Distance of distributions: give --inception (FID), or --perceptual for its features.")
        elif not files.inception and protocol.table:
            self.missing.append(
                f"FID score: give --inception. The {self.features.title} stands in its place; it has another scale and "
                "cannot be compared with the paper's."
            )
        if self.perceptual is None and protocol.same_geometry:
            self.missing.append("Perceptual distance: give --perceptual.")

    def _parser(self, files: EvaluatorFiles) -> Pipeline | None:
        if files.weights is not None and find_set(files.weights).has("parser"):
            return Pipeline(files.weights, files.device)
        self.missing.append("Segmentation: give a set of weights that has a parser with --judge.")
        return None

    def _attributes(self, files: EvaluatorFiles) -> AttributeEvaluator | None:
        weights = find_set(files.weights) if files.weights is not None else None
        if weights is not None and weights.has("attributes"):
            evaluator = AttributeEvaluator(weights)
            unknown = [name for name in self._protocol.attributes if name not in evaluator.attributes]
            if unknown:
                self.missing.append(f"Attributes {', '.join(unknown)}: the set's classifiers do not know them.")
            return evaluator
        self.missing.append(
            "Attribute classification: give a set of weights that has an attributes network with --judge."
        )
        return None

    def _verifier(self, files: EvaluatorFiles) -> Verifier | None:
        if files.arcface:
            return ArcFace(files.arcface)
        if self._protocol.name != "identity":
            return None
        if DlibResNet.is_installed():
            self.missing.append(
                f"Face verification by ArcFace: give --arcface. {DlibResNet.title}, stands in its place; its "
                "figures cannot be compared with the paper's."
            )
            return DlibResNet()
        self.missing.append(
            "Face verification: give an ONNX file of ArcFace with --arcface, or install dlib's ResNet with: "
            "pip install 'maskgan-studio[identity]'."
        )
        return None

    def measure(self, scores: Scores, result: np.ndarray, case: Case) -> None:
        """Add what one image shows to a method's values."""
        add = scores.values
        if self.attributes is not None:
            wanted = self.attributes.expected(case)
            right = correct(self.attributes.classify(result), wanted)
            for name in self._protocol.attributes:
                if name in right:
                    add[f"{name} (%)"].append(right[name])
        if self.parser is not None:
            add[SEGMENTATION].append(pixel_accuracy(self.parser.parse(result), case.source_mask))
        if self._protocol.same_geometry:
            add[PSNR].append(psnr(result, case.target_photo))
            add[SSIM].append(ssim(result, case.target_photo))
            if self.perceptual is not None:
                title = f"Perceptual distance ({self.perceptual.network})"
                add[title].append(self.perceptual(result, case))


def score(
    protocol: Protocol,
    faces: Faces,
    pairs: Sequence[Pair],
    methods: Sequence[Method],
    evaluators: Evaluators,
    seen: Callable[[Case, dict[str, np.ndarray]], None],
    step: Callable[[str], None],
) -> tuple[dict[str, Scores], dict[str, str]]:
    """Measure every method on every pair of which everything can be read.

    Args:
        protocol, faces, pairs: the experiment.
        methods: with unique names.
        evaluators: what measures.
        seen: gets every case with the results by method, for the report's images.
        step: called before each pair with its name.

    Returns:
        the scores by method, and under ``GROUND_TRUTH`` those of the real photos; and why pairs were left out, by name.

    Raises:
        DataError: no pair is left, or two methods have one name.
    """
    names = [method.name for method in methods]
    if len({*names, GROUND_TRUTH}) <= len(names):
        raise DataError(f"The methods {', '.join(names)} need names of their own, other than {GROUND_TRUTH}.")
    scores = {name: Scores() for name in (*names, GROUND_TRUTH)}
    distances = (
        {name: FrechetDistance(evaluators.features) for name in names} if evaluators.features is not None else {}
    )
    embeddings: dict[str, np.ndarray] = {}
    left_out: dict[str, str] = {}
    for pair in pairs:
        step(pair.name)
        try:
            case = open_case(protocol, faces, pair)
            results = {method.name: method.make_image(case) for method in methods}
        except (DataError, PhotoError, MaskError) as error:
            left_out[pair.name] = str(error)
            if len(left_out) == len(pairs):
                raise
            continue
        for name, result in results.items():
            evaluators.measure(scores[name], result, case)
        if not protocol.same_geometry:
            real = open_case(protocol, faces, Pair.of(*[_expected_face(protocol, pair)] * 2))
            evaluators.measure(scores[GROUND_TRUTH], real.target_photo, real)
        elif evaluators.parser is not None:
            found = evaluators.parser.parse(case.target_photo)
            scores[GROUND_TRUTH].values[SEGMENTATION].append(pixel_accuracy(found, case.target_mask))
        for name, distance in distances.items():
            distance.add_photo(case.target_photo)
            distance.add_result(results[name])
        if (verifier := evaluators.verifier) is not None:
            if pair.target not in embeddings:
                embeddings[pair.target] = verifier.embedding(case.target_photo)
            for name, result in results.items():
                similarity = verifier.similarity(embeddings[pair.target], verifier.embedding(result))
                scores[name].values[verifier.similarity_title].append(similarity)
        seen(case, results)
    if evaluators.verifier is not None:
        _verify(evaluators.verifier, [scores[name] for name in names], list(embeddings.values()))
    for name, of_method in scores.items():
        of_method.estimates = {title: bootstrap_mean(values) for title, values in of_method.values.items()}
        if protocol.against_photos and name != GROUND_TRUTH and SEGMENTATION in of_method.values:
            photos = scores[GROUND_TRUTH].values[SEGMENTATION]
            own, first = of_method.values[SEGMENTATION], scores[names[0]].values[SEGMENTATION]
            if all(photos):
                of_method.estimates[RELATIVE] = bootstrap_ratio(own, photos)
            if name != names[0]:  # of the same pairs, so that the interval decides which method is better
                differences = [one - other for one, other in zip(own, first, strict=True)]
                of_method.estimates[f"Segmentation, points over {names[0]}"] = bootstrap_mean(differences)
        if name in distances and len(pairs) - len(left_out) > 1:
            of_method.estimates[distances[name].title] = Estimate(distances[name].value(), len(pairs) - len(left_out))
    return scores, left_out


def _expected_face(protocol: Protocol, pair: Pair) -> str:
    return pair.source if protocol.expected_of == "source" else pair.target


def _verify(verifier: Verifier, scores: Sequence[Scores], embeddings: Sequence[np.ndarray]) -> None:
    """Turn similarities into accepted or not, at a threshold that the photos themselves give, and at the network's own
    where it has one."""
    thresholds = {}
    if len(embeddings) > 1:
        title = f"{VERIFICATION}, {verifier.title}" if verifier.title else VERIFICATION
        thresholds[title] = find_impostor_threshold(verifier, embeddings)
    if verifier.own_threshold is not None:
        thresholds["The same at its author's threshold (%)"] = verifier.own_threshold
    for of_method in scores:
        for title, threshold in thresholds.items():
            similarities = of_method.values[verifier.similarity_title]
            of_method.values[title] = [100.0 * (similarity > threshold) for similarity in similarities]


def choose_evaluator_set(weights: Sequence[str], given: str | None, default: str) -> str | None:
    """The set whose parser and classifiers measure: the given one, else the default, else the first scored set."""
    if given is not None:
        return given
    for candidate in (default, *weights):
        try:
            find_set(candidate)
        except WeightsError:
            continue
        return candidate
    return None
