"""Where a method's images come from: rendered by a set of weights, or made elsewhere and read from a folder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, cast

import cv2
import numpy as np
import torch

from maskgan_studio.engine import Pipeline, Target
from maskgan_studio.engine.tensors import image_to_tensor, labels_to_tensor, resize_labels, tensor_to_image
from maskgan_studio.errors import DataError, PhotoError
from maskgan_studio.evaluation.faces import Faces
from maskgan_studio.evaluation.pairs import Pair
from maskgan_studio.evaluation.protocols import Protocol as Experiment
from maskgan_studio.networks import DenseMappingNetwork
from maskgan_studio.networks.backbone import one_hot
from maskgan_studio.photo.alignment.face_alignment import CROP_SIZE, Alignment
from maskgan_studio.photo.files.formats import PHOTO_SUFFIXES
from maskgan_studio.photo.files.loading import Photo, load_reduced
from maskgan_studio.weights import DEFAULT_SET, WeightSet, find_set

_STAGES = {"dmn": "stage I", "ebst": "EBST"}
_EXTENSIONS = {"style_in_decoder": "AdaIN", "noise_in_decoder": "noise", "blur_upsampling": "blur"}
_CPU = torch.device("cpu")


@dataclass(frozen=True)
class Case:
    """A pair with everything that the metrics need.

    Attributes:
        pair: the names.
        target_photo: uint8 (512, 512, 3).
        target_mask: its own mask, uint8 (512, 512).
        source_mask: the edited mask that the result has to follow.
        expected: attributes that the result should have, where they are annotated.
        photo_of_expected: photo of the face whose attributes are expected.
    """

    pair: Pair
    target_photo: np.ndarray
    target_mask: np.ndarray
    source_mask: np.ndarray
    expected: dict[str, bool] = field(default_factory=dict)
    photo_of_expected: np.ndarray | None = None


def open_case(experiment: Experiment, faces: Faces, pair: Pair) -> Case:
    """Read a pair's photos and masks."""
    target_mask = faces.mask(pair.target)
    source_mask = target_mask if pair.source == pair.target else faces.mask(pair.source)
    wanted = pair.source if experiment.expected_of == "source" else pair.target
    known = {name: faces.attribute(wanted, name) for name in experiment.attributes}
    target_photo = faces.photo(pair.target)
    return Case(
        pair,
        target_photo,
        target_mask,
        experiment.edit(target_mask, source_mask),
        {name: value for name, value in known.items() if value is not None},
        target_photo if wanted == pair.target else faces.photo(wanted),
    )


def open_pipelines(weights: Sequence[str], device: str) -> dict[str, Pipeline]:
    """Open sets of weights, by the names that they have themselves, in the order given; the default set where none is.

    Raises:
        WeightsError: one of them cannot be used.
        DataError: two have the same name.
    """
    pipelines: dict[str, Pipeline] = {}
    for name in weights or [DEFAULT_SET]:
        pipeline = Pipeline(name, device)
        if pipeline.weights_name in pipelines:
            raise DataError(f"Two sets are named {pipeline.weights_name}; give each a name of its own.")
        pipelines[pipeline.weights_name] = pipeline
    return pipelines


class Method(Protocol):
    """Something that makes an image of a pair."""

    name: str
    #: Where the images come from, for the report.
    origin: str

    def make_image(self, case: Case) -> np.ndarray:
        """The result, uint8 (512, 512, 3); raises DataError where there is none."""


class Rendered:
    """Our own pipeline with a set of weights: the network's bare output, as the paper judges it."""

    def __init__(self, weights: str, device: str = "auto") -> None:
        self._pipeline = Pipeline(weights, device)
        self.name = self._pipeline.weights_name
        self.origin = f"rendered with the weights {describe_weights(find_set(weights))} on {self._pipeline.device_name}"

    @property
    def pipeline(self) -> Pipeline:
        return self._pipeline

    def make_image(self, case: Case) -> np.ndarray:
        return self._pipeline.render(case.source_mask, self._pipeline.style(_open_target(case)))


class Composite:
    """The same edit as a user gets it: laid into the photo, of which everything else stays as it is.

    Args:
        rendered: renders.
    """

    def __init__(self, rendered: Rendered) -> None:
        self._pipeline = rendered.pipeline
        self.name = f"{rendered.name} in the photo"
        self.origin = f"the edit laid into the photo, {rendered.origin}"

    def make_image(self, case: Case) -> np.ndarray:
        target = _open_target(case)
        style = self._pipeline.style(target)
        image = self._pipeline.render_edit(target, case.source_mask, style)
        return self._pipeline.composite(target, case.source_mask, image, style)


def _open_target(case: Case) -> Target:
    photo = Photo.from_pixels(case.target_photo)
    return Target(photo, Alignment.identity(case.target_photo.shape), case.target_photo, case.target_mask)


class RenderedSmall:
    """A set trained at another size than 512: encoded and rendered at that size, by the network as it is written down,
    then enlarged.

    Args:
        weights: name or folder of the set.
        size: height and width, a multiple of 32.

    Raises:
        WeightsError: the set is missing, damaged or holds no generator.
    """

    def __init__(self, weights: str, size: int) -> None:
        found = find_set(weights)
        self._network = cast(DenseMappingNetwork, found.load("dmn"))
        self._size = size
        self.name = found.name
        self.origin = f"rendered at {size}² and enlarged, with the weights {describe_weights(found)}"

    @torch.inference_mode()
    def make_image(self, case: Case) -> np.ndarray:
        photo = cv2.resize(case.target_photo, (self._size, self._size), interpolation=cv2.INTER_AREA)
        source, target = (
            one_hot(labels_to_tensor(resize_labels(mask, self._size), _CPU))
            for mask in (case.source_mask, case.target_mask)
        )
        result = tensor_to_image(self._network(source, target, image_to_tensor(photo, _CPU))[0])
        return cv2.resize(result, (CROP_SIZE, CROP_SIZE), interpolation=cv2.INTER_CUBIC)


def describe_weights(weights: WeightSet) -> str:
    """Name of a set, what kind its generator is, how it was trained, and the start of its file's SHA-256."""
    entry = weights.manifest.networks.get("dmn")
    if entry is None:
        return f"'{weights.name}'"
    form = [str(entry.arguments.get("generator", "pix2pixhd")), f"fusion {entry.arguments.get('fusion', 'sft')}"]
    form.append(f"width {entry.arguments.get('width')}")
    form += [
        f"{title} in the up-path (our extension)" for key, title in _EXTENSIONS.items() if entry.arguments.get(key)
    ]
    stages = entry.training.get("stages", {})
    trained = [f"{title} {stages[key].get('steps', '?')} steps" for key, title in _STAGES.items() if key in stages]
    if trained and "ebst" not in stages:
        trained.append("no EBST")
    return f"'{weights.name}' ({', '.join([*form, *trained])}; SHA-256 {entry.files[0].sha256[:12]})"


class Folder:
    """Images that any other method has made of the same pair list, ``{pair name}.png`` (or .jpg, .webp).

    Args:
        argument: ``NAME=DIR``.

    Raises:
        DataError: the argument is no such pair, or the folder does not exist.
    """

    def __init__(self, argument: str) -> None:
        self.name, _, folder = argument.partition("=")
        self._folder = Path(folder)
        if not self.name or not folder:
            raise DataError(f"{argument!r} is not NAME=DIR: give the method's name and the folder of its pictures.")
        if not self._folder.is_dir():
            raise DataError(f"There is no folder {folder} with the results of {self.name}.")
        self.origin = f"pictures in {self._folder.name}/"

    def make_image(self, case: Case) -> np.ndarray:
        candidates = (self._folder / f"{case.pair.name}{suffix}" for suffix in PHOTO_SUFFIXES)
        file = next((file for file in candidates if file.is_file()), None)
        if file is None:
            raise DataError(f"{self._folder} holds no picture {case.pair.name}.png, which the pair list asks for.")
        try:
            return load_reduced(file, CROP_SIZE).pixels
        except PhotoError as error:
            raise DataError("{file} cannot be read as an image: {problem}", file=file, problem=error) from error
